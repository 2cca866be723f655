"""Names by sound: "मोनफाल्कोने" and "Monfalcone" are one name, written by two people.

A name becomes a string of sounds, one letter each (S is "sh", C "ch", J "j", Z "zh", x "kh"). Of these a key keeps the
consonants in a few classes, so that spellings of one name share a key, and a distance tells how near two of them are.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product
from zlib import crc32

from resources_directory.places.by_sound.romanized import romanized
from resources_directory.places.spelling import folded

# What letters in Latin script sound like: everywhere, and where they sound otherwise. The first that fits counts.
_EVERYWHERE = (
    ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("dzh", "J"), ("shch", "S"), ("sh", "S"), ("ch", "C"), ("zh", "Z"),
    ("kh", "x"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("jh", "J"), ("ck", "k"), ("qu", "k"),
    ("tz", "s"), ("ts", "s"), ("dj", "J"), ("ngh", "n"), ("q", "k"), ("x", "ks"), ("cc", "k"), ("ce", "se"), ("ci", "si"),
    ("cy", "si"), ("c", "k"), ("j", "J"), ("y", "i"),
)  # fmt: skip
_SPANISH = (("que", "ke"), ("qui", "ki"), ("gue", "ge"), ("gui", "gi"), ("ge", "xe"), ("gi", "xi"), ("j", "x"), ("z", "s"),
            ("ll", "y"), ("h", ""), ("nh", "n"), ("x", "x"))  # fmt: skip
_PORTUGUESE = (("lh", "l"), ("nh", "n"), ("ch", "S"), ("ge", "Ze"), ("gi", "Zi"), ("j", "Z"), ("x", "S"), ("gue", "ge"),
               ("gui", "gi"), ("h", ""))  # fmt: skip
_FRENCH = (("ch", "S"), ("ge", "Ze"), ("gi", "Zi"), ("gy", "Zi"), ("j", "Z"), ("gn", "n"), ("gu", "g"), ("eaux", "o"),
           ("eau", "o"), ("aux", "o"), ("au", "o"), ("ou", "u"), ("ai", "e"), ("oi", "ua"), ("h", ""))  # fmt: skip
_ITALIAN = (("ggia", "Ja"), ("ggio", "Jo"), ("ggi", "Ji"), ("gge", "Je"), ("cci", "Ci"), ("cce", "Ce"),
            ("ch", "k"), ("gh", "g"), ("sce", "Se"), ("sci", "Si"), ("ce", "Ce"), ("ci", "Ci"), ("gia", "Ja"), ("gio", "Jo"),
            ("giu", "Ju"), ("ge", "Je"), ("gi", "Ji"), ("gli", "li"), ("gn", "n"), ("z", "s"), ("h", ""))  # fmt: skip
_GERMAN = (("ch", "x"), ("w", "v"), ("z", "s"), ("j", "y"), ("st", "st"), ("ei", "ai"), ("eu", "oi"), ("v", "f"),
           ("ie", "i"))  # fmt: skip
_POLISH = (("szcz", "S"), ("cz", "C"), ("sz", "S"), ("rz", "Z"), ("ch", "x"), ("dz", "J"), ("ci", "Ci"), ("c", "s"), ("w", "v"),
           ("j", "y"), ("ł", "w"), ("ó", "u"), ("ą", "on"), ("ę", "en"))  # fmt: skip
_SLAVIC = (("č", "C"), ("š", "S"), ("ž", "Z"), ("ř", "Z"), ("ć", "C"), ("ch", "x"), ("c", "s"), ("j", "y"),
           ("w", "v"))  # fmt: skip
_HUNGARIAN = (
    ("sz", "s"),
    ("zs", "Z"),
    ("cs", "C"),
    ("gy", "d"),
    ("ny", "n"),
    ("ly", "y"),
    ("s", "S"),
    ("c", "s"),
    ("j", "y"),
)
_ROMANIAN = (("che", "ke"), ("chi", "ki"), ("ghe", "ge"), ("ghi", "gi"), ("ce", "Ce"), ("ci", "Ci"), ("ge", "Je"), ("gi", "Ji"),
             ("ș", "S"), ("ş", "S"), ("ț", "s"), ("ţ", "s"), ("j", "Z"))  # fmt: skip
_TURKISH = (("ç", "C"), ("ş", "S"), ("c", "J"), ("ğ", ""), ("j", "Z"))
_NORDIC = (("j", "y"), ("ch", "k"), ("skj", "S"))
_CHINESE = (("zh", "J"), ("q", "C"), ("x", "S"), ("c", "s"))
_ENGLISH = (("ge", "Je"), ("gi", "Ji"), ("oo", "u"), ("ee", "i"), ("ough", "o"), ("wh", "w"))
_COUNTRIES = {
    "ES MX AR CO PE VE CL EC GT CU BO DO HN PY SV NI CR PA UY PR": _SPANISH,
    "BR PT AO MZ CV": _PORTUGUESE,
    "FR BE CI CM SN ML CD CG GA TN MA DZ GF RE BJ TG BF TD": _FRENCH,
    "IT": _ITALIAN,
    "DE AT CH": _GERMAN,
    "PL": _POLISH,
    "CZ SK SI HR RS BA ME MK LT LV EE": _SLAVIC,
    "HU": _HUNGARIAN,
    "RO MD": _ROMANIAN,
    "TR AZ": _TURKISH,
    "SE NO FI DK NL IS": _NORDIC,
    "CN TW": _CHINESE,
    "US GB IE AU NZ CA": _ENGLISH,
}
_RULES = {country: rules for countries, rules in _COUNTRIES.items() for country in countries.split()}
_MARKED = frozenset("łóčšžřćșşțţçğąę")
_ARTICLE = re.compile(r"^(?:al|ar|as|ash|ad|an|at|az|el)[ -](?=\w{3})")
_ARABIC_ARTICLE = re.compile(r"^ال(?=\w{2})")
_CLASSES = {
    **dict.fromkeys("aeiouywəh", "."),
    **dict(zip("pbftdszSZCkglrnm", "PPPTTSSSSSKKLRNM", strict=True)),
    **dict(zip("xvJ", "KPS", strict=True)),
}
# Sounds that one writer hears so and another otherwise: each class they may be of.
_EITHER = {"x": "K.", "v": "P.", "J": "SK"}
_MOST_EITHER = 3
_LEAST_STEM, _MOST_CUT = 4, 2  # letters
_ACCENTED = "àáâãäåæèéêëìíîïñòóôõöøùúûüýÿāăąćċčďđēėęěğģħĩīĭįıķļľłńņňōŏőœŕřśşšţťũūŭůűųźżžșțəḥṭṣẕḩţ"
_ONE_SOUND = (("ngh", "n"), ("ng", "n"), ("ai", "e"), ("ei", "e"), ("ae", "e"), ("au", "o"), ("ou", "o"))
_DOUBLED = re.compile(r"(.)\1+")
_SAME = re.compile(r"([A-Z])\1+")
_VOWELS = frozenset("aeiouywə")
_NEAR = {
    frozenset(pair): cost
    for pairs, cost in (
        ("sz SZ vw iy", 0.15), ("bv fv xh kx sS CJ JZ zJ sC SC Jg bp dt kg zZ zS CS nm uw uv ow", 0.3),
        ("xg xk hk pf sx gh lr tT dz", 0.5),
    )
    for pair in pairs.split()
}  # fmt: skip
_HALF, _LAST_VOWEL, _NONE = 0.25, 0.1, 1.0


def sound(name: str, country: str = "", plain: str = "") -> str:
    """Return what a name sounds like, as it is read in its country; `plain`: the name folded, if that is known."""
    plain = plain or (name if name.isascii() and name.islower() else folded(name))
    if not plain.isascii():
        said = "".join(romanized(_ARABIC_ARTICLE.sub("", word)) for word in plain.split())
        return squeezed(said if is_sparse(plain) else said.replace("ts", "s"))
    rules = _RULES.get(country, ())
    marked = name.casefold() if rules and not name.isascii() and not _MARKED.isdisjoint(name.casefold()) else plain
    pattern, spoken = _reading(rules)
    return squeezed(pattern.sub(lambda found: spoken.get(found[0], ""), _ARTICLE.sub("", marked)))


def word_stems(word: str) -> list[str]:
    """Return a word without its last letters, where its forms differ: "लिखने", "लिखता"."""
    cut = 0 if word.isascii() else min(_MOST_CUT, len(word) - _LEAST_STEM)
    return [word, *(word[:-size] for size in range(1, cut + 1))]


def is_sparse(name: str) -> bool:
    """Whether a name is in a script that leaves out short vowels."""
    return "\u0600" <= name[:1] <= "\u06ff"


def squeezed(sounds: str) -> str:
    """Return sounds without doubled letters, "ng" as one sound, and "ai" and "au" as people hear them."""
    for several, one in _ONE_SOUND:
        sounds = sounds.replace(several, one)
    return _DOUBLED.sub(r"\1", sounds)


@cache
def _reading(rules: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern for all that sounds otherwise than it is written, and what it sounds like."""
    spoken = {**dict(_EVERYWHERE), **dict(rules)}
    spoken |= {letter: _plain_letter(letter) for letter in _ACCENTED if letter not in spoken}
    longest_first = sorted(spoken, key=len, reverse=True)
    return re.compile("|".join((*map(re.escape, longest_first), r"[^a-z]"))), spoken


def _plain_letter(letter: str) -> str:
    plain = folded(letter)
    return {"c": "s"}.get(plain, plain) if plain.isascii() else ""


def skeleton(sounds: str) -> str:
    """Return the classes of the consonants that every writer would write."""
    return next(skeletons(sounds), "")


def keys(sounds: str) -> list[int]:
    """Return the keys that a name shares with others that sound like it."""
    return keys_of(skeletons(sounds))


def keys_of(forms: Iterable[str]) -> list[int]:
    """Return the keys of the skeletons of a name."""
    return [crc32(form.encode()) for form in dict.fromkeys(forms)]


def skeletons(sounds: str) -> Iterator[str]:
    """Yield the classes of its consonants in each way in which they may be heard."""
    kinds = [_CLASSES[letter] for letter in sounds]
    # Only the first few sounds that may be two are taken both ways.
    several = [at for at, letter in enumerate(sounds) if letter in _EITHER][:_MOST_EITHER]
    for form in product(*(_EITHER[sounds[at]] for at in several)):
        for at, kind in zip(several, form, strict=True):
            kinds[at] = kind
        yield _joined("".join(kinds))


def _joined(classes: str) -> str:
    """Return classes of consonants: two of one class side by side are one, and "n" before "p" is "m"."""
    return _SAME.sub(r"\1", classes).replace(".", "").replace("NP", "MP")


@lru_cache(maxsize=4096)
def distance(one: str, other: str, sparse: bool = False) -> float:
    """Return how far apart two sounds are, 1 for one wrong consonant; `sparse`: the first is written without short vowels."""
    if other[-1:] in _VOWELS and one[-1:] not in _VOWELS:  # a case may have taken it
        return min(_apart(one, other, sparse), _apart(one, other[:-1], sparse) + _LAST_VOWEL)
    return _apart(one, other, sparse)


def _apart(one: str, other: str, sparse: bool) -> float:
    row = [0.0]
    for letter in other:
        row.append(row[-1] + _alone(letter, sparse))
    for letter in one:
        last, row = row, [row[0] + _alone(letter, False)]
        for at, against in enumerate(other):
            row.append(
                min(
                    last[at] + _instead(letter, against),
                    last[at + 1] + _alone(letter, False),
                    row[at] + _alone(against, sparse),
                )
            )
    return row[-1]


def _alone(letter: str, sparse: bool) -> float:
    if letter == "ə":
        return 0.05
    if letter in _VOWELS:
        return 0.1 if sparse else _HALF
    return 0.2 if letter == "h" else _NONE


def _instead(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return 0.15
    return _NEAR.get(frozenset(one + other), _NONE)
