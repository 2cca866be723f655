"""How far a work is, is judged by how fast it went, and never goes back."""

import pytest

from bot.time_left import JobPart, JobProgress, in_words
from tests.every import every

PARTS = (
    JobPart("building", 10),
    JobPart("reading", 100),
    JobPart("reading", 100, "reading again"),
    JobPart("learning", 190),
)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def course(clock: Clock) -> JobProgress:
    return JobProgress(PARTS, clock)


def test_before_anything_is_done_the_whole_time_is_told(course: JobProgress) -> None:
    assert course.sentence() == "0 % (part 1 of 4, building; about 7 minutes left)"


def test_steps_of_a_part_count_by_its_share_of_the_whole(course: JobProgress, clock: Clock) -> None:
    clock.passes(10)
    course.tell("building", 1, 1)
    clock.passes(50)
    course.tell("reading", 500, 1000)
    assert course.sentence() == "15 % (part 2 of 4, reading; about 6 minutes left)"


def test_a_machine_that_is_half_as_fast_is_told_twice_the_time(course: JobProgress, clock: Clock) -> None:
    course.tell("building", 1, 1)
    clock.passes(200)
    course.tell("reading", 999, 1000)
    course.tell("reading", 1000, 1000)
    # 100 and 190 seconds are expected of what is left; both take twice as long here.
    assert course.sentence() == "27 % (part 3 of 4, reading again; about 10 minutes left)"


def test_a_part_that_begins_again_is_the_next_one_of_its_name(course: JobProgress) -> None:
    course.tell("reading", 9, 10)
    course.tell("reading", 1, 10)
    assert "part 3 of 4, reading again" in course.sentence()


def test_parts_that_are_kept_from_before_are_skipped_and_tell_nothing_of_the_pace(
    course: JobProgress, clock: Clock
) -> None:
    clock.passes(1)
    course.tell("learning", 0, 100)
    assert course.sentence() == "52 % (part 4 of 4, learning; about 3 minutes left)"


def test_a_few_new_texts_beside_many_that_are_kept_tell_the_true_pace(clock: Clock) -> None:
    course = JobProgress((JobPart("reading", 100, steps=1000), JobPart("learning", 300)), clock)
    clock.passes(2)
    course.tell("reading", 19, 20)
    course.tell("reading", 20, 20)
    # 20 texts took 2 seconds, as 1000 in 100 would.
    assert course.sentence() == "25 % (part 2 of 2, learning; about 5 minutes left)"


def test_a_part_without_steps_goes_on_by_the_clock_and_does_not_end_by_it(course: JobProgress, clock: Clock) -> None:
    clock.passes(5)
    assert course.percent() == 1
    clock.passes(1000)
    assert (course.percent(), "building" in course.sentence()) == (2, True)


def test_it_never_goes_back(course: JobProgress, clock: Clock) -> None:
    course.tell("learning", 50, 100)
    before = course.percent()
    course.tell("reading", 1, 1000)
    course.tell("learning", 10, 100)
    clock.passes(1)
    assert course.percent() == before


def test_all_is_never_told_before_the_end(course: JobProgress, clock: Clock) -> None:
    course.tell("learning", 100, 100)
    clock.passes(1000)
    assert course.percent() == 99


def test_what_is_no_part_of_it_changes_nothing(course: JobProgress) -> None:
    course.tell("something else", 1, 2)
    assert course.percent() == 0


@every(
    ("seconds", "words"),
    [(0, "less than a minute"), (60, "about a minute"), (100, "about 2 minutes"), (600, "about 10 minutes")],
)
def test_a_time_is_told_as_people_say_it(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
