"""The actions by the names that the rules use, each with what answers it. The one place where Rasa meets our answers."""

from collections.abc import Callable, Mapping
from typing import Any

from actions.crisis import safety, self_harm
from actions.policy import flows
from actions.policy.answering import Answer
from actions.policy.scene import Scene
from actions.privacy import opening, privacy
from actions.referral import needs
from actions.smalltalk import conversation, service_itself

ANSWERS: Mapping[str, Callable[[Scene], None]] = {
    # crisis
    "action_immediate_danger": safety.immediate_danger,
    "action_self_harm": self_harm.self_harm,
    "action_medical_emergency": safety.medical_emergency,
    "action_cannot_talk_safely": opening.cannot_talk_safely,
    # before the talk, and in neutral mode
    "action_before_talk": opening.before_talk,
    # stories, questions and needs
    "action_disclosure": needs.answer,
    "action_third_party": needs.answer,
    "action_find_help": needs.answer,
    "action_rights": needs.answer,
    "action_talk_to_human": needs.answer,
    "action_distress": needs.answer,
    "action_help_menu": needs.answer,
    "action_location": needs.location,
    "action_step": flows.step,
    # about this service
    "action_ask_anonymity": privacy.ask_anonymity,
    "action_delete_my_data": privacy.delete_my_data,
    "action_ask_bot": service_itself.ask_bot,
    "action_ask_cost": service_itself.ask_cost,
    "action_change_language": service_itself.change_language,
    # small talk
    "action_affirm": conversation.affirm,
    "action_deny": conversation.deny,
    "action_unsure": conversation.deny,
    "action_greet": conversation.small,
    "action_thanks": conversation.small,
    "action_out_of_scope": conversation.small,
    "action_goodbye": opening.goodbye,
    "action_not_understood": conversation.not_clear,
    "action_insult_or_prank": conversation.insult,
    "action_no_files": conversation.no_files,
}


def _action(title: str, answer: Callable[[Scene], None]) -> type[Answer]:
    """Make the class that rasa_sdk registers. It finds classes, and only those."""
    members: dict[str, Any] = {"title": title, "answer": staticmethod(answer), "__module__": __name__}
    return type(title, (Answer,), members)


CLASSES = [_action(title, answer) for title, answer in ANSWERS.items()]
