"""The queue: the most urgent first, who has waited longest before others, and nobody starves, in whichever language."""

import itertools
from collections.abc import Collection
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.case_card import Priority
from bot.handoff.waiting_line import TARGETS, Handoff, WaitingLine, in_order, rank
from tests.every import every

NOW = 1_800_000_000.0
HOURS = 5 * 3600


def waits(id_: str, priority: Priority, seconds: float, locale: str = "es") -> Handoff:
    return Handoff(id_, f"Blue {id_}", "sms", locale, priority, "waiting", NOW - seconds, "", "")


def ids(*handoffs: Handoff, now: float = NOW, leaves: Collection[str] = ()) -> list[str]:
    return [handoff.id for handoff in in_order(handoffs, now, leaves)]


priorities = st.sampled_from(list(TARGETS))
names, locales = st.uuids().map(str), st.sampled_from(["es", "ar", "vi"])
waiting = st.builds(waits, names, priorities, st.integers(0, HOURS), locales)
in_danger = st.builds(waits, names, st.just("P0"), st.integers(0, 70), locales)
queues = st.lists(waiting, max_size=12, unique_by=lambda handoff: handoff.id)
left = st.frozensets(locales)


def test_the_most_urgent_is_next_however_short_the_wait() -> None:
    queue = [waits("c", "P3", 900), waits("a", "P0", 1), waits("d", "P2", 500), waits("b", "P1", 10)]
    assert ids(*queue) == ["a", "b", "d", "c"]


def test_of_two_alike_who_has_waited_longer_is_next() -> None:
    assert ids(waits("a", "P2", 10), waits("b", "P2", 20)) == ["b", "a"]


@every(
    ("priority", "seconds", "place"),
    [
        ("P2", 20 * 60 - 1, 2),
        ("P2", 20 * 60, 1),
        ("P3", 60 * 60 - 1, 3),
        ("P3", 60 * 60, 2),  # one step, not two
        ("P3", 80 * 60, 1),
        ("P1", HOURS, 1),
        ("P2", HOURS, 1),
        ("P3", HOURS, 1),
        ("P0", 0, 0),
    ],
)
def test_a_long_wait_lifts_by_one_at_a_time(priority: Priority, seconds: float, place: int) -> None:
    assert rank(priority, seconds) == place


def test_who_has_risen_goes_before_those_of_the_higher_priority_who_came_later() -> None:
    assert ids(waits("new", "P1", 60), waits("risen", "P2", 20 * 60)) == ["risen", "new"]


@every(("priority", "target"), [("P0", 60), ("P1", 180), ("P2", 600), ("P3", 1800)])
def test_it_is_late_past_its_target_and_again_past_twice_its_target(priority: Priority, target: int) -> None:
    late = [waits("a", priority, seconds).late(NOW) for seconds in (target - 1, target, 2 * target - 1, 2 * target)]
    assert late == [0, 1, 1, 2]


def test_a_gateway_whose_clock_is_behind_sees_no_wait_below_nothing() -> None:
    assert waits("a", "P2", -3).waited(NOW) == 0


def test_places_count_only_those_who_wait() -> None:
    held = Handoff("held", "Blue Owl", "web", "en", "P0", "operator", NOW, "operator", "")
    desk = WaitingLine((held, waits("b", "P3", 5), waits("a", "P1", 5)), ())
    assert [desk.place(id_, NOW) for id_ in ("a", "b", "held", "nobody")] == [1, 2, None, None]


@given(queues, st.randoms())
def test_the_order_is_the_same_in_whichever_order_they_are_read(queue: list[Handoff], chance: Random) -> None:
    shuffled = list(queue)
    chance.shuffle(shuffled)
    assert ids(*shuffled) == ids(*queue)


@given(queues)
def test_no_wait_goes_before_a_life_in_danger(queue: list[Handoff]) -> None:
    urgent = [handoff.priority == "P0" for handoff in in_order(queue, NOW)]
    assert urgent == sorted(urgent, reverse=True)


@given(queues, priorities)
def test_among_those_of_one_priority_the_first_to_come_is_the_first_to_go(
    queue: list[Handoff], priority: Priority
) -> None:
    since = [handoff.since for handoff in in_order(queue, NOW) if handoff.priority == priority]
    assert since == sorted(since)


@given(queues, st.integers(0, HOURS))
def test_whoever_comes_later_never_overtakes_who_has_risen_to_the_front(queue: list[Handoff], later: int) -> None:
    patient = waits("patient", "P3", 80 * 60)
    behind = ids(patient, *(waits(each.id, each.priority, 0) for each in queue if each.priority != "P0"), now=NOW)
    assert behind[0] == "patient"
    assert ids(patient, *(waits(each.id, "P1", -later) for each in queue), now=NOW + later)[0] == "patient"


@given(priorities, st.integers(0, HOURS), st.integers(0, HOURS))
def test_waiting_longer_never_puts_anybody_back(priority: Priority, seconds: int, more: int) -> None:
    assert rank(priority, seconds + more) <= rank(priority, seconds)


# Languages that an operator leaves to colleagues


def test_who_is_left_to_colleagues_stands_last_among_those_who_are_as_urgent() -> None:
    line = [
        waits("a", "P1", 90, "es"),
        waits("b", "P1", 5, "ar"),
        waits("c", "P2", 500, "es"),
        waits("d", "P2", 5, "ar"),
    ]
    assert ids(*line, leaves={"es"}) == ["b", "a", "d", "c"]
    assert ids(*line) == ["a", "b", "c", "d"]


@every("priority", ["P1", "P2", "P3"])
def test_who_is_late_is_left_to_nobody(priority: Priority) -> None:
    target = TARGETS[priority]
    line = [waits("theirs", priority, target - 1, "es"), waits("own", priority, target - 2, "ar")]
    assert ids(*line, leaves={"es"}) == ["own", "theirs"]
    assert ids(*line, now=NOW + 1, leaves={"es"}) == ["theirs", "own"]


@given(queues, st.lists(in_danger, max_size=6), left)
def test_no_language_puts_a_life_in_danger_back(
    others: list[Handoff], lives: list[Handoff], leaves: frozenset[str]
) -> None:
    queue = [*others, *lives]
    urgent = [each.id for each in in_order(queue, NOW) if each.priority == "P0"]
    assert ids(*queue, leaves=leaves)[: len(urgent)] == urgent


@given(queues, left)
def test_no_language_goes_before_urgency_or_hides_anybody(queue: list[Handoff], leaves: frozenset[str]) -> None:
    line = in_order(queue, NOW, leaves)
    ranks = [rank(each.priority, each.waited(NOW)) for each in line]
    assert ranks == sorted(ranks)
    assert sorted(each.id for each in line) == sorted(each.id for each in queue)


@given(queues, left)
def test_who_is_late_stands_behind_nobody_as_urgent_who_came_later(
    queue: list[Handoff], leaves: frozenset[str]
) -> None:
    line = [(rank(each.priority, each.waited(NOW)), each) for each in in_order(queue, NOW, leaves)]
    overtaken = [
        (first.id, behind.id)
        for (one, first), (other, behind) in itertools.combinations(line, 2)
        if one == other and behind.late(NOW) and first.since > behind.since
    ]
    assert overtaken == []


def minutes_until_taken(who: Handoff, own: Priority, leaves: Collection[str]) -> int:
    """An operator takes one a minute, and each minute another one comes who writes in the operator's own language."""
    line = [who]
    for minute in range(300):
        line.append(waits(f"own {minute}", own, -60 * minute, "ar"))
        (first, *line) = in_order(line, NOW + 60 * minute, leaves)
        if first is who:
            break
    return minute


@every(
    ("priority", "own", "leaves", "minutes"),
    [
        ("P2", "P2", [], 0),
        ("P2", "P2", ["es"], 10),  # its target, and not a minute longer
        ("P1", "P1", ["es"], 3),
        ("P3", "P3", ["es"], 30),
        ("P0", "P0", ["es"], 0),
        ("P3", "P1", [], 80),  # as long as with any language: it has to rise twice
        ("P3", "P1", ["es"], 80),
    ],
)
def test_an_endless_line_in_the_operators_own_language_lets_nobody_starve(
    priority: Priority, own: Priority, leaves: list[str], minutes: int
) -> None:
    assert minutes_until_taken(waits("theirs", priority, 1, "es"), own, leaves) == minutes
