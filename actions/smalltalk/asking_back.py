"""Asking back with two guesses: what was not understood is offered as neutral choices, and the person decides.

A guess marks nothing and answers nothing; only picking it does, and then it is sure. The words tell no more than
"my papers": whoever looks at the phone must not read in a wrong guess what nobody wrote.
"""

from collections.abc import Mapping
from typing import Any

from actions.policy.scene import Scene, choice
from bot.engine.understood import FALLBACK

# Labels that can be offered. Small talk is none: "did you mean yes?" is no question to ask somebody with a story.
_WORDS: Mapping[str, str] = {
    "immediate_danger": "choice_meant_now",
    "self_harm": "choice_meant_now",
    "medical_emergency": "choice_meant_now",
    "cannot_talk_safely": "choice_meant_unsafe",
    "disclose_minor": "choice_meant_minor",
    "disclose_sexual_exploitation": "choice_meant_sexual",
    "disclose_image_abuse": "choice_digital_pictures",
    "disclose_confinement": "choice_meant_confinement",
    "disclose_document_confiscation": "choice_meant_papers",
    "disclose_debt_bondage": "choice_meant_debt",
    "disclose_unpaid_wages": "choice_meant_wages",
    "disclose_forced_criminality": "choice_meant_crime",
    "disclose_forced_marriage": "choice_meant_marriage",
    "disclose_organ_removal": "choice_meant_organ",
    "disclose_threats": "choice_meant_threats",
    "disclose_deceptive_recruitment": "choice_meant_promise",
    "disclose_forced_labour": "choice_meant_labour",
    "report_concern": "choice_someone",
    "report_missing_person": "choice_missing",
    "check_job_offer": "choice_job",
    "ask_signs": "choice_signs",
    "ask_what_is_trafficking": "choice_meant_what",
    "ask_how_to_help": "choice_meant_helping",
    "find_shelter": "choice_stay",
    "find_legal_aid": "choice_lawyer",
    "find_medical_care": "choice_doctor",
    "find_counselling": "choice_talk",
    "find_basic_needs": "choice_needs",
    "find_hotline": "choice_number",
    "ask_immigration_rights": "choice_permits",
    "ask_worker_rights": "choice_work",
    "ask_police": "choice_police",
    "talk_to_human": "choice_human",
    "ask_anonymity": "choice_privacy",
    "ask_bot": "choice_meant_bot",
    "ask_cost": "choice_cost",
    "change_language": "choice_languages",
    "delete_my_data": "choice_meant_delete",
    "help_menu": "choice_meant_menu",
    "express_distress": "choice_meant_feelings",
}
# How likely the two must be together; how often the right one is among them: docs/evaluation.md.
_TOGETHER = 0.3
_OTHER = choice("choice_meant_other", FALLBACK)


def offer(scene: Scene) -> bool:
    """Offer the two likeliest labels; tell whether they were likely enough, and new.

    What was offered and not taken is not offered again before something was understood.
    """
    two = _likeliest(scene.ranking)
    if len(two) < 2 or sum(two.values()) < _TOGETHER or set(two) & set(scene.record.offered):
        return False
    scene.record.offered += two
    choices: list[dict[str, Any]] = [choice(_WORDS[label], label) for label in two]
    scene.say("utter_meant", choices=[*choices, _OTHER])
    return True


def _likeliest(ranking: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """Give the two likeliest labels whose words differ, and how likely they are."""
    found: dict[str, float] = {}
    for label, confidence in ranking:
        words = _WORDS.get(label)
        if words and len(found) < 2 and words not in [_WORDS[other] for other in found]:
            found[label] = confidence
    return found
