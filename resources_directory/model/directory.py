"""The directory in memory: which number to dial in danger and which lines to offer, by country and need."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypedDict, Unpack, get_args

from resources_directory.files.entries_folder import ENTRIES, read_folder
from resources_directory.model.discontinued import DeadNumbers, Discontinued
from resources_directory.model.hsds import WORLD, CountryEntries, EmergencyNumber, EmergencyReach, Notice
from resources_directory.model.line import PhoneLine, lines_of, phrase
from resources_directory.model.needs import is_urgent
from resources_directory.ranking.audience import suits
from resources_directory.ranking.line_choice import FOR_ANYBODY, choose, open_to, worldwide
from resources_directory.ranking.line_wish import LineWish

# Somebody who takes the side of a foreign worker: where there is none, their consulate may be the only one.
_FOR_FOREIGNERS = frozenset({"trafficking", "labour", "migrant"})

_NO_CONSULATE = frozenset({"medical", "crisis", "counselling"})  # what no consulate helps with


@dataclass(frozen=True)
class EmergencyNumbers:
    """What to dial in danger. `any` is always set: the general number, else the police, else whatever there is."""

    any: str
    police: str | None
    ambulance: str | None
    fire: str | None
    text: str | None = None  # anybody can text it right away, without registering first
    text_some_places: bool = False  # texts arrive only where the local call center accepts them
    silent_code: str | None = None  # pressed on a mobile when the caller cannot speak
    to_police: tuple[str, ...] = ()  # those of the numbers at which the police answer, or hear of the call

    def of(self, service: str) -> str:
        """Return the number of the police, the ambulance or the fire brigade, where it has one of its own; else `any`."""
        return {"police": self.police, "ambulance": self.ambulance, "fire": self.fire}.get(service) or self.any

    def for_need(self, needs: Sequence[str]) -> str:
        """Return what to dial in an emergency: the ambulance where a doctor is needed, the police for a missing person."""
        return self.of({"medical": "ambulance", "missing": "police"}.get(next(iter(needs), ""), "any"))

    def notices_for(self, needs: Sequence[str]) -> tuple[Notice, ...]:
        """Return what to know before dialing it: whether the police answer, or hear of the call."""
        return ("line_warn_police",) if self.for_need(needs) in self.to_police else ()


@dataclass(frozen=True)
class CountryFloor:
    """What can be said where a country has no line for a need."""

    emergency: EmergencyNumbers | None  # None: no number is certain, or it is the police, whom this person fears
    lines: tuple[PhoneLine, ...]  # for people in any country; where none fits, who can say who helps (`fits` is False)
    consulate: bool  # whether asking the person's own consulate is worth it: nobody there helps foreign workers
    urgent: bool = False  # whether the need is one for the emergency number first; else it comes after the rest


class WhoAsks(TypedDict, total=False):
    """What is known of the person who asks for a line."""

    language: str | None
    avoid_police: bool
    people: Collection[str]
    near: str
    theirs: Collection[str] | None
    without: Collection[str]


@dataclass(frozen=True)
class Directory:
    """Everything that may be shown. Unverified, proposed and discontinued entries are left out on loading."""

    numbers: dict[str, EmergencyNumbers]
    national: dict[str, tuple[PhoneLine, ...]]
    world: tuple[PhoneLine, ...] = ()  # for people in any country

    @classmethod
    def load(cls, folder: Path = ENTRIES) -> Self:
        """Read the country files; raise BadEntry with a readable message."""
        return cls.of(read_folder(folder))

    @classmethod
    def of(cls, countries: Iterable[CountryEntries]) -> Self:
        """Build the directory from country files, keeping only what may be shown."""
        discontinued = Discontinued.load()
        numbers: dict[str, EmergencyNumbers] = {}
        national: dict[str, tuple[PhoneLine, ...]] = {}
        world: tuple[PhoneLine, ...] = ()
        for entries in countries:
            if entries.country == WORLD:
                world = _national(entries, discontinued.of(WORLD))
                continue
            dead = discontinued.of(entries.country)
            found = _emergency([row for row in entries.emergency if row.number not in dead], dead)
            if found:
                numbers[entries.country] = found
            national[entries.country] = _national(entries, dead)
        return cls(numbers, national, world)

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of all countries that have an entry."""
        return tuple(sorted({*self.numbers, *self.national}))

    def emergency(self, country: str | None) -> EmergencyNumbers | None:
        """Return what to dial in danger; None if no country is known, or no number of it is certain."""
        return self.numbers.get(country.upper()) if country else None

    def emergency_line(self, country: str | None) -> dict[str, Any]:
        """Return the phrase with the number to dial in danger; without a certain one, with 112."""
        found = self.emergency(country)
        return phrase("line_emergency", number=found.any) if found else phrase("line_emergency_unknown")

    def lines(
        self,
        country: str,
        needs: Sequence[str] = (),
        limit: int = 3,
        **who: Unpack[WhoAsks],
    ) -> list[PhoneLine]:
        """Return lines to call, those that fit the needs (kinds, most wanted first) before any other.

        `language` (BCP 47): lines that speak it come first within a kind. `people`: what is known of the person, in the
        words of `for` in an entry. `near`: the names of their town and its region, where known; a line of another region is
        left out then. `theirs`: ids of the lines for people of one country that are for them, once they have said where
        they are from; `without`: ids of lines that are not for them. At most one line does not fit (`fits` is False);
        docs/directory.md has the rules.
        """
        return choose(self.national.get(country.upper(), ()), self.world, _wish(needs, limit, who))

    def worldwide(
        self,
        needs: Sequence[str] = (),
        limit: int = 3,
        people: Collection[str] = (),
        *,
        language: str | None = None,
    ) -> list[PhoneLine]:
        """Return lines for people in any country that fit; `lines` adds them by itself where a country has none."""
        return worldwide(self.world, LineWish(tuple(needs), limit, language, people=frozenset(people)))

    def open_to(self, country: str, **who: Unpack[WhoAsks]) -> list[PhoneLine]:
        """Return all lines of a country that take this person, whatever they are for, best known first."""
        known = self.national.get(country.upper(), ())
        return open_to(known, _wish((), len(known), who))

    def lines_of_people(self, countries: Collection[str]) -> frozenset[str]:
        """Return the ids of the lines that are for people of these countries (ISO 3166-1) alone, wherever they are."""
        known = (line for lines in (self.world, *self.national.values()) for line in lines)
        return frozenset(line.id for line in known if not set(countries).isdisjoint(line.nationals))

    def floor(
        self,
        country: str | None,
        needs: Sequence[str] = (),
        people: Collection[str] = (),
        *,
        language: str | None = None,
        avoid_police: bool = False,
    ) -> CountryFloor:
        """Return what is left to say where a country has no line for a need, without consulates of other languages.

        Who fears the police is not sent to them by a number for emergencies, unless the need is one.
        """
        known = self.national.get((country or "").upper(), ())
        calm = [line for line in known if not line.about_police]
        helped = any(
            not _FOR_FOREIGNERS.isdisjoint(line.kinds)
            for line in calm
            if not line.nationals and suits(line.people, people, tuple(needs))
        )
        fitting = self.worldwide(needs or FOR_ANYBODY, people=people, language=language)
        others = [replace(line, fits=False) for line in self.worldwide(FOR_ANYBODY, people=people, language=language)]
        emergency = self.emergency(country)
        feared = emergency and avoid_police and not is_urgent(needs) and emergency.notices_for(needs)
        return CountryFloor(
            emergency=None if feared else emergency,
            lines=tuple(fitting or others),
            consulate="consulate" in needs
            or (
                _NO_CONSULATE.isdisjoint(needs[:1]) and (not helped or any("consulate" in line.kinds for line in known))
            ),
            urgent=is_urgent(needs),
        )


def _wish(needs: Sequence[str], limit: int, who: WhoAsks) -> LineWish:
    theirs = who.get("theirs")
    return LineWish(
        tuple(needs),
        limit,
        who.get("language"),
        who.get("avoid_police", False),
        frozenset(who.get("people", ())),
        None if theirs is None else frozenset(theirs),
        frozenset(who.get("without", ())),
        who.get("near", ""),
    )


def _national(entries: CountryEntries, dead: DeadNumbers) -> tuple[PhoneLine, ...]:
    found = [
        line
        for organization in entries.organizations
        for line in lines_of(organization, filter(None, map(dead.left_of, organization.services)))
    ]
    return tuple(sorted(found, key=lambda line: line.rank))


def _emergency(rows: Sequence[EmergencyNumber], dead: DeadNumbers) -> EmergencyNumbers | None:
    served = [row for row in rows if row.trusted and row.urgent]
    best = {reach: _best(served, reach) for reach in get_args(EmergencyReach)}
    # One that a source doubts may ring nowhere: then the police's own number is the general one.
    general = [row for reach in ("all", "police") if (row := best[reach])] or [row for row in best.values() if row]
    if not general:
        return None
    police, ambulance, fire = (
        row.number if (row := best[reach]) else None for reach in ("police", "ambulance", "fire")
    )
    texts = [row.text for row in served if row.text and row.text.works != "registered" and row.text.number not in dead]
    return EmergencyNumbers(
        any=min(general, key=lambda row: row.doubt is not None).number,
        police=police,
        ambulance=ambulance,
        fire=fire,
        text=texts[0].number if texts else None,
        text_some_places=bool(texts) and texts[0].works == "some_places",
        silent_code=next((row.silent_code for row in served if row.silent_code), None),
        to_police=tuple(dict.fromkeys(row.number for row in served if not {"police", "all"}.isdisjoint(row.reaches))),
    )


def _best(rows: Iterable[EmergencyNumber], reach: EmergencyReach) -> EmergencyNumber | None:
    """Return the row of the service itself, else the general one; a doubtful one gives way to a certain one.

    Of two that are equal in this, the one that a steward has checked is given.

    A police number that was merged into the general number may still forward calls today and be dead tomorrow.
    """
    fitting = [row for row in rows if reach in row.reaches or "all" in row.reaches]
    return min(fitting, key=lambda row: _certainty(row, reach), default=None)


def _certainty(row: EmergencyNumber, reach: EmergencyReach) -> tuple[bool, bool, bool]:
    return row.doubt is not None, reach not in row.reaches, row.checked_on is None
