"""A way back is offered to who asks how to come back, on the page, after the risk was said, and never where somebody may read."""

import pytest

from tests.actions.stage import Stage

ASKS = {"many": {"talk/come_back_later": 0.8}}
RISK = ["utter_way_back", "utter_way_back_cleared"]


@pytest.fixture
def page(talk: Stage) -> Stage:
    """A talk on a page whose gateway makes ways back for a day."""
    talk.way_back_hours = "24"
    return talk


def offered(stage: Stage) -> bool:
    return any(choice["value"] == "step to=way_back" for choice in stage.record.choices)


async def test_who_asks_how_to_come_back_can_choose_it(page: Stage) -> None:
    assert (await page.hears("nlu_fallback", heard=ASKS))[0] == "utter_talk_come_back_later"
    assert offered(page)


async def test_the_risk_is_said_before_there_are_words(page: Stage) -> None:
    assert await page.hears("step", to="way_back", chosen=True) == RISK
    assert page.turn and not page.turn.way_back
    assert "Anyone who finds them" in page.shows() and "24 hours" in page.shows()


async def test_a_yes_makes_it_and_a_no_goes_on(page: Stage) -> None:
    await page.hears("step", to="way_back", chosen=True)
    await page.hears("step", to="way_back_no", chosen=True)
    assert page.turn and not page.turn.way_back
    await page.hears("step", to="way_back_words", chosen=True)
    assert page.turn.way_back


async def test_elsewhere_the_same_question_is_answered_without_it(talk: Stage) -> None:
    assert (await talk.hears("nlu_fallback", heard=ASKS))[0] == "utter_talk_come_back_later"
    assert not offered(talk)
    assert await talk.hears("step", to="way_back", chosen=True) == ["utter_talk_come_back_later"]


async def test_nobody_is_offered_it_who_has_not_asked(page: Stage) -> None:
    await page.hears("find_legal_aid", country="US")
    assert not offered(page)
    await page.hears("goodbye")
    assert not offered(page)


@pytest.mark.parametrize("label", ["immediate_danger", "self_harm", "cannot_talk_safely"])
async def test_in_a_crisis_and_after_a_hush_there_is_none(page: Stage, label: str) -> None:
    await page.hears(label)
    await page.hears("step", to="way_back_words", chosen=True)
    assert page.turn and not page.turn.way_back


async def test_a_stranger_gets_none(page: Stage) -> None:
    page.record.told.append("stranger")
    await page.hears("step", to="way_back_words", chosen=True)
    assert page.turn and not page.turn.way_back


@pytest.mark.parametrize("label", ["immediate_danger", "self_harm", "cannot_talk_safely"])
async def test_asked_for_in_the_menu_it_tells_nothing_to_who_may_be_watched(page: Stage, label: str) -> None:
    await page.hears(label)
    said = await page.hears("step", to="way_back", chosen=True)
    assert page.turn and not page.turn.way_back
    assert not {*RISK} & {*said}
