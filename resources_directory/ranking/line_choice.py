"""The choice of lines for a need: what fits it first, each number once, and at most one line that is for something else.

A worker who was not paid gets the lines for wages, then the one on trafficking, which can say who else helps; never a line
for violence at home or for children to fill the answer. The police come last, and never to somebody who fears them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from resources_directory.model.line import PhoneLine
from resources_directory.model.needs import WORK
from resources_directory.ranking.audience import is_for_others, is_grown, refuses
from resources_directory.ranking.spoken_languages import ONLY_OTHERS, foreignness

EXPLOITATION = "trafficking"
_CONSULATE = "consulate"
# When nothing fits, any of these beats nothing. A child line comes last because it refers adults elsewhere.
FLOOR = ("domestic_violence", "crisis", "migrant", "labour", "legal_aid", "child")
_FLOOR_FOR_WORK = ("migrant", "labour", "legal_aid")
_FILLS_WORK = (EXPLOITATION, *_FLOOR_FOR_WORK)
_ANSWER = 3  # lines in an answer
_ROOM_FOR_FILLER = 2  # lines: the only one that is given has to fit


@dataclass(frozen=True)
class LineWish:
    """What is asked for, and what is known of who asks."""

    kinds: tuple[str, ...]  # most wanted first; none: exploitation
    limit: int
    language: str | None = None  # BCP 47
    avoid_police: bool = False
    people: frozenset[str] = frozenset()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The kinds that fit."""
        return tuple(dict.fromkeys(self.kinds)) or (EXPLOITATION,)

    @property
    def is_work(self) -> bool:
        """Whether an adult asks about work or papers."""
        asked = set(self.kinds) - {EXPLOITATION}
        return bool(asked) and asked <= WORK and is_grown(self.people)


def choose(known: Sequence[PhoneLine], world: Sequence[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the lines to give, best first; `known`: those of the country by rank, `world`: those for any country."""
    left = _open_to(known, wish)
    fitting = _spread([line for line in left if not line.enforces_immigration], wish.wanted, wish.limit)
    last = _spread([line for line in left if line.enforces_immigration], wish.wanted, wish.limit - len(fitting))
    calm = [line for line in fitting if not line.about_police] or worldwide(world, wish)
    police = [line for line in fitting if line.about_police] + last
    filler = _filler(left, calm, police, wish)
    if filler is None or (calm and wish.limit < _ROOM_FOR_FILLER):
        return [*calm, *police][: wish.limit]
    return [*calm[: wish.limit - 1], filler, *police][: wish.limit]


def worldwide(world: Sequence[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the fitting lines for people in any country; one for seafarers is for those alone who are, or who ask for it."""
    person = wish.people | set(wish.kinds)
    fitting = [line for line in _open_to(world, wish) if not is_for_others(line.people, line.ages, person)]
    return _spread(fitting, wish.wanted, wish.limit)


def _open_to(lines: Iterable[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the lines that this person may call: those for anybody and in their language first, else in the order given."""
    left = [line.in_language(wish.language) if wish.language else line for line in lines if _may_call(line, wish)]
    return sorted(left, key=lambda line: _place(line, wish))


def _may_call(line: PhoneLine, wish: LineWish) -> bool:
    if refuses(line.people, line.ages, wish.people) or (wish.avoid_police and line.about_police):
        return False
    # The consulate of another country hangs up.
    unasked = _CONSULATE in line.kinds and _CONSULATE not in wish.wanted
    return not (unasked and wish.language and foreignness(line.languages, wish.language) == ONLY_OTHERS)


def _place(line: PhoneLine, wish: LineWish) -> tuple[bool, int, int]:
    foreign = foreignness(line.languages, wish.language) if wish.language else 0
    group = 0 if not wish.people.isdisjoint(line.people) else 1
    return line.about_police, 2 if _is_for_others(line, wish) else group, foreign


def _is_for_others(line: PhoneLine, wish: LineWish) -> bool:
    if is_for_others(line.people, line.ages, wish.people):
        return True
    # A consulate helps its own nationals; nobody is asked for their nationality, but their language may say it.
    mine = wish.language is not None and foreignness(line.languages, wish.language) == 0
    return _CONSULATE in line.kinds and _CONSULATE not in wish.wanted and not mine


def _spread(known: Sequence[PhoneLine], kinds: Sequence[str], limit: int) -> list[PhoneLine]:
    """Return the best line of each kind, then the second best of each, in the order of the kinds; each number once."""
    chosen: list[tuple[int, PhoneLine]] = []
    numbers: set[str] = set()
    for place, kind in list(enumerate(kinds)) * len(known):
        best = next((line for line in known if kind in line.kinds and numbers.isdisjoint(line.dialled)), None)
        if best and len(chosen) < limit:
            chosen.append((place, best.as_kind(kind)))
            numbers |= best.dialled
    return [line for _, line in sorted(chosen, key=lambda entry: (entry[1].about_police, entry[0]))]


def _filler(
    left: Sequence[PhoneLine], calm: Sequence[PhoneLine], police: Sequence[PhoneLine], wish: LineWish
) -> PhoneLine | None:
    """Return the one line for something else that stands beside those that fit, or in their place.

    The line on trafficking knows who else helps, so it stands beside any answer. Another kind is added only where nothing
    fits but the police, whom some people dare not call, or ahead of those who enforce immigration law. The police
    themselves are asked for something else only where there is nobody.
    """
    dangerous = any(line.enforces_immigration for line in police)
    needed = not calm or (dangerous and len(calm) < min(wish.limit, _ANSWER))
    kinds = [EXPLOITATION, *((_FLOOR_FOR_WORK if wish.is_work else FLOOR) if needed else ())]
    taken = frozenset[str]().union(*(line.dialled for line in (*calm, *police)))
    free = [line for line in left if taken.isdisjoint(line.dialled) and _can_fill(line, wish)]
    groups = [[line for line in free if not line.about_police], [] if taken else free]
    found = [
        line for group in groups for line in _spread(group, [kind for kind in kinds if kind not in wish.wanted], 1)
    ]
    return replace(found[0], fits=False) if found else None


def _can_fill(line: PhoneLine, wish: LineWish) -> bool:
    # A child line refers adults elsewhere, so it is the last to be asked, but it can be.
    for_others = line.kinds[0] != "child" and _is_for_others(line, wish)
    if for_others:
        return False
    for_women_alone = "women" in line.people and "women" not in wish.people
    return not wish.is_work or (line.kinds[0] in _FILLS_WORK and not for_women_alone)
