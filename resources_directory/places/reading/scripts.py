"""Which countries write a script: a name in it is the own name of a place there, and elsewhere only a translation."""

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


@lru_cache(maxsize=1024)
def written_in(letter: str) -> frozenset[str]:
    """Return the countries that write with the script of a letter."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return frozenset(_COUNTRIES.get(script, "").split())
