"""The actions by the names that the rules use, each with what answers it. The one place where Rasa meets our answers."""

from collections.abc import Callable, Mapping

from actions.crisis import safety, self_harm
from actions.policy import flows
from actions.policy.answering import AnswerAction
from actions.policy.scene import Scene
from actions.privacy import opening, privacy
from actions.referral import need_answers
from actions.smalltalk import service_itself, small_answers

ANSWERS: Mapping[str, Callable[[Scene], None]] = {
    # crisis
    "action_immediate_danger": safety.immediate_danger,
    "action_self_harm": self_harm.self_harm,
    "action_medical_emergency": safety.medical_emergency,
    "action_cannot_talk_safely": opening.cannot_talk_safely,
    # before the talk, and in neutral mode
    "action_before_talk": opening.before_talk,
    # stories, questions and needs
    "action_disclosure": need_answers.answer,
    "action_third_party": need_answers.answer,
    "action_find_help": need_answers.answer,
    "action_rights": need_answers.answer,
    "action_talk_to_human": need_answers.answer,
    "action_distress": need_answers.answer,
    "action_help_menu": need_answers.answer,
    "action_location": need_answers.location,
    "action_step": flows.step,
    # about this service
    "action_ask_anonymity": privacy.ask_anonymity,
    "action_delete_my_data": privacy.delete_my_data,
    "action_ask_bot": service_itself.ask_bot,
    "action_ask_cost": service_itself.ask_cost,
    "action_change_language": service_itself.change_language,
    # small talk
    "action_affirm": small_answers.affirm,
    "action_deny": small_answers.deny,
    "action_unsure": small_answers.deny,
    "action_greet": small_answers.small,
    "action_thanks": small_answers.small,
    "action_out_of_scope": small_answers.small,
    "action_goodbye": opening.goodbye,
    "action_not_understood": small_answers.not_clear,
    "action_insult_or_prank": small_answers.insult,
    "action_no_files": small_answers.no_files,
}

ACTIONS = tuple(AnswerAction(title, answer) for title, answer in ANSWERS.items())
