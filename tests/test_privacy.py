"""The canary: marked words and a marked number go through everything at DEBUG level, and are found nowhere."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.running import Person, Running

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(180)]

WORDS = "zebracanary"
NUMBER = "5550104711"
SENTENCES = [
    f"hola mi nombre es {WORDS} y mi numero es +1 {NUMBER}",
    "1",
    f"mi jefe {WORDS} me quito el pasaporte y no me deja salir {NUMBER}",
    f"/restart {WORDS}",
    f'/immediate_danger{{"country": "{WORDS}"}}',
    f"{WORDS} " * 300 + "\x00 ﷺﷺﷺﷺﷺﷺﷺﷺ",
    f"estoy en mexico {WORDS} quiero hablar con una persona",
]


def files_below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def holding(folder: Path, *marks: str) -> list[str]:
    """Files that hold a mark, in the encodings that programs write."""
    needles = [mark.encode(code) for mark in marks for code in ("utf-8", "utf-16-le")]
    found = []
    for path in files_below(folder):
        content = path.read_bytes()
        found += [str(path.relative_to(folder)) for needle in needles if needle in content]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


async def test_marked_words_and_numbers_are_found_in_no_log_no_file_and_no_dump(folder: Path) -> None:
    hotline = Running(folder, log_level="debug")
    try:
        await hotline.ready()
        async with aiohttp.ClientSession(headers={"User-Agent": f"browser {WORDS}", "Referer": WORDS}) as session:
            person = await Person.comes(session, hotline.url)
            for sentence in SENTENCES:
                await person.writes(sentence)
                await person.hears()
            too_much = {"token": person.token, "text": WORDS * 40_000}
            async with session.post(f"{hotline.url}/send", data=too_much) as response:
                assert response.status == 413
            await hotline.is_written()

            assert holding(folder, "conversation:")  # what Redis holds stands in a file
            assert holding(folder, WORDS, NUMBER, person.token) == []
            assert WORDS.encode() not in dump(hotline.redis)
    finally:
        hotline.stop()
    assert holding(folder, WORDS, NUMBER, person.token) == []
    assert "turn" in hotline.log.read_text()  # the log was really written


def dump(socket: Path) -> bytes:
    """All keys and values as Redis holds them in memory."""
    import redis

    client = redis.Redis(unix_socket_path=str(socket))
    client.config_set("rdbcompression", "no")  # a compressed value could hide the mark
    names = list(client.scan_iter())
    content = b"".join(name + (client.dump(name) or b"") for name in names)
    client.close()
    assert names
    return content


def test_the_repository_holds_no_secret() -> None:
    root = Path(__file__).parent.parent
    tracked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    keys = [name for name in tracked if name.endswith((".key", ".pem")) or name == ".env"]
    assert keys == []
