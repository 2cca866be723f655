"""Parses scenario files: who comes to which channel, and what they do, line by line. Unknown keys are ignored."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.messaging.message import Hints
from commands.chat.script_lines import BadScript, Sending
from commands.rehearsal.rehearsal_error import NotPlayed
from commands.runtime.composition import ABILITIES

_ID = re.compile(r"\w[\w-]*")
_TAKEN = "broken"  # reserved: broken.jsonl lies beside the files of the conversations
_DURATION = re.compile(r"P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_SECONDS = (86_400, 3_600, 60, 1)
# Hint names in a file -> field names of Hints.
_HINTS = {"phone_country": "country", "telegram_language_code": "telegram", "accept_language": "accept"}
Act = Literal["person", "wait", "sent"]


@dataclass(frozen=True)
class ScenarioStep:
    """One thing that the person does: say something, wait, or send something other than text."""

    turn: int  # the number of the person's line that it belongs to or precedes
    act: Act
    what: str  # as written in the file


@dataclass(frozen=True)
class Scenario:
    """One person on one channel."""

    id: str
    channel: str
    hints: Hints
    on_duty: bool  # whether an operator is on duty
    steps: tuple[ScenarioStep, ...]


def read_folder(folder: Path) -> list[Scenario]:
    """Read all scenarios in a folder, sorted by file name. Raises NotPlayed with a sentence."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".yml", ".yaml"))
    if not files:
        raise NotPlayed(f"There is no scenario in {folder}: files that end in .yml.")
    found: dict[str, tuple[Path, Scenario]] = {}
    for path in files:
        scenario = read_file(path)
        if scenario.id in found:
            raise NotPlayed(f"{path.name}: id: {scenario.id} is that of {found[scenario.id][0].name} already.")
        found[scenario.id] = (path, scenario)
    return [scenario for _, scenario in found.values()]


def read_file(path: Path) -> Scenario:
    """Read one scenario. Raises NotPlayed, which names file and key."""
    try:
        plain = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise NotPlayed(f"{path.name}: this is no YAML ({type(error).__name__}).") from None
    try:
        return _scenario(plain)
    except (NotPlayed, BadScript) as bad:
        raise NotPlayed(f"{path.name}: {bad}") from None


def seconds_in(duration: str) -> int:
    """Parse an ISO 8601 duration in days, hours, minutes and seconds, like PT20H. Raises NotPlayed."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise NotPlayed(f"{duration!r} is no duration like PT20H or P1DT30M.")
    return sum(int(number or 0) * seconds for number, seconds in zip(found.groups(), _SECONDS, strict=True))


def _scenario(plain: Any) -> Scenario:
    if not isinstance(plain, Mapping):
        raise NotPlayed("a scenario is a mapping with id, channel and turns.")
    hints = plain.get("hints") or {}
    if not isinstance(hints, Mapping):
        raise NotPlayed("hints: these are a mapping.")
    id_, channel = _word(plain, "id"), _word(plain, "channel")
    if not _ID.fullmatch(id_) or id_ == _TAKEN:
        raise NotPlayed(f"id: {id_!r} can not be the name of a file: letters, digits, - and _.")
    if channel not in ABILITIES:
        raise NotPlayed(f"channel: there is no door named {channel!r}: {', '.join(sorted(ABILITIES))}.")
    on_duty = hints.get("operators_on_duty") or False
    if not isinstance(on_duty, bool):
        raise NotPlayed("hints.operators_on_duty: this is true or false.")
    return Scenario(id_, channel, _door_hints(hints), on_duty, tuple(_steps(plain.get("turns"), hints)))


def _word(plain: Mapping[Any, Any], key: str) -> str:
    found = plain.get(key)
    if not isinstance(found, str) or not found.strip():
        raise NotPlayed(f"{key}: this is missing, or no text (put it in quotes).")
    return found


def _door_hints(hints: Mapping[Any, Any]) -> Hints:
    return Hints.of({ours: _word(hints, theirs) for theirs, ours in _HINTS.items() if hints.get(theirs) is not None})


def _steps(turns: Any, hints: Mapping[Any, Any]) -> Iterator[ScenarioStep]:
    """Yield the steps in order: for each line, first what precedes it, then the line itself."""
    if not isinstance(turns, Sequence) or isinstance(turns, str) or not turns:
        raise NotPlayed("turns: these are missing: a list of what the person writes.")
    before = hints.get("before_turn") or {}
    if not isinstance(before, Mapping):
        raise NotPlayed("hints.before_turn: this is a mapping from the number of a line to what goes before it.")
    strange = [number for number in before if number not in range(1, len(turns) + 1) or isinstance(number, bool)]
    if strange:
        raise NotPlayed(f"hints.before_turn.{strange[0]}: there is no such line.")
    for number, turn in enumerate(turns, 1):
        if number in before:
            yield from _acts(before[number], number, f"hints.before_turn.{number}")
        yield from (
            [ScenarioStep(number, "person", turn)] if isinstance(turn, str) else _acts(turn, number, f"turns.{number}")
        )


def _acts(plain: Any, turn: int, where: str) -> Iterator[ScenarioStep]:
    """Parse `{wait: PT20H, send: picture, say: "…"}`, in the order of its keys."""
    known = [(key, plain[key]) for key in plain if key in ("wait", "send", "say")] if isinstance(plain, Mapping) else []
    if not known:
        raise NotPlayed(f"{where}: this is a text in quotes, or a mapping with wait, send or say.")
    for key, value in known:
        if not isinstance(value, str):
            raise NotPlayed(f"{where}.{key}: this is a text.")
        _try(key, value, f"{where}.{key}")
        yield ScenarioStep(turn, {"wait": "wait", "send": "sent", "say": "person"}[key], value)  # type: ignore[arg-type]


def _try(key: str, value: str, where: str) -> None:
    """Check, before anything is played, that a wait or a sending can be. Raises NotPlayed."""
    try:
        if key == "wait":
            seconds_in(value)
        if key == "send":
            Sending.of(value)
    except (BadScript, NotPlayed) as bad:
        raise NotPlayed(f"{where}: {bad}") from None
