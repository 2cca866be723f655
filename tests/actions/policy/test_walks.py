"""Random walks through everything that can be said to us: what must hold in every turn of every conversation."""

import asyncio
import re
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.conversation.record import Record
from bot.handoff.handoff_snapshot import HandoffSnapshot
from bot.text.text_messages import fits
from tests.actions.small_directory import SmallDirectory
from tests.actions.stage import BOOK, LABELS, Stage
from tests.every import every

CRISIS: dict[str | None, str | tuple[str, ...]] = {
    "immediate_danger": ("utter_danger", "utter_number_there"),
    "self_harm": "utter_self_harm",
    "medical_emergency": ("utter_medical", "utter_number_there"),
    "cannot_talk_safely": ("utter_cannot_talk", "utter_pause", "utter_danger_", "utter_ok"),
}
QUESTION = re.compile("[?؟？]")
# The same walks in each run: what fails here has failed where it was changed. Numbers are sampled, since ranges of them are
# filled from the constants of whatever modules are loaded. A failure is told as it was found: to shrink it takes minutes.
WALKS = settings(
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SPOKEN = [label for label in LABELS if label != "step"]
TEXTS = ["some words", "yes", "no", "im 15", "blue bird", "that was wrong", "who is this", "nobody", "they watch me"]
SIGNS = ["doc_confiscation", "confinement", "wages_low_none", "scam_made_to", "obs_fear", "job_fee"]
TOPICS = ["check_self", "agreed_word", "safety_plan", "digital_spy", "form_organ", "figures"]
TOPICS += [f"referral_{what}" for what in ("another", "wrong", "open", "men", "no_police", "town", "closer", "speaks")]
BUBBLES, MOST_LETTERS = 3, 520  # of one turn; the letters without those between the bubbles
HEARD: list[dict[str, dict[str, float]]] = [
    {},
    {},
    {"marks": {"watched": 0.9}},
    {"marks": {"free": 0.9}},
    {"answer": {"yes": 0.9}},
    {"answer": {"no": 0.55}},
    {"about": {"other": 0.9}},
    {"many": {"decide/leave_tonight": 0.8, "event/over": 0.6}},
    {"many": {"ask_anonymity/police": 0.7, "tone/shame": 0.8, "talk/wrong": 0.6}},
]
TOWNS = [("US", "houston"), ("FR", "paris"), ("AE", "dubai")]
NOBODY = HandoffSnapshot()
SOMEBODY = [
    HandoffSnapshot(open=True),
    HandoffSnapshot(open=True, minutes={"P2": 4}),
    HandoffSnapshot("waiting", "P2", True, 2),
]
SCREENING = ("signs_cannot_quit", "signs_threat_self", "signs_deceived_job")
FITTING = ("signs_doc_confiscation", "signs_wages_low_none", "signs_debt_bondage")


@dataclass(frozen=True)
class Move:
    """One message: a label with entities, or the choice of that number where there is one."""

    label: str | None
    choice: int
    text: str
    entities: tuple[tuple[str, str], ...]
    town: tuple[str, str] | None
    also: tuple[str, ...]
    returning: bool
    guesses: tuple[tuple[str, float], ...]
    phone: str | None
    possible: bool  # the label is a crisis that the reader only holds possible
    heard: dict[str, dict[str, float]]


entities = st.lists(
    st.one_of(
        st.tuples(st.just("country"), st.sampled_from(["US", "MX", "AE", "LY", "BY", "GB"])),
        st.tuples(st.just("language"), st.sampled_from(["es", "ar", "fi"])),
        st.tuples(st.just("indicator"), st.sampled_from(SIGNS)),
        st.tuples(st.just("topic"), st.sampled_from(TOPICS)),
        st.tuples(st.just("money"), st.just("400 USD")),
        st.tuples(st.just("age"), st.sampled_from(["15", "18"])),
    ),
    max_size=2,
)
moves = st.builds(
    Move,
    label=st.sampled_from([*SPOKEN, "nlu_fallback", None]),
    choice=st.sampled_from(range(6)),
    text=st.sampled_from(TEXTS),
    entities=entities.map(tuple),
    town=st.sampled_from([None, None, None, *TOWNS]),
    also=st.lists(st.sampled_from(["find_legal_aid", "disclose_threats", "ask_cost"]), max_size=2).map(tuple),
    returning=st.sampled_from([False] * 9 + [True]),
    phone=st.sampled_from([None, None, None, "MX", "AE"]),
    possible=st.sampled_from([False, False, True]),
    heard=st.sampled_from(HEARD),
    guesses=st.lists(st.tuples(st.sampled_from(SPOKEN), st.sampled_from([0.1, 0.16, 0.22, 0.3])), max_size=4).map(
        tuple
    ),
)
walks = st.lists(moves, min_size=3, max_size=25)


async def made(stage: Stage, move: Move) -> tuple[str | None, list[str]]:
    """Make a move; give the label that was answered, and the phrases said."""
    guesses = move.guesses if move.label == "nlu_fallback" else ()
    label, text, understood = move.label, move.text, [{"entity": name, "value": value} for name, value in move.entities]
    if move.town:
        understood.append({"entity": "place", "value": move.town[0], "words": move.town[1]})
    if 0 < move.choice <= len(stage.record.choices):
        text, guesses = str(move.choice), ()
        label, *pairs = stage.record.choices[move.choice - 1]["value"].split()
        understood = [dict(zip(("entity", "value"), pair.split("=", 1), strict=True)) for pair in pairs]
    said = await stage.hears(
        label,
        text,
        understood,
        also=move.also,
        returning=move.returning,
        guesses=guesses,
        phone=move.phone,
        possible=move.possible and label in CRISIS,
        heard=move.heard,
        chosen=text == str(move.choice),
    )
    return label, said


def forgotten(stage: Stage) -> bool:
    return stage.turn is not None and stage.turn.forget


async def walk(channel: str, locale: str, steps: list[Move], desk: HandoffSnapshot = NOBODY) -> None:
    stage = Stage(channel=channel, locale=locale, desk=desk)
    for move in steps:
        before = Record.load(stage.record.dump())
        label, said = await made(stage, move)
        # "Yes" to "safe?", and a plain answer to a question about dying, are answers, whatever was understood.
        answers = before.situation == "asked_safe" and move.text == "yes"
        # A first message that may be a hush gets the neutral check.
        check = label == "cannot_talk_safely" and move.possible and before.situation == "new"
        if not answers and not check and before.question not in ("self_harm", "alone"):
            crisis_is_answered_first(label, said)
        # "Someone for men" right after a number is about that number.
        of_service = before.given and any(value.startswith("referral_") for _, value in move.entities)
        holds(stage, before, None if of_service else label, said)
        if forgotten(stage):
            return


def crisis_is_answered_first(label: str | None, said: list[str]) -> None:
    if label in CRISIS:
        assert said[0].startswith(CRISIS[label]), f"{label} answered by {said}"


def within_the_budget(stage: Stage, text: str) -> None:
    assert len(stage.said) <= BUBBLES, f"too many bubbles: {stage.said}"
    # One message alone may be longer than all should be: a list of numbers is never cut.
    assert stage.channel == "sms" or len(stage.said) == 1 or len(text) <= MOST_LETTERS, f"too long: {text}"


def holds(stage: Stage, before: Record, label: str | None, said: list[str]) -> None:
    record, text = stage.record, stage.shows()
    assert said, "silence"
    within_the_budget(stage, text)
    assert text.strip(), "silence"
    assert len(QUESTION.findall(text)) <= 1, f"more than one question: {text}"
    asked = [name for name in record.asked if name in (*SCREENING, *FITTING)]
    assert len(asked) <= 4
    assert sum(name in FITTING for name in asked) <= 1
    assert sum(name.startswith("third_") for name in record.asked) <= 3
    assert sum(name.startswith("job_") for name in record.asked) <= 4
    new = set(record.asked) - set(before.asked)
    if before.situation == "quiet":
        assert not new
    if new:
        assert record.situation == "talk"
    if before.minor and before.about != "other":
        assert not [name for name in new if name.startswith("signs_")]
    if label == "talk_to_human" and before.situation == "talk" and record.situation == "talk":
        # The number that is still owed after a crisis comes before anything about a person.
        beginnings = ("utter_no_person", "utter_stay", "utter_self_harm", "utter_person_", "utter_number_there")
        assert any(phrase.startswith(beginnings) for phrase in said), said
    promised = [phrase for phrase in said if phrase.startswith(("utter_person_asked", "utter_person_crisis"))]
    assert not promised or stage.desk.open, "a person is promised who is not there"
    assert stage.turn
    assert not stage.turn.ask_person or stage.desk.open
    if before.situation == "talk" and record.situation == "new":
        # Every end of a talk says how to come back.
        assert set(said) & {"utter_goodbye", "utter_cannot_talk", "utter_pause"}, said
    assert Record.load(record.dump()) == record
    if before.situation != "talk" and record.situation != "talk":
        assert not {"utter_service", "utter_which_town", "utter_which_place", "utter_which_wrong"} & set(said)
    if stage.channel == "sms":
        texts = [text for message in stage.said for text in stage.as_text_messages(message)]
        assert [text for text in texts if not fits(text)] == []


@pytest.mark.long
@pytest.mark.parametrize("channel", ["web", "sms"])
@settings(WALKS, max_examples=80)
@given(steps=walks, locale=st.sampled_from(BOOK.locales))
def test_in_every_conversation(channel: str, locale: str, steps: list[Move]) -> None:
    asyncio.run(walk(channel, locale, steps))


@pytest.mark.long
@pytest.mark.parametrize("channel", ["web", "sms"])
@settings(WALKS, max_examples=50)
@given(steps=walks, locale=st.sampled_from(BOOK.locales))
def test_in_every_conversation_with_services_near(
    near: SmallDirectory, channel: str, locale: str, steps: list[Move]
) -> None:
    asyncio.run(walk(channel, locale, steps))


@pytest.mark.long
@settings(WALKS, max_examples=40)
@given(steps=walks, channel=st.sampled_from(["web", "sms"]), desk=st.sampled_from(SOMEBODY))
def test_in_every_conversation_with_somebody_on_duty(channel: str, desk: HandoffSnapshot, steps: list[Move]) -> None:
    asyncio.run(walk(channel, "en", steps, desk))


@pytest.mark.long
@settings(WALKS, max_examples=40)
@given(before=walks, steps=walks)
def test_beside_an_operator_no_flow_moves(before: list[Move], steps: list[Move]) -> None:
    asyncio.run(walk_beside(before, steps))


async def walk_beside(before: list[Move], steps: list[Move]) -> None:
    stage = Stage(channel="sms")
    for move in before:
        await made(stage, move)
    stage.desk = HandoffSnapshot("operator", "P2", True)
    for move in steps:
        asked, stage.record.choices = list(stage.record.asked), []
        label, said = await made(stage, move)
        assert stage.record.asked == asked
        assert (stage.record.question, stage.turn and stage.turn.ask_person) == (None, False)
        if label in CRISIS and not said[0].startswith("utter_neutral"):
            crisis_is_answered_first(label, said)


@every("channel", ["web", "sms", "telegram"])
@every("phrase", ["utter_goodbye", "utter_cannot_talk", "utter_pause"])
def test_the_end_of_a_talk_says_how_to_come_back(phrase: str, channel: str) -> None:
    assert "any time" in BOOK.render(phrase, {}, "en", channel)
