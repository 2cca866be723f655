"""An offer of work that was not taken up yet: four things to check, each with its reason, and a list; never a verdict."""

from collections.abc import Callable
from functools import partial

from actions.hearing import listening
from actions.policy import flow, layers, next_steps
from actions.policy.flow import Ask, Flow, Reading
from actions.policy.layers import Layers
from actions.policy.scene import Scene, choice
from actions.referral import referral
from bot.conversation.record import Record

_LABEL = "check_job_offer"
_BEGUN = "job begun"  # told
_CHECK = choice("choice_check_job", "step to=job_check")
_ASKED = ("job_fee", "job_tourist_visa", "job_papers_photos", "job_rush_secret")
# Why a sign worries. Those that are only heard share the reason of what they come close to.
_REASONS: dict[str, str] = {
    **{sign: f"utter_{sign}_why" for sign in _ASKED},
    "job_travel_paid_debt": "utter_job_fee_why",
    "job_too_good": "utter_job_too_good_why",
    "job_vague": "utter_job_vague_why",
    "job_no_trace": "utter_job_vague_why",
    "job_alone": "utter_job_alone_why",
}
_MOST_REASONS = 1  # at once; each is a message
_LIST = Layers(
    ("utter_job_list_1", "utter_job_list_2", "utter_job_list_3", "utter_job_list_4"),
    _LABEL,
    [next_steps.NUMBER],
    target="job_list_next",
)
_CHAT = Layers(("utter_signs_chat",), _LABEL, [choice("choice_list", "step to=job_list"), next_steps.NUMBER])


def job_offer(scene: Scene) -> None:
    """Say what to do until it is checked, and why signs that were told worry; told again, the next thing, never the same."""
    if not scene.say_once(_BEGUN, "utter_about_job"):
        _again(scene)
        return
    _hear(scene)
    referral.numbers_once(scene, _LABEL)
    next_steps.more(scene, _LABEL, first=[_CHECK, *_CHAT.then])


def check(scene: Scene) -> None:
    """Ask about four things, because that was wanted."""
    flow.put_next(scene, QUESTIONS)


def first_of_list(scene: Scene) -> None:
    """Begin the list of what to do before saying yes, three points a message."""
    for phrase in _LIST.phrases:
        scene.unnote(phrase)
    layers.tell(scene, _LIST)


def next_of_list(scene: Scene) -> None:
    """Go on with the list."""
    layers.tell(scene, _LIST)


def _hear(scene: Scene) -> None:
    """Keep the signs that the words tell, and say why they worry."""
    for heard in scene.indicators:
        if heard.indicator in _REASONS and _is_open(heard.indicator, scene.record):
            listening.mark(scene, heard.indicator, when=heard.when, quote=heard.words)
    _say_reasons(scene)


def _say_reasons(scene: Scene) -> None:
    record = scene.record
    reasons = dict.fromkeys(_REASONS[sign] for sign in _signs(record))
    for reason in [reason for reason in reasons if reason not in record.told][:_MOST_REASONS]:
        scene.note(reason)
        scene.say(reason)


def _signs(record: Record) -> list[str]:
    return [mark["indicator"] for mark in record.marks if mark["indicator"] in _REASONS]


def _is_open(sign: str, record: Record) -> bool:
    return sign not in _signs(record)


def _take(sign: str, scene: Scene, reading: Reading) -> None:
    listening.take_sign(scene, sign, reading, "self")
    _say_reasons(scene)


def _end(scene: Scene) -> None:
    scene.say("utter_job_worrying" if _signs(scene.record) else "utter_job_no_warning")
    next_steps.more(scene, _LABEL, first=_CHAT.then)


def _again(scene: Scene) -> None:
    _hear(scene)
    layers.tell(scene, _CHAT, first=[_CHECK] if QUESTIONS.next(scene.record) else [])


def _about(sign: str) -> Ask:
    return Ask(sign, f"utter_{sign}", partial(_take, sign), partial(_is_open, sign))


QUESTIONS = Flow("job_offer", tuple(_about(sign) for sign in _ASKED), _end, most=len(_ASKED))
FLOWS: tuple[Flow, ...] = (QUESTIONS,)
TARGETS: dict[str, Callable[[Scene], None]] = {
    "job_list": first_of_list,
    "job_list_next": next_of_list,
    "job_check": check,
}
