"""All conversations that ask questions, and all steps that a choice can lead to: what is open, left, and taken up again."""

from collections.abc import Callable, Mapping

from actions.concern import concern, missing
from actions.crisis import safety_plan
from actions.digital import digital
from actions.hearing import answer_words
from actions.person import handoff_request
from actions.policy import flow
from actions.policy.flow import Ask, Flow
from actions.policy.scene import ONLY_A_PLACE, Scene
from actions.privacy import agreed_word, coming_back, opening
from actions.referral import follow_up, local_referral, need_answers, referral
from actions.rights import job_offer, rights
from actions.screening import age, signs
from actions.smalltalk import faq, service_itself, small_answers

_WITH_FLOWS = (age, signs, concern, job_offer, rights)
_WITH_TARGETS = (
    local_referral,
    follow_up,
    signs,
    concern,
    job_offer,
    missing,
    faq,
    rights,
    digital,
    safety_plan,
    agreed_word,
    coming_back,
    handoff_request,
)
_OPEN: Mapping[str, tuple[Flow, Ask]] = {
    ask.name: (one, ask) for module in _WITH_FLOWS for one in module.FLOWS for ask in one.asks
}
# What ends the questions for good (docs/rules.md, Screening 3). What else comes between leaves them open to go on.
_ENDS = frozenset({"express_distress", "talk_to_human", "insult_or_prank", "goodbye", "delete_my_data"})
_OF_PLACE = (referral.COUNTRY, referral.TOWN)


def take_answer(scene: Scene) -> bool:
    """Take a message as the answer to the question that is open; tell whether it was one."""
    if agreed_word.takes_word(scene) or local_referral.takes_answer(scene) or handoff_request.takes_answer(scene):
        return True
    found = _OPEN.get(scene.record.question or "")
    if found is None:
        return False
    one, ask = found
    if scene.step == "enough" or answer_words.says_enough(scene.turn.text):
        scene.say("utter_enough")
        flow.end(scene, one)
        return True
    reading = flow.reading(scene, ask)
    if reading is not None:
        flow.take(scene, one, ask, reading)
        return True
    return scene.label == "not_understood" and _explain(scene, one, ask)


def leave(scene: Scene) -> None:
    """Close the question for what is more urgent or was wished for; what may be taken up again is remembered."""
    record = scene.record
    of_place = record.question in _OF_PLACE
    answers_place = of_place and scene.label in ONLY_A_PLACE
    if scene.label in flow.ASIDE or answers_place or not (of_place or record.question in _OPEN):
        return
    if scene.label not in _ENDS:
        record.parked = f"{record.question} {record.want}" if of_place else record.question
    if record.question in _OPEN:
        record.question, record.skips = None, 0


def put_open(scene: Scene) -> bool:
    """Put the question that is open once more; tell whether one is."""
    found = _OPEN.get(scene.record.question or "")
    if found:
        flow.put(scene, found[1])
    return found is not None


def go_on(scene: Scene) -> None:
    """Take up what was left."""
    parked, scene.record.parked = scene.record.parked or "", None
    if parked.startswith(_OF_PLACE):
        label = parked.partition(" ")[2]
        label = label if label in need_answers.ANSWERS else "find_hotline"
        if scene.country:
            need_answers.with_country(scene, label)
        elif parked.startswith(referral.TOWN) and scene.may_ask_country:
            local_referral.ask(scene, label)
        else:
            referral.ask_country(scene, label)
    elif parked in _OPEN:
        one, ask = _OPEN[parked]
        if ask.needed(scene.record):
            flow.put(scene, ask)
        else:
            flow.put_next(scene, one)
    else:
        scene.say("utter_menu")


def return_after_long(scene: Scene) -> bool:
    """Ask again whether writing is safe, when nothing was heard for long: another person may hold the phone.

    Nothing of before is shown. What was open can be taken up by a choice that names no topic; questions about signs
    are over, as silence ends them.
    """
    record = scene.record
    if not scene.turn.returning or record.situation != "talk":
        return False
    if record.question in _OF_PLACE:
        record.parked = f"{record.question} {record.want}"
    elif (open_ := _OPEN.get(record.question or "")) and open_[0] is not signs.FLOW:
        record.parked = record.question
    record.choices, record.waits, record.said, record.skips = [], [], [], 0
    record.need = None
    record.forget_given()  # which numbers were given is of before, too
    record.drop_wish()
    if opening.keeps(scene.label):
        scene.wait_with(scene.label)
    opening.keep_unread(scene)
    record.situation = "asked_safe"
    opening.ask_again(scene)
    return True


def _explain(scene: Scene, one: Flow, ask: Ask) -> bool:
    """Say why it is asked, once; who is still at a loss is not asked a third time."""
    if scene.record.times_asked >= flow.PUT_AT_MOST:
        flow.take(scene, one, ask, "skip")
    else:
        scene.say("utter_why_ask")
        flow.put(scene, ask)
    return True


def step(scene: Scene) -> None:
    """Go where a choice leads that has no label of its own. One of an older version leads to the menu."""
    TARGETS.get(scene.step or "", _menu)(scene)


def _menu(scene: Scene) -> None:
    scene.say("utter_menu")


TARGETS: Mapping[str, Callable[[Scene], None]] = {
    **{name: target for module in _WITH_TARGETS for name, target in module.TARGETS.items()},
    "go_on": go_on,
    "languages": service_itself.more_languages,
    "text_help": small_answers.text_help,
}
