"""The directory in memory: which number to dial in danger and which lines to offer, by country and need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from resources_directory.files.entries_folder import ENTRIES, read_folder
from resources_directory.model.discontinued import DeadNumbers, Discontinued
from resources_directory.model.hsds import CountryEntries, EmergencyNumber, EmergencyReach
from resources_directory.model.line import PhoneLine, lines_of, phrase

# When nothing fits, any of these beats nothing. A child line comes last because it refers adults elsewhere.
FLOOR = ("domestic_violence", "crisis", "migrant", "labour", "legal_aid", "child")
_ANSWER = 3  # lines in an answer


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


@dataclass(frozen=True)
class Directory:
    """Everything that may be shown. Unverified, proposed and discontinued entries are left out on loading."""

    numbers: dict[str, EmergencyNumbers]
    national: dict[str, tuple[PhoneLine, ...]]

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
        for entries in countries:
            dead = discontinued.of(entries.country)
            found = _emergency([row for row in entries.emergency if row.number not in dead], dead)
            if found:
                numbers[entries.country] = found
            national[entries.country] = _national(entries, dead)
        return cls(numbers, national)

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

    def lines(self, country: str, needs: Sequence[str] = (), limit: int = 3) -> list[PhoneLine]:
        """Return lines to call: trafficking first, then in the order of the needs, each kind once before any twice.

        If nothing fits, or only the police do, lines of other kinds are added: some people dare not call
        the police, and nobody should be left with nothing. These lines also fill up an answer ahead of
        any line that enforces immigration law.
        """
        known = self.national.get(country.upper(), ())
        kinds = tuple(dict.fromkeys(("trafficking", *needs)))
        first = _spread([line for line in known if not line.enforces_immigration], kinds, limit)
        last = _spread([line for line in known if line.enforces_immigration], kinds, limit - len(first))
        calm_is_there = any(not line.about_police for line in first)
        if limit < 1 or (calm_is_there and not last):
            return first
        calm = [line for line in known if not line.about_police and line.id not in {one.id for one in first}]
        others = [kind for kind in FLOOR if kind not in kinds]
        room = min(limit, _ANSWER) - len(first) if calm_is_there else max(limit - len(first), 1)
        added = _spread(calm, others, room)
        return [*first[: limit - len(added)], *added, *last][:limit]


def _spread(known: Sequence[PhoneLine], kinds: Sequence[str], limit: int) -> list[PhoneLine]:
    """Return the best line of each kind, then the second best of each, in the order of the kinds."""
    chosen: dict[str, tuple[int, PhoneLine]] = {}
    for place, kind in list(enumerate(kinds)) * len(known):
        left = (line for line in known if kind in line.kinds and line.id not in chosen)
        best = next(left, None)
        if best and len(chosen) < limit:
            chosen[best.id] = (place, best.as_kind(kind))
    # Some people dare not call the police, so police lines come last, whatever they are for.
    return [line for _, line in sorted(chosen.values(), key=lambda entry: (entry[1].about_police, entry[0]))]


def _national(entries: CountryEntries, dead: DeadNumbers) -> tuple[PhoneLine, ...]:
    living = (filter(None, map(dead.left_of, organization.services)) for organization in entries.organizations)
    found = [line for services in living for line in lines_of(services)]
    return tuple(sorted(found, key=lambda line: line.rank))


def _emergency(rows: Sequence[EmergencyNumber], dead: DeadNumbers) -> EmergencyNumbers | None:
    served = [row for row in rows if row.trusted and row.urgent]
    for_all = _given(served, "all")
    police, ambulance, fire = (_given(served, reach) for reach in ("police", "ambulance", "fire"))
    any_of_them = for_all or police or ambulance or fire
    if any_of_them is None:
        return None
    texts = [row.text for row in served if row.text and row.text.works != "registered" and row.text.number not in dead]
    return EmergencyNumbers(
        any=any_of_them,
        police=police,
        ambulance=ambulance,
        fire=fire,
        text=texts[0].number if texts else None,
        text_some_places=bool(texts) and texts[0].works == "some_places",
        silent_code=next((row.silent_code for row in served if row.silent_code), None),
    )


def _given(rows: Iterable[EmergencyNumber], reach: EmergencyReach) -> str | None:
    """Return the number of the service itself, else the general number; a doubtful number gives way to a certain one.

    A police number that was merged into the general number may still forward calls today and be dead tomorrow.
    """
    fitting = [row for row in rows if reach in row.reaches or "all" in row.reaches]
    best = min(fitting, key=lambda row: (row.doubt is not None, reach not in row.reaches), default=None)
    return best.number if best else None
