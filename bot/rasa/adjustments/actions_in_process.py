"""Runs our actions inside the engine, where Rasa would call a server over HTTP with the whole conversation in the body."""

import importlib
import inspect
import logging
import pkgutil
from collections.abc import Iterator
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor


class ActionsInProcess:
    """Looks to Rasa like the address of an action server."""

    url = "in-process"
    # The domain (every phrase of it) is then not copied into every call.
    kwargs = {"enable_selective_domain": True}  # noqa: RUF012

    def __init__(self, package: str) -> None:
        logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
        self._executor = ActionExecutor()
        for action in _actions_of(package):
            self._executor.register_action(action)

    async def request(self, json: dict[str, Any], **_: Any) -> Any:
        """Run one action; Rasa calls this."""
        return await self._executor.run(json)


def _actions_of(package: str) -> Iterator[type[Action]]:
    """Give the actions of one package. Rasa's own look-up takes every class that any module has defined so far."""
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(getattr(found, "__path__", ()), f"{package}."):
        importlib.import_module(module.name)
    waiting = list(Action.__subclasses__())
    while waiting:
        action = waiting.pop()
        waiting += action.__subclasses__()
        if f"{action.__module__}.".startswith(f"{package}.") and not inspect.isabstract(action):
            yield action


def trust_our_actions() -> None:
    """Take away a check of every answer that costs 17 ms: it is for answers of another program."""

    def accepted(_action: RemoteAction, _result: dict[str, Any]) -> bool:
        return True

    RemoteAction._validate_action_result = accepted
