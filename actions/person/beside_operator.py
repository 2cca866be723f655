"""While a person answers, the bot stands aside: signs are heard for the case card, and only what can not wait is done.

That is a crisis, the agreed word, a stranger on the phone, erasing, and "who can see this?". No other flow moves, and none
is left open: what is typed to an operator answers nothing that we asked before.
"""

from collections.abc import Callable

from actions.crisis import safety
from actions.policy.scene import Scene
from actions.privacy import quiet

_RIGHTS = frozenset({"delete_my_data", "ask_anonymity"})
_SURE = 0.6  # below this it is a guess, and a person who can ask back is there


def answer(scene: Scene, by_label: Callable[[Scene], None], is_crisis: bool) -> None:
    """Answer beside an operator; only replies marked `always` reach the person."""
    sure_of_right = scene.label in _RIGHTS and scene.confidence >= _SURE
    if quiet.takes(scene):
        pass
    elif is_crisis or sure_of_right:
        by_label(scene)
    else:
        safety.take_owed_country(scene)
    record = scene.record
    record.question, record.times_asked, record.choices = None, 0, []
