"""Whatever breaks, the person gets a sentence and a number to call. Real processes are really stopped here."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.running import Person, Running

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(180)]


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    hotline = Running(tmp_path)
    try:
        await hotline.ready()
        yield hotline
    finally:
        hotline.stop()


@pytest.fixture
async def person(running: Running) -> AsyncIterator[Person]:
    async with aiohttp.ClientSession() as session:
        yield await Person.comes(session, running.url)


async def test_an_engine_killed_in_the_middle_of_a_turn_is_replaced_and_the_message_answered_once(
    running: Running, person: Person
) -> None:
    running.send("bot.rasa.launcher", signal.SIGSTOP)  # it has the question, and will never answer it
    await person.writes("hola, estoy aqui")
    await asyncio.sleep(0.5)
    running.send("bot.rasa.launcher", signal.SIGKILL)

    await person.hears("seguro", seconds=60)  # the opening asks whether it is safe
    await asyncio.sleep(3)

    lines = await person.everything()
    assert [line["text"] for line in lines if line["who"] == "you"] == ["hola, estoy aqui"]
    openings = [line for line in lines if line["who"] == "us" and line["choices"]]
    assert len(openings) == 1


async def test_an_engine_that_hangs_is_excused_within_nine_seconds_and_answers_later(
    running: Running, person: Person
) -> None:
    running.send("bot.rasa.launcher", signal.SIGSTOP)
    await person.writes("hola, necesito hablar")

    excuse = await person.hears("112", seconds=9.5)
    running.send("bot.rasa.launcher", signal.SIGCONT)
    answer = await person.hears(seconds=20)

    assert excuse and answer and answer != excuse


async def test_a_second_message_during_the_outage_is_not_met_with_silence(running: Running, person: Person) -> None:
    running.send("bot.rasa.launcher", signal.SIGSTOP)
    await person.writes("hola")
    await person.hears("112", seconds=9.5)

    await person.writes("hay alguien?")

    assert await person.hears("112", seconds=9.5)


async def test_cover_words_clear_the_talk_also_while_the_engine_is_away(running: Running, person: Person) -> None:
    await person.writes("hola")
    await person.hears()
    running.send("bot.rasa.launcher", signal.SIGSTOP)

    await person.writes("bye")
    await asyncio.sleep(1.5)

    assert await person.everything() == []


async def test_without_redis_the_page_says_so_with_a_number(running: Running, person: Person) -> None:
    await person.writes("hola")
    await person.hears()
    running.send("redis", signal.SIGSTOP)

    status, answer = await person.writes("sigues ahi?")

    assert (status, "112" in answer["text"]) == (503, True)
    running.send("redis", signal.SIGCONT)


async def test_a_redis_that_died_comes_back_with_the_conversation(running: Running, person: Person) -> None:
    await person.writes("hola")
    await person.hears()
    await asyncio.sleep(1.5)  # appendfsync everysec: a developer's machine may lose one second in a power cut
    running.send("redis", signal.SIGKILL)

    lines = await person.everything()

    assert [line["text"] for line in lines if line["who"] == "you"] == ["hola"]


async def test_a_stop_finishes_the_turn_that_has_begun(running: Running, person: Person) -> None:
    await person.writes("hola")
    await person.hears()

    assert running.stop() == 0


async def test_a_hotline_that_was_killed_answers_after_its_restart_what_it_had_accepted(
    running: Running, person: Person
) -> None:
    running.send("bot.rasa.launcher", signal.SIGSTOP)  # so that the message is accepted, and not answered
    await person.writes("hola, me oyes")
    await asyncio.sleep(1.5)  # appendfsync everysec
    running.process.kill()
    running.process.wait()

    running.start()
    await running.ready()

    assert "seguro" in await person.hears("seguro", seconds=20)
    lines = await person.everything()
    assert [line["text"] for line in lines if line["who"] == "you"] == ["hola, me oyes"]


async def test_a_second_start_from_the_same_folder_is_refused_with_a_sentence(running: Running, person: Person) -> None:
    first = running.process
    running.start()
    assert running.process.wait(30) == 1
    running.process = first
    assert "runs from this folder already" in running.log.read_text()
    assert (await person.writes("hola"))[0] == 202
