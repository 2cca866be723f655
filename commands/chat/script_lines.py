"""What a line of a script does: words are said, `@wait 20h` lets time pass, `@send picture` sends what is no text."""

import re
import shlex
from dataclasses import dataclass

from bot.messaging.outbox import Outgoing
from bot.understanding.geography import City, nearest_city
from commands.bench.private_hotline import PrivateTalk

SENT = ("picture", "voice", "video", "file", "sticker", "contact", "location")
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_POINT = re.compile(r"(-?\d+(?:\.\d+)?), ?(-?\d+(?:\.\d+)?)")


class BadScript(ValueError):
    """A line of a script that says nothing we know; the text says which."""


@dataclass(frozen=True)
class Sending:
    """What is sent instead of text."""

    kind: str
    text: str = ""
    place: int | None = None

    @classmethod
    def of(cls, words: str) -> "Sending":
        """Read "picture", "location 48.85,2.35" or "location Paris, FR"; raises BadScript."""
        try:
            kind, *rest = shlex.split(words) or [""]
        except ValueError:
            raise BadScript("There is a quotation mark that is not closed.") from None
        if kind not in SENT:
            raise BadScript(f"{kind!r} can not be sent, only {', '.join(SENT)}.")
        city = _city(" ".join(rest)) if kind == "location" else None
        return cls(kind, city.name, city.id) if city else cls(kind, " ".join(rest))

    async def by(self, talk: PrivateTalk) -> list[Outgoing]:
        """Send it as the person, and return the replies."""
        return await talk.say(self.text, self.kind, self.place)


async def step(talk: PrivateTalk, line: str) -> list[Outgoing]:
    """Do one line of a script, and return what is said to it. Raises BadScript."""
    act, what = act_of(line)
    if act == "wait":
        return await talk.wait(seconds_of(what))
    if act == "sent":
        return await Sending.of(what).by(talk)
    return await talk.say(line)


def act_of(line: str) -> tuple[str, str]:
    """Name what a line does, person, wait or sent, and what with."""
    for mark, act in (("@wait ", "wait"), ("@send ", "sent")):
        if line.startswith(mark):
            return act, line.removeprefix(mark).strip()
    return "person", line


def seconds_of(text: str) -> int:
    """Read "20h"; raises BadScript."""
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not number.isdecimal():
        raise BadScript("@wait takes a number and one of s, m, h, d: @wait 20h")
    return int(number) * _UNITS[unit]


def _city(text: str) -> City | None:
    """Round "48.85,2.35" to a city, as a door does; None for what is no point, like "Paris, FR"."""
    point = _POINT.fullmatch(text)
    return nearest_city(float(point[1]), float(point[2])) if point else None
