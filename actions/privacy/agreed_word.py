"""The agreed word: chosen by the person, it means "someone is here", and nothing but "OK." answers it.

It must be a word that nobody sends for another reason, and that tells nothing to whoever reads it. What the word
does stands in actions/privacy/quiet.py; it lives in the record alone and is never said back.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from actions.hearing import answer_words
from actions.policy import next_steps
from actions.policy.scene import CRISIS, Scene, choice
from actions.privacy import quiet
from bot.phrases.phrases import Phrasebook
from bot.text.cleaning import clean, words
from bot.understanding.quick_words import QuickWords

QUESTION = "word"
_MOST_WORDS, _MOST_LETTERS = 3, 30
_ASKS = 3  # times that a word is asked for: once, and again twice
# Answered beside the question, which stays open.
_BEFORE_A_WORD = CRISIS | {"delete_my_data", "change_language", "no_files"}
# Told instead of a word: answered, not refused for its length. The second only where it is more than one word.
_SURE = 0.6  # "purple" may be guessed to be a place
_TOLD = ("disclose_", "report_", "express_distress", "goodbye", "talk_to_human")
_ASKED = ("find_", "ask_", "check_", "help_menu", "insult_or_prank", "not_understood")
_CARRIER_WORDS = frozenset({"help", "info", "human", "yes", "start", "unstop", "aide", "ayuda"})
_THEN = [next_steps.NUMBER, next_steps.PLAN]
_SKIP = [choice("choice_skip", "step to=skip")]
_TELLING = 4  # letters from which one word stands for a choice: bot/understanding/choice_matcher.py
_ROOT = Path(__file__).parents[2]


def offer(scene: Scene) -> None:
    """Say what an agreed word does, and ask for one; where there is one, offer to change or to end it."""
    if scene.record.word:
        choices = [choice("choice_word_new", "step to=word_new"), choice("choice_word_forget", "step to=word_forget")]
        next_steps.say(scene, "utter_word_there", choices)
    else:
        ask(scene)


def ask(scene: Scene) -> None:
    """Ask for a word. One that was agreed on before holds until there is a new one."""
    scene.record.question, scene.record.times_asked = QUESTION, 1
    scene.say("utter_word_offer", choices=_SKIP)


def takes_word(scene: Scene) -> bool:
    """Take a message as the word that was asked for, and tell whether it was answered with that."""
    if scene.record.question != QUESTION or scene.label in _BEFORE_A_WORD:
        return False
    skips = scene.label in ("deny", "unsure") or scene.step in ("skip", "enough")
    if not _asked_last(scene) or (_wants_else(scene) and not skips):
        scene.record.question = None  # what is sent after something else was answered is no word any more
        return False
    if skips:
        _leave(scene, "utter_word_skip")
        return True
    refused = _reason_against(scene)
    if refused is None:
        scene.record.word = quiet.plain(scene.turn.text)
        _leave(scene, "utter_word_kept")
    elif scene.record.times_asked >= _ASKS:
        _leave(scene, "utter_word_later")
    else:
        scene.record.times_asked += 1
        scene.say(refused, choices=_SKIP)
    return True


def forget_word(scene: Scene) -> None:
    """End the word, as asked for."""
    scene.record.word = None
    _leave(scene, "utter_word_forgotten")


def _asked_last(scene: Scene) -> bool:
    """Tell whether our last words asked for it: a crisis may have come between."""
    return any(str(reply["say"]).startswith("utter_word_") for reply in scene.record.said)


def _wants_else(scene: Scene) -> bool:
    text = scene.turn.text
    asks = scene.label.startswith(_ASKED) and len(words(clean(text))) > 1
    return scene.step is not None or scene.label.startswith(_TOLD) or asks or answer_words.is_question(text)


def _leave(scene: Scene, phrase: str) -> None:
    scene.record.question, scene.record.times_asked = None, 0
    next_steps.say(scene, phrase, _THEN)


def _reason_against(scene: Scene) -> str | None:
    """Give the phrase that says why this cannot be the word, or None."""
    text = scene.turn.text
    word = quiet.plain(text)
    if not any(letter.isalpha() for letter in word):
        return "utter_word_number" if any(letter.isnumeric() for letter in word) else "utter_word_empty"
    if _is_long(text):
        return "utter_word_long"
    topics = [
        topic for topic in scene.topics if not topic.startswith(("referral_", "line_"))
    ]  # "another" names nothing
    if topics or scene.indicators or answer_words.tells_topic(text):
        return "utter_word_topic"
    a_place = scene.label == "provide_location" and scene.confidence >= _SURE
    if scene.named_countries or scene.languages or a_place or _means_something(text):
        return "utter_word_used"
    return None


def _is_long(text: str) -> bool:
    # Not the words of quiet.plain: it takes a vowel sign of Indic scripts for a blank.
    said = words(clean(text))
    return len(said) > _MOST_WORDS or len(" ".join(said)) > _MOST_LETTERS


def _means_something(text: str) -> bool:
    word = quiet.plain(text)
    return (
        word in _CARRIER_WORDS
        or word in _words_of_choices()
        or _quick_words().find(text) is not None
        or answer_words.settles_something(text)
    )


@cache
def _quick_words() -> QuickWords:
    return QuickWords.load()


@cache
def _words_of_choices() -> frozenset[str]:
    return frozenset(_named_by_choices(Phrasebook.load(_ROOT)))


def _named_by_choices(book: Phrasebook) -> Iterator[str]:
    """Give all that chooses something: the words of a choice, each telling one of them, and number words."""
    for texts in book.texts.values():
        for name, text in texts.items():
            if name.startswith("word_"):
                yield from (quiet.plain(word) for word in text.split("|"))
            elif name.startswith("choice_"):
                yield quiet.plain(text)
                yield from (word for word in quiet.plain(text).split() if len(word) >= _TELLING)


TARGETS: dict[str, Callable[[Scene], None]] = {"word": offer, "word_new": ask, "word_forget": forget_word}
