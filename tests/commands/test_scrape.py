"""`quietline metrics` prints the counts to whoever has the master key on the machine of the hotline, and to nobody else."""

import asyncio
import base64
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from commands.runtime.free_ports import free_port
from commands.scrape import NoCounts, scrape
from tests.hotline import MASTER, Hotline, ScriptedEngine


@pytest.fixture
def in_production(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, production=True, key_file=key_file(tmp_path / "key", MASTER))


def key_file(path: Path, key: bytes) -> Path:
    path.write_bytes(base64.b64encode(key))
    path.chmod(0o600)
    return path


async def test_its_administrator_reads_the_counts_of_a_hotline_in_production(
    in_production: Settings,
    engine: ScriptedEngine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # A proxy of the environment would read the key: it is not asked.
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    async with Hotline(in_production, engine, {}).working() as hotline:
        await asyncio.to_thread(scrape, replace(in_production, port=hotline.port))
    assert "# TYPE quietline_turns_total counter" in capsys.readouterr().out


async def test_with_another_master_key_there_are_none(
    in_production: Settings, engine: ScriptedEngine, tmp_path: Path
) -> None:
    other = key_file(tmp_path / "other", b"w" * 32)
    async with Hotline(in_production, engine, {}).working() as hotline:
        with pytest.raises(NoCounts, match="with this master key"):
            await asyncio.to_thread(scrape, replace(in_production, port=hotline.port, key_file=other))


def test_where_nothing_runs_it_is_said(in_production: Settings) -> None:
    with pytest.raises(NoCounts, match="is the hotline running"):
        scrape(replace(in_production, port=free_port()))
