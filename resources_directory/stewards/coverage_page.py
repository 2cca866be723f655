"""The page docs/coverage.md: which country has a line for which need, and which has nothing."""

from collections.abc import Iterator, Sequence
from datetime import date

from resources_directory.model.directory import Directory, EmergencyNumbers
from resources_directory.model.freshness import is_served
from resources_directory.model.hsds import WORLD, CountryEntries, Kind
from resources_directory.places.country_names import country_names

# The needs of a worker first; what no line is for anywhere is left out.
_COLUMNS: dict[Kind, str] = {
    "trafficking": "trafficking",
    "labour": "labour",
    "migrant": "migrant",
    "legal_aid": "legal aid",
    "consulate": "consulate",
    "return": "return",
    "documents": "papers",
    "interpreter": "interpreter",
    "seafarers": "at sea",
    "missing": "missing",
    "domestic_violence": "violence at home",
    "child": "child",
    "crisis": "crisis",
    "online_abuse": "online",
    "shelter": "shelter",
    "medical": "medical",
    "counselling": "counselling",
}
_HEAD = """# What the directory holds

Written by `quietline directory coverage --write` on {today}; nothing here is written by hand. A number counts the lines of a
country that may be given today; in brackets: all of them are the police, or pass on to them or to immigration enforcement. One
line can count under several needs. "Local" counts services in a city that a steward has checked, and behind the stroke all that
a page shows. What a country lacks may be among the lines for any country at the end. [directory](directory.md) says what a kind
means.

"""


def coverage_page(countries: Sequence[CountryEntries], today: date) -> str:
    """Return the page as Markdown."""
    directory, names = Directory.of(countries), country_names()
    found = [entries for entries in countries if entries.country != WORLD]
    found.sort(key=lambda entries: names.get(entries.country, entries.country))
    held = {kind for lines in directory.national.values() for line in lines for kind in line.kinds}
    columns = [kind for kind in _COLUMNS if kind in held]
    head = ["country", "emergency", *(_COLUMNS[kind] for kind in columns), "local"]
    rows = [
        [names.get(one.country, one.country), *_cells(one, directory, columns), _local(one, today)] for one in found
    ]
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    missing = [f"{name} ({code})" for code, name in names.items() if code not in {one.country for one in found}]
    return "\n".join([_HEAD.format(today=today) + "\n".join(lines), "", *_rest(directory, missing, found)])


def _cells(entries: CountryEntries, directory: Directory, columns: Sequence[Kind]) -> list[str]:
    emergency = _emergency(directory.emergency(entries.country))
    return [emergency, *(_cell(directory, entries.country, kind) for kind in columns)]


def _local(entries: CountryEntries, today: date) -> str:
    local = [service for one in entries.organizations for service in one.services if not service.national]
    checked = sum(is_served(service, today) for service in local)
    shown = sum(is_served(service, today, unchecked=True) for service in local)
    return f"{checked}/{shown}" if shown else ""


def _cell(directory: Directory, country: str, kind: Kind) -> str:
    lines = [line for line in directory.national.get(country, ()) if kind in line.kinds]
    calm = [line for line in lines if not line.about_police]
    return str(len(lines)) if calm else f"({len(lines)})" if lines else ""


def _emergency(numbers: EmergencyNumbers | None) -> str:
    if numbers is None:
        return "none"
    each = (("police", numbers.police), ("ambulance", numbers.ambulance), ("fire", numbers.fire))
    if all(number == numbers.any for _, number in each):
        return numbers.any
    return ", ".join(f"{what} {number}" for what, number in each if number)


def _rest(directory: Directory, missing: Sequence[str], found: Sequence[CountryEntries]) -> Iterator[str]:
    without = [entries.country for entries in found if not directory.national.get(entries.country)]
    yield f"**Countries:** {len(found)}. **Without any line:** {', '.join(without) or 'none'}."
    yield ""
    yield f"**Not in the directory at all ({len(missing)}):** {', '.join(missing) or 'none'}."
    yield ""
    yield "**For people in any country:**"
    yield ""
    yield from (f"- {line.name}: {line.number} ({', '.join(line.kinds)})" for line in directory.world)
    yield ""
