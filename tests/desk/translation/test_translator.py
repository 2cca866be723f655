"""What a translator answers is bounded, whatever it says of itself: a broken or seized one takes nobody's hotline down."""

import json

import pytest

from desk.translation import translator
from desk.translation.translator import NotTranslated, translated
from tests.desk.translation.machine import Machine


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps({"translatedText": ["x" * 2_000_000]}).encode(),  # two kilobytes on the way
        b'{"translatedText": ' + b"[" * 500_000,
        b"{",
        b"\xff\xfe",
    ],
    ids=["two megabytes in two kilobytes", "brackets without end", "half of one", "no text"],
)
async def test_a_seized_translator_can_not_fill_the_memory_or_break_a_page(machine: Machine, answer: bytes) -> None:
    machine.unpacked = answer
    with pytest.raises(NotTranslated):
        await translated(machine.url, ["hello"], "en", "es")


async def test_an_answer_that_is_packed_is_read(machine: Machine) -> None:
    machine.unpacked = json.dumps({"translatedText": ["hola"]}).encode()
    assert await translated(machine.url, ["hello"], "en", translator.AUTO) == ["hola"]
