"""Counting: what is found, what is a mistake, and how sure a share is."""

import pytest

from commands.evaluation.scores import Scores, interval
from tests.every import every


def test_a_crisis_taken_for_another_crisis_is_found_but_its_label_is_wrong() -> None:
    found = Scores.of(["self_harm", "greet", "greet"], ["immediate_danger", "self_harm", "greet"])
    assert (found.messages, found.right, found.crises, found.found, found.mistaken) == (3, 1, 1, 1, 1)


@pytest.mark.parametrize(("hits", "of", "low", "high"), [(0, 0, 0, 1), (10, 10, 0.722, 1), (5, 10, 0.237, 0.763)])
def test_few_messages_tell_little(hits: int, of: int, low: float, high: float) -> None:
    assert interval(hits, of) == pytest.approx((low, high), abs=0.001)


@every("of", range(1, 100))
def test_a_share_is_never_below_nothing_or_above_all(of: int) -> None:
    assert interval(0, of)[0] >= 0
    assert interval(of, of)[1] <= 1
