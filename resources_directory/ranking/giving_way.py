"""Which services near a place give way to a line of the country: what fits comes before what is merely near.

Where somebody asks for a lawyer, a house for trafficked people that also has one is near, but the line that advises workers
is who helps. A caller reads the services first, so a service that fits worse than a line is left out beside it.
"""

from collections.abc import Collection, Sequence

from resources_directory.model.line import PhoneLine
from resources_directory.model.needs import WORK
from resources_directory.model.search_query import Referral, SearchQuery
from resources_directory.ranking.audience import is_for_others
from resources_directory.ranking.line_wish import EXPLOITATION
from resources_directory.ranking.spoken_languages import ONLY_OTHERS, foreignness

# These say whom a service is for, and stand first there; what it does comes after them (docs/directory.md).
_WHOM = frozenset({"trafficking", "domestic_violence", "child"})
_NOT_FOR_WORK = frozenset({"domestic_violence", "child"})
_BED = "shelter"


def gives_way(service: Referral, lines: Sequence[PhoneLine], query: SearchQuery) -> bool:
    """Whether one of the lines fits the need and the person better than a service near them.

    What was asked for this once ("open now", "closer") is asked of services, so none gives way then.
    """
    if query.open_now or query.free or query.language or query.nearer_than is not None:
        return False
    fitting = [line for line in lines if _counts(line, service, query)]
    if not service.fits:
        # A bed is rare: a house for women is told of, with the word for whom it is.
        return bool(fitting) and query.kinds[0] != _BED
    if does_first(service.kinds, query.kinds):
        return False
    return any(_fits_better(line, service, query.kinds) for line in fitting)


def does_first(kinds: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether something that is wanted is what a service or line does first, not one of the things beside it."""
    helps = {wanted[0], *(kind for kind in wanted if kind not in _WHOM)}
    return not helps.isdisjoint(_first(kinds))


def _fits_better(line: PhoneLine, service: Referral, wanted: Sequence[str]) -> bool:
    its, other = _place(line.kinds, wanted), _place(service.kinds, wanted)
    # Trafficked workers are whom we write with, so a house for them is near the need; one for violence at home is not.
    home = not _NOT_FOR_WORK.isdisjoint(_first(service.kinds)) and WORK.issuperset({*wanted} - {EXPLOITATION})
    return its < other or (its == other and home and does_first(line.kinds, wanted))


def _first(kinds: Sequence[str]) -> Sequence[str]:
    """Return whom a service is for, and the first thing that it does."""
    does = next((place for place, kind in enumerate(kinds) if kind not in _WHOM), len(kinds))
    return kinds[: does + 1]


def _place(kinds: Collection[str], wanted: Sequence[str]) -> int:
    return next((place for place, kind in enumerate(wanted) if kind in kinds), len(wanted))


def _counts(line: PhoneLine, service: Referral, query: SearchQuery) -> bool:
    """Whether a service can give way to a line: of the whole country, for such a person, in a language that they hear."""
    if not line.fits or line.worldwide or line.about_police or line.region or line.nationals:
        return False
    if line.id in query.without or is_for_others(line.people, line.ages, query.person):
        return False
    # A line for work has food and clothes last of all, if at all.
    if set(query.kinds).isdisjoint(_first(line.kinds)):
        return False
    language = query.language or query.locale
    return foreignness(service.languages, language) > 1 or foreignness(line.languages, language) < ONLY_OTHERS
