"""Which countries write a script, and where a language is at home: a name there is a place's own, elsewhere a translation."""

import unicodedata
from functools import lru_cache

_COUNTRIES = {
    "CYRILLIC": "RU UA BY KZ KG TJ UZ TM BG RS MK MN MD AM AZ GE EE LV LT ME",
    "ARABIC": "DZ BH EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN AE YE DJ SO TD IR AF PK IN",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD IN",
    "THAI": "TH",
    "CJK": "CN TW HK MO SG MY JP",
}

_LANGUAGES = {
    "ar": "SY JO IQ LB EG SA YE SD LY MA DZ TN KW AE QA OM BH PS MR",
    "bn": "BD IN",
    "en": "US GB IE CA AU NZ ZA NG GH KE UG ZM ZW TZ MW BW NA SL LR GM JM TT MT PH IN PK",
    "es": "ES MX AR CO PE VE CL EC GT CU BO DO HN PY SV NI CR PA UY PR US",
    "fa": "IR AF TJ",
    "fr": "FR BE CH CA CI CM SN ML CD CG GA TN MA DZ GF RE BJ TG BF TD GN NE MG DJ KM MR LU HT GP MQ YT BI RW",
    "hi": "IN NP",
    "pt": "BR PT AO MZ CV GW ST",
    "ro": "RO MD",
    "ru": "RU BY KZ KG",
    "th": "TH",
    "tl": "PH",
    "uk": "UA",
    "ur": "PK IN",
    "vi": "VN",
    "zh-Hans": "CN TW HK MO SG MY",
}
# Their names are of short syllables, in Latin letters like words of any language.
_SHORT_SYLLABLES, _LONG = frozenset({"CN", "VN", "KR", "TW", "JP", "MM", "ID", "PH", "LA", "KH"}), 7


@lru_cache(maxsize=1024)
def written_in(letter: str) -> frozenset[str]:
    """Return the countries that write with the script of a letter."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return frozenset(_COUNTRIES.get(script, "").split())


@lru_cache(maxsize=64)
def spoken_in(locale: str) -> frozenset[str]:
    """Return the countries where a language is at home."""
    return frozenset(_LANGUAGES.get(locale, "").split())


def like_a_word(name: str, country: str, locale: str) -> bool:
    """Whether a name in Latin letters looks like a word elsewhere: "dabao", "kurti"."""
    return country in _SHORT_SYLLABLES and country not in spoken_in(locale) and len(name) < _LONG
