"""What is in the way of a start is said at once, in a sentence that says what to do: before minutes of training."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import Settings
from commands.runtime.composition import ROOT
from commands.runtime.free_ports import free_port
from commands.runtime.ports import PortTaken, demand_ports
from commands.runtime.run import only_one
from tests.hotline import Hotline

pytestmark = pytest.mark.process


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A machine on which nothing was started yet."""
    ports = {"PORT": str(free_port()), "DESK_PORT": str(free_port()), "ENGINE_PORTS": str(free_port())}
    home = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "QUIETLINE_SETTINGS": os.devnull}
    return {**home, **ports, "QUIETLINE_VAR": str(tmp_path / "var")}


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        yield int(other.getsockname()[1])


def start(environment: Mapping[str, str]) -> tuple[int, str]:
    """Exit code, and all that was said."""
    command = [sys.executable, "-m", "quietline", "run"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", ["PORT", "DESK_PORT", "ENGINE_PORTS"])
def test_a_port_that_another_program_has_is_named(environment: dict[str, str], taken: int, name: str) -> None:
    says, do = f"{name}: another program has port {taken}.", f"Stop it (ss -ltnp), or set {name} to another."
    assert start({**environment, name: str(taken)}) == (1, f"{says} {do}\n")


def test_a_second_start_in_the_same_folder_says_that_the_first_one_runs(environment: dict[str, str]) -> None:
    with only_one(Path(environment["QUIETLINE_VAR"])):
        found = start(environment)
    assert found == (1, "Quietline runs from this folder already: stop it first, or set QUIETLINE_VAR.\n")


async def test_a_second_start_in_another_folder_says_who_has_the_port(
    hotline: Hotline, environment: dict[str, str]
) -> None:
    settings = Settings.from_env({**environment, "PORT": hotline.url.rpartition(":")[2]})
    with pytest.raises(PortTaken, match=r"^Another hotline serves port [0-9]+: stop it first, or set PORT, DESK_PORT"):
        await asyncio.to_thread(demand_ports, settings)


def test_a_folder_that_is_none_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    code, said = start(environment)
    assert (code, said.startswith(f"Nothing can be written into {tmp_path / 'var'} (")) == (1, True)


def test_files_of_redis_that_are_damaged_are_told_in_its_words(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "var" / "redis").mkdir(parents=True)
    (tmp_path / "var" / "redis" / "appendonly.aof").write_text("no commands\n")
    code, said = start(environment)
    assert (code, said.count("\n"), "It said: Bad file format" in said) == (1, 1, True)


def test_two_parts_on_one_port_are_refused() -> None:
    port = str(free_port())
    with pytest.raises(PortTaken, match="are the same"):
        demand_ports(Settings.from_env({"PORT": port, "DESK_PORT": port}))
