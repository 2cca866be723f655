"""Questions of ours, one after another: which comes next, what counts as an answer, and when we stop asking.

The position is two fields of the record: `question`, the one that is open, and `asked`, those that were put.
A flow is a table; what a person says beside the answer is answered first, and the question is put again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from actions.hearing import answer_words, listening
from actions.policy.scene import Scene, choice
from bot.conversation.record import Record
from bot.engine.understood import FALLBACK

Reading = Literal["yes", "no", "unsure", "skip", "words"]

YES, NO, UNSURE = choice("choice_yes", "affirm"), choice("choice_no", "deny"), choice("choice_unsure", "unsure")
SKIP, ENOUGH = choice("choice_skip", "step to=skip"), choice("choice_enough", "step to=enough")
YES_OR_NO = [YES, NO, SKIP, ENOUGH]  # "not sure" is taken too; more than four lines are too much on a small screen
IN_WORDS = [SKIP, ENOUGH]

_READINGS: dict[str, Reading] = {"affirm": "yes", "deny": "no", "unsure": "unsure", FALLBACK: "unsure"}
# Small words that are no answer: counted as "not sure", so that nobody is asked for ever.
_OFF_TOPIC = frozenset({"greet", "thanks", "out_of_scope", "provide_location"})
# Answered beside the question, which is then put again.
ASIDE = frozenset({"ask_anonymity", "ask_bot", "ask_cost", "change_language", "not_understood", "no_files"})
# Labels that are no words in answer to "what did you see?", but a wish of their own.
_NO_WORDS = (
    "find_",
    "ask_",
    "check_",
    "talk_to_human",
    "help_menu",
    "insult_or_prank",
    "goodbye",
    "delete_my_data",
    "step",
)
_SURE_WISH = 0.6
_SKIPS = 2  # in a row, then we stop
PUT_AT_MOST = 2  # times for one question


@dataclass(frozen=True)
class Ask:
    """One question, and what its answer changes."""

    name: str
    phrase: str
    take: Callable[[Scene, Reading], None]
    needed: Callable[[Record], bool] = lambda record: True
    in_words: bool = False  # any words are an answer, not only yes and no


@dataclass(frozen=True)
class Flow:
    """Questions in their order, and what is said after the last one."""

    name: str
    asks: tuple[Ask, ...]
    end: Callable[[Scene], None]
    most: int  # questions put at most, in the whole conversation

    def next(self, record: Record) -> Ask | None:
        """Give the question that comes next, or None after the last."""
        if sum(ask.name in record.asked for ask in self.asks) >= self.most:
            return None
        return next((ask for ask in self.asks if ask.name not in record.asked and ask.needed(record)), None)


def put_next(scene: Scene, flow: Flow) -> None:
    """Put the next question, or end the flow."""
    ask = flow.next(scene.record)
    if ask is None:
        end(scene, flow)
        return
    scene.record.asked.append(ask.name)
    put(scene, ask)


def put(scene: Scene, ask: Ask) -> None:
    """Put a question, for the first time or again."""
    record = scene.record
    record.question, record.times_asked = ask.name, record.times_asked + 1
    scene.ask(ask.phrase, partial(_not_put, record, ask), choices=IN_WORDS if ask.in_words else YES_OR_NO)


def _not_put(record: Record, ask: Ask) -> None:
    """Take a question back that found no room: it may be put later."""
    record.question, record.times_asked = None, 0
    record.asked = [name for name in record.asked if name != ask.name]


def end(scene: Scene, flow: Flow) -> None:
    """Close the question and say what follows."""
    scene.record.question, scene.record.skips = None, 0
    flow.end(scene)


def take(scene: Scene, flow: Flow, ask: Ask, reading: Reading) -> None:
    """Take an answer and go on; two in a row that tell nothing end the questions."""
    record = scene.record
    ask.take(scene, reading)
    record.times_asked = 0
    record.skips = record.skips + 1 if reading in ("skip", "unsure") else 0
    if record.question != ask.name:
        return  # the answer led elsewhere
    if record.skips >= _SKIPS:
        scene.say("utter_enough")
        end(scene, flow)
    else:
        put_next(scene, flow)


def reading(scene: Scene, ask: Ask) -> Reading | None:
    """Tell what a message is as an answer to this question; None when it is about something else."""
    label, step = scene.label, scene.step
    if step == "skip":
        return "skip"
    if ask.in_words:
        # "No" and "I don't know" to "what did you see?" tell nothing; all other words do.
        if label in ("deny", "unsure"):
            return "skip"
        return None if label in ASIDE or label.startswith(_NO_WORDS) else "words"
    told = _told(scene, ask)
    # "Yes 400 dollars for the visa" is a yes, whatever was understood of it; but "no sé" is no no.
    sure = scene.confidence >= _SURE_WISH and label.startswith((*_NO_WORDS, "unsure"))
    if told and not sure:
        return told
    if label in _OFF_TOPIC:
        return "unsure"
    return _READINGS.get(label)


def _told(scene: Scene, ask: Ask) -> Literal["yes", "no"] | None:
    """Return the yes or no that the words tell; an age, or "not yet", outweighs the word that a message begins with."""
    child = listening.tells_child(scene)
    if child is not None:
        return "yes" if child else "no"
    return answer_words.leading_answer(scene.turn.text, scene.turn.locale)
