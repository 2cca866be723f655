"""The page docs/coverage.md: which country has a line for which need, and which has nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from resources_directory.model.directory import Directory, EmergencyNumbers
from resources_directory.model.freshness import is_served
from resources_directory.model.hsds import WORLD, CountryEntries, Kind, ServedGroup
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
# Those from which or in which many of the people who were helped came or were exploited; a choice, no official list.
_MOST_CASES = (
    "AE", "BD", "BR", "CO", "DE", "ES", "FR", "GB", "GR", "ID", "IN", "IT", "KE", "KW", "LB",
    "MX", "MY", "NG", "NL", "NP", "PH", "PK", "PL", "RO", "SA", "TH", "TR", "UA", "US", "ZA",
)  # fmt: skip
_EACH_NEEDS: tuple[Kind, ...] = ("legal_aid", "labour", "medical", "shelter", "counselling")
_WHOM: dict[ServedGroup, str] = {
    "women": "women", "men": "men", "children": "children", "young": "young people", "lgbt": "LGBT+ people",
    "disability": "people with a disability", "domestic_workers": "domestic workers", "migrants": "migrants",
    "refugees": "refugees", "seafarers": "seafarers", "families": "families",
}  # fmt: skip
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
    parts = (*_most_cases(directory, names, found), *_for_whom(found), *_rest(directory, missing, found))
    return "\n".join([_HEAD.format(today=today) + "\n".join(lines), "", *parts])


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


def _most_cases(directory: Directory, names: Mapping[str, str], found: Sequence[CountryEntries]) -> Iterator[str]:
    """Yield the table of the countries with most cases: who helps with each need, the line of no police first."""
    here = [code for code in _MOST_CASES if code in {entries.country for entries in found}]
    if not here:
        return
    empty = sum(not _named(directory, code, kind) for code in here for kind in _EACH_NEEDS)
    yield f"## {len(here)} countries with most cases"
    yield ""
    yield f"Who helps in the whole country, the first of each kind. Empty cells: {empty} of {len(here) * len(_EACH_NEEDS)}."
    yield ""
    for row in (
        ["country", *(_COLUMNS[kind] for kind in _EACH_NEEDS)],
        ["---"] * (len(_EACH_NEEDS) + 1),
        *([names.get(code, code), *(_named(directory, code, kind) for kind in _EACH_NEEDS)] for code in here),
    ):
        yield "| " + " | ".join(row) + " |"
    yield ""


def _named(directory: Directory, country: str, kind: Kind) -> str:
    lines = [line for line in directory.national.get(country, ()) if kind in line.kinds]
    first = min(lines, key=lambda line: line.about_police, default=None)
    return first.name.replace("|", "/") if first else ""


def _for_whom(found: Sequence[CountryEntries]) -> Iterator[str]:
    """Yield how many lines of whole countries say whom they are for."""
    served = [
        service
        for entries in found
        for organization in entries.organizations
        for service in organization.services
        if service.national and service.trusted
    ]
    counts = {words: sum(group in service.people for service in served) for group, words in _WHOM.items()}
    told = ", ".join(f"{words} {number or 'none'}" for words, number in counts.items())
    yield f"**Lines of a whole country that say whom they are for:** {told}."
    yield ""


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
