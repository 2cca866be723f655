"""The lines of a script, and the hotline that they are played to."""

from dataclasses import replace

import pytest

from bot.settings import Settings
from commands.bench.private_hotline import calling_nobody
from commands.chat.script_lines import BadScript, Sending, seconds_of
from desk.alarms import alarm_channels
from tests.every import every


@every(("words", "seconds"), [("20h", 72_000), ("5m", 300), ("2d", 172_800), ("0s", 0)])
def test_a_wait_is_a_number_and_a_unit(words: str, seconds: int) -> None:
    assert seconds_of(words) == seconds


@every("words", ["", "h", "20", "20 hours", "-3h", "²h"])
def test_a_wait_that_is_no_time_is_told(words: str) -> None:
    with pytest.raises(BadScript, match="20h"):
        seconds_of(words)


def test_a_place_on_the_globe_is_rounded_to_its_city() -> None:
    sent = Sending.of("location 48.85,2.35")
    assert (sent.kind, sent.text) == ("location", "Paris, FR")
    assert sent.place is not None


@every("words", ["picture", "voice", "location"])
def test_what_is_sent_may_stand_alone(words: str) -> None:
    assert Sending.of(words) == Sending(words)


@every("words", ["", "money", 'picture "of a door'])
def test_what_nobody_can_send_is_told(words: str) -> None:
    with pytest.raises(BadScript, match=r"can not be sent|quotation mark"):
        Sending.of(words)


def test_a_private_hotline_wakes_no_supervisor(settings: Settings) -> None:
    real = replace(settings, alarm_webhook="https://alarm.example", alarm_mail_to=("night@example.org",))
    assert alarm_channels.opened(real)
    assert not alarm_channels.opened(calling_nobody(real))
