"""The phrasebook: named sentences by locale and channel. English is in domain.yml, the other languages are in PO files.

What a phrase has in every language, its choices and whether it is always said, is in domain.yml too.
A phrase that is missing in a language is said in English: silence is worse. A test finds such gaps.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.messaging.message import Choice, Reply
from bot.phrases.po_file import translations
from bot.text.text_messages import fits

SOURCE = "en"
# Whoever writes Hindi or Urdu in Latin letters reads these, and which of the two it is cannot be told from a line or two.
SHARED = {frozenset({"hi", "ur"}): "hi-Latn"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur"})
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Without these, a telephone number in right-to-left text is shown scrambled (Unicode UAX #9).
_ISOLATE, _END = "\u2068", "\u2069"
_NUMBER = re.compile(r"^[+*#\d][\d\s().*#+-]*$")


def direction(locale: str) -> str:
    """Return the writing direction, as HTML names it."""
    return "rtl" if locale in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Phrasebook:
    """Texts by locale and name; a name is "utter_x" or, for one channel, "utter_x|sms"."""

    texts: Mapping[str, Mapping[str, str]]
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by name: choices, always
    shared: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by a tag of SHARED

    @classmethod
    def load(cls, root: Path) -> "Phrasebook":
        """Return domain.yml and bot/phrases/phrasebook/ of the project; cached, since reading it takes a second."""
        return _read(root.resolve())

    @property
    def locales(self) -> tuple[str, ...]:
        """The served locales."""
        return tuple(self.texts)

    def read_as(self, locales: Sequence[str]) -> list[str]:
        """Return the locales to speak in: languages that are one when written in Latin letters are said once, in these."""
        tag = SHARED.get(frozenset(locales), "")
        return [tag] if tag in self.shared else list(locales)

    def render(self, say: str, arguments: Mapping[str, Any], locale: str, channel: str = "web") -> str:
        """Return the sentence; raises KeyError for a phrase that no language has."""
        text = self._text(say, locale, channel)

        def fill(match: re.Match[str]) -> str:
            return self._argument(arguments.get(match[1], ""), locale, channel)

        # An empty placeholder (no opening hours known) must not leave a gap of spaces.
        filled = re.sub(r" +(?= )|[ \t]+$", "", _PLACEHOLDER.sub(fill, text), flags=re.MULTILINE)
        return filled.strip("\n")

    def render_each(self, values: Sequence[Any], locale: str, channel: str = "web") -> list[str]:
        """Return what stands in place of each argument: phrases and lists of them are rendered."""
        return [self._argument(value, locale, channel).strip() for value in values]

    def fitting(self, say: str, locale: str, channel: str) -> Callable[[Mapping[str, Any]], bool] | None:
        """Return the test of arguments with which a phrase fits in one text message; None if a channel has room for all."""
        return (lambda arguments: fits(self.render(say, arguments, locale, channel))) if channel == "sms" else None

    def reply(self, say: str, **arguments: Any) -> Reply:
        """Return a phrase with its choices, for what is said outside a turn of the engine."""
        about = self.about.get(say, {})
        choices = tuple(Choice(**choice) for choice in about.get("choices") or ())
        return Reply(say, arguments, choices, bool(about.get("always")))

    def _text(self, say: str, locale: str, channel: str) -> str:
        for book in (self.texts.get(locale) or self.shared.get(locale, {}), self.texts[SOURCE]):
            found = book.get(f"{say}|{channel}") or book.get(say)
            if found is not None:
                return found
        raise KeyError(say)

    def _argument(self, value: Any, locale: str, channel: str) -> str:
        if isinstance(value, Mapping):
            return self.render(value["say"], value.get("arguments") or {}, locale, channel)
        if isinstance(value, list):
            return "\n".join(self._argument(part, locale, channel) for part in value)
        text = str(value)
        if locale in RIGHT_TO_LEFT and channel != "sms" and _NUMBER.match(text):
            return f"{_ISOLATE}{text}{_END}"
        return text


def _english(responses: Mapping[str, Any]) -> dict[str, str]:
    texts = {}
    for name, variants in responses.items():
        for variant in variants:
            channel = variant.get("channel")
            texts[f"{name}|{channel}" if channel else name] = variant["text"].strip()
    return texts


@cache
def _read(root: Path) -> Phrasebook:
    responses = yaml.load((root / "domain.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["responses"]
    texts = {SOURCE: _english(responses)}
    for path in sorted((root / "bot" / "phrases" / "phrasebook").glob("*.po")):
        texts[path.stem] = {entry.name: entry.text for entry in translations(path) if entry.text}
    shared = {
        path.stem: {entry.name: entry.text for entry in translations(path) if entry.text}
        for path in sorted((root / "bot" / "phrases" / "phrasebook" / "shared").glob("*.po"))
    }
    about = {name: variants[0].get("metadata") or {} for name, variants in responses.items()}
    return Phrasebook(texts, about, shared)
