"""How well messages of others are understood, as Markdown: by language, by head, and the worst mistakes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understanding.crisis import LABELS
from commands.evaluation.judged_lines import JudgedLine, JudgedSet
from commands.evaluation.scores import Scores, share, with_interval

_WORST = 25
_TITLES: Mapping[JudgedSet, str] = {
    "labels": "Single messages, with their label",
    "turns": "Whole turns in their context, with all that is to be heard",
    "everyday": "Ordinary messages that are none of our business",
}
_HEAD = (
    "| language | messages | right | asked again | crises heard | answered | answered by mistake | maybe by mistake |"
)
_HEARD = "| language | answers right | about whom | labels: found | labels: right | watched: found | watched: right |"
_RULE = "|---|--:|--:|--:|--:|--:|--:|--:|"


@dataclass(frozen=True)
class JudgedMessage:
    """A message with what it says, and what was understood: a line of `quietline understand`."""

    line: JudgedLine
    heard: Mapping[str, Any]

    @property
    def label(self) -> str:
        """The label that was understood."""
        return str(self.heard["intent"] or "nlu_fallback")

    @property
    def is_crisis(self) -> bool:
        """Whether it really is a crisis."""
        return self.line.meant.label in LABELS

    @property
    def band(self) -> str:
        """How sure a crisis was heard: sure (it gets the crisis answer), maybe or no."""
        bands = {str(crisis["band"]) for crisis in self.heard["crises"]}
        return "sure" if self.heard["crisis"] else "maybe" if bands else "no"


def tables(messages: Sequence[JudgedMessage]) -> Iterator[str]:
    """Yield the lines of all tables."""
    for part, title in _TITLES.items():
        some = [message for message in messages if message.line.part == part]
        if some:
            yield f"\n## {title}\n\n{_HEAD}\n{_RULE}"
            yield from _by_language(some)
    turns = [message for message in messages if message.line.part == "turns"]
    if turns:
        yield f"\n### What else is heard in turns\n\n{_HEARD}\n|---|--:|--:|--:|--:|--:|--:|"
        for name, some in _languages(turns):
            yield f"| {name} | {' | '.join(cell(some) for cell in _HEADS)} |"
    yield from _worst(messages)


def shares(messages: Sequence[JudgedMessage]) -> dict[str, dict[str, float | int | None]]:
    """Return the shares by language, and of all, for data/evaluation.json."""
    known = [message for message in messages if message.line.part == "labels"]
    return {name: _scores(some).plain() for name, some in _languages(known)}


def _by_language(messages: Sequence[JudgedMessage]) -> Iterator[str]:
    for name, some in _languages(messages):
        scores = _scores(some)
        asked = sum(message.label == "nlu_fallback" for message in some)
        crises = [message for message in some if message.is_crisis]
        others = [message for message in some if not message.is_crisis]
        cells = [
            f"{len(some)}",
            share(scores.right, len(some)),
            share(asked, len(some)),
            with_interval(sum(message.band != "no" for message in crises), len(crises)),
            with_interval(sum(message.band == "sure" for message in crises), len(crises)),
            with_interval(sum(message.band == "sure" for message in others), len(others)),
            with_interval(sum(message.band == "maybe" for message in others), len(others)),
        ]
        yield f"| {name} | {' | '.join(cells)} |"


def _languages(messages: Sequence[JudgedMessage]) -> Iterator[tuple[str, list[JudgedMessage]]]:
    for locale in sorted({message.line.locale for message in messages}):
        yield locale, [message for message in messages if message.line.locale == locale]
    yield "all", list(messages)


def _scores(messages: Sequence[JudgedMessage]) -> Scores:
    return Scores.of([message.line.meant.label for message in messages], [message.label for message in messages])


def _answers(messages: Sequence[JudgedMessage]) -> str:
    asked = [message for message in messages if message.line.meant.question]
    return share(sum(message.heard["answer"] == message.line.meant.answer for message in asked), len(asked))


def _about(messages: Sequence[JudgedMessage]) -> str:
    return share(sum(message.heard["about"] == message.line.meant.about for message in messages), len(messages))


def _labels_found(messages: Sequence[JudgedMessage]) -> str:
    meant = [(label, _named(message)) for message in messages for label in _said(message)]
    return share(sum(label in named for label, named in meant), len(meant))


def _labels_right(messages: Sequence[JudgedMessage]) -> str:
    named = [(label, _said(message)) for message in messages for label in _named(message)]
    return share(sum(label in said for label, said in named), len(named))


def _watched_found(messages: Sequence[JudgedMessage]) -> str:
    meant = [message for message in messages if "watched" in message.line.meant.flags]
    return share(sum(bool(message.heard["watched"]) for message in meant), len(meant))


def _watched_right(messages: Sequence[JudgedMessage]) -> str:
    heard = [message for message in messages if message.heard["watched"]]
    return share(sum("watched" in message.line.meant.flags for message in heard), len(heard))


_HEADS: tuple[Callable[[Sequence[JudgedMessage]], str], ...] = (
    *(_answers, _about, _labels_found, _labels_right, _watched_found, _watched_right),
)


def _said(message: JudgedMessage) -> set[str]:
    labels = message.line.meant.labels
    return {*labels, message.line.meant.label}


def _named(message: JudgedMessage) -> set[str]:
    return {str(label["name"]) for label in message.heard["labels"]}


def _worst(messages: Sequence[JudgedMessage]) -> Iterator[str]:
    yield "\n## Worst mistakes\n\nCrises that were not heard:\n"
    yield from _listed([message for message in messages if message.is_crisis and message.band == "no"])
    yield "\nSure crises that are none:\n"
    yield from _listed([message for message in messages if not message.is_crisis and message.band == "sure"])
    yield "\nSurest wrong labels:\n"
    wrong = [message for message in messages if message.label not in (message.line.meant.label, "nlu_fallback")]
    yield from _listed(sorted(wrong, key=lambda message: -message.heard["confidence"]))
    yield "\nAnswers that were taken for another:\n"
    asked = [message for message in messages if message.line.meant.question]
    yield from _listed([message for message in asked if message.heard["answer"] != message.line.meant.answer])


def _listed(messages: Sequence[JudgedMessage]) -> Iterator[str]:
    for message in messages[:_WORST]:
        meant = message.line.meant
        asked = (
            f" [{meant.question} {meant.mode}: {meant.answer} → {message.heard['answer']}]" if meant.question else ""
        )
        confidence = message.heard["confidence"]
        yield f"- {message.line.locale} {meant.label} → {message.label} {confidence:.2f}{asked}: {meant.text}"
    if len(messages) > _WORST:
        yield f"- … and {len(messages) - _WORST} more."
