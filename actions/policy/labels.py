"""What answers each label, and which labels are answered before the talk has begun too."""

from collections.abc import Callable, Mapping

from actions.crisis import safety, self_harm
from actions.policy import flows
from actions.policy.scene import Scene
from actions.privacy import opening, privacy
from actions.referral import need_answers
from actions.smalltalk import service_itself, small_answers
from bot.understanding.understood import FALLBACK

LabelAnswer = Callable[[Scene], None]

# Answered in every situation.
ALWAYS: Mapping[str, LabelAnswer] = {
    "immediate_danger": safety.immediate_danger,
    "self_harm": self_harm.self_harm,
    "medical_emergency": safety.medical_emergency,
    "cannot_talk_safely": safety.cannot_talk_safely,
    "goodbye": opening.goodbye,
    "ask_anonymity": privacy.ask_anonymity,
    "ask_bot": service_itself.ask_bot,
    "change_language": service_itself.change_language,
    "delete_my_data": privacy.delete_my_data,
}
IN_TALK: Mapping[str, LabelAnswer] = {
    **need_answers.ANSWERS,
    "provide_location": need_answers.location,
    "step": flows.step,
    "ask_cost": service_itself.ask_cost,
    "affirm": small_answers.affirm,
    "deny": small_answers.deny,
    "unsure": small_answers.deny,
    "greet": small_answers.small,
    "thanks": small_answers.small,
    "out_of_scope": small_answers.small,
    "not_understood": small_answers.not_clear,
    FALLBACK: small_answers.not_clear,
    "insult_or_prank": small_answers.insult,
    "no_files": small_answers.no_files,
}


def answer(scene: Scene) -> None:
    """Answer a label by itself, whatever else the message says."""
    scene.because(scene.label)
    {**IN_TALK, **ALWAYS}.get(scene.label, small_answers.not_clear)(scene)
