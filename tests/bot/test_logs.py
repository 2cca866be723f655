"""Logs that say nothing about a person, whoever writes them."""

import asyncio
import json
import logging
import warnings
from io import StringIO
from typing import Any

import pytest

from bot import logs
from tests.every import every


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


def test_handlers_that_were_there_before_are_taken_away() -> None:
    before, stream = StringIO(), StringIO()
    logger = logging.getLogger("a.library")
    logger.addHandler(logging.StreamHandler(before))
    logger.propagate = False
    root, handlers, level = logging.getLogger(), logging.getLogger().handlers[:], logging.getLogger().level
    logs.set_up("debug", stream)
    logger.warning("marked")
    logging.captureWarnings(False)
    logging.raiseExceptions = True
    root.handlers[:] = handlers
    root.setLevel(level)
    assert before.getvalue() == ""
    assert '"a.library"' in stream.getvalue()
    assert "marked" not in stream.getvalue()


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
