"""Whatever is understood, in whatever situation: something is said, and nothing is said for ever."""

from actions.policy.labels import ALWAYS, IN_TALK
from bot.conversation.record import Record, Situation
from tests.actions.small_directory import first_number
from tests.actions.stage import DOMAIN, LABELS, Stage, actions_of_engine
from tests.every import every

SITUATIONS = ("new", "asked_safe", "talk", "quiet")
QUESTIONS = (None, "safe", "country", "danger_country", "medical_country", "self_harm", "alone")
CRISIS = ("immediate_danger", "self_harm", "medical_emergency", "cannot_talk_safely")
UNDERSTOOD = [*LABELS, "nlu_fallback", None]


def test_every_label_has_one_answer_and_nothing_else_has() -> None:
    assert {*LABELS, "nlu_fallback"} == {*ALWAYS, *IN_TALK}
    assert not set(ALWAYS) & set(IN_TALK)


def test_the_labels_of_a_crisis_are_answered_in_every_situation() -> None:
    assert set(CRISIS) <= set(ALWAYS)


def test_every_action_of_the_domain_exists_and_no_other() -> None:
    assert set(actions_of_engine().actions) == set(DOMAIN["actions"])


@every("situation", SITUATIONS)
@every("label", UNDERSTOOD)
async def test_no_label_ends_in_silence(stage: Stage, label: str | None, situation: Situation) -> None:
    stage.record.situation = situation
    assert await stage.hears(label)
    assert stage.shows().strip()


@every("question", QUESTIONS)
@every("situation", SITUATIONS)
async def test_no_open_question_swallows_an_answer(stage: Stage, situation: Situation, question: str | None) -> None:
    empty = []
    for label in UNDERSTOOD:
        stage.record = Record(situation=situation, question=question, want="find_shelter")
        if not await stage.hears(label) or not stage.shows().strip():
            empty.append(label)
    assert empty == []


@every("question", QUESTIONS)
@every("situation", SITUATIONS)
@every("label", CRISIS)
async def test_crisis_labels_win_in_every_situation(
    stage: Stage, label: str, situation: Situation, question: str | None
) -> None:
    stage.record = Record(situation=situation, question=question, country="US")
    said = await stage.hears(label)
    beginnings = {
        "immediate_danger": ("utter_danger",),
        "self_harm": ("utter_self_harm",),
        "medical_emergency": ("utter_medical",),
        "cannot_talk_safely": ("utter_cannot_talk", "utter_pause"),
    }
    assert said[0].startswith(beginnings[label])


@every("label", [name for name in UNDERSTOOD if name not in CRISIS])
async def test_the_same_words_never_come_three_times_for_small_talk(talk: Stage, label: str | None) -> None:
    small = ("nlu_fallback", "not_understood", None)
    runs = [await talk.hears(label) for _ in range(3)]
    same = runs[0] == runs[1] == runs[2]
    assert not (label in small and same)


@every("channel", ["web", "sms", "telegram"])
@every("label", [name for name in LABELS if name.startswith("disclose_")])
async def test_a_disclosure_is_believed_and_leads_to_a_number(channel: str, label: str) -> None:
    stage = Stage(channel=channel)
    await stage.hears(label)
    said = [*await stage.hears("affirm"), *await stage.hears("provide_location", country="US")]
    assert f"utter_{label}" in said
    assert "utter_lines" in said
    assert first_number("US") in stage.shows()
