"""Direct questions, each answered by a sentence of its own: "shall I pay?", "will you tell my boss?", "can I go without papers?".

What a message asks is heard as fine labels, whatever its label is. Which of them are answered, in which order and with whose
numbers behind them stands in data/direct_answers.yml.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from actions.policy.scene import ABOUT_ME, OF_OTHER, OWN_SELF_HARM, Scene, is_phrase

_ROOT = Path(__file__).parents[2]
_MOST = 2  # questions answered in one turn
_DECIDE, _TOGETHER = "decide", 0.5
_NEED, _PLAN = "need", "safety_plan"  # a plan to leave, named in reviewed words, is no wish to travel home
_A_RANK = 0.1  # what one rank counts for, in chances
_ABOUT_OTHERS = frozenset({"report_concern", "report_missing_person", "check_job_offer"})
_PAYS = 0.25  # chance that a debt or ransom is to be paid
_SECOND = 0.6  # chance from which a second question of a message is answered as well


@dataclass(frozen=True)
class _Family:
    phrase: str
    least: float
    rank: int
    several: bool = False
    lines: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DirectAnswer:
    """A question that a message asks, with what answers it."""

    label: str  # a fine label
    chance: float
    phrase: str
    lines: str | None  # the label whose numbers follow


# What is answered by the sentence for another question too.
_SAID_WITH = {
    "report_missing_person/ransom_call": "decide/pay_ransom",
    "disclose_threats/tell": "disclose_threats/family",
    "ask_bot/robot": "ask_bot/real_person",
}
# Whom else a question "do you tell …?" may mean once somebody's number was given.
TELLS = frozenset(
    f"ask_anonymity/{whom}" for whom in ("police", "employer", "family", "immigration", "school", "hospital")
)
_WORDS = _Family("", 0.0, 2)  # of what is named by words
_BY_WORDS = 0.6  # chance of a question that the reviewed words name
_TOPICS = {
    "not_so_bad": ("utter_not_so_bad", None),
    "is_it_normal": ("utter_is_it_normal", "ask_worker_rights"),
    "in_trouble": ("utter_am_i_in_trouble", "find_legal_aid"),
    "will_they_come": ("utter_will_they_come", None),
    "what_happens": ("utter_what_happens_then", None),
    "why_help": ("utter_why_help", None),
    "digital_spy": ("utter_how_spyware", None),
}


def answers(scene: Scene) -> list[DirectAnswer]:
    """Return what answers the questions of this message, the most urgent first."""
    found = sorted([*_heard(scene), *_named(scene)], key=lambda one: _family(one.label).rank * _A_RANK - one.chance)
    if not found and (step := _some_decision(scene)):
        return [step]
    surest = max(found, key=lambda one: one.chance, default=None)
    kept = [one for one in found if one is surest or one.chance >= _SECOND or _family(one.label).several]
    heard = {one.label for one in kept}
    return [one for one in kept if _SAID_WITH.get(one.label) not in heard][:_MOST]


def say(scene: Scene, found: list[DirectAnswer]) -> None:
    """Say what answers these."""
    for one in found:
        scene.because(one.label)
        scene.say(one.phrase)
    if scene.record.given and any(one.label in TELLS for one in found):
        scene.say("utter_others_pass_on")


def _heard(scene: Scene) -> Iterator[DirectAnswer]:
    for label, chance in scene.many.items():
        name, _, rest = label.partition("/")
        family = _families().get(name)
        if family is None or not rest or chance < family.least or (name == _NEED and _PLAN in scene.topics):
            continue
        if (name in _ABOUT_OTHERS and _is_own_self_harm(scene)) or _is_beside(scene, name):
            continue
        phrase = f"{family.phrase}_{rest}"
        other = _for_other(scene) if name == _DECIDE else scene.about_other
        if (other or not is_phrase(phrase)) and is_phrase(f"{phrase}_other"):
            phrase = f"{phrase}_other"
        if is_phrase(phrase):
            yield DirectAnswer(label, chance, phrase, family.lines.get(rest) or family.lines.get("any"))


def _named(scene: Scene) -> Iterator[DirectAnswer]:
    """Yield answers to questions that are named by words of the reviewed lists (data/topic_words/)."""
    for topic, (phrase, lines) in _TOPICS.items():
        if topic in scene.topics and not scene.late:
            yield DirectAnswer(topic, _BY_WORDS, phrase, lines)


def _some_decision(scene: Scene) -> DirectAnswer | None:
    """Return the answer to a decision of which it is not clear which it is: none is likely enough, all together are."""
    together = sum(chance for label, chance in scene.many.items() if label.startswith(f"{_DECIDE}/"))
    if together < _TOGETHER:
        return None
    if _is_own_self_harm(scene) and scene.record.crisis == "self_harm":
        return DirectAnswer(
            _DECIDE, together, "utter_self_harm_alone", "express_distress"
        )  # not to be alone is the answer
    if scene.label.startswith("find_") and scene.sureness >= _SECOND:
        return None  # a place for the night is the answer to "can I go tonight, where can we sleep?"
    other = _for_other(scene)
    return DirectAnswer(_DECIDE, together, "utter_you_decide_other" if other else "utter_you_decide", "find_hotline")


def _for_other(scene: Scene) -> bool:
    """Tell whether somebody decides for another: whoever worries says "I'll fetch them tonight", and is not the one it is about."""
    if _is_own_self_harm(scene):
        return False
    worries = scene.record.about == "other" and scene.heard("about", "me") < ABOUT_ME
    return scene.about_other or worries


def _is_own_self_harm(scene: Scene) -> bool:
    """Tell whether the writer has told of dying: they ask whom to tell, and worry about nobody."""
    return OWN_SELF_HARM in scene.record.told and OF_OTHER not in scene.record.told


def _is_beside(scene: Scene, name: str) -> bool:
    """Tell whether a family is beside the point: a worry where nobody else is spoken of, an offer where a debt is to be paid."""
    if name == "report_concern":
        return not (scene.about_other or scene.record.about == "other" or scene.label.startswith("report_"))
    pays = max(scene.many.get(f"{_DECIDE}/{what}", 0.0) for what in ("pay_debt", "pay_ransom"))
    return name == "check_job_offer" and pays >= _PAYS


def _family(label: str) -> _Family:
    return _families().get(label.partition("/")[0], _WORDS)


@cache
def _families() -> Mapping[str, _Family]:
    table = yaml.load((_ROOT / "data" / "direct_answers.yml").read_bytes(), Loader=yaml.CSafeLoader)
    return {name: _Family(**plain) for name, plain in table.items()}
