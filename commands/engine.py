"""The process of the engine, `python -m commands.engine serve|train|understand|…`: Rasa's launcher gets our actions here.

All that decides is in `actions`, all that knows Rasa in `bot/rasa`, and neither knows the other.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.rasa import launcher

if TYPE_CHECKING:
    from actions.policy.answering import AnswerAction

COMMAND = (sys.executable, "-m", "commands.engine")


def actions() -> "Sequence[AnswerAction]":
    """Return our actions. Their import waits until the launcher has made the environment fit for Rasa and its SDK."""
    from actions.policy.answering import ACTIONS

    return ACTIONS


if __name__ == "__main__":
    launcher.main(actions)
