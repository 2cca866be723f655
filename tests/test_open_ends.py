"""What tests leave open."""

import asyncio
import socket

import pytest

from tests.open_ends import close_late_ones


async def test_a_connection_that_outlives_its_server_is_closed() -> None:
    here = asyncio.get_running_loop()
    server = await here.create_server(asyncio.Protocol, "127.0.0.1")
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    await asyncio.sleep(0.01)
    server.close()
    close_late_ones(here)
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()


async def test_a_connection_of_a_server_that_goes_on_stays() -> None:
    here = asyncio.get_running_loop()
    server = await here.create_server(asyncio.Protocol, "127.0.0.1")
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    await asyncio.sleep(0.01)
    close_late_ones(here)
    await asyncio.sleep(0.01)
    assert not reader.at_eof()
    writer.close()
    server.close()
    await asyncio.sleep(0.01)


@pytest.mark.filterwarnings("error")  # a socket that is forgotten warns, and pytest would blame this test or the next
async def test_a_connection_that_comes_while_its_server_stops_is_closed() -> None:
    here = asyncio.get_running_loop()
    server = await here.create_server(asyncio.Protocol, "127.0.0.1")
    with socket.create_connection(server.sockets[0].getsockname()) as client:
        here.call_later(0, server.close)  # the loop accepts first, closes then, and only then gives it to the server
        await asyncio.sleep(0.01)
        assert client.recv(1) == b""
