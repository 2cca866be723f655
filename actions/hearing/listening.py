"""Listening first: what a message tells of signs, of whom, and of an age is kept, before anything is asked.

Only words of the person count: a phrase of the reviewed lists, or a label that was understood for sure.
"""

import re
from collections.abc import Mapping
from typing import Literal

from actions.hearing import answer_words
from actions.policy.scene import ABOUT_ME, Scene
from bot.engine.understood import FALLBACK
from bot.text.contact_details import without_contact_details
from bot.understanding import lexicon_matcher
from bot.understanding.age import age_answers
from bot.understanding.age.ages import ADULT
from bot.understanding.indicators import Assessment, Mark, When, assess, catalogue

SURE = 0.5  # a label below this marks nothing
CONCERN_BEGUN = "concern begun"  # told: that it is good to care for somebody
CHILD_HINT = "child hint"  # told: the words let one think that the writer is a child
AGE = "age"  # the question that follows from it
# The sign that a label itself tells, where no words of the lists told it more exactly.
_TOLD_BY: Mapping[str, str] = {
    "disclose_sexual_exploitation": "sex_made_to",
    "disclose_image_abuse": "image_threat",
    "disclose_confinement": "confinement",
    "disclose_document_confiscation": "doc_confiscation",
    "disclose_debt_bondage": "debt_bondage",
    "disclose_unpaid_wages": "wages_low_none",
    "disclose_forced_criminality": "forced_tasks",
    "disclose_forced_marriage": "mar_no_consent",
    "disclose_organ_removal": "org_pressured",
    "disclose_threats": "threat_self",
    "disclose_deceptive_recruitment": "deceived_job",
    "disclose_forced_labour": "forced_tasks",
}
# A question in general tells nothing of anybody; an offer tells of itself alone.
_TELLS_NOTHING = frozenset(
    {"ask_signs", "ask_what_is_trafficking", "ask_how_to_help", "out_of_scope", "insult_or_prank"}
    | {"step", "no_files", "change_language", "delete_my_data"}
)
_OFFER, _OFFER_SIGN = "check_job_offer", "job_"
# Questions of somebody who fears the police or the immigration office.
_FEARS = (
    *("ask_anonymity/immigration", "ask_anonymity/police", "ask_police/without_papers", "ask_police/corrupt"),
    *("ask_immigration_rights/deported", "ask_immigration_rights/expired"),
)
_NO_POLICE = "no_police"
_SURELY_ME = 0.9  # chance of "me" that closes a question about somebody else
_CORRECTS = 0.5  # chance of "no, not that"
_SURELY_OTHER = 0.9
_ABOUT_OTHER = 0.7  # chance of "other" from which a story begins about somebody else
# While one of these questions is open, a story is about somebody else.
_ABOUT_OTHERS = ("concern_", "third_")
_SURE_STORY = 0.6  # chance from which a story about somebody else is affirmed for what it tells
_OLDEST = 90  # years
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_ALSO_TOLD = 0.3  # chance of a sign that is told beside another label
_QUOTE = 80  # letters
_NAMED = 4  # of each kind


def listen(scene: Scene) -> None:
    """Keep what this message tells. In neutral mode somebody else may write: nothing is kept."""
    record, label = scene.record, scene.label
    if record.situation == "quiet" or label in _TELLS_NOTHING:
        return
    _whom(scene)
    _age(scene)
    _fears(scene)
    _keep_named(scene)
    for heard in scene.indicators:
        if label != _OFFER or heard.indicator.startswith(_OFFER_SIGN):
            mark(scene, heard.indicator, when=heard.when, quote=heard.words)
    if scene.confidence >= SURE and not _asks_what_it_is(scene):
        _mark_label(scene, label)
    for told in scene.turn.also:
        _mark_label(scene, told)


def mark(
    scene: Scene,
    indicator: str,
    how: Literal["said", "asked"] = "said",
    when: When = "open",
    quote: str = "",
    who: Literal["self", "other"] | None = None,
) -> None:
    """Keep one sign, once for each person that it is about; raises KeyError for a sign that does not exist."""
    catalogue()[indicator]
    whom = who or ("other" if scene.record.about == "other" else "self")
    kept = [old for old in scene.record.marks if (old["indicator"], old["who"]) != (indicator, whom)]
    # Before it is cut: half a number is still one.
    line = " ".join(without_contact_details(quote).split())[:_QUOTE]
    new = {"indicator": indicator, "when": when, "how": how, "quote": line, "who": whom}
    scene.record.marks = [*kept, new]


def take_sign(scene: Scene, indicator: str, answer: str, who: Literal["self", "other"]) -> None:
    """Take "yes" or "no" to the question about a sign. About one in five is turned round: "no" then means it is there."""
    sign = catalogue()[indicator]
    if answer == (sign.self_present_on if who == "self" else sign.third_present_on):
        mark(scene, indicator, how="asked", when="now", who=who)
    elif answer in ("yes", "no"):
        # Also what the words of the answer seemed to say: "no, they want no fee".
        record = scene.record
        record.marks = [old for old in record.marks if (old["indicator"], old["who"]) != (indicator, who)]


def marks(scene: Scene, who: Literal["self", "other"] = "self") -> list[Mark]:
    """Give the signs that were heard about the writer, or about whom they worry."""
    return [Mark(**plain) for plain in scene.record.marks if plain["who"] == who]  # type: ignore[arg-type]  # as they were noted


def is_marked(scene: Scene, *indicators: str) -> bool:
    """Tell whether one of these was heard about whom this is about."""
    whom = "other" if scene.record.about == "other" else "self"
    return any(plain["indicator"] in indicators for plain in scene.record.marks if plain["who"] == whom)


def assessment(scene: Scene) -> Assessment:
    """Add up what was heard about the writer."""
    record = scene.record
    crisis = any(record.answered.get(label) for label in ("immediate_danger", "self_harm", "medical_emergency"))
    return assess(marks(scene), minor=record.minor is True and record.about != "other", crisis=crisis)


def take_back(scene: Scene) -> bool:
    """Remove the sign that was heard last: "no, that was wrong". Tell whether there was one."""
    if not scene.record.marks:
        return False
    scene.record.marks.pop()
    return True


def meant(scene: Scene) -> str:
    """Give the label to answer by: signs that were heard make a story of what was not understood; a neighbour, and a
    child spoken of in the third person, are a worry about somebody else.
    """
    child = scene.label == "disclose_minor" and scene.age is None and lexicon_matcher.other_is_child(scene.turn.text)
    story = scene.label.startswith("disclose_")
    # "He beats me, and the neighbours hear nothing" has words of others, and is the writer's own.
    others = answer_words.tells_of_others(scene.turn.text) and scene.heard("about", "me") < ABOUT_ME
    if child or (story and (others or _begins_a_worry(scene))):
        return "report_concern"
    if _asks_what_it_is(scene):
        return "ask_what_is_trafficking"
    if _goes_on_about_me(scene) or (scene.label == "disclose_minor" and _is_adult(scene)):
        other, chance = scene.likeliest("disclose_", without=("disclose_minor",))
        return other if chance >= _ALSO_TOLD else FALLBACK
    if scene.label != FALLBACK or not scene.indicators:
        return scene.label
    if scene.record.about == "other":
        return "report_concern"
    told = (label for heard in scene.indicators for label in catalogue()[heard.indicator].intents)
    return next((label for label in told if label.startswith("disclose_")), scene.label)


def _begins_a_worry(scene: Scene) -> bool:
    """Tell whether an unsure story about somebody else begins: "it is about our maid"."""
    new = CONCERN_BEGUN not in scene.record.told and not scene.late
    return new and scene.record.about == "other" and scene.about_other and scene.sureness < _SURE_STORY


def _is_adult(scene: Scene) -> bool:
    """Tell whether a child is only guessed, beside a number over 17 ("18 last spring") or against an age said before."""
    if scene.turn.chosen or scene.sureness >= SURE or scene.record.about == "other":
        return False
    numbers = [int(number) for number in _NUMBER.findall(scene.turn.text)]
    older = bool(numbers) and all(ADULT <= number <= _OLDEST for number in numbers)
    return older or scene.record.minor is False


def _goes_on_about_me(scene: Scene) -> bool:
    """Tell whether a worry about somebody else is rather the writer's own story: one that has begun, or "no, it is me"."""
    if scene.label != "report_concern" or scene.turn.chosen:
        return False
    begun = scene.confidence < SURE and scene.record.about == "self" and scene.heard("about", "me") >= SURE
    return begun or scene.heard("about", "me") >= ABOUT_ME


def _asks_what_it_is(scene: Scene) -> bool:
    """Tell whether a form of trafficking is asked about, "what is organ trafficking", in the words of a story."""
    names_form = any(topic.startswith("form_") for topic in scene.topics)
    return names_form and scene.label.startswith("disclose_") and answer_words.is_question(scene.turn.text)


def age_is_due(scene: Scene) -> bool:
    """Tell whether "are you under 18?" is to be asked now: after a hint, once, and never over another question."""
    record = scene.record
    wanted = CHILD_HINT in record.told and record.minor is None and record.about != "other"
    return wanted and record.situation == "talk" and record.question is None and AGE not in record.asked


def _mark_label(scene: Scene, label: str) -> None:
    own = _TOLD_BY.get(label)
    if own is None or is_marked(scene, own) or _told_more_exactly(scene, label):
        return
    if scene.turn.chosen:
        mark(scene, own, how="asked")  # our words, not theirs
        return
    # What was written of somebody else may hold a name.
    quote = "" if scene.record.about == "other" else scene.turn.text
    mark(scene, own, when=scene.indicators[0].when if scene.indicators else "open", quote=quote)


def _whom(scene: Scene) -> None:
    record = scene.record
    if record.about == "other" and _corrects_to_me(scene):
        record.about, record.their_country, record.question = "self", None, None
    elif (record.question or "").startswith(_ABOUT_OTHERS) and scene.heard("about", "me") < ABOUT_ME:
        record.about = "other"
    elif scene.label.startswith("disclose_") and meant(scene) == scene.label:
        # A story about somebody else goes on in sentences that name nobody.
        least = _SURELY_OTHER if record.about == "self" else _ABOUT_OTHER  # who tells their own story goes on with it
        told = scene.about_other if record.about == "other" else scene.heard("about", "other") >= least
        record.about = "other" if scene.turn.heard.get("about") and told else "self"
    elif _goes_on_about_me(scene):
        record.about = "self"
    elif meant(scene).startswith("report_"):
        record.about = "other"


def _corrects_to_me(scene: Scene) -> bool:
    """Tell whether a message corrects whom this is about: "no, it's me, my photos"."""
    question = scene.record.question or ""
    free = not question or (question.startswith(_ABOUT_OTHERS) and scene.heard("about", "me") >= _SURELY_ME)
    corrects = free and scene.many.get("talk/correction", 0.0) >= _CORRECTS
    return corrects and scene.heard("about", "me") >= ABOUT_ME


def tells_child(scene: Scene) -> bool | None:
    """Return whether an answer to "are you under 18?" tells of a child: "not yet" is a yes. A choice has its label."""
    if scene.turn.chosen or scene.record.question != AGE:
        return None
    return age_answers.tells_child(scene.turn.text, scene.turn.locale)


def _age(scene: Scene) -> None:
    record, text = scene.record, scene.turn.text
    # Kept also where the message is then answered by its label: "17, i need a lawyer".
    if (told := tells_child(scene)) is not None:
        record.minor = told
    elif record.about == "other":
        record.minor = True if lexicon_matcher.other_is_child(text) else record.minor
    elif scene.age is not None:
        record.minor = scene.age < ADULT
    elif scene.label == "disclose_minor" and scene.confidence >= SURE and not _is_adult(scene):
        record.minor = True
    elif record.minor is None and lexicon_matcher.hints_at_child(text):
        scene.note(CHILD_HINT)
    elif record.minor is None and lexicon_matcher.says_grown(text):
        record.minor = False


def _fears(scene: Scene) -> None:
    """Keep that somebody fears the police or the immigration office: they are sent where neither is."""
    if any(scene.many.get(label, 0.0) >= SURE for label in _FEARS) and _NO_POLICE not in scene.record.holds:
        scene.record.holds.append(_NO_POLICE)


def _keep_named(scene: Scene) -> None:
    """Keep where, how long and how much, as it was said, the last few of each."""
    for kind, words in scene.named:
        kept = [old for old in scene.record.named.get(kind, []) if old != words]
        scene.record.named[kind] = [*kept, words[:_QUOTE]][-_NAMED:]


def _told_more_exactly(scene: Scene, label: str) -> bool:
    said = {heard.indicator for heard in scene.indicators}
    return any(label in catalogue()[indicator].intents for indicator in said)
