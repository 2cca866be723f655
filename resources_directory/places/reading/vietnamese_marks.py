"""The marks of Vietnamese, which tell words apart that are one name without them: "ba lần" is three times, "Ba Lan" Poland."""

import unicodedata

from resources_directory.model.place import Place, Region
from resources_directory.places.country_names import country_name


def has_marks_of(written: str, place: Place | Region) -> bool:
    """Whether a name has the marks of the place; without any marks it may be every place."""
    if written.isascii():
        return True
    whole = isinstance(place, Region) and not place.code
    return _plain(written) == _plain(country_name(place.country, "vi") if whole else place.name)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
