"""Logs that say nothing about a person, whoever writes them."""

import asyncio
import json
import logging
import subprocess
import sys
import warnings
from io import StringIO
from typing import Any

import pytest

from bot import logs
from tests.every import every
from tests.hotline import ROOT

pytestmark = pytest.mark.privacy


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_an_event_is_a_fixed_word_with_allowed_fields(log: StringIO) -> None:
    logs.event("turn", channel="sms", locale="es", milliseconds=12)
    (line,) = lines(log)
    assert (line["event"], line["channel"], line["locale"], line["milliseconds"]) == ("turn", "sms", "es", 12)


@every("field", ["text", "address", "token", "conversation", "ip"])
def test_a_field_that_is_not_on_the_list_cannot_be_logged(field: str) -> None:
    with pytest.raises(ValueError, match="allow-list") as refused:
        logs.event("turn", logging.INFO, **{field: "marked"})
    assert "marked" not in str(refused.value)


@pytest.mark.parametrize("name", ["rasa.core.processor", "sanic.root", "aiohttp.server", "asyncio", "redis", "root"])
def test_the_words_of_other_loggers_are_never_shown(log: StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    logger.warning("marked %s", "marked", extra={"text": "marked", "fields": {"text": "marked"}})
    (line,) = lines(log)
    assert set(line) == {"at", "level", "logger"}


def test_an_exception_is_shown_by_type_and_place_only(log: StringIO) -> None:
    try:
        raise ValueError("marked") from KeyError("marked")
    except ValueError:
        logs.failure("turn_failed")
    (line,) = lines(log)
    assert (line["event"], line["error"]) == ("turn_failed", "ValueError")
    assert line["where"][0].startswith("test_logs.py:")
    assert "marked" not in log.getvalue()


def test_a_warning_is_not_shown_in_words(log: StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("marked", stacklevel=1)
        logging.captureWarnings(False)
    assert "marked" not in log.getvalue()


def test_handlers_that_were_there_before_are_taken_away(log: StringIO) -> None:
    before = StringIO()
    logger = logging.getLogger("a.library")
    logger.addHandler(logging.StreamHandler(before))
    logger.propagate = False
    logs.set_up("debug", log)
    logger.warning("marked")
    assert before.getvalue() == ""
    assert '"a.library"' in log.getvalue()
    assert "marked" not in log.getvalue()


# Each way in which a process can fail where nothing catches it, as code that knows `mark`.
UNCAUGHT = {
    "the process": "raise ValueError(mark)",
    "a thread": "t = threading.Thread(target=int, args=(mark,), name=mark); t.start(); t.join()",
    "a pool": "concurrent.futures.ThreadPoolExecutor(initializer=int, initargs=(mark,)).submit(int)",
    "the end of an object": "type(mark, (), {'__del__': lambda self: int(mark)})()",
    "an end of the process": "import atexit; atexit.register(int, mark)",
    "a task": "asyncio.run(asyncio.wait_for(asyncio.gather(failing(mark), failing(mark)), 1))",
    "a task that nobody asks": "asyncio.run(left(mark))",
    "a callback of the loop": "asyncio.run(called(mark))",
    "a warning": "import warnings; warnings.simplefilter('always'); warnings.warn_explicit(mark, UserWarning, mark, 1)",
    "a call from C": "ctypes.CFUNCTYPE(None)(lambda: int(mark))()",
    "a fault in C": "import faulthandler; faulthandler.enable(); held = [mark]; ctypes.string_at(0)",
}
FAILING = """
import asyncio, concurrent.futures, ctypes, sys, threading
from bot import core_dumps, logs
async def failing(mark): raise ValueError(mark)
async def left(mark):
    task = asyncio.create_task(failing(mark), name=mark)
    await asyncio.sleep(0)
    del task
async def called(mark):
    asyncio.get_running_loop().call_soon(int, mark)
    await asyncio.sleep(0)
core_dumps.forbid()
logs.set_up("debug")
mark = sys.stdin.read()
"""


@pytest.mark.process
@pytest.mark.parametrize("where", UNCAUGHT)
def test_whoever_makes_a_process_fail_reads_nothing_of_a_talk_in_its_last_words(where: str) -> None:
    process = [sys.executable, "-c", FAILING + UNCAUGHT[where]]
    done = subprocess.run(process, input="marked", capture_output=True, text=True, check=False, cwd=ROOT)
    # Something was said, and its words are not among it. The code of this test itself names `mark`.
    assert done.stderr or done.returncode
    assert "marked" not in done.stderr + done.stdout


async def test_a_task_that_fails_unseen_tells_nothing(log: StringIO) -> None:
    async def fails() -> None:
        raise RuntimeError("marked")

    task = asyncio.create_task(fails(), name="marked")
    await asyncio.wait([task])
    asyncio.get_running_loop().call_exception_handler({"message": "marked", "exception": task.exception()})
    assert "marked" not in log.getvalue()
    assert '"asyncio"' in log.getvalue()


def test_a_stream_that_is_closed_does_not_make_logging_print_the_record(
    log: StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    log.close()
    logging.getLogger("anything").error("marked")
    assert capsys.readouterr().err == ""


def test_the_level_is_kept(log: StringIO) -> None:
    logs.set_up("warning", log)
    logging.getLogger("anything").info("marked")
    assert log.getvalue() == ""
