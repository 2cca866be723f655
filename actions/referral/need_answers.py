"""What a need, a question or a story gets, by its label: what waits, where it must, until it is known to be safe."""

from collections.abc import Callable, Mapping

from actions.concern import concern, missing
from actions.crisis import safety_plan
from actions.digital import digital
from actions.person import handoff_request
from actions.policy.scene import Scene
from actions.privacy import agreed_word
from actions.referral import directory_client, local_referral, referral, town
from actions.rights import job_offer, rights
from actions.screening import disclosure, signs
from actions.smalltalk import faq
from bot.engine.understood import FALLBACK

# Topics that are asked for in other labels' words ("can he see what I type?", "is this normal?").
_BY_TOPIC: Mapping[str, Callable[[Scene], None]] = {
    "agreed_word": agreed_word.offer,
    "safety_plan": safety_plan.plan,
    "check_self": signs.about_me,
}
# "Is this normal?" is a question about oneself only where something is asked, or nothing was understood.
_ASKS = ("ask_", "help_menu", "unsure", "express_distress", "not_understood", FALLBACK)


def by_topic(scene: Scene) -> bool:
    """Answer what a message names beside its label; tell whether it names something of ours."""
    named = next((topic for topic in scene.topics if topic in _BY_TOPIC), None)
    if named == "check_self" and not scene.label.startswith(_ASKS):
        named = None
    if named is None:
        return digital.answer_topic(scene)
    _BY_TOPIC[named](scene)
    return True


def answer(scene: Scene) -> None:
    """Answer one of these labels."""
    ANSWERS[scene.label](scene)


def names_phones(scene: Scene) -> bool:
    """Tell whether a message names what can be done about a phone, or an agreed word."""
    return any(topic == "agreed_word" or topic.startswith("digital_") for topic in scene.topics)


def with_country(scene: Scene, label: str) -> None:
    """Answer what waited for the country: the law there, or numbers."""
    record = scene.record
    if label in rights.LABELS and referral.MEDICAL not in record.told:
        record.drop_wish()
        record.question, record.times_asked = None, 0
        rights.go_on(scene.told_as(label), label)
    elif label in referral.NEAR and directory_client.there() and referral.MEDICAL not in record.told:
        local_referral.go_on(scene, label)
    else:
        referral.give_numbers(scene, label)


def with_numbers(scene: Scene) -> None:
    """Give what a need is for, behind an answer that was said already."""
    scene.note(f"answer {scene.label}")  # the answer stands in front; its own first sentence would be too much
    if scene.country:
        with_country(scene, scene.label)
    else:
        ANSWERS[scene.label](scene)


def location(scene: Scene) -> None:
    """A place was named: answer what waited for it."""
    record = scene.record
    if record.want not in rights.LABELS and local_referral.asks_which(scene):
        return
    if scene.countries and record.country not in scene.countries:
        record.country = scene.countries[-1]
    need = record.want or (record.need if town.is_known(scene) else None)
    if record.country and need in (*rights.LABELS, *referral.NEAR):
        with_country(scene, need or "")
    else:
        referral.location(scene)


def _signs(scene: Scene) -> None:
    """Signs in general; "is what happens to me normal?" leads into the talk about oneself."""
    if "check_self" in scene.topics:
        signs.about_me(scene)
    else:
        faq.signs(scene)


def _menu(scene: Scene) -> None:
    if not by_topic(scene):
        scene.say("utter_menu_again" if scene.times("help_menu") > 1 else "utter_menu")


_DISCLOSURES = (
    *("minor", "sexual_exploitation", "image_abuse", "confinement", "document_confiscation", "debt_bondage"),
    *("unpaid_wages", "forced_criminality", "forced_marriage", "organ_removal", "threats", "deceptive_recruitment"),
    "forced_labour",
)
ANSWERS: Mapping[str, Callable[[Scene], None]] = {
    **{f"disclose_{what}": disclosure.disclosure for what in _DISCLOSURES},
    **dict.fromkeys(sorted(referral.NEAR), local_referral.find_help),
    "find_hotline": referral.find_help,
    "report_concern": concern.concern,
    "report_missing_person": missing.missing,
    "check_job_offer": job_offer.job_offer,
    "ask_signs": _signs,
    "ask_what_is_trafficking": faq.what_is_trafficking,
    "ask_how_to_help": faq.how_to_help,
    "ask_immigration_rights": rights.rights,
    "ask_worker_rights": rights.rights,
    "ask_police": rights.rights,
    "talk_to_human": handoff_request.talk_to_human,
    "express_distress": disclosure.distress,
    "help_menu": _menu,
}
