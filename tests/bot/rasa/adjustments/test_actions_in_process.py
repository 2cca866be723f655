"""Our actions run inside the engine, and what they answer is taken without a check made for strangers."""

import pytest
from rasa.core.actions.action import RemoteAction

from bot.conversation.record import Record
from bot.engine.turn import Turn, begin
from bot.engine.understood import Understood
from bot.rasa.adjustments.actions_in_process import ActionsInProcess, trust_our_actions
from bot.rasa.components.answer_policy import ANSWER
from tests.bot.rasa.small_actions import ACTIONS

CALL = {"next_action": ANSWER, "tracker": {"sender_id": "c", "slots": {}, "events": []}, "domain": {}}


async def test_an_action_is_called_by_its_name() -> None:
    begin(Turn("c" * 32, "t", "", "en", "web", Understood("no_files", 1.0, False), Record()))
    answer = await ActionsInProcess(ACTIONS).request(json=CALL, method="post", timeout=1)
    assert [said["response"] for said in answer["responses"]] == ["utter_no_files"]


async def test_an_action_that_is_not_there_is_an_error() -> None:
    with pytest.raises(Exception, match="No registered action"):
        await ActionsInProcess(ACTIONS).request(json={**CALL, "next_action": "action_else"})


def test_the_costly_check_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    trust_our_actions()
    assert RemoteAction("action_x", None)._validate_action_result({"events": "no list"})
