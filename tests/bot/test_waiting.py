"""The queue: the most urgent first, who has waited longest before others, and nobody starves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.case import Priority
from bot.waiting import TARGETS, Desk, Handoff, in_order, rank

NOW = 1_800_000_000.0
HOURS = 5 * 3600


def waits(id_: str, priority: Priority, seconds: float) -> Handoff:
    return Handoff(id_, f"Blue {id_}", "sms", "es", priority, "waiting", NOW - seconds, "", "")


def ids(*handoffs: Handoff, now: float = NOW) -> list[str]:
    return [handoff.id for handoff in in_order(handoffs, now)]


priorities = st.sampled_from(list(TARGETS))
waiting = st.builds(waits, st.uuids().map(str), priorities, st.integers(0, HOURS))
queues = st.lists(waiting, max_size=12, unique_by=lambda handoff: handoff.id)


def test_the_most_urgent_is_next_however_short_the_wait() -> None:
    queue = [waits("c", "P3", 900), waits("a", "P0", 1), waits("d", "P2", 500), waits("b", "P1", 10)]
    assert ids(*queue) == ["a", "b", "d", "c"]


def test_of_two_alike_who_has_waited_longer_is_next() -> None:
    assert ids(waits("a", "P2", 10), waits("b", "P2", 20)) == ["b", "a"]


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(("priority", "target"), [("P0", 60), ("P1", 180), ("P2", 600), ("P3", 1800)])
def test_it_is_late_past_its_target_and_again_past_twice_its_target(priority: Priority, target: int) -> None:
    late = [waits("a", priority, seconds).late(NOW) for seconds in (target - 1, target, 2 * target - 1, 2 * target)]
    assert late == [0, 1, 1, 2]


def test_a_gateway_whose_clock_is_behind_sees_no_wait_below_nothing() -> None:
    assert waits("a", "P2", -3).waited(NOW) == 0


def test_places_count_only_those_who_wait() -> None:
    held = Handoff("held", "Blue Owl", "web", "en", "P0", "operator", NOW, "operator", "")
    desk = Desk((held, waits("b", "P3", 5), waits("a", "P1", 5)), ())
    assert [desk.place(id_, NOW) for id_ in ("a", "b", "held", "nobody")] == [1, 2, None, None]


@given(queues, st.randoms())
def test_the_order_is_the_same_in_whichever_order_they_are_read(queue: list[Handoff], random: object) -> None:
    shuffled = list(queue)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
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
