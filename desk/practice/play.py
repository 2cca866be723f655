"""One practice conversation as it goes: what was said, where it stands, and what the operator did. Nobody else is in it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from desk.practice.script_model import PlayScene, PracticeAct, Script, Texts

MOST = 120  # acts of an operator; whoever has not ended by then has other questions


@dataclass
class PlayLine:
    """One line as the page shows it."""

    who: str  # person, computer, operator
    text: str
    english: str = ""  # where the text is in another language


@dataclass
class Deed:
    """One thing that the operator did."""

    act: PracticeAct
    scene: str
    quiet: bool
    topics: list[str] = field(default_factory=list)  # of a message
    outcome: str = ""


@dataclass
class Play:
    """The state of one practice conversation."""

    script: str
    locale: str
    id: str  # random: a form of another practice is not heard in this one
    scene: str
    priority: str
    card: dict[str, Any]
    lines: list[PlayLine] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)
    waited: int = 0  # messages in this scene that led nowhere
    quiet: bool = False
    alone: bool = False  # they have written that they are alone again
    left: bool = False
    called: bool = False
    ended: bool = False
    draft: str = ""

    @property
    def turn(self) -> int:
        """Return the number of the next act: a form of an earlier one is not heard twice."""
        return len(self.deeds)

    @property
    def full(self) -> bool:
        """Whether only an end is heard."""
        return self.turn >= MOST

    def dump(self) -> bytes:
        """Return the bytes to seal."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def load(cls, raw: bytes) -> "Play":
        """Parse what `dump` returned."""
        plain = json.loads(raw)
        lines = [PlayLine(**each) for each in plain.pop("lines")]
        deeds = [Deed(**each) for each in plain.pop("deeds")]
        return cls(**plain, lines=lines, deeds=deeds)

    def does(self, act: PracticeAct, topics: Sequence[str] = (), outcome: str = "") -> None:
        """Note what the operator does."""
        self.deeds.append(Deed(act, self.scene, self.quiet, list(topics), outcome))

    def hears(self, script: Script, text: str, topics: Sequence[str]) -> None:
        """Take an operator's message, and let the person answer as the script says."""
        self.does("write", topics)
        self.lines.append(PlayLine("operator", text))
        self.draft = ""
        scene = script.scenes[self.scene]
        if self.left:
            return
        goes = next((each.goes for each in scene.hears if {"anything", *topics} & set(each.topics)), "")
        if goes:
            self.enter(script, goes)
        elif scene.waits:
            self._say([scene.waits[min(self.waited, len(scene.waits) - 1)]])
            self.waited += 1

    def enter(self, script: Script, name: str) -> None:
        """Go to a scene."""
        scene: PlayScene = script.scenes[name]
        self.scene, self.waited = name, 0
        self.visited.append(name)
        self._say(scene.says)
        self.left = self.left or scene.leaves
        self.priority = scene.priority or self.priority
        self.card = {**self.card, **scene.card}
        if scene.hush == "begins":
            self.quiet, self.alone = True, False
        elif scene.hush == "over":
            self.alone = True

    def safe_again(self) -> bool:
        """End quiet mode; False while the person has not written that they are alone."""
        self.does("safe_again")
        if self.quiet and self.alone:
            self.quiet = False
        return not self.quiet

    def _say(self, texts: Sequence[Texts]) -> None:
        self.lines += [person_line(text, self.locale) for text in texts]


def person_line(texts: Texts, locale: str) -> PlayLine:
    """Return a line of the person in a language, with its English."""
    text, english = texts[locale], texts["en"]
    return PlayLine("person", text, english if english != text else "")
