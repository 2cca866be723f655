"""Which topics an operator's message has: by its words, or by the ready-made replies in it."""

from collections.abc import Mapping

from bot.phrases.phrases import SOURCE, Phrasebook
from bot.text.cleaning import clean, words
from desk.practice.script_model import Topic
from desk.translation.emergency_words import has_number

NUMBER = "number"  # has a number that could be called, whatever its words


def topics_in(text: str, topics: Mapping[str, Topic], book: Phrasebook, locale: str) -> list[str]:
    """Return the names of the topics of a message, in the order of topics.yml."""
    said = f" {_folded(text)}"
    found = [name for name, topic in topics.items() if _has(said, topic, book, locale)]
    return [*found, *([NUMBER] if has_number(text) and NUMBER not in found else [])]


def _has(said: str, topic: Topic, book: Phrasebook, locale: str) -> bool:
    if any(f" {_folded(phrase)}" in said for listed in topic.words.values() for phrase in listed):
        return True
    return any(_folded(text) in said for name in topic.ready for text in _ready(name, book, locale))


def _ready(name: str, book: Phrasebook, locale: str) -> set[str]:
    say = f"utter_{name}" if f"utter_{name}" in book.texts[SOURCE] else f"utter_canned_{name}"
    return {book.render(say, {}, each, channel) for each in (SOURCE, locale) for channel in ("web", "sms")}


def _folded(text: str) -> str:
    return " ".join(words(clean(text)))
