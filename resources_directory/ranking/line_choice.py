"""The choice of lines for a need: what fits it first, each number once, and at most one line that is for something else.

A worker who was not paid gets the lines for wages, then the one on trafficking, which can say who else helps; never a line
for violence at home or for children to fill the answer. The police come last, and never to somebody who fears them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from resources_directory.model.line import PhoneLine
from resources_directory.ranking.audience import is_for_children, is_for_women_alone
from resources_directory.ranking.line_wish import CONSULATE, EXPLOITATION, SEAFARERS, LineWish
from resources_directory.ranking.spoken_languages import INTERPRETED, foreignness

# When nothing fits, any of these beats nothing. A child line comes last because it refers adults elsewhere.
FLOOR = ("domestic_violence", "crisis", "migrant", "labour", "legal_aid", "child")
FOR_ANYBODY = (EXPLOITATION, "migrant", "return")  # kinds that are worth a try if no need was said, or nothing fits it
_FLOOR_FOR_WORK = ("migrant", "labour", "legal_aid")
_FLOOR_FOR_HEALTH = ("referral", "migrant", "child")  # who knows where a doctor asks for no papers
_FILLS_WORK = (EXPLOITATION, *_FLOOR_FOR_WORK)
_MISSING = "missing"
_MOST_WANTED = 2  # kinds
_ANSWER = 3  # lines in an answer
_ROOM_FOR_FILLER = 2  # lines: the only one that is given has to fit


def choose(known: Sequence[PhoneLine], world: Sequence[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the lines to give, best first; `known`: those of the country by rank, `world`: those for any country."""
    left = open_to([*known, *_at_sea(world, wish), *_of_their_country(world, wish)], wish)
    understood = [line for line in left if not wish.is_for_speakers_of_others(line)]
    if any(wish.fits(line) and not line.about_police for line in understood):
        left = understood
    fit = [line for line in left if wish.fits(line)]
    first = [line for line in fit if not (line.enforces_immigration or wish.comes_last(line))]
    fitting = _spread(first, wish.wanted, wish.limit)
    calm = [line for line in fitting if not line.about_police] or worldwide(world, wish)
    calm = _understood_first(calm, wish)
    calm += _spread(_new([line for line in fit if wish.comes_last(line)], calm), wish.wanted, wish.limit - len(calm))
    last = [line for line in fit if line.enforces_immigration and not wish.comes_last(line)]
    police = [line for line in fitting if line.about_police and not (calm and _is_far_from(line, wish))]
    police += _spread(last, wish.wanted, wish.limit - len(calm) - len(police))
    if help_anywhere := _help_anywhere(world, calm, wish):
        calm = [*calm[: wish.limit - 1], *help_anywhere]
    filler = _own_country(left, calm, wish) or _filler(left, calm, police, wish)
    if not calm and _needs_another(filler, police, wish):
        filler = _anywhere(world, wish) or filler
    if filler and _leads(filler, calm, wish):
        return [filler, *calm, *police][: wish.limit]
    if filler is None or (calm and wish.limit < _ROOM_FOR_FILLER):
        return [*calm, *police][: wish.limit]
    # A line that the police only hear of, and that is for just what is wanted, comes before one for something else.
    heard = [line for line in police if not (line.of_police or _is_far_from(line, wish))]
    first = [] if calm or wish.is_work else heard[:1]
    return [*calm[: wish.limit - 1], *first, filler, *_new(police, first)][: wish.limit]


def worldwide(world: Sequence[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the fitting lines for people in any country; one for seafarers is for those alone who are, or who ask for it."""
    fitting = [line for line in open_to(world, wish) if wish.fits(line) and not wish.is_for_others(line)]
    return _spread(fitting, wish.wanted, wish.limit)


def _help_anywhere(world: Sequence[PhoneLine], calm: Sequence[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return who does in any country what is most wanted, where lines of this country fit but none does it."""
    first = wish.wanted[0]
    if not calm or wish.limit < _ROOM_FOR_FILLER or any(first in line.kinds for line in calm):
        return []
    found = [line for line in worldwide(world, wish) if line.kinds[0] == first]
    # Which page takes pictures down depends on an age: they are said where somebody tells of pictures.
    return [line for line in found if line.is_a_form or not line.is_a_page][:1]


def _is_far_from(police: PhoneLine, wish: LineWish) -> bool:
    """Whether a line of the police is for the last of what is wanted: who wants to talk is sent to who listens."""
    return not any(kind in police.kinds for kind in wish.wanted[:_MOST_WANTED])


def _needs_another(filler: PhoneLine | None, police: Sequence[PhoneLine], wish: LineWish) -> bool:
    """Whether the police are all that there is for a wage or papers, or nobody is for a worker who fears them."""
    if not wish.is_work:
        return False  # it may be a danger: the number for emergencies is better than a page
    return filler.about_police if filler else wish.avoid_police and not police


def _anywhere(world: Sequence[PhoneLine], wish: LineWish) -> PhoneLine | None:
    """Return who can say in any country who helps."""
    others = worldwide(world, replace(wish, kinds=FOR_ANYBODY))
    return replace(others[0], fits=False) if others else None


def _leads(filler: PhoneLine, calm: Sequence[PhoneLine], wish: LineWish) -> bool:
    """Whether the line on trafficking comes before those that fit: where all of these are forms, or foreign to the reader.

    Nobody of those that fit has what is most wanted then, so one who understands says best who has.
    """
    if EXPLOITATION not in filler.kinds:
        return False
    if all(line.is_a_form for line in calm):
        return True
    if wish.language is None or filler.rank[0] or foreignness(filler.languages, wish.language):
        return False
    helped = any(wish.wanted[0] in line.kinds for line in calm)
    return not helped and all(line.languages and foreignness(line.languages, wish.language) for line in calm)


def _at_sea(world: Iterable[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the lines for seafarers: a ship leaves a country, so they stand beside those of the country."""
    return [line for line in world if SEAFARERS in line.people and SEAFARERS in wish.person]


def _understood_first(lines: Sequence[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the lines, last those in other languages alone where any is in the reader's, or has somebody interpret."""
    understood = wish.language and any(foreignness(line.languages, wish.language) <= INTERPRETED for line in lines)
    return sorted(lines, key=lambda line: line.foreign) if understood else list(lines)


def _own_country(left: Sequence[PhoneLine], calm: Sequence[PhoneLine], wish: LineWish) -> PhoneLine | None:
    """Return who helps people of their country with anything, where nobody else but the police fits."""
    found = next((line for line in left if line.id in (wish.theirs or ()) and not line.about_police), None)
    return replace(found, fits=False) if found and not calm else None


def _of_their_country(world: Iterable[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the lines for people of their country, wherever they are: they stand beside its consulate in this one."""
    asked = wish.theirs is not None or CONSULATE in wish.wanted
    return [line for line in world if asked and line.nationals and wish.is_theirs(line)]


def open_to(lines: Iterable[PhoneLine], wish: LineWish) -> list[PhoneLine]:
    """Return the lines that this person may call: those for anybody and in their language first, else in the order given."""
    left = [line.in_language(wish.language) if wish.language else line for line in lines if wish.may_call(line)]
    return sorted(left, key=lambda line: _place(line, wish))


def _place(line: PhoneLine, wish: LineWish) -> tuple[bool, int, bool, int]:
    foreign = foreignness(line.languages, wish.language) if wish.language else 0
    group = 0 if not wish.person.isdisjoint(line.people) else 1
    of_others = bool(line.nationals) and not wish.is_theirs(line)
    return line.about_police, 2 if wish.is_for_others(line) else group, of_others, foreign


def _spread(known: Sequence[PhoneLine], kinds: Sequence[str], limit: int) -> list[PhoneLine]:
    """Return the best line of each kind, in the order of the kinds, then the second best of each; each number once."""
    chosen: list[PhoneLine] = []
    numbers: set[str] = set()
    for kind in list(kinds) * len(known):
        best = next((line for line in known if kind in line.kinds and numbers.isdisjoint(line.dialled)), None)
        if best and len(chosen) < limit:
            chosen.append(best.as_kind(kind))
            numbers |= best.dialled
    return sorted(chosen, key=lambda line: line.about_police)


def _filler(
    left: Sequence[PhoneLine], calm: Sequence[PhoneLine], police: Sequence[PhoneLine], wish: LineWish
) -> PhoneLine | None:
    """Return the one line for something else that stands beside those that fit, or in their place.

    The line on trafficking knows who else helps, so it stands beside any answer, else one for women, if there is room.
    Another kind is added only where nothing fits but the police, whom some people dare not call, or ahead of those who
    enforce immigration law. The police themselves are asked for something else only where there is nobody.
    """
    given = [*calm, *police]
    dangerous = any(line.enforces_immigration for line in police)
    needed = not calm or (dangerous and len(calm) < min(wish.limit, _ANSWER))
    free = [line for line in _new(left, given) if _can_fill(line, wish)]
    # Who looks for a missing person means to tell the police: a line that passes reports on to them can say who helps.
    heard = wish.wanted[:1] == (_MISSING,)
    groups = [[line for line in free if not line.about_police or (heard and not line.of_police)], [] if given else free]
    found = (line for group in groups for line in _fillers(group, len(given) < wish.limit, needed, wish))
    best = next(found, None)
    return replace(best, fits=False) if best else None


def _fillers(group: Sequence[PhoneLine], room: bool, needed: bool, wish: LineWish) -> Iterator[PhoneLine]:
    """Yield the lines that may fill an answer, best first."""
    for_anybody = [line for line in group if not is_for_women_alone(line.people) or wish.fits(line)]
    yield from _spread(for_anybody, [kind for kind in (EXPLOITATION,) if kind not in wish.wanted], 1)
    if room:
        yield from _spread([line for line in group if line not in for_anybody], wish.wanted, 1)
    if needed:
        floor = _FLOOR_FOR_HEALTH if wish.is_medical else _FLOOR_FOR_WORK if wish.is_work else FLOOR
        other = [kind for kind in (EXPLOITATION, *floor) if kind not in wish.wanted]
        # Nobody has said that they are a woman: a line for women comes after the lines for anybody.
        yield from _spread(for_anybody, other, 1)
        yield from _spread(group, other, 1)


def _new(lines: Iterable[PhoneLine], given: Iterable[PhoneLine]) -> list[PhoneLine]:
    """Return the lines whose number is not given yet."""
    taken = frozenset[str]().union(*(line.dialled for line in given))
    return [line for line in lines if taken.isdisjoint(line.dialled)]


def _can_fill(line: PhoneLine, wish: LineWish) -> bool:
    # A child line refers adults elsewhere, so it is the last to be asked, but it can be: not by those who do not speak its
    # language, and by no grown person who is ill.
    about_children = is_for_children(line.kinds, line.people, line.ages)
    if about_children and not wish.about_a_child and (line.foreign or wish.is_medical):
        return False
    if line.nationals or (wish.is_for_others(line) and not about_children):
        return False
    for_women = is_for_women_alone(line.people) and not wish.fits(line)
    return not wish.is_work or (line.kinds[0] in _FILLS_WORK and not for_women)
