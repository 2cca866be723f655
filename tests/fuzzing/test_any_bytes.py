"""Whatever bytes somebody sends, a parser takes them or refuses in the way that it says: nothing else."""

import json
import subprocess
import sys

import pytest

from bot.language.scripts_of_text import TEXT_READ
from tests.fuzzing.mutations import mutations
from tests.fuzzing.seeds import SIGNATURES, TEXTS
from tests.fuzzing.targets import TARGETS, Target

_EACH = 120  # mutations; `make fuzz` tries hundreds of thousands


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
def test_no_bytes_from_outside_break_a_parser(target: Target) -> None:
    for content in mutations(target.seeds, _EACH):
        target.take(content)


_CHILD = """
import json, sys, pycld2
for text in json.load(sys.stdin):
    try:
        pycld2.detect(text, isPlainText=True, bestEffort=True)
    except (pycld2.error, ValueError):
        pass
"""


@pytest.mark.process
def test_no_text_brings_down_the_c_code_of_a_detector() -> None:
    # In a process of its own: what it would bring down with it here are the tests, and there the keys.
    texts = [content.decode("utf-8", "replace")[:TEXT_READ] for content in mutations(TEXTS, 1_000)]
    command, given = [sys.executable, "-c", _CHILD], json.dumps(texts)
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_parser_that_breaks_is_noticed() -> None:
    def breaks(content: bytes) -> None:
        assert b"\xff" not in content

    with pytest.raises(AssertionError):
        for content in mutations(TEXTS, _EACH):
            Target("a parser", breaks, TEXTS).take(content)


def test_the_same_bytes_are_tried_each_time() -> None:
    assert list(mutations(SIGNATURES, 50)) == list(mutations(SIGNATURES, 50))
