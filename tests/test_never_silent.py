"""Whatever breaks, the person gets a sentence and a number to call. Real processes are really stopped here."""

import signal
from collections.abc import AsyncIterator

import aiohttp
import pytest

from channels.engine_client import PATIENCE as ENGINES_PATIENCE
from tests.hotline import PATIENCE, eventually
from tests.running import Person, Running

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
async def hotline(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    hotline = Running(tmp_path_factory.mktemp("hotline"))
    try:
        await hotline.ready()
        yield hotline
    finally:
        hotline.stop()


@pytest.fixture
async def running(hotline: Running) -> AsyncIterator[Running]:
    """A hotline that works and holds nothing, whatever a test before this one has done to it."""
    yield hotline
    await hotline.recovers()


@pytest.fixture
async def person(running: Running) -> AsyncIterator[Person]:
    async with aiohttp.ClientSession() as session:
        yield await Person.comes(session, running.url)


async def test_an_engine_killed_in_the_middle_of_a_turn_is_replaced_and_the_message_answered_once(
    running: Running, person: Person
) -> None:
    await running.sends("commands.engine", signal.SIGSTOP)  # it will be asked, and never answer
    await person.writes("hola, estoy aqui")
    await running.keeps("transcript")  # the turn has begun
    await running.sends("commands.engine", signal.SIGKILL)

    await person.hears("seguro", seconds=60)  # the opening asks whether it is safe
    await person.writes("gracias")  # is answered behind all that is said to the first
    await eventually(lambda: is_answered(person, "gracias"))

    lines = await person.everything()
    assert [line["text"] for line in lines if line["who"] == "you"] == ["hola, estoy aqui", "gracias"]
    second = [line["text"] for line in lines].index("gracias")
    openings = [line for line in lines[:second] if line["who"] == "us" and line["choices"]]
    assert len(openings) == 1


async def is_answered(person: Person, text: str) -> bool:
    lines = await person.everything()
    said = [line["text"] for line in lines]
    return text in said and lines[-1]["who"] == "us"


async def test_an_engine_that_hangs_is_excused_after_its_eight_seconds_and_answers_later(
    running: Running, person: Person
) -> None:
    await running.sends("commands.engine", signal.SIGSTOP)
    await person.writes("hola, necesito hablar")

    excuse = await person.hears("112", seconds=1.75 * ENGINES_PATIENCE)  # and not after a second try
    await running.sends("commands.engine", signal.SIGCONT)
    answer = await person.hears()

    assert excuse and answer and answer != excuse


async def test_a_second_message_during_the_outage_is_not_met_with_silence(running: Running, person: Person) -> None:
    await running.sends("commands.engine", signal.SIGSTOP)
    await person.writes("hola")
    await person.hears("112")

    await person.writes("hay alguien?")

    assert await person.hears("112")


async def test_cover_words_clear_the_talk_also_while_the_engine_is_away(running: Running, person: Person) -> None:
    await person.writes("hola")
    await person.hears()
    await running.sends("commands.engine", signal.SIGSTOP)

    await person.writes("bye")

    async def is_cleared() -> bool:
        return await person.everything() == []

    await eventually(is_cleared)


async def test_without_redis_the_page_says_so_with_a_number(running: Running, person: Person) -> None:
    await person.writes("hola")
    await person.hears()
    await running.sends("redis", signal.SIGSTOP)

    status, answer = await person.writes("sigues ahi?")

    assert (status, "112" in answer["text"]) == (503, True)
    await running.sends("redis", signal.SIGCONT)


async def test_a_redis_that_died_comes_back_with_the_conversation(running: Running, person: Person) -> None:
    await person.writes("hola")
    await person.hears()
    await running.is_written()
    await running.sends("redis", signal.SIGKILL)

    lines = await person.everything()

    assert [line["text"] for line in lines if line["who"] == "you"] == ["hola"]


async def test_a_stop_finishes_the_turn_that_has_begun(running: Running, person: Person) -> None:
    await person.writes("hola")
    await person.hears()

    assert running.stop() == 0


async def test_a_hotline_that_was_killed_answers_after_its_restart_what_it_had_accepted(
    running: Running, person: Person
) -> None:
    await running.sends("commands.engine", signal.SIGSTOP)  # so that the message is accepted, and not answered
    await person.writes("hola")
    await running.is_written()
    running.process.kill()
    running.process.wait()

    running.start()
    await running.ready()

    assert "seguro" in await person.hears("seguro")
    lines = await person.everything()
    assert [line["text"] for line in lines if line["who"] == "you"] == ["hola"]


async def test_a_second_start_from_the_same_folder_is_refused_with_a_sentence(running: Running, person: Person) -> None:
    first = running.process
    running.start()
    assert running.process.wait(PATIENCE) == 1
    running.process = first
    assert "runs from this folder already" in running.log.read_text()
    assert (await person.writes("hola"))[0] == 202
