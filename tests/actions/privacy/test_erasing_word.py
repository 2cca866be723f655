"""Erasing by one word of their own, right after we have said how: a guess erases nothing else."""

from tests.actions.stage import Stage
from tests.every import every


async def test_one_word_right_after_it_was_told_how_erases(talk: Stage) -> None:
    talk.record.said = [{"say": "utter_how_clear_chat", "arguments": {}}]
    await talk.hears("delete_my_data", "apaga", confidence=0.48)
    assert talk.turn is not None
    assert talk.turn.forget


@every("text", ["don't delete", "not now", "不要删除我还想继续说老板打我"])
async def test_more_than_that_word_erases_nothing_on_a_guess(talk: Stage, text: str) -> None:
    talk.record.said = [{"say": "utter_how_clear_chat", "arguments": {}}]
    await talk.hears("delete_my_data", text, confidence=0.4)
    assert talk.turn is not None
    assert not talk.turn.forget
