"""A Redis of our own: alone with its files, also beside the server of a hotline that was killed."""

import asyncio
import os
import signal
import threading
from pathlib import Path

import pytest
import redis

from bot.storage.store import Store
from commands.runtime.redis_server import NoRedis, OwnRedis
from commands.runtime.run import keep_redis
from tests.hotline import PATIENCE

pytestmark = pytest.mark.process


def answers(server: OwnRedis) -> bool:
    with redis.Redis.from_url(server.url) as client:
        return bool(client.ping())


def test_a_server_that_a_killed_hotline_left_is_ended_first(tmp_path: Path) -> None:
    left, new = OwnRedis(tmp_path / "redis"), OwnRedis(tmp_path / "redis")
    left.start()
    new.start()
    assert (left._process and left._process.wait(PATIENCE), answers(new)) == (0, True)
    new.stop()


def test_a_server_that_nobody_reaches_any_more_keeps_others_from_its_files(tmp_path: Path) -> None:
    left = OwnRedis(tmp_path / "redis")
    left.start()
    left.socket.unlink()  # as what tidies /tmp does
    with pytest.raises(NoRedis, match=rf"uses .*/redis already, .* \(kill {left.pid}\), or set QUIETLINE_VAR"):
        OwnRedis(tmp_path / "redis", patience=0.1).start()
    left.stop()


def test_a_server_that_was_killed_is_started_again_on_the_same_files(tmp_path: Path) -> None:
    server = OwnRedis(tmp_path / "redis")
    server.start()
    os.kill(server.pid, signal.SIGKILL)
    assert server._process
    server._process.wait(PATIENCE)
    assert server.restart_if_dead()
    assert answers(server)
    server.stop()


def test_what_a_server_left_that_was_killed_while_it_rewrote_its_file_is_gone_before_the_next_start(
    tmp_path: Path,
) -> None:
    half = [tmp_path / "redis" / name for name in ("temp-rewriteaof-7.aof", "appendonlydir/temp-rewriteaof-7.aof")]
    for path in half:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("wrapped keys of talks that are erased by now")
    server = OwnRedis(tmp_path / "redis")
    server.start()
    assert [path for path in half if path.exists()] == []
    server.stop()


def test_a_server_answers_where_the_folder_and_the_one_for_what_is_temporary_have_long_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("a" * 60) / ("b" * 60)
    long.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(long))
    server = OwnRedis(long / "redis")
    server.start()
    assert answers(server)
    server.stop()


class Stubborn(OwnRedis):
    """A server that cannot be started again at first."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.tries, self.back = 0, threading.Event()

    def restart_if_dead(self) -> bool:
        self.tries += 1
        if self.tries == 1:
            raise NoRedis("Its folder is still held.")
        self.back.set()
        return True


async def test_a_server_that_can_not_be_started_again_is_tried_on(tmp_path: Path) -> None:
    server = Stubborn(tmp_path)
    keeping = asyncio.create_task(keep_redis(server))
    assert await asyncio.to_thread(server.back.wait, PATIENCE)
    keeping.cancel()


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "redis").write_text("")
    with pytest.raises(NoRedis, match=r"^Redis can not keep its files in .*/redis \("):
        OwnRedis(tmp_path / "redis").start()


async def test_it_uses_a_part_of_the_machine_alone_and_drops_no_talk_for_it(store: Store) -> None:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    about = await store.call("INFO", "memory")
    assert 0 < int(about["maxmemory"]) <= memory / 4
    assert about["maxmemory_policy"] == "noeviction"
