"""Whoever asks the read API for much and reads nothing: few answers are kept for them, for a while, and nobody else waits long."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from bot.settings import Settings
from channels.hsds import hsds_door
from channels.hsds.answer_slots import AnswerSlots
from channels.hsds.request_limit import RequestLimit
from tests.channels.hsds.conftest import Minutes
from tests.channels.hsds.test_hsds_door import asks
from tests.hotline import Hotline, ScriptedEngine

LARGE = b"x" * 32_000_000  # more than the system takes for a socket that nobody reads
SMALL = b'{"contents": []}'


class Large:
    """An API whose services are large, and that counts who asked for them."""

    def __init__(self) -> None:
        self.asked = 0

    def answer(self, path: str, *_: object) -> tuple[int, str, bytes, str, str]:
        self.asked += path == "services"
        return 200, "application/json", LARGE if path == "services" else SMALL, "tag", ""


def slow(settings: Settings, api: Any, slots: AnswerSlots) -> Hotline:
    hotline = Hotline(settings, ScriptedEngine(), {})
    hotline.hsds = hsds_door.build(api, hotline.store, RequestLimit(Minutes()), slots)
    return hotline


@contextmanager
def never_reading(hotline: Hotline, many: int) -> Iterator[list[socket.socket]]:
    """Ask for what is large over so many connections, and read none of it."""
    where, opened = urlsplit(hotline.url), list[socket.socket]()
    try:
        for _ in range(many):
            found = socket.socket()
            opened.append(found)
            found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            found.connect((where.hostname, where.port))
            found.sendall(b"GET /hsds/services HTTP/1.1\r\nHost: localhost\r\n\r\n")
        yield opened
    finally:
        for found in opened:
            found.close()


def read_to_the_end(found: socket.socket) -> int:
    """Return how many bytes there are until the server has cut it off."""
    found.settimeout(10)
    length = 0
    try:
        while part := found.recv(1_000_000):
            length += len(part)
    except ConnectionResetError:
        return length
    return length


async def test_many_who_never_read_are_kept_two_answers_and_the_rest_are_told_to_come_back(settings: Settings) -> None:
    api = Large()
    async with slow(settings, api, AnswerSlots(most=2, wait=1.0, send=60.0)).working() as hotline:
        with never_reading(hotline, 8):
            status, found, said = await asks(hotline, "/taxonomies")
            assert (status, found["Retry-After"], said) == (503, "5", {"error": "Too many answers are under way."})
            assert api.asked == 2
            async with hotline.web.get(f"{hotline.url}/") as page:
                assert page.status == 200  # the page of those who write


async def test_who_never_reads_is_cut_off_and_the_next_is_answered(settings: Settings) -> None:
    async with slow(settings, Large(), AnswerSlots(most=1, wait=10.0, send=0.3)).working() as hotline:
        with never_reading(hotline, 1) as (silent,):
            assert (await asks(hotline, "/taxonomies"))[0] == 200
            assert await asyncio.to_thread(read_to_the_end, silent) < len(LARGE)


async def test_who_asks_and_leaves_frees_the_slot_at_once(settings: Settings) -> None:
    async with slow(settings, Large(), AnswerSlots(most=1, wait=10.0, send=60.0)).working() as hotline:
        with never_reading(hotline, 3):
            pass
        assert (await asks(hotline, "/taxonomies"))[0] == 200


async def test_who_reads_gets_all_of_it(settings: Settings) -> None:
    hotline = slow(settings, Large(), AnswerSlots())
    async with hotline.working(), hotline.web.get(f"{hotline.url}/hsds/services") as answer:
        assert len(await answer.read()) == len(LARGE)
