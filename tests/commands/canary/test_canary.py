"""`quietline doctor --canary` finds what keeps a person's words, and disturbs and leaves nothing."""

import base64
import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.protocol import Decision, Question
from bot.months import month
from bot.settings import Settings
from commands.canary.canary import canary
from commands.canary.marks import Marks, forms
from commands.doctor.check_result import CheckResult
from commands.runtime.free_ports import free_port
from tests.every import every
from tests.hotline import MASTER, Hotline, ScriptedEngine

pytestmark = pytest.mark.privacy


class LeakingEngine(ScriptedEngine):
    """An engine that writes down what it is asked."""

    log = Path()
    plain = hashed = False
    hotline: Hotline

    async def decide(self, question: Question) -> Decision:
        if self.log.name:
            self.log.write_bytes(question.text.encode("utf-16-le"))
        if self.plain:
            await self.hotline.store.call("HSET", "kept", "text", question.text)
        if self.hashed:
            number = question.text.partition("+")[2].partition(",")[0]
            await self.hotline.store.call("SET", hashlib.sha256(number.encode()).hexdigest(), "1")
        return await super().decide(question)


@pytest.fixture
def engine() -> LeakingEngine:
    return LeakingEngine()


@pytest.fixture
def installation(
    hotline: Hotline, settings: Settings, engine: LeakingEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """The settings of the hotline that runs, with its key in a file, and a folder for passing files of its own."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    engine.hotline = hotline
    settings.var.mkdir(exist_ok=True)
    key_file = tmp_path / "key"
    key_file.write_text(base64.b64encode(MASTER).decode())
    key_file.chmod(0o600)
    return replace(settings, port=hotline.port, key_file=key_file)


def faults(found: list[CheckResult]) -> list[tuple[str, str]]:
    return [(one.name, one.says) for one in found if one.state == "bad"]


async def numbers_of(hotline: Hotline) -> dict[bytes, bytes]:
    """What the report of this month is made of, without what is zero."""
    found = await hotline.store.call("HGETALL", f"counts:{month()}")
    return {cell: number for cell, number in found.items() if int(number)}


async def test_a_hotline_that_keeps_nothing_is_well_and_nothing_of_the_canary_stays(
    hotline: Hotline, installation: Settings
) -> None:
    await hotline.hears("somebody else writes")
    before = await hotline.keys()

    found = await canary(installation)

    assert faults(found) == []
    assert {one.name for one in found} >= {"page", "exit", "Redis, while it lives", "Redis, erased", "metrics"}
    assert sorted(set(await hotline.keys()) - {"erased"}) == before


async def test_nobody_at_the_desk_is_disturbed_and_no_report_counts_the_canary(
    hotline: Hotline, installation: Settings
) -> None:
    await hotline.hears("somebody else writes")
    counted = await numbers_of(hotline)

    await canary(installation)

    assert not await hotline.store.call("EXISTS", "handoffs", "alarms", "alarm_count")
    assert await numbers_of(hotline) == counted != {}
    assert await hotline.conversation()


async def test_a_log_that_holds_what_was_written_is_found_in_any_encoding(
    engine: LeakingEngine, installation: Settings, tmp_path: Path
) -> None:
    engine.log = tmp_path / "a.log"
    engine.log.touch()
    (fault,) = faults(await canary(installation, [engine.log]))
    assert fault[0] == "logs named here"
    assert all(f"{name} in a.log" in fault[1] for name in ("sentence", "name", "e-mail", "number"))


async def test_a_file_among_those_of_the_hotline_is_found(engine: LeakingEngine, installation: Settings) -> None:
    engine.log = installation.var / "queue"
    assert [name for name, _ in faults(await canary(installation))] == [str(installation.var)]


async def test_a_text_in_redis_is_found_while_it_lives_and_when_it_stays(
    engine: LeakingEngine, installation: Settings
) -> None:
    engine.plain = True
    found = faults(await canary(installation))
    assert [name for name, _ in found[:2]] == ["Redis, while it lives", "Redis, erased"]
    assert "sentence in kept" in found[0][1]


async def test_a_plain_hash_of_a_number_is_found(engine: LeakingEngine, installation: Settings) -> None:
    engine.hashed = True
    found = faults(await canary(installation))
    assert [name for name, _ in found[:2]] == ["Redis, while it lives", "Redis, erased"]


async def test_where_no_hotline_runs_that_is_what_is_said(installation: Settings) -> None:
    (fault,) = await canary(replace(installation, port=free_port()))
    assert (fault.state, fault.name) == ("bad", "page")


@every("before", ["", "a", "ab", "abc", "abcdefgh"])
@every("mark", ["name", "number", "IP address", "e-mail"])
def test_a_mark_inside_of_base64_is_seen(before: str, mark: str) -> None:
    marks = Marks.drawn()
    whole = base64.b64encode(f"{before}{marks[mark]}and more".encode())
    assert mark in marks.found_in(whole)


def test_no_mark_is_seen_in_another_ones_words() -> None:
    marks, others = Marks.drawn(), Marks.drawn()
    everything = b"\n".join(form for text in others.texts.values() for form in forms(text))
    assert marks.found_in(everything) == []


def test_a_mark_across_two_blocks_of_a_file_is_seen(tmp_path: Path) -> None:
    marks = Marks.drawn()
    file = tmp_path / "file"
    file.write_bytes(b"x" * ((1 << 22) - 5) + marks["sentence"].encode())
    assert marks.found_in_file(file) == ["sentence"]
