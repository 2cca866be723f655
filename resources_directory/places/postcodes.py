"""Postcodes in what somebody types: those of the USA, Canada and Great Britain lead to a city."""

import re
from dataclasses import replace
from itertools import islice

from resources_directory.model.place import Place, Region
from resources_directory.places.place_names import PlaceNames
from resources_directory.places.place_words import PlaceWords
from resources_directory.places.spelling import folded

_ZIP = re.compile(r"(?<!\d)(\d{5})(?:[ -]?\d{4})?(?!\d)")
_CANADIAN = re.compile(r"(?<!\w)([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(?:[ -]?\d[A-Z]\d)?(?!\w)", re.IGNORECASE)
_BRITISH = re.compile(r"(?<!\w)([A-Z]{1,2}\d[A-Z\d]?)(?: ?\d[ABD-HJLNP-UW-Z]{2})?(?!\w)", re.IGNORECASE)
_PATTERNS = {"CA": _CANADIAN, "GB": _BRITISH, "US": _ZIP}
_MOST = 3  # of one country in a text
_OUTWARD = 4  # characters; a longer code is complete and can be nothing else
# Code-Point Open covers Great Britain only; postcodes with this prefix are in Northern Ireland.
_NORTHERN_IRELAND = "BT"


def by_postcode(text: str, country: str | None, names: PlaceNames) -> list[Place | Region]:
    """Return the place of a postcode in the text; a short code counts only if its country is known or named."""
    for land, pattern in _PATTERNS.items():
        for found in islice(pattern.finditer(text), _MOST):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            if _meant(found, rest, land, country, names):
                place = _at(land, found[1].upper(), names)
                if place:
                    return [place]
    return []


def _meant(found: re.Match[str], rest: str, land: str, country: str | None, names: PlaceNames) -> bool:
    if land != "US" and len(found[0]) > _OUTWARD:
        return True
    known, words = PlaceWords.load(), folded(rest).split()
    telling = [word for word in words if word not in known.no_codes | known.leading]
    named = any(area[0] == land for word in telling for area in names.areas(word))
    around = " ".join(words)
    postcode = around in {"", *known.postcode, *known.zip}
    if land == "US":  # five digits are a postcode in many countries, and an amount of money everywhere
        return (around in known.zip and country is None) or (postcode and country == land) or named
    return country == land and (postcode or named)


def _at(land: str, code: str, names: PlaceNames) -> Place | Region | None:
    look_up = "SELECT place, latitude, longitude FROM postcode WHERE country = ? AND code = ?"
    row = names.connection.execute(look_up, (land, code)).fetchone()
    if row is None:
        return names.region("GB", "NIR") if land == "GB" and code.startswith(_NORTHERN_IRELAND) else None
    city = names.city(row[0])
    return replace(city, latitude=row[1], longitude=row[2]) if city else None
