"""Direct questions, each answered by a sentence of its own: "shall I pay?", "will you tell my boss?", "can I go without papers?".

What a message asks is heard as fine labels, whatever its label is. Which of them are answered, in which order and with whose
numbers behind them stands in data/direct_answers.yml.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from actions.policy.scene import Scene
from bot.phrases.phrases import SOURCE, Phrasebook

_ROOT = Path(__file__).parents[2]
_MOST = 2  # questions answered in one turn
_DECIDE, _TOGETHER = "decide", 0.5
_NEED, _PLAN = "need", "safety_plan"  # a plan to leave, named in reviewed words, is no wish to travel home
_A_RANK = 0.1  # what one rank counts for, in chances
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
    return kept[:_MOST]


def say(scene: Scene, found: list[DirectAnswer]) -> None:
    """Say what answers these."""
    for one in found:
        scene.because(one.label)
        scene.say(one.phrase)


def _heard(scene: Scene) -> Iterator[DirectAnswer]:
    for label, chance in scene.many.items():
        name, _, rest = label.partition("/")
        family = _families().get(name)
        if family is None or not rest or chance < family.least or (name == _NEED and _PLAN in scene.topics):
            continue
        phrase = f"{family.phrase}_{rest}"
        if scene.about_other and f"{phrase}_other" in _english():
            phrase = f"{phrase}_other"
        if phrase in _english():
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
    return DirectAnswer(
        _DECIDE, together, "utter_you_decide_other" if scene.about_other else "utter_you_decide", "find_hotline"
    )


def _family(label: str) -> _Family:
    return _families().get(label.partition("/")[0], _WORDS)


@cache
def _families() -> Mapping[str, _Family]:
    table = yaml.load((_ROOT / "data" / "direct_answers.yml").read_bytes(), Loader=yaml.CSafeLoader)
    return {name: _Family(**plain) for name, plain in table.items()}


@cache
def _english() -> Mapping[str, str]:
    return Phrasebook.load(_ROOT).texts[SOURCE]
