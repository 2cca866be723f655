"""Runs our actions inside the engine, where Rasa would call a server over HTTP with the whole conversation in the body."""

import logging
from collections.abc import Iterable
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor


class ActionsInProcess:
    """Looks to Rasa like the address of an action server."""

    url = "in-process"
    # The domain (every phrase of it) is then not copied into every call.
    kwargs = {"enable_selective_domain": True}  # noqa: RUF012

    def __init__(self, actions: Iterable[Action]) -> None:
        logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
        self._executor = ActionExecutor()
        for action in actions:
            self._executor.register_action(action)

    async def request(self, json: dict[str, Any], **_: Any) -> Any:
        """Run one action; Rasa calls this."""
        return await self._executor.run(json)


def trust_our_actions() -> None:
    """Take away a check of every answer that costs 17 ms: it is for answers of another program."""

    def accepted(_action: RemoteAction, _result: dict[str, Any]) -> bool:
        return True

    RemoteAction._validate_action_result = accepted
