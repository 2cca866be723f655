"""The files of practice conversations, and what is wrong with them: by file and line, in a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.conversation.record import Record
from bot.phrases.phrases import SOURCE
from bot.served_languages import SERVED
from bot.understanding.indicators import Mark, catalogue
from desk.practice.script_model import PracticeCheck, Script, Texts, Topic

HERE = Path(__file__).parent
SCRIPTS = HERE / "scripts"
ANYTHING = "anything"
NodePath = tuple[str | int, ...]
_TOPICS, _CHECKS = TypeAdapter(dict[str, Topic]), TypeAdapter(dict[str, PracticeCheck])
_RECORD, _MARKS = TypeAdapter(Record), TypeAdapter(list[Mark])


class BadPracticeFile(Exception):
    """A file that cannot be played; says the file, the line and why."""


@dataclass(frozen=True)
class Library:
    """All practice conversations that can be played."""

    scripts: dict[str, Script]
    topics: dict[str, Topic]
    common: dict[str, PracticeCheck]
    faults: Sequence[str] = field(default=())  # of files that were left out

    def checks(self, script: Script) -> list[PracticeCheck]:
        """Return the checks of a script, the common ones among them."""
        return [self.common[each] if isinstance(each, str) else each for each in script.checks]


def load(phrases: frozenset[str], folder: Path = SCRIPTS) -> Library:
    """Read all files of a folder; a bad one is left out and told of. phrases: names of all that there are."""
    common = _common()
    library = Library({}, *common)
    faults: list[str] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            library.scripts[path.stem] = read(path, library, phrases)
        except BadPracticeFile as bad:
            faults.append(str(bad))
    return Library(library.scripts, *common, tuple(faults))


def read(path: Path, library: Library, phrases: frozenset[str]) -> Script:
    """Read one file; raises BadPracticeFile."""
    tree, plain = _parsed(path)
    try:
        script = Script.model_validate(plain)
    except ValidationError as bad:
        raise BadPracticeFile("\n".join(_at(path, tree, one["loc"], one["msg"]) for one in bad.errors())) from None
    found = [_at(path, tree, place, why) for place, why in _faults(script, library, phrases)]
    if found:
        raise BadPracticeFile("\n".join(found))
    return script


@cache
def _common() -> tuple[dict[str, Topic], dict[str, PracticeCheck]]:
    topics, checks = (_parsed(HERE / name)[1] for name in ("topics.yml", "checks.yml"))
    return _TOPICS.validate_python(topics), _CHECKS.validate_python(checks)


def _parsed(path: Path) -> tuple[yaml.Node | None, Any]:
    try:
        text = path.read_text("utf-8")
        return yaml.compose(text, Loader=yaml.CSafeLoader), yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as bad:
        line = bad.problem_mark.line + 1 if bad.problem_mark else 1
        raise BadPracticeFile(f"{path.name}:{line}: {bad.problem or bad.context}") from None
    except (UnicodeDecodeError, yaml.YAMLError):
        raise BadPracticeFile(f"{path.name}:1: this is no YAML in UTF-8") from None


def _at(path: Path, tree: yaml.Node | None, place: NodePath, why: str) -> str:
    named = ".".join(str(step) for step in place if not isinstance(step, str) or step[:1].islower())
    return f"{path.name}:{_line(tree, place)}: {named + ': ' if named else ''}{why}"


def _line(node: yaml.Node | None, place: NodePath) -> int:
    """Return the line of a place in a file, or of what it stands in."""
    line = node.start_mark.line + 1 if node else 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                continue  # what is missing, or the name of a type
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _faults(script: Script, library: Library, phrases: frozenset[str]) -> Iterator[tuple[NodePath, str]]:
    yield from _scene_faults(script, library)
    yield from _check_faults(script, library)
    yield from _card_faults(("card",), script.card)
    for at, tag in enumerate(script.languages):
        if tag not in SERVED:
            yield ("languages", at), f"{tag} is not a language that we serve"
    for at, line in enumerate(script.before):
        if bool(line.person) == bool(line.computer):
            yield ("before", at), "a line is either the person's or the computer's"
        elif line.person:
            yield from _untold(script, ("before", at, "person"), line.person)
        elif line.computer not in phrases:
            yield ("before", at, "computer"), f"there is no phrase {line.computer}"


def _scene_faults(script: Script, library: Library) -> Iterator[tuple[NodePath, str]]:
    reached = {script.start} | {branch.goes for scene in script.scenes.values() for branch in scene.hears}
    for name, scene in script.scenes.items():
        place = ("scenes", name)
        if name not in reached:
            yield place, "no scene leads here"
        if not scene.hears and not scene.leaves and not scene.waits:
            yield (
                place,
                "nothing is answered here: say what it hears, what it waits with, or that the person leaves",
            )
        for kind, texts in (("says", scene.says), ("waits", scene.waits)):
            for at, each in enumerate(texts):
                yield from _untold(script, (*place, kind, at), each)
        for at, branch in enumerate(scene.hears):
            if branch.goes not in script.scenes:
                yield (*place, "hears", at, "goes"), f"there is no scene {branch.goes}"
            for topic in branch.topics:
                if topic != ANYTHING and topic not in library.topics:
                    yield (*place, "hears", at, "topics"), f"there is no topic {topic} in topics.yml"
        yield from _card_faults((*place, "card"), scene.card)


def _check_faults(script: Script, library: Library) -> Iterator[tuple[NodePath, str]]:
    for at, each in enumerate(script.checks):
        place = ("checks", at)
        if isinstance(each, str):
            if each not in library.common:
                yield place, f"there is no check {each} in checks.yml"
            continue
        for topic in filter(None, (each.topic, each.than)):
            if topic not in library.topics:
                yield place, f"there is no topic {topic} in topics.yml"
        if each.scene and each.scene not in script.scenes:
            yield (*place, "scene"), f"there is no scene {each.scene}"
        needed = {"did": each.act, "never_did": each.act, "ended": each.outcomes}.get(each.check, each.topic)
        if not needed or (each.check == "before" and not each.than):
            yield place, f"a check of the kind {each.check} does not say what it looks at"


def _card_faults(place: NodePath, card: dict[str, Any]) -> Iterator[tuple[NodePath, str]]:
    for name in card:
        if name not in Record.__dataclass_fields__:
            yield (*place, name), f"a record has no field {name}"
    try:
        marks = _RECORD.validate_python(
            {name: card[name] for name in card if name in Record.__dataclass_fields__}
        ).marks
        for at, mark in enumerate(_MARKS.validate_python(marks)):
            if mark.indicator not in catalogue().indicators:
                yield (*place, "marks", at), f"there is no sign {mark.indicator}"
    except ValidationError as bad:
        for one in bad.errors():
            # A sign that is not whole stands in the list of signs.
            within = one["loc"] if isinstance(one["loc"][0], str) else ("marks", *one["loc"])
            yield (*place, *within), one["msg"]


def _untold(script: Script, place: NodePath, texts: Texts) -> Iterator[tuple[NodePath, str]]:
    for tag in (SOURCE, *script.languages):
        if tag not in texts:
            yield place, f"this is not said in {tag}"
