"""What is asked after a number was given: another one, a closer one, one for men, or that it does not work.

Words of the reviewed lists count here only: before a number was given, "open" and "free" mean anything.
"""

from collections.abc import Callable, Mapping
from functools import partial

from actions.policy import next_steps
from actions.policy.scene import CRISIS, Scene, choice
from actions.referral import local_referral, referral, referral_replies, town, wishes
from actions.referral.wishes import Asks
from bot.text.cleaning import clean, words

_SURE = 0.6
_OTHER_WISH = ("disclose_", "report_", "check_", "delete_", "talk_", "express_", "no_files", "goodbye", "step")
_WRONG, _TOWN = "referral_wrong", "referral_town"
_MOST = 4  # names to choose from
# Short words that are plainly about a service, whatever the reader makes of them: "someone without police please".
_PLAIN = frozenset(
    f"referral_{what}" for what in ("men", "women", "children", "young", "no_police", "no_papers", "speaks")
)
_SHORT = 32  # letters
_FEW, _LEAST = 8, 0.25  # words, and chance of news from a number that was called
_NOT_REACHED = ("event/refused", "event/no_signal", "talk/nobody_answers")


def takes(scene: Scene) -> bool:
    """Take a message as one about what was given; tell whether it was."""
    record = scene.record
    if record.need is None or not record.given or _is_other_wish(scene):
        return False
    if _WRONG in scene.topics and _is_about_it(scene):
        does_not_work(scene)
        return True
    if record.need not in referral.NEAR:
        return False
    fits, once = wishes.note(scene), wishes.asks(scene)
    if _TOWN in scene.topics and not scene.named:
        local_referral.another_town(scene)
    elif fits or once != wishes.ONCE or _TOWN in scene.topics:
        again(scene, once)
    else:
        return False
    return True


def _is_about_it(scene: Scene) -> bool:
    """Tell whether "does not answer" is said of a number that was given, and not of somebody: in few words, or as it is heard."""
    heard = max(scene.many.get(label, 0.0) for label in _NOT_REACHED)
    return scene.turn.chosen or len(words(clean(scene.turn.text))) <= _FEW or heard >= _LEAST


def is_plain(scene: Scene) -> bool:
    """Tell whether a short message asks for something that a service near the place must fit."""
    asked = scene.record.need in referral.NEAR and bool(scene.record.given)
    return asked and not _PLAIN.isdisjoint(scene.topics) and len(clean(scene.turn.text)) <= _SHORT


def again(scene: Scene, once: Asks) -> None:
    """Look once more for the same need."""
    need = scene.record.need or "find_hotline"
    if once.another and not town.is_known(scene) and scene.country:
        referral.owed_numbers(scene, others=True)
        next_steps.more(scene, need, numbers=False)
    elif need in referral.NEAR and not town.is_known(scene):
        local_referral.go_on(scene, need)
    else:
        referral_replies.give(scene, need, once)


def does_not_work(scene: Scene) -> None:
    """Take a complaint: about the only one that was given, the one that is named, or the one that is then chosen."""
    given = scene.record.given
    named = [id for id, name in given.items() if _names(scene.turn.text, name)]
    meant = named if len(named) == 1 else list(given)
    if len(meant) == 1:
        _complain(scene, meant[0])
    elif meant:
        scene.say("utter_which_wrong", choices=[_choice(at, name) for at, name in enumerate(given.values())][:_MOST])
    else:
        again(scene, wishes.ONCE)


def _choice(at: int, name: str) -> dict[str, object]:
    return {**choice("choice_name", f"step to=wrong_{at}"), "arguments": {"name": name}}


def _chosen(scene: Scene, at: int) -> None:
    given = list(scene.record.given)
    if at < len(given):
        _complain(scene, given[at])
    else:
        again(scene, wishes.ONCE)


def _complain(scene: Scene, id: str) -> None:
    """Give it no more in this conversation, tell who checks it, and give another one."""
    record = scene.record
    if id not in record.complained:
        record.complained.append(id)
        scene.turn.complaints.append(id)
    scene.say("utter_wrong_noted")
    again(scene, Asks(another=True))


def _names(text: str, name: str) -> bool:
    return " ".join(words(clean(name))) in " ".join(words(clean(text)))


def _is_other_wish(scene: Scene) -> bool:
    sure = scene.confidence >= _SURE
    other_need = scene.label.startswith("find_") and scene.label not in (scene.record.need, "find_hotline")
    if scene.label in CRISIS or is_plain(scene):
        return not is_plain(scene)
    return sure and (scene.label.startswith(_OTHER_WISH) or other_need)


def _how_to_call(scene: Scene) -> None:
    """Say how to call so that nobody notices, and words to begin with."""
    scene.note(next_steps.CALLING)
    scene.say("utter_call_safely")
    scene.say("utter_say_this")
    next_steps.more(scene, scene.record.need or "find_hotline", numbers=False)


TARGETS: Mapping[str, Callable[[Scene], None]] = {
    "another": partial(again, once=Asks(another=True)),
    "closer": partial(again, once=Asks(nearer=True)),
    "open": partial(again, once=Asks(open_now=True)),
    "call_safely": _how_to_call,
    "wrong": does_not_work,
    **{f"wrong_{at}": partial(_chosen, at=at) for at in range(_MOST)},
}
