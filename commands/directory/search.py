"""`quietline directory search`: prints what a person would be offered for a need and a place, as a table or JSON."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from resources_directory.model.directory import EmergencyNumbers
from resources_directory.model.hsds import Kind
from resources_directory.model.line import PhoneLine
from resources_directory.model.needs import NEEDS, YOUNG, gender, is_urgent, kinds
from resources_directory.model.place import Place, Region
from resources_directory.model.search_query import FoundServices, Referral, SearchQuery
from resources_directory.places.country_names import country_name
from resources_directory.ranking.audience import is_grown, phrases_for
from resources_directory.search.finder import Finder
from resources_directory.search.place_candidates import PlaceCandidate, candidates


@dataclass(frozen=True)
class SearchOptions:
    """The options of a search."""

    need: str
    place: str
    locale: str = "en"
    unchecked: bool = False  # include services that no steward has checked yet, marked as such
    as_json: bool = False
    people: frozenset[str] = frozenset()  # what is known of the person, in the words of `for` in an entry
    without_police: bool = False


def search(path: Path, question: SearchOptions) -> int:
    """Print emergency numbers, services and lines. Return 1, after a sentence, if need or place is unknown. Raises NoDirectory.

    A kind in brackets is that of a line for something else, which can say who helps. Where nothing of the country fits,
    what is left to say stands below: lines for any country, and the person's own consulate.
    """
    if question.need not in (*NEEDS, *get_args(Kind)):
        named = ", ".join(dict.fromkeys((*NEEDS, *get_args(Kind))))
        return _refuse(f"There is no need named {question.need!r}: {named}.")
    finder = Finder(path)
    where = _where(finder, question)
    if where is None:
        return _refuse(
            f"No country, city or postcode is known by the name {question.place!r}; try a bigger town near it, or the country."
        )
    country = where.country
    directory = finder.directory_of(country)
    query = query_of(question, where)
    found = finder.find(query, datetime.now(UTC))
    if country not in directory.countries and not found.lines and not (found.floor and found.floor.lines):
        return _refuse(f"The directory holds nothing yet for {country_name(country, question.locale)}.")
    named = where.label(finder, question.locale)
    emergency = directory.emergency(country)
    if question.as_json:
        print(json.dumps(_plain(country, named, emergency, found), ensure_ascii=False, default=str))
    else:
        _print_table(named, emergency, found, query.kinds)
    return 0


def _where(finder: Finder, question: SearchOptions) -> PlaceCandidate | None:
    """Return country and place. If several places share the name, take the first and print the others."""
    readings = candidates(finder, question.place)
    names = [reading.label(finder, question.locale) for reading in readings]
    if len(names) > 1:
        print(f"{names[0]} is taken; there is also {'; '.join(names[1:])}.", file=sys.stderr)
    return readings[0] if readings else None


def query_of(question: SearchOptions, where: PlaceCandidate) -> SearchQuery:
    """Return the query of a known need at a place, with what the hotline would ask for such a person."""
    kind: Any = question.need
    place, young = where.place, not is_grown(question.people)
    return SearchQuery(
        kinds=kinds(question.need, young) if question.need in NEEDS else (kind,),
        country=where.country,
        place=place if isinstance(place, Place) else None,
        region=place.code if isinstance(place, Region) else None,
        locale=question.locale,
        gender=gender(question.people),
        ages=YOUNG if young else None,
        unchecked=question.unchecked,
        people=question.people,
        without_police=question.without_police,
    )


def _plain(country: str, named: str, emergency: EmergencyNumbers | None, found: FoundServices) -> dict[str, Any]:
    return {
        "country": country,
        "place": named,
        "emergency": asdict(emergency) if emergency else None,
        "reach": found.reach,
        "services": [asdict(referral) for referral in found.services],
        "lines": _plain_lines(found.lines),
        "floor": {"lines": _plain_lines(found.floor.lines), "consulate": found.floor.consulate}
        if found.floor
        else None,
    }


def _plain_lines(lines: Iterable[PhoneLine]) -> list[dict[str, Any]]:
    return [{name: value for name, value in asdict(line).items() if name != "rank"} for line in lines]


def floor_rows(found: FoundServices) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, name, number) of what is left to say where nothing of the country fits; nothing where something does."""
    floor = found.floor
    if floor is None:
        return
    for line in floor.lines:
        yield line.kind if line.fits else f"({line.kind})", line.name, line.number
    if floor.consulate:
        yield "consulate", "Worth asking: the person's own consulate", ""


def _print_table(named: str, emergency: EmergencyNumbers | None, found: FoundServices, needs: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("kind", "name", "number", "where", "open", "know first", "checked", title=named)
    if emergency and is_urgent(needs):
        table.add_row(*_emergency_cells(emergency, needs))
    for referral in found.services:
        table.add_row(*_service_cells(referral))
    for line in found.lines:
        seen = f"seen {line.last_seen}" if line.last_seen else "date unknown"
        table.add_row(
            line.kind if line.fits else f"({line.kind})",
            line.name,
            line.number,
            "any country" if line.worldwide else "the country",
            "24/7" if line.always_open else line.opening_hours or "?",
            ", ".join((*line.nationals, *phrases_for(line.people), *line.notices)),
            seen,
        )
    for kind, name, number in floor_rows(found):
        table.add_row(kind, name, number)
    # Who asks for a lawyer is in no danger by that, and may fear the police.
    if emergency and not is_urgent(needs) and (found.floor is None or found.floor.emergency):
        table.add_row(*_emergency_cells(emergency, needs))
    Console().print(table)


def _emergency_cells(emergency: EmergencyNumbers, needs: Sequence[str]) -> tuple[str, ...]:
    known = ", ".join(emergency.notices_for(needs))
    return "emergency", "For an emergency", emergency.for_need(needs), "", "", known, ""


def _service_cells(referral: Referral) -> Iterator[str]:
    yield from (referral.kind if referral.fits else f"({referral.kind})", referral.name, referral.number)
    far = "" if referral.kilometres is None else f", {referral.kilometres:.0f} km"
    yield f"{referral.city or ''}{far}"
    yield {True: "now", False: "not now", None: "?"}[referral.open_now]
    yield ", ".join((*phrases_for(referral.people), *referral.notices))
    yield str(referral.checked_on or "not yet")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
