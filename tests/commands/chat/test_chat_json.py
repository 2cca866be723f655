"""`chat --json`: one object for each line, whatever the line is; and the reasons in lines for a reader."""

import json
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from typer.testing import CliRunner

from bot.messaging.outbox import Outgoing
from commands.chat.chat_json import converse
from commands.chat.reasons import readable
from quietline import app
from tests.every import every

WHY = {
    "labels": [{"name": "disclose_confinement", "confidence": 0.934}, {"name": "find_shelter", "confidence": None}],
    "crisis": False,
    "entities": [{"entity": "country", "value": "MX", "words": "mexico"}],
    "chosen": False,
    "locales": ["es"],
    "before": {"situation": "talk", "question": None},
    "answered_by": "action_disclosure",
    "record": {"country": "MX"},
}


@dataclass
class SaysItBack:
    """A talk in which everything is said back, and a wait lets a page say that it is still there."""

    channel = "web"  # no field: every person writes there
    heard: list[tuple[str, str]] = field(default_factory=list)
    waited: int = 0

    async def say(self, text: str, kind: str = "text", place: int | None = None) -> list[Outgoing]:
        if text == "break":
            raise TimeoutError
        self.heard.append((text, kind))
        return [Outgoing(text, "utter_menu", [{"number": 1, "text": "one"}])]

    async def wait(self, seconds: int) -> list[Outgoing]:
        self.waited += seconds
        return [Outgoing("Still here.", "page_still")]

    async def state(self) -> str:
        return "talk"

    def why(self) -> dict[str, Any]:
        return WHY


async def told(talk: SaysItBack, *lines: bytes, why: bool = False) -> list[dict[str, Any]]:
    waiting, out = [*lines, b""], StringIO()

    async def read() -> bytes:
        return waiting.pop(0)

    await converse(talk, read, out, why)  # type: ignore[arg-type]
    return [json.loads(line) for line in out.getvalue().splitlines()]


async def test_a_line_gets_what_is_said_as_one_object() -> None:
    reply = {"say": "utter_menu", "kind": "question", "text": "hola", "choices": [{"number": 1, "text": "one"}]}
    assert await told(SaysItBack(), b"hola\r\n") == [{"person": "hola", "state": "talk", "replies": [reply]}]


async def test_a_wait_and_what_is_no_text_are_named_as_such() -> None:
    talk = SaysItBack()
    waited, sent = await told(talk, b"@wait 20h\n", b"@send picture\n")
    assert (waited["wait"], [reply["text"] for reply in waited["replies"]]) == ("20h", ["Still here."])
    assert (sent["sent"], talk.heard, talk.waited) == ("picture", [("", "picture")], 72_000)


@every("line", [b"\n", b"@wait soon\n", b"@send money\n", b'@send picture "\n', b"break\n"])
async def test_a_line_that_can_not_be_played_gets_an_error_and_the_talk_goes_on(line: bytes) -> None:
    error, said = await told(SaysItBack(), line, b"hola\n")
    assert list(error) == ["error"]
    assert said["person"] == "hola"


async def test_letters_that_are_none_break_nothing() -> None:
    assert (await told(SaysItBack(), b"\xff\xfe hi"))[0]["person"].endswith(" hi")


async def test_reasons_stand_beside_it_where_they_are_asked_for() -> None:
    assert (await told(SaysItBack(), b"hola\n", why=True))[0]["why"] == WHY


def test_reasons_are_lines_for_a_reader() -> None:
    assert readable(WHY) == [
        "heard: disclose_confinement 0.93, find_shelter · crisis no · es",
        "named: country MX",
        "answered by: action_disclosure · before: talk, asked: nothing",
        "remembers: country=MX",
    ]


def test_what_was_picked_is_told_as_such() -> None:
    assert readable({**WHY, "chosen": True, "entities": []})[0].startswith(
        "heard: picked or sent: disclose_confinement ·"
    )


def test_a_quick_word_has_no_reasons() -> None:
    assert readable({}) == ["answered at once, without the engine"]


def test_a_script_is_not_read_line_by_line_as_well(tmp_path: Any) -> None:
    (tmp_path / "script").write_text("hi")
    result = CliRunner().invoke(app, ["chat", "--json", "--script", str(tmp_path / "script")])
    assert (result.exit_code, "--script" in result.stderr) == (1, True)
