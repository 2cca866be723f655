"""Places whose name is written with a typo: "Tailand", "Istambul"."""

from rapidfuzz.distance import OSA

from resources_directory.model.place import Place, Region
from resources_directory.places.place_names import PlaceNames, beside

_METROPOLIS, _CLEAR = 500_000, 10  # people; times the people of the next place that may be meant
_LONG, _SHORTEST_COUNTRY = 7, 6  # letters


def closest(typed: str, names: PlaceNames, locale: str, country: str | None) -> tuple[Place | Region, ...]:
    """Return what a name with a typo can mean: one place, or several of one name; nothing if that is not clear."""
    land = _closest_country(typed, names, locale)
    if land:
        return (land,)
    close = names.slipped(typed)
    home = [(slips, city) for slips, city in close if city.country == country] or close
    home.sort(key=lambda one: (one[0], -one[1].population))
    if not home or home[0][1].population < (_METROPOLIS if len(typed) < _LONG else 0):
        return ()
    fewest, best = home[0]
    nearly = [city for slips, city in home if slips == fewest]
    others = [city for city in nearly if city.name != best.name and not beside(city, best)]
    if any(best.population < _CLEAR * other.population for other in others):
        return ()
    return tuple(dict.fromkeys(city for city in nearly if city.name == best.name))


def _closest_country(typed: str, names: PlaceNames, locale: str) -> Region | None:
    if len(typed) < _SHORTEST_COUNTRY:
        return None
    known = names.country_names(locale.partition("-")[0])
    alike = [(name, code) for name, code in known if len(name) >= _SHORTEST_COUNTRY and name[0] == typed[0]]
    close = {code for name, code in alike if OSA.distance(name, typed, score_cutoff=1) <= 1}
    return Region(close.pop(), "", "", 0) if len(close) == 1 else None
