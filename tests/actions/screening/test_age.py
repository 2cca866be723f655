"""Where "are you under 18?" was asked, "not yet" is a child's answer: the record says so, and no child is questioned."""

import pytest

from actions.policy import listening
from tests.actions.stage import Stage
from tests.every import every

SCREENING = ("utter_offer_questions", "utter_ask_cannot_quit", "utter_ask_threat_self")


@pytest.fixture
async def asked(talk: Stage) -> Stage:
    """A person is asked for their age."""
    talk.record.told.append(listening.CHILD_HINT)
    await talk.hears("find_hotline", country="MX")
    assert talk.record.question == "age"
    return talk


@pytest.mark.parametrize(
    ("locale", "label", "text"),
    [
        ("en", "deny", "no, 16"),
        ("zh-Hans", "deny", "没有"),
        ("vi", "deny", "chưa ạ"),
        ("tl", "deny", "wala pa po"),
        ("ru", "deny", "нет 17"),
        ("uk", "deny", "ще ні"),
        ("th", "deny", "ไม่ ยังไม่ถึง"),
        ("ar", "deny", "لسه"),
        ("es", None, "17"),
        ("hi", "nlu_fallback", "१६"),
        ("fr", "out_of_scope", "bientôt"),
    ],
)
async def test_a_child_gets_the_text_for_a_child_and_no_question(
    asked: Stage, locale: str, label: str | None, text: str
) -> None:
    asked.locale = locale
    said = await asked.hears(label, text)
    assert "utter_disclose_minor" in said
    assert asked.record.minor is True
    assert not set(await asked.hears("step", to="me")) & set(SCREENING)


@pytest.mark.parametrize(
    ("label", "text", "minor"),
    [
        ("deny", "no", False),
        ("deny", "no, 25", False),
        ("affirm", "yes i am 20", False),
        ("affirm", "yes 20", True),
        ("affirm", "yes", True),
    ],
)
async def test_an_adult_is_told_by_a_no_or_an_age(asked: Stage, label: str, text: str, minor: bool) -> None:
    said = await asked.hears(label, text)
    assert asked.record.minor is minor
    assert ("utter_disclose_minor" in said) is minor


async def test_a_choice_is_what_its_button_says(asked: Stage) -> None:
    await asked.hears("deny", "2", chosen=True)
    assert asked.record.minor is False


async def test_an_age_is_kept_where_a_wish_comes_with_it(asked: Stage) -> None:
    await asked.hears("talk_to_human", "17, can i talk to a person")
    assert asked.record.minor is True


@every(("text", "minor"), [("not yet", True), ("no, 16", True), ("no, 30", False), ("no", False)])
async def test_not_yet_is_a_child_also_where_somebody_is_missing(talk: Stage, text: str, minor: bool) -> None:
    await talk.hears("report_missing_person")
    assert talk.record.question == "missing_minor"
    await talk.hears("deny", text)
    assert talk.record.minor is minor


async def test_not_yet_is_a_child_also_in_a_worry_about_somebody(talk: Stage) -> None:
    await talk.hears("report_concern", country="GB")
    await talk.hears("deny")
    await talk.hears("report_concern", "she is afraid")
    assert talk.record.question == "concern_minor"
    await talk.hears("deny", "not yet, she is 16")
    assert talk.record.minor is True
    assert "utter_concern_do_child" in await talk.hears("affirm")
