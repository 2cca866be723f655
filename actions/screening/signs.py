"""The signs conversation about oneself: listen, offer at most four short questions, say what fits (Screening S3 to S6).

No question is a price for help. Each can be skipped, all can be stopped, and nothing that is answered closes a door.
"""

from collections.abc import Callable, Mapping

from actions.hearing import listening
from actions.policy import flow, next_steps
from actions.policy.flow import Ask, Flow, Reading
from actions.policy.scene import Scene, choice
from bot.conversation.record import Record

_NOT_FREE = ("cannot_quit", "confinement", "movement_restricted", "dom_never_out", "lab_security", "sex_wants_out")
_THREATENED = ("threat_self", "threat_family", "physical_violence", "sexual_violence", "mar_threats")
_LIED_TO = ("deceived_job", "deceived_conditions", "deceived_wages", "org_deceived", "scam_route")
# Of these three the one is asked that fits what was asked or told so far; none that was told already.
_FITTING = ("doc_confiscation", "wages_low_none", "debt_bondage")
_FITS: Mapping[str, str] = {
    "ask_worker_rights": "wages_low_none",
    "find_basic_needs": "wages_low_none",
    "disclose_unpaid_wages": "debt_bondage",
    "disclose_document_confiscation": "wages_low_none",
    "ask_immigration_rights": "doc_confiscation",
}


def who(scene: Scene) -> None:
    """Ask whom it is about (docs/rules.md, Screening S3)."""
    about_me = choice("choice_me", "step to=me")
    only_a_question = choice("choice_question", "step to=question")
    scene.say("utter_who", choices=[about_me, next_steps.SOMEONE, only_a_question, next_steps.HUMAN])


def about_me(scene: Scene) -> None:
    """Listen first, and offer the questions once (Screening S4). Where it is clear already, say what fits (Screening S6)."""
    record = scene.record
    record.about = "self"
    if record.minor or _is_clear(scene) or _has_had_enough(record) or FLOW.next(record) is None:
        _say_what_fits(scene)
    elif "signs_offer" in record.asked:
        next_steps.say_level(scene)
    else:
        flow.put_next(scene, FLOW)


def only_a_question(scene: Scene) -> None:
    """Offer what can be asked."""
    scene.record.about = "question"
    scene.say(
        "utter_ask_anything",
        choices=[next_steps.SIGNS, next_steps.WORK, next_steps.PERMITS, next_steps.POLICE, next_steps.HUMAN],
    )


def _is_clear(scene: Scene) -> bool:
    return listening.assessment(scene).level in ("urgent", "strong")


def _has_had_enough(record: Record) -> bool:
    heavy = ("express_distress", "immediate_danger", "self_harm", "medical_emergency", "cannot_talk_safely")
    return sum(record.answered.get(label, 0) for label in heavy) >= 2


def _offered(scene: Scene, reading: Reading) -> None:
    if reading != "yes":
        scene.record.declined.append("questions")
        scene.record.question = None
        scene.say("utter_refused")
        next_steps.more(scene, "help_menu")


def _asks(indicator: str) -> Callable[[Scene, Reading], None]:
    return lambda scene, reading: listening.take_sign(scene, indicator, reading, "self")


def _without(*told: str) -> Callable[[Record], bool]:
    return lambda record: not record.minor and not _told(record, *told)


def _fits(indicator: str) -> Callable[[Record], bool]:
    def needed(record: Record) -> bool:
        if any(f"signs_{other}" in record.asked for other in _FITTING):
            return False
        open_ = [other for other in _FITTING if not _told(record, other)]
        fitting = [_FITS[label] for label in record.answered if _FITS.get(label) in open_]
        return not record.minor and bool(open_) and indicator == (fitting or open_)[-1 if fitting else 0]

    return needed


def _told(record: Record, *indicators: str) -> bool:
    return any(mark["indicator"] in indicators and mark["who"] == "self" for mark in record.marks)


def _say_what_fits(scene: Scene) -> None:
    next_steps.say_level(scene)


FLOW = Flow(
    "signs",
    (
        Ask("signs_offer", "utter_offer_questions", _offered),
        Ask("signs_cannot_quit", "utter_ask_cannot_quit", _asks("cannot_quit"), _without(*_NOT_FREE)),
        Ask("signs_threat_self", "utter_ask_threat_self", _asks("threat_self"), _without(*_THREATENED)),
        *(Ask(f"signs_{name}", f"utter_ask_{name}", _asks(name), _fits(name)) for name in _FITTING),
        Ask("signs_deceived_job", "utter_ask_deceived_job", _asks("deceived_job"), _without(*_LIED_TO)),
    ),
    _say_what_fits,
    most=5,  # the offer, and four
)
FLOWS = (FLOW,)
TARGETS: Mapping[str, Callable[[Scene], None]] = {"who": who, "me": about_me, "question": only_a_question}
