"""The engine is away, or unwell: nobody is met by silence, and each message is answered later."""

import pytest

from bot.conversation.record import Record
from bot.messaging import transcript
from bot.messaging.message import Choice, Reply
from bot.storage.store import key
from channels.delivery import dispatcher
from channels.engine_client import EngineAway
from tests.hotline import Hotline, ScriptedEngine, echo, eventually, lines_of

GARBAGE = EngineAway("garbage", refused=True)


@pytest.mark.long
async def test_while_the_engine_is_away_each_message_is_told_once_and_answered_later_in_order(
    hotline: Hotline, engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "_AWAY", 100)  # tried again soon
    engine.away = True
    await hotline.receives("first message")
    await eventually(lambda: hotline.phrases == ["utter_away"])
    await hotline.receives("second message")
    await eventually(lambda: hotline.phrases == ["utter_away"] * 2)
    tried = len(engine.asked)
    await eventually(lambda: len(engine.asked) >= tried + 2)  # with the second try the first one is over
    assert hotline.phrases == ["utter_away"] * 2
    engine.away = False
    await eventually(hotline.quiet)
    assert hotline.texts[2:] == ["first message", "second message"]


async def test_the_sentence_for_an_engine_away_names_a_number_of_the_persons_country(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    await hotline.hears("hello")
    conversation = await hotline.conversation()
    seal = await hotline.store.seal_of(conversation)
    assert seal
    record = seal.shared.seal(Record(country="US").dump(), "record")
    await hotline.store.call("SET", key("record", conversation), record, "EX", 60)
    engine.away = True
    await hotline.receives("hello again")
    await eventually(lambda: "911" in hotline.texts[-1])


async def test_a_record_that_cannot_be_read_does_not_cost_the_sentence(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    await hotline.hears("hello")
    await hotline.store.call("SET", key("record", await hotline.conversation()), b"broken", "EX", 60)
    engine.away = True
    await hotline.receives("hello again")
    await eventually(lambda: "112" in hotline.texts[-1])


@pytest.mark.long
async def test_who_writes_while_an_old_message_is_tried_again_is_told_too(
    hotline: Hotline, engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.away = True
    await hotline.receives("first")
    await eventually(lambda: hotline.phrases == ["utter_away"])
    engine.away = False
    engine.fails("first", EngineAway("slow"))
    held = engine.holds("first")
    await eventually(lambda: len(engine.asked) == 2)
    await hotline.receives("second")
    monkeypatch.setattr(dispatcher, "_AWAY", 600_000)  # a try that is put off from here on comes too late
    held.set()
    await eventually(lambda: hotline.phrases == ["utter_away"] * 2)


@pytest.mark.long
async def test_a_message_that_no_engine_can_answer_is_told_set_aside_after_three_tries_and_the_next_is_answered(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.fails("poison", GARBAGE)
    await hotline.receives("poison")
    await hotline.receives("bread")
    await eventually(lambda: "bread" in hotline.texts)
    assert engine.texts == ["poison"] * 3 + ["bread"]
    # Told once while there is hope, and once more when it is given up.
    assert hotline.phrases == ["utter_away", "utter_away", "utter_echo"]


@pytest.mark.long
async def test_an_outage_does_not_count_against_a_message(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.fails("hello", EngineAway("away"))
    await hotline.receives("hello")
    await eventually(lambda: len(engine.asked) == 2)
    engine.fails("hello", GARBAGE)
    await eventually(lambda: len(engine.asked) == 3)
    engine.answers("hello", echo("here I am"))
    await eventually(lambda: hotline.texts[-1] == "here I am")


@pytest.mark.parametrize(
    "reply",
    [
        Reply("utter_that_nobody_wrote"),
        Reply("utter_echo", {"text": {"say": "utter_echo", "arguments": "no mapping"}}),
        Reply("utter_echo", {"text": {}}),
        echo("a question", choices=(Choice("choice_that_nobody_wrote", "affirm"),)),
    ],
    ids=["unknown phrase", "arguments of a wrong kind", "nested reply without a name", "unknown choice"],
)
@pytest.mark.parametrize("by", ["sms", "web"])
async def test_a_reply_that_cannot_be_said_is_not_silence(
    hotline: Hotline, engine: ScriptedEngine, reply: Reply, by: str
) -> None:
    engine.answers("hello", reply)
    await hotline.receives("hello", by=by)
    await eventually(lambda: told_away(hotline, by))


async def told_away(hotline: Hotline, by: str) -> bool:
    lines = await transcript.read(hotline.store, await hotline.conversation(by))
    return [line.say for line in lines] == [None, "utter_away"]


# ---- an operator answers, or somebody else may read along ----


@pytest.mark.long
async def test_without_an_engine_an_operator_reads_all_that_comes_and_only_a_cry_is_answered_by_us(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    await hotline.hears("hello")
    conversation = await hotline.conversation()
    await hotline.store.call("HSET", key("conversation", conversation), "who", "operator")
    engine.away = True
    for text in ("he locks the door", "and the window", "every night"):
        await hotline.receives(text)

    async def all_read() -> bool:
        return [line.text for line in await transcript.read(hotline.store, conversation)][2:] == [
            "he locks the door",
            "and the window",
            "every night",
        ]

    await eventually(all_read)
    assert hotline.phrases == ["utter_echo"]
    await hotline.receives("he is going to kill me")
    await eventually(lambda: hotline.phrases == ["utter_echo", "utter_away"])
    engine.away = False
    await eventually(hotline.quiet)
    assert [who for who, _ in await lines_of(hotline)].count("you") == 5


@pytest.mark.parametrize(
    "record",
    [Record(situation="quiet"), Record(told=["closed"], answered={"cannot_talk_safely": 1})],
    ids=["the agreed word", "he is here"],
)
@pytest.mark.parametrize(
    ("text", "phrase"), [("are you there", "utter_neutral"), ("he is going to kill me", "utter_away")]
)
async def test_without_an_engine_in_neutral_mode_only_a_cry_is_given_numbers(
    hotline: Hotline, engine: ScriptedEngine, text: str, phrase: str, record: Record
) -> None:
    await hotline.hears("hello")
    conversation = await hotline.conversation()
    seal = await hotline.store.seal_of(conversation)
    assert seal
    sealed = seal.shared.seal(record.dump(), "record")
    await hotline.store.call("SET", key("record", conversation), sealed, "EX", 60)
    engine.away = True
    await hotline.receives(text)
    await eventually(lambda: hotline.phrases == ["utter_echo", phrase])
