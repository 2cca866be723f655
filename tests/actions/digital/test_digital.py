"""Phones, pages and accounts that others may look into: one line of advice, more when asked, in every channel's truth."""

import re

from actions.digital import digital
from tests.actions.stage import BOOK, Stage
from tests.every import every

TOPICS = [name for name in digital.TARGETS if name.startswith("digital_") and name != "digital_more"]
ADVICE = sorted({name for name in BOOK.texts["en"] if re.match(r"utter_(digital|pictures)_", name)})
CHANNELS = ["web", "sms", "telegram"]


def values(stage: Stage) -> list[str]:
    """What can be chosen now."""
    return [choice["value"] for choice in stage.record.choices]


async def chosen(stage: Stage, to: str) -> list[str]:
    """Choose what leads to a step; it must be offered."""
    assert f"step to={to}" in values(stage)
    return await stage.hears("step", "1", to=to)


async def test_the_menu_leads_to_every_topic(talk: Stage) -> None:
    assert await talk.hears("step", to="digital") == ["utter_digital"]
    first = values(talk)
    assert await chosen(talk, "digital_more") == ["utter_digital_more"]
    offered = {value.removeprefix("step to=") for value in [*first, *values(talk)]}
    assert set(TOPICS) <= offered
    assert "talk_to_human" in first
    assert "talk_to_human" in values(talk)


@every("topic", TOPICS)
async def test_a_topic_is_answered_with_one_line_and_a_person_is_offered(talk: Stage, topic: str) -> None:
    assert len(await talk.hears("step", to=topic)) == 1
    assert talk.shows().count("?") <= 1
    assert "talk_to_human" in values(talk)


@every("topic", TOPICS)
async def test_asked_again_a_topic_never_gives_the_same_line_until_all_is_said(talk: Stage, topic: str) -> None:
    said: list[str] = []
    while "utter_said_all" not in said:
        said += await talk.hears("step", to=topic)
    assert len(said) == len(set(said))
    assert "talk_to_human" in values(talk)


async def test_more_is_offered_only_while_there_is_more(talk: Stage) -> None:
    await talk.hears("step", to="digital_spy")
    assert await chosen(talk, "digital_spy") == ["utter_digital_spy_more"]
    assert "step to=digital_spy" not in values(talk)


async def test_the_first_topic_that_a_message_names_is_answered(talk: Stage) -> None:
    named = [{"entity": "topic", "value": topic} for topic in ("figures", "digital_location", "digital_proof")]
    assert await talk.hears("ask_anonymity", "can he see where i am", named) == ["utter_digital_location"]


@every(
    ("channel", "words"),
    [
        ("web", ("Leave now", "I can't clear what this phone or computer keeps")),
        ("sms", ("I can't delete texts on your phone", "recently deleted", "bill")),
        ("telegram", ("I can't clear what Telegram keeps", "may show this chat")),
    ],
)
async def test_what_can_be_cleared_is_told_truly_for_each_channel(
    talk: Stage, channel: str, words: tuple[str, ...]
) -> None:
    await talk.hears("step", to="digital_clear")
    assert [part for part in words if part not in talk.shows(channel)] == []


@every("channel", CHANNELS)
@every("topic", ["digital_spy", "digital_location", "digital_passwords"])
async def test_a_change_that_a_watcher_could_notice_is_never_advised_without_a_warning(
    talk: Stage, topic: str, channel: str
) -> None:
    await talk.hears("step", to=topic)
    shown = talk.shows(channel)
    await talk.hears("step", to=topic)
    assert "noticed" in f"{shown} {talk.shows(channel)}"


@every("channel", CHANNELS)
@every("name", ADVICE)
def test_a_line_of_advice_tells_nobody_to_change_settings_now(name: str, channel: str) -> None:
    shown = BOOK.render(name, {}, "en", channel).lower()
    assert not re.search(r"(^|\. )(turn off|remove|uninstall|delete|change your|block)\b", shown)


async def test_pictures_used_as_a_threat_get_one_new_thought_each_time(talk: Stage) -> None:
    assert "utter_disclose_image_abuse" in await talk.hears("disclose_image_abuse")
    said = [await talk.hears("disclose_image_abuse") for _ in range(4)]
    assert said == [
        ["utter_pictures_pay"],
        ["utter_pictures_block"],
        ["utter_pictures_tell"],
        ["utter_pictures_proof"],
    ]
    assert await talk.hears("disclose_image_abuse") == ["utter_said_all"]
    assert "talk_to_human" in values(talk)


async def test_pictures_asked_about_in_general_begin_with_where_they_can_be_blocked(talk: Stage) -> None:
    await talk.hears("step", to="digital_pictures")
    assert "stopncii.org" in talk.shows()
    assert "takeitdown.ncmec.org" in talk.shows()


async def test_who_can_see_this_is_answered_differently_each_time(talk: Stage) -> None:
    said = [await talk.hears("ask_anonymity") for _ in range(4)]
    assert said == [["utter_ask_anonymity"], ["utter_digital_clear"], ["utter_seen_by_person"], ["utter_said_all"]]


async def test_who_can_see_this_as_the_first_words_waits_until_it_is_safe(stage: Stage) -> None:
    assert await stage.hears("ask_anonymity") == ["utter_opening"]
    assert stage.shows().count("?") == 1
    assert values(stage) == ["affirm", "deny", "unsure"]
    assert await stage.hears("affirm") == ["utter_begin", "utter_ask_anonymity"]


async def test_who_asks_it_instead_of_an_answer_has_decided_to_write(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("ask_anonymity") == ["utter_begin", "utter_ask_anonymity"]
    assert stage.record.situation == "talk"
    assert "talk_to_human" in values(stage)


@every("word", ["life in danger", "child who is being hurt"])
async def test_what_can_not_stay_secret_is_named_where_it_is_asked(talk: Stage, word: str) -> None:
    await talk.hears("ask_anonymity")
    assert word in talk.shows()


async def test_in_neutral_mode_nothing_of_this_is_said(talk: Stage) -> None:
    talk.record.word = "blue bird"
    await talk.hears("disclose_threats", country="US")
    await talk.hears("nlu_fallback", "blue bird")
    assert await talk.hears("ask_anonymity", "can he see it", topic="digital_spy") == ["utter_neutral"]
    assert await talk.hears("step", to="digital_spy") == ["utter_neutral"]


@every("name", [name for name in digital.TARGETS if name != "anonymity"])
async def test_a_text_message_holds_the_line_and_its_choices(name: str, talk: Stage) -> None:
    talk.channel = "sms"
    await talk.hears("step", to=name)
    choices = [BOOK.render(choice["say"], {}, "en", "sms") for choice in talk.record.choices]
    assert len("\n".join([talk.shows(), *(f"{at} {text}" for at, text in enumerate(choices, 1))])) <= 306
