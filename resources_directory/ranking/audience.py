"""Whom a service is for, and what that means for a caller: refused, given after the others, or said with the number."""

from collections.abc import Collection, Iterator

from resources_directory.model.hsds import Gender, ServedGroup, Service

GROWN_AT = 18  # years
VIOLENCE = "domestic_violence"
# Nobody is asked about these, and most who write to us belong to them: a line for them is given like a line for anybody.
_ANYBODY: frozenset[ServedGroup] = frozenset({"women", "migrants", "families"})
_FEW: frozenset[str] = frozenset({"refugees", "lgbt", "disability"})
_YOUNG: frozenset[str] = frozenset({"children", "young"})
_ABOUT_CHILDREN: frozenset[str] = frozenset({"child", "youth", "missing"})


def people_of(service: Service) -> tuple[ServedGroup, ...]:
    """Return whom a service is for: as stated, and as its genders say. Empty: anybody, or not stated."""
    return tuple(dict.fromkeys((*service.people, *people_of_genders(service.eligibility.genders))))


def people_of_genders(genders: Collection[Gender]) -> tuple[ServedGroup, ...]:
    """Return women or men, if only they may come."""
    if ("female" in genders) == ("male" in genders):
        return ()
    return ("women",) if "female" in genders else ("men",)


def refuses(people: Collection[str], ages: tuple[int | None, int | None], person: Collection[str]) -> bool:
    """Whether a line does not help this person; `person`: what is known of them, empty for nothing."""
    for mine, other in (("women", "men"), ("men", "women")):
        if other in people and mine not in people and mine in person and other not in person:
            return True
    minimum, _ = ages
    return minimum is not None and minimum >= GROWN_AT and not _YOUNG.isdisjoint(person)


def is_for_others(people: Collection[str], ages: tuple[int | None, int | None], person: Collection[str]) -> bool:
    """Whether a line is for a group alone that the person is not known to belong to."""
    group = {*people, *_of_ages(ages)} - {"professionals"}
    return bool(group) and group.isdisjoint({*_ANYBODY, *person})


def is_for_women_alone(people: Collection[str]) -> bool:
    """Whether a line takes women and no men; one that is for LGBT+ people too takes men."""
    return "women" in people and not {"men", "lgbt"} & set(people)


def suits(people: Collection[str], person: Collection[str], kinds: tuple[str, ...]) -> bool:
    """Whether a line suits who asks: one for women alone is for a woman, or for violence at home; one for refugees is for them.

    So is one for LGBT+ people or people with a disability: few who write to us belong to them, and they can say so.
    """
    if people and set(people) <= _FEW and set(people).isdisjoint(person):
        return False
    return not is_for_women_alone(people) or "women" in person or kinds[:1] == (VIOLENCE,)


def is_for_children(kinds: Collection[str], people: Collection[str], ages: tuple[int | None, int | None]) -> bool:
    """Whether a line is about children and nothing else: it sends adults elsewhere."""
    child = "child" in kinds and set(kinds) <= _ABOUT_CHILDREN
    return child or {*people, *_of_ages(ages)} == {"children"}


def is_grown(person: Collection[str]) -> bool:
    """Whether nothing says that the person is a child."""
    return _YOUNG.isdisjoint(person)


def phrases_for(people: Collection[ServedGroup]) -> Iterator[str]:
    """Yield the names of the phrases that say whom a line is for."""
    # A text message has little room, and these two keep nobody who writes to us from calling.
    unsaid = {"migrants", "families"}
    unsaid |= {"women", "men"} if {"women", "men"} <= set(people) else set()
    yield from (f"line_for_{group}" for group in people if group not in unsaid)


def _of_ages(ages: tuple[int | None, int | None]) -> Iterator[str]:
    _, maximum = ages
    if maximum is not None:
        yield "children" if maximum < GROWN_AT else "young"
