"""A stock Rasa project with our labels and examples: what `rasa init` creates, filled in as Rasa's guide describes.

Each label has one response, one rule that gives it, and one story, since TED learns from stories. We chose nothing in
the pipeline: it is Rasa's own default file.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from commands.examples.label_examples import Example

_UNSURE = "nlu_fallback"  # Rasa's guide adds a rule for this besides those for the labels
# A conversation for TED to learn: hello, yes, what happened, where, a number, thanks.
_STORY = ("greet", "affirm", "{label}", "provide_location", "find_hotline", "thanks")
_EPOCHS = re.compile(r"epochs: \d+")


def fewer(examples: Iterable[Example], most: int) -> Iterator[Example]:
    """Yield at most this many examples per label and language, spread evenly over all of them."""
    for _, group in groupby(sorted(examples, key=_kind), key=_kind):
        these = list(group)
        step = max(len(these) / most, 1)
        yield from (these[int(number * step)] for number in range(min(most, len(these))))


def write_examples(examples: Iterable[Example], folder: Path) -> None:
    """Write the examples in the training format, one file per language; both sides train on these."""
    folder.mkdir(parents=True, exist_ok=True)
    for locale, of_locale in groupby(sorted(examples, key=lambda one: one.locale), key=lambda one: one.locale):
        blocks = [
            {"intent": label, "examples": "".join(f"- {one.text}\n" for one in of_label)}
            for label, of_label in groupby(sorted(of_locale, key=lambda one: one.label), key=lambda one: one.label)
        ]
        _write(folder / locale / "examples.yml", {"nlu": blocks})


def write_project(folder: Path, examples: list[Example], pipeline: Path, epochs: int | None) -> None:
    """Write the whole project. `pipeline`: Rasa's own default file. `epochs`: only for a short trial."""
    labels = sorted({one.label for one in examples})
    write_examples(examples, folder / "data" / "nlu")
    _write(folder / "domain.yml", _domain(labels))
    _write(folder / "data" / "rules.yml", {"rules": [_rule(label) for label in [*labels, _UNSURE]]})
    _write(folder / "data" / "stories.yml", {"stories": [_story(label) for label in labels]})
    config = pipeline.read_text("utf-8")
    (folder / "config.yml").write_text(_EPOCHS.sub(f"epochs: {epochs}", config) if epochs else config, "utf-8")
    (folder / "credentials.yml").write_text("rest:\n", "utf-8")


def _domain(labels: list[str]) -> dict[str, Any]:
    names = [*labels, _UNSURE, "default"]  # "default" is Rasa's name for the response when no policy is confident
    said = {f"utter_{name}": [{"text": f"This is what is said to {name.replace('_', ' ')}."}] for name in names}
    return {"intents": labels, "responses": said}


def _rule(label: str) -> dict[str, Any]:
    return {"rule": label, "steps": _steps(label)}


def _story(label: str) -> dict[str, Any]:
    return {"story": label, "steps": [step for turn in _STORY for step in _steps(turn.format(label=label))]}


def _steps(label: str) -> list[dict[str, str]]:
    return [{"intent": label}, {"action": f"utter_{label}"}]


def _kind(one: Example) -> tuple[str, str]:
    return one.locale, one.label


def _write(file: Path, content: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump({"version": "3.1", **content}, allow_unicode=True, sort_keys=False, width=1000)
    file.write_text(text, "utf-8")
