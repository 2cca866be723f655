"""Words of other scripts in the letters of sounds.py: what a name in Hindi or Arabic letters is said like.

An Arabic script leaves out short vowels, and so do the letters that it gets here.
"""

import regex

_ARABIC = {
    **dict(zip("ابپتٹجچحخدڈرڑزژسشصضطعغفقكگلمنوهيء", "abpttJChxddrrzZsSsdtagfkkglmnuhia", strict=True)),
    **{"ث": "s", "ذ": "z", "ظ": "z", "ڤ": "v", "ۋ": "v", "ې": "i", "ټ": "t", "ډ": "d", "ړ": "r", "ښ": "S", "ږ": "g"},
}
_CYRILLIC = {
    **dict(
        zip("абвгґдежзиіклмнопрстуфхцчшщыэєюяўӣқғҳҷӯөүәңһ", "abvggdeZziiklmnoprstufxsCSSieeuauikghJuouanh", strict=True)
    ),
    **{"ъ": "", "ь": ""},
}
_INDIC_CONSONANTS = "kkggnCCJJnttddnttddnpfbbmyrlvSSsh"
_DEVANAGARI = dict(zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह", _INDIC_CONSONANTS, strict=True)) | {"ळ": "l"}
_BENGALI = dict(zip("কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ", "kkggnCCJJnttddnttddnpfbvmJrlSSsh", strict=True)) | {"ৎ": "t"}
_VOWELS = {
    **dict(zip("अआइईउऊऋएऐओऔऑऍ", "aaiiuuieeoooe", strict=True)),
    **dict(zip("অআইঈউঊঋএঐওঔ", "aaiiuuieeoo", strict=True)),
}
_SIGNS = {
    **dict(zip("ािीुूृेैोौॉॅ", "aiiuuieeooae", strict=True)),
    **dict(zip("ািীুূৃেৈোৌ", "aiiuuieeoo", strict=True)),
}
_NASAL = {"ं": "n", "ং": "n", "ँ": "", "ঁ": "", "ः": "", "ঃ": ""}
_VIRAMA, _NUKTA = frozenset("्্"), frozenset("़়")
# With a dot below.
_DOTTED = {"ड": "r", "ढ": "r", "ज": "z", "ख": "x", "ফ": "f", "ড": "r", "ঢ": "r", "য": "y", "क": "k", "ग": "g", "फ": "f"}
_THAI = dict(zip("กขคฆงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬฮ", "kkkknJCCsydttttndttttnbppfpfpmyrlwssshlh", strict=True))
_THAI_SIGNS = dict(zip("ะัาิีึืุูเแโใไำ", "aaaiiuuuueeoaaa", strict=True))
_SILENT = regex.compile(r"[ก-ฮ][ิุ]?์")
_BEFORE = regex.compile(r"([เแโใไ])([ก-ฮ])")


def romanized(word: str) -> str:
    """Return the sound letters of a folded word in another script; what has no letter here is left out."""
    first = word[:1]
    if "\u0600" <= first <= "\u06ff":
        return _plain(word, _ARABIC)
    if "\u0400" <= first <= "\u052f":
        return _plain(word.replace("дж", "џ"), _CYRILLIC | {"џ": "J"})
    if "\u0900" <= first <= "\u097f":
        return _indic(word, _DEVANAGARI)
    if "\u0980" <= first <= "\u09ff":
        return _indic(word, _BENGALI)
    if "\u0e00" <= first <= "\u0e7f":
        return _plain(_BEFORE.sub(r"\2\1", _SILENT.sub("", word)), _THAI | _THAI_SIGNS)
    return ""


def _plain(word: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(letter, "") for letter in word)


def _indic(word: str, consonants: dict[str, str]) -> str:
    """Return letters with the vowel that an Indic consonant carries where no sign takes it away."""
    said: list[str] = []
    for at, letter in enumerate(word):
        behind = word[at + 1 : at + 2]
        dotted = behind in _NUKTA and behind != ""
        if letter in consonants:
            said.append(_DOTTED.get(letter, consonants[letter]) if dotted else consonants[letter])
            behind = word[at + 2 : at + 3] if dotted else behind
            if behind in consonants or behind in _NASAL:
                said.append("ə")
        else:
            said.append(_VOWELS.get(letter) or _SIGNS.get(letter) or _NASAL.get(letter, ""))
    return "".join(said)
