"""A stock Rasa project with our labels and examples: what `rasa init` gives, filled as its own guide says.

One sentence for each label, one rule that says it, and a story for each label: TED learns from stories. Nothing of the
pipeline is chosen by us; it is the file that Rasa itself falls back on.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from bot.rasa.evaluation.examples import Example

_UNSURE = "nlu_fallback"  # what Rasa's guide has a rule for, beside those of the labels
# A talk as TED is to learn it: hello, yes, what happened, where, a number, thanks.
_STORY = ("greet", "affirm", "{label}", "provide_location", "find_hotline", "thanks")
_EPOCHS = re.compile(r"epochs: \d+")


def fewer(examples: Iterable[Example], most: int) -> Iterator[Example]:
    """Keep at most so many of each label in each language, spread evenly over those that there are."""
    for _, group in groupby(sorted(examples, key=_kind), key=_kind):
        these = list(group)
        step = max(len(these) / most, 1)
        yield from (these[int(number * step)] for number in range(min(most, len(these))))


def write_examples(examples: Iterable[Example], folder: Path) -> None:
    """Write them in the training format, a file for each language: both sides read the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for locale, of_locale in groupby(sorted(examples, key=lambda one: one.locale), key=lambda one: one.locale):
        blocks = [
            {"intent": label, "examples": "".join(f"- {one.text}\n" for one in of_label)}
            for label, of_label in groupby(sorted(of_locale, key=lambda one: one.label), key=lambda one: one.label)
        ]
        _write(folder / locale / "examples.yml", {"nlu": blocks})


def write_project(folder: Path, examples: list[Example], pipeline: Path, epochs: int | None) -> None:
    """Write the whole project; `epochs` only where a short trial is wanted, `pipeline` is Rasa's own default file."""
    labels = sorted({one.label for one in examples})
    write_examples(examples, folder / "data" / "nlu")
    _write(folder / "domain.yml", _domain(labels))
    _write(folder / "data" / "rules.yml", {"rules": [_rule(label) for label in [*labels, _UNSURE]]})
    _write(folder / "data" / "stories.yml", {"stories": [_story(label) for label in labels]})
    config = pipeline.read_text("utf-8")
    (folder / "config.yml").write_text(_EPOCHS.sub(f"epochs: {epochs}", config) if epochs else config, "utf-8")
    (folder / "credentials.yml").write_text("rest:\n", "utf-8")


def _domain(labels: list[str]) -> dict[str, Any]:
    names = [*labels, _UNSURE, "default"]  # what is said where no policy is sure is named by Rasa
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
