"""How one service is said: all that must be known before calling, in the reader's language, short enough for a phone."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.policy.scene import Scene
from actions.referral import directory_client
from actions.referral.directory_client import Source
from actions.referral.service_replies import service as said
from bot.engine.turn import Turn
from bot.text.text_messages import fits, messages
from resources_directory.model.hsds import Notice
from resources_directory.model.search_query import Referral
from tests.actions.small_directory import NOW, SmallDirectory, service
from tests.actions.stage import BOOK
from tests.every import every

FRIDAY = datetime(2026, 12, 4, 17, 0, tzinfo=ZoneInfo("America/Chicago"))
ALL = get_args(Notice)


@pytest.fixture(autouse=True)
def clock() -> None:
    directory_client.use(Source(SmallDirectory(), now=lambda: NOW))


def shows(one: Referral, locale: str = "en", channel: str = "web") -> str:
    scene = Scene(Turn("c", "t", "", locale, channel), "find_shelter", (), (), CollectingDispatcher())
    return BOOK.render("utter_service", said(scene, one, []), locale, channel)


def test_a_service_is_said_with_a_fact_on_each_line() -> None:
    one = service(
        "us-first-house",
        changes_at=FRIDAY,
        genders=("female",),
        minimum_age=18,
        languages=("es", "tl"),
        free=True,
        notices=("know_appointment",),
    )
    assert shows(one).replace("\u202f", " ").splitlines() == [
        "First House: 713 555 0100",
        "Houston.",
        "Open now. Closes: Friday 5:00 PM.",
        "For women.",
        "From age 18.",
        "Languages: Spanish, Tagalog.",
        "The help is free.",
        "Call before you go. They let no one in without a call.",
        "Checked: December 2026.",
    ]


def test_a_row_that_nobody_has_checked_says_so() -> None:
    assert "Not checked yet. Call first, before you go." in shows(service("us-a-house", checked_on=None))


@every("notice", ALL)
def test_every_notice_is_read_before_a_call(notice: str) -> None:
    assert BOOK.render(notice, {}, "en") in shows(service("us-a-house", notices=(notice,)))


def test_days_and_languages_are_in_the_language_of_the_reader() -> None:
    text = shows(service("us-a-house", changes_at=FRIDAY, languages=("en",)), "es")
    assert "viernes 17:00" in text
    assert "inglés" in text


def test_the_language_of_the_reader_is_not_worth_a_line() -> None:
    assert "Tagalog" not in shows(service("us-a-house", languages=("fil",)), "tl")


def test_a_day_in_more_than_a_week_is_said_with_its_date() -> None:
    assert "December 14, 2026" in shows(service("us-a-house", changes_at=FRIDAY + timedelta(days=10)))


@every(
    ("other", "words"),
    [
        ({"always_open": True}, "Open day and night."),
        ({"open_now": False, "changes_at": FRIDAY}, "Closed now. Opens: Friday"),
        ({"open_now": True}, "Open now."),
        ({"sms": "233733"}, "You can text 233733."),
        ({"sms": "233733", "sms_word": "HELP"}, "You can text HELP to 233733."),
        ({"languages": ("mul",)}, "Many languages, or an interpreter."),
        ({"genders": ("male",)}, "For men."),
        ({"maximum_age": 17}, "Up to age 17."),
        ({"kilometres": 12.4}, "Houston, about 12 km away."),
        ({"free": False}, "Some of it may cost money."),
    ],
)
def test_what_is_known_is_said(other: dict[str, object], words: str) -> None:
    assert words in shows(service("us-a-house", **other))


@every("other", [{"open_now": None}, {"genders": ("male", "female")}, {"city": None}])
def test_what_is_not_known_is_not_said(other: dict[str, object]) -> None:
    text = shows(service("us-a-house", **other))
    assert not [word for word in ("pen now", "losed", "For men", "None") if word in text.replace("Open now.", "")]


def test_a_note_in_english_is_only_for_who_reads_english() -> None:
    one = service("us-a-house", note="Ask for the night desk.")
    assert "night desk" in shows(one)
    assert "night desk" not in shows(one, "fr")


LONG = service(
    "us-a-house",
    name="The House of a Rather Long Name for Women and Children",
    changes_at=FRIDAY,
    minimum_age=18,
    maximum_age=24,
    languages=("es", "en", "fr", "zh"),
    free=True,
    sms="233733",
    checked_on=None,
    kilometres=40.0,
    note="x" * 200,
)


@every("locale", BOOK.locales)
@every("notice", ALL)
def test_a_text_message_keeps_number_and_warning_and_is_short_enough(locale: str, notice: Notice) -> None:
    text = shows(replace(LONG, notices=(notice,)), locale, "sms")
    assert fits(text), text
    for kept in (LONG.number, *(BOOK.render(phrase, {}, locale, "sms") for phrase in (notice, "line_unchecked"))):
        assert kept in text


@every("locale", BOOK.locales)
def test_several_warnings_are_all_said_in_as_many_text_messages_as_they_need(locale: str) -> None:
    text = shows(replace(LONG, notices=ALL[:5]), locale, "sms")
    sent = messages(text)
    assert all(map(fits, sent))
    assert LONG.number in sent[0]
    for notice in ALL[:5]:
        assert BOOK.render(notice, {}, locale, "sms") in text


def test_a_right_to_left_reader_sees_the_number_in_its_order() -> None:
    assert "\u2068713 555 0100\u2069" in shows(service("us-a-house"), "ar")
