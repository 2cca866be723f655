"""The directory's gazetteer: it resolves what somebody types, in any script, to a city or a region.

Nobody is asked for more than a city. The tables are in the directory's SQLite file (gazetteer_tables.py).
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from resources_directory.display.check_dates import names_of
from resources_directory.display.city_names import city_name
from resources_directory.model.place import Place, Region
from resources_directory.places.answers.exact_names import ExactNames
from resources_directory.places.answers.place_parser import ParsedPlace
from resources_directory.places.country_names import country_name, country_of, spoken_names
from resources_directory.places.gazetteer_tables import fill
from resources_directory.places.mentions import Mention, corrects, mentions
from resources_directory.places.nearness import boxes, kilometres
from resources_directory.places.place_names import PlaceNames, beside, known_by_name, ranked
from resources_directory.places.postcodes import by_postcode
from resources_directory.places.spelling import folded
from resources_directory.places.whereabouts import Whereabouts, whereabouts

__all__ = ["Gazetteer", "fill"]

_MOST_LETTERS = 160  # an answer to "where are you?" is short; of anything longer only the beginning is read
_TIMES = 100  # times the people: nobody is asked whether they mean the Paris of 25,000 people in Kenya
_FEW, _FEW_LETTERS = 6, 40  # words and letters of a correction, such as "sorry, I meant Toronto"; Chinese has no spaces
_NEARLY_ALL = 0.9  # of a country's people: their clock is that of its offices
_ASKED_ABOUT = 3  # four lines with "another town": more is too much on a small screen
_REACHES = (50, 200, 800, 3_200, 20_020)  # km; the last one is half around the globe
# In these countries a city is named with its state.
_BY_REGION = frozenset({"US", "CA", "AU"})


def _is_about_here(found: Sequence[Mention], text: str, country: str | None) -> bool:
    """Whether what is taken back may be where the writer is; in a longer message only if that country is named."""
    lands = {one.country for mention in found for one in mention.found[:1]}
    short = len(text.split()) <= _FEW and len(text) <= _FEW_LETTERS
    return country is not None and (country in lands or (len(lands) < 2 and short))


@dataclass(frozen=True)
class Gazetteer:
    """Places by name, postcode, GeoNames id and position."""

    names: PlaceNames

    @classmethod
    def over(cls, connection: sqlite3.Connection) -> "Gazetteer":
        """Return a gazetteer over a file that is open for reading."""
        return cls(PlaceNames(connection))

    def find(self, text: str, country: str | None = None, limit: int = 5) -> list[Place | Region]:
        """Return what an answer means, best first; only places in the conversation's country if there are any."""
        said = text[:_MOST_LETTERS]
        exact = ExactNames(self.names, country, said.isupper())
        found = by_postcode(said, country, self.names) or ParsedPlace(exact).read(folded(said).split())
        return found[:limit]

    def whereabouts(
        self, text: str, locale: str, country: str | None, asked: bool, near: Sequence[str] = ()
    ) -> Whereabouts:
        """Return what a message says of where the writer is. `country`: what is known; `asked`: that "where are you?" is open;
        `near`: countries that prove nothing, and make theirs likely."""
        found = mentions(text, locale, country, self.names)
        # Where nothing is known of the writer, what is taken back is where something else was: "no, the flight is to Lagos".
        corrected = corrects(text, locale) and (asked or _is_about_here(found, text, country))
        return whereabouts(found, country=country, asked=asked, corrected=corrected, near=near)

    def ambiguous(self, found: Sequence[Place | Region]) -> list[Place | Region]:
        """Return two or three places to ask about if a namesake in another region is not a hundred times smaller, else none."""
        asked = list(found[:1])
        for other in found[1:]:
            if found[0].population < _TIMES * other.population and not any(beside(other, one) for one in asked):
                asked.append(other)
        return asked[:_ASKED_ABOUT] if len(asked) > 1 else []

    def namesakes(self, name: str) -> list[Place | Region]:
        """Return large places that share a country's name but lie outside it: Granada, Salvador, Georgia."""
        plain = folded(name)
        countries, found = self.names.countries(plain), self.names.named(plain)
        return ranked([one for one in found if one.country not in countries and known_by_name(one)], None)

    def country_named(self, text: str) -> str | None:
        """Return the code of the country that the text names; the names of all languages stand in the file, so it is quick."""
        plain = folded(text.replace(".", ""))
        if plain in spoken_names():
            return spoken_names()[plain]
        named = {*self.names.countries(plain), *self.names.countries(folded(text))}
        # One name can mean different countries in two languages: the order of the languages decides.
        return country_of(text) if len(named) > 1 else next(iter(named), None)

    def by_id(self, id_: int) -> Place | None:
        """Return the place with a GeoNames id."""
        return self.names.city(id_)

    def centre(self, region: Region) -> Place | None:
        """Return the largest city of a region."""
        row = self.names.connection.execute(
            "SELECT id FROM place WHERE country = ? AND region = ? ORDER BY population DESC LIMIT 1",
            (region.country, region.code),
        ).fetchone()
        return self.names.city(row[0]) if row else None

    def only_zone(self, country: str) -> str:
        """Return the time zone (IANA) of nearly all people of a country; empty if it has several."""
        rows = self.names.connection.execute(
            "SELECT timezone, sum(population) AS people FROM place WHERE country = ? GROUP BY timezone ORDER BY people DESC",
            (country,),
        ).fetchall()
        everybody = sum(people for _, people in rows)
        return str(rows[0][0]) if rows and rows[0][1] >= _NEARLY_ALL * everybody else ""

    def nearest(self, latitude: float, longitude: float, country: str | None = None) -> Place:
        """Return the city nearest to a point; raise LookupError if the country has none."""
        for reach in _REACHES:
            distance, id_ = min(self._around((latitude, longitude), reach, country), default=(inf, 0))
            # A city in the corner of a box may be farther away than a city just outside it.
            place = self.names.city(id_) if distance <= reach else None
            if place:
                return place
        raise LookupError(f"No city of {country} is known.")

    def label(self, place: Place | Region, locale: str) -> str:
        """Return a name that tells the reader which place it is: "Paris, France", "Paris, Texas"."""
        country = country_name(place.country, locale)
        if isinstance(place, Region):
            return f"{place.name}, {country}"
        name = city_name(place.name, place.country, names_of(locale))
        region = place.region_name if place.region_name != place.name else ""
        if region and (place.country in _BY_REGION or self._twice(place)):
            return f"{name}, {region}"
        return f"{name}, {country}"

    def _twice(self, place: Place) -> bool:
        same = self.names.cities(folded(place.name))
        return any(
            one.country == place.country and one.region != place.region and one.name == place.name for one in same
        )

    def _around(self, here: tuple[float, float], reach: float, country: str | None) -> Iterator[tuple[float, int]]:
        """Yield (km, id) of the cities in the boxes that hold everything within `reach` km."""
        for box in boxes(here, reach):
            rows = self.names.connection.execute(
                """SELECT v.south, v.west, v.id FROM place_position v JOIN place p USING (id)
                WHERE v.south BETWEEN ? AND ? AND v.west BETWEEN ? AND ? AND (? IS NULL OR p.country = ?)""",
                (*box, country, country),
            )
            yield from ((kilometres(here, (south, west)), id_) for south, west, id_ in rows)
