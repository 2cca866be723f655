"""Which countries a text names: by their names in every language, as people write them on a phone (data/country_names.yml),
and by large cities and states (data/places.yml, bot/understanding/cities.py).

A wrong country gives wrong numbers to call, so names that also mean something else count only if they stand alone.
"""

from functools import cache
from pathlib import Path

import yaml
from babel import Locale

from bot.text.cleaning import clean, words
from bot.understanding.cities import base_forms, behind_marks, denied, places

# Names in these three languages are read at any length. In the others a short Latin name is too often a
# word of another language: "gana" is Ghana in Portuguese and "earns" in Spanish.
_FULLY_READ = frozenset({"en", "es", "ar"})
_SHORT = 6

# Also a state, a city, a name or another word: they count only as the whole message. عمان is Oman, and Amman in Jordan.
_ALONE = frozenset(
    {"georgia", "granada", "jersey", "dominica", "guadalupe", "sark", "guinea", "fiyi", "trinidad"}
    | {"عمان", "بنين", "مالي"}
)
# Also food, people or a hair color: they count after a word that places somebody, or as the whole message.
_PLACED = frozenset({"chile", "china", "india", "turkey", "jordan", "chad", "mali"})
_PLACING = frozenset({"in", "from", "to", "for", "at", "en", "de", "desde", "a", "hacia", "para", "por"})
# A country after these is where somebody comes from, unless that is all they say.
_ORIGIN = frozenset({"from", "back", "desde", "vengo", "venimos", "originally"})
_ORIGIN_RUNS = (
    *(
        "soy de",
        "somos de",
        "trajeron de",
        "vine de",
        "family in",
        "brother in",
        "sister in",
        "mother in",
        "parents in",
    ),
    *("kids in", "children in", "home in", "back in", "familia en", "hermano en", "hermana en", "hijos en", "madre en"),
    *("اهلي في", "عيلتي في", "عائلتي في", "اخي في", "جاي من", "جايه من", "جئت من"),
)
_HERE = (
    *(
        "im in",
        "i am in",
        "we are in",
        "were in",
        "i live in",
        "im now in",
        "now in",
        "here in",
        "stuck in",
        "working in",
    ),
    *("estoy en", "estamos en", "vivo en", "aqui en", "aca en", "trabajo en", "ahora en"),
    *("انا في", "انا ب", "احنا في", "نحن في", "موجوده في", "موجود في", "هون في", "عايشه في", "اعيش في"),
)
# A city counts after these, or in a message so short that it answers "where are you".
_WHERE = frozenset({"in", "near", "at", "inside", "around", "en", "desde", "في", "من"})
_FEW_WORDS = 4
_DATA = Path(__file__).parents[2] / "data"
# After these المغرب is the evening, not Morocco.
_EVENING = frozenset({"بعد", "قبل", "وقت", "صلاه", "اذان", "عند", "لبعد", "لحد", "حتي"})
# Two-letter codes count only in capitals: "US" is not "us".
_CAPITALS = {"US": "US", "UK": "GB", "U.S": "US", "U.K": "GB", "U.S.A": "US", "EE.UU": "US", "E.U": "US"}
# Arabic writes "in", "and", "to", "for" as letters joined to the name, with or without the article.
_PREFIXES = ("وبال", "بال", "وال", "فال", "لل", "وب", "ول", "ب", "ل", "و", "ف")


def countries(text: str) -> list[str]:
    """Return the ISO 3166-1 alpha-2 codes of the countries named, in order, each once; if none is named, those of cities."""
    # A country that is named outweighs a city.
    return named_countries(text) or list(dict.fromkeys(place.country for place in places(clean(text))))


def named_countries(text: str) -> list[str]:
    """Return the countries named by their own names, or by names of the reviewed list that hardly mean anything else."""
    cleaned = clean(text)
    said, named = words(cleaned), names_of_countries()
    whole = " ".join(said)
    if whole in named or whole in _places()[1]:
        return [named.get(whole) or _places()[1][whole]]
    found = [code for written, code in _CAPITALS.items() if written in _capital_words(cleaned)]
    place = 0
    while place < len(said):
        code, length = _at(said, place, named)
        if code and not _is_origin(said, place) and not denied(said, place):
            found.append(code)
        place += length
    found += [named[run] for run in behind_marks(cleaned) if run in named]
    return list(dict.fromkeys(found))


def says_here(text: str) -> bool:
    """Whether a text says where the writer is now: "I am in …"."""
    said = f" {' '.join(words(clean(text)))} "
    return any(f" {run} " in said for run in _HERE)


def _is_origin(said: list[str], place: int) -> bool:
    if len(said) <= _FEW_WORDS or not place:
        return False
    pair = " ".join(said[max(0, place - 2) : place])
    return said[place - 1] in _ORIGIN or pair in _ORIGIN_RUNS


def _at(said: list[str], place: int, named: dict[str, str]) -> tuple[str | None, int]:
    """Return the country whose longest name starts at a word, and how many words to advance."""
    for length in range(min(_longest(), len(said) - place), 0, -1):
        run = " ".join(said[place : place + length])
        before = said[place - 1] if place else ""
        for form in (base for bare in _without_prefix(run) for base in base_forms(bare, before)):
            if form in named and _means_country(form, before):
                return named[form], length
        city = _city(run, before, len(said))
        if city:
            return city, length
    return None, 1


def _city(run: str, before: str, words_said: int) -> str | None:
    surely, perhaps = _places()
    # Arabic writes "in" as a letter joined to the name.
    within = next((form for form in _without_prefix(run)[1:] if form in perhaps and run[0] in "بف"), None)
    if within or before in _WHERE:
        return perhaps.get(within or run)
    return surely.get(run) if words_said <= _FEW_WORDS else None


def _means_country(form: str, before: str) -> bool:
    if form in _PLACED:
        return before in _PLACING
    return form not in _ALONE and not (form == "المغرب" and before in _EVENING)


def _without_prefix(run: str) -> list[str]:
    if not "\u0600" <= run[0] <= "\u06ff":
        return [run]
    cut = [run[len(prefix) :] for prefix in _PREFIXES if run.startswith(prefix) and len(run) > len(prefix) + 2]
    return [run, *cut, *(f"ال{form}" for form in cut)]


def _capital_words(cleaned: str) -> set[str]:
    return {word.strip(".,;:!?()¿¡\"'") for word in cleaned.split()}


def _shared_script(name: str) -> bool:
    return name.isascii() or "\u0600" <= name[0] <= "\u06ff"


@cache
def _longest() -> int:
    return max(len(name.split()) for name in {*names_of_countries(), *_places()[1]})


@cache
def _places() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names that hardly mean anything else, and all names."""
    plain = yaml.load((_DATA / "places.yml").read_bytes(), Loader=yaml.CSafeLoader)
    surely, placed = (
        {" ".join(words(clean(name))): code for code, names in plain[kind].items() for name in names}
        for kind in ("places", "placed")
    )
    return surely, surely | placed


@cache
def names_of_countries() -> dict[str, str]:
    """Return {folded name: code} in every language."""
    listed = yaml.load((_DATA / "country_names.yml").read_bytes(), Loader=yaml.CSafeLoader)
    left_out = {*listed["no_country"], *listed["no_home"]}
    names: dict[str, str] = {}
    # The directory reads the same two lists for a place that is looked up (resources_directory/places/country_names.py): it keeps
    # short names and folds letters otherwise, and neither package may import the other.
    for language in reversed(listed["languages"]):
        for code, name in Locale.parse(language).territories.items():
            plain = " ".join(words(clean(name)))
            too_short = len(plain) < _SHORT and _shared_script(plain) and language not in _FULLY_READ
            if len(code) == 2 and code.isalpha() and code not in left_out and plain and not too_short:
                names[plain] = code
    for code, spoken in (*listed["spoken"].items(), *listed["in_sentences"].items()):
        names |= {" ".join(words(name)): code for name in spoken}
    return names
