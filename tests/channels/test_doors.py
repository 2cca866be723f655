"""What every door of a provider promises: only the genuine is heard, each message is answered once, garbage harms nobody."""

import io

import pytest

from bot.messaging.message import Choice, Reply
from channels.contract import DeliveryError
from tests.hotline import Hotline, ScriptedEngine, echo, eventually
from tests.platforms import Platform, refuses

pytestmark = pytest.mark.usefixtures("hotline_with_doors")


async def test_a_message_is_answered(platform: Platform) -> None:
    status, _ = await platform.knocks(*platform.knock("my boss has my passport"))
    assert status == 200
    await eventually(lambda: platform.texts == ["my boss has my passport"])


async def test_what_is_not_signed_is_refused_and_not_heard(platform: Platform, engine: ScriptedEngine) -> None:
    status, body = await platform.knocks(*platform.forged("let me in"))
    assert (status, "let me in" in body) == (403, False)
    assert (await platform.knocks(*platform.knock("hello")))[0] == 200
    await eventually(lambda: platform.texts == ["hello"])
    assert engine.texts == ["hello"]


async def test_without_any_signature_nothing_is_heard(platform: Platform) -> None:
    path, body, _ = platform.knock("let me in")
    assert (await platform.knocks(path, body, {"Content-Type": "application/x-www-form-urlencoded"}))[0] == 403


async def test_a_message_brought_three_times_is_answered_once(platform: Platform, engine: ScriptedEngine) -> None:
    knock = platform.knock("help")
    assert [(await platform.knocks(*knock))[0] for _ in range(3)] == [200, 200, 200]
    await platform.knocks(*platform.knock("and then"))
    await eventually(lambda: len(platform.texts) == 2)
    assert len(engine.texts) == 2


async def test_what_is_not_understood_is_taken_and_dropped(platform: Platform, engine: ScriptedEngine) -> None:
    assert (await platform.knocks(*platform.unknown()))[0] == 200
    assert engine.texts == []


async def test_garbage_is_refused_with_one_word(platform: Platform, engine: ScriptedEngine) -> None:
    answers = [await platform.knocks(*garbage) for garbage in platform.garbage()]
    assert {status for status, _ in answers} <= {200, 400, 403}
    assert all(len(body) < 100 for _, body in answers)
    assert engine.texts == []


async def test_too_large_a_request_is_refused(platform: Platform) -> None:
    path, _, headers = platform.knock("x")
    assert (await platform.knocks(path, io.BytesIO(b"x" * 1_100_000), headers))[0] == 413


@pytest.mark.long
async def test_quick_messages_are_answered_in_their_order(platform: Platform) -> None:
    for number in range(5):
        await platform.knocks(*platform.knock(f"message {number}"))
    await eventually(lambda: platform.texts == [f"message {number}" for number in range(5)])


@pytest.mark.long
@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_provider_that_is_busy_gets_the_reply_later(platform: Platform, status: int) -> None:
    retry = {"parameters": {"retry_after": 1}} if status == 429 else {}
    platform.moods = [refuses(status, ok=False, error_code=status, description="busy", code=20429, **retry)]
    await platform.knocks(*platform.knock("one"))
    await eventually(lambda: platform.texts == ["one"])


async def test_who_cannot_be_reached_is_given_up_quietly_and_the_desk_can_see_why(
    platform: Platform, hotline_with_doors: Hotline
) -> None:
    blocked = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
    opted_out = {"code": 21610, "message": "Attempt to send to unsubscribed recipient"}
    mood = refuses(403, **blocked) if platform.name == "telegram" else refuses(400, **opted_out)
    platform.moods = [mood]
    await platform.knocks(*platform.knock("one"))
    hotline = hotline_with_doors
    await eventually(lambda: any(name in ("send", "sendMessage") for name, _ in platform.calls))
    await eventually(hotline.quiet)
    assert platform.texts == []
    [conversation] = [id_ async for id_ in hotline.store.conversations()]
    reason = await hotline.store.call("HGET", f"conversation:{{{conversation}}}", "unreachable")
    assert reason.decode() == ("blocked" if platform.name == "telegram" else "opted_out")
    # Who writes again is answered again.
    await platform.knocks(*platform.knock("two"))
    await eventually(lambda: platform.texts == ["two"])
    assert await hotline.store.call("HGET", f"conversation:{{{conversation}}}", "unreachable") is None


async def test_long_texts_and_strange_letters_come_through(platform: Platform, engine: ScriptedEngine) -> None:
    strange = "\u202eevil\u202c \u200b\u200d \U0001f600 \u0645\u0631\u062d\u0628\u0627"
    await platform.knocks(*platform.knock(strange))
    await platform.knocks(*platform.knock("a" * 4_000))
    await eventually(lambda: len(engine.texts) == 2)
    assert engine.texts == [strange, "a" * 4_000]


async def test_a_choice_is_shown_as_the_door_can(platform: Platform, engine: ScriptedEngine) -> None:

    engine.answers(
        "what can i choose here",
        Reply("utter_opening", choices=(Choice("choice_yes", "affirm"), Choice("choice_no", "deny"))),
    )
    await platform.knocks(*platform.knock("what can i choose here"))
    await eventually(lambda: len(platform.said) == 1)
    said = platform.said[0]
    shown = said.get("choices") or said["text"].splitlines()[-2:]
    assert [choice.removeprefix(f"{number} ") for number, choice in enumerate(shown, 1)] == ["yes", "no"]


async def test_the_words_of_errors_hold_no_secret() -> None:
    assert str(DeliveryError("busy", permanent=False)) == "busy"


async def test_two_talk_beside_each_other(telegram: Platform, twilio: Platform, engine: ScriptedEngine) -> None:
    held = engine.holds("slow")
    engine.answers("quick", echo("at once"))
    await telegram.knocks(*telegram.knock("slow"))
    await twilio.knocks(*twilio.knock("quick"))
    await eventually(lambda: twilio.texts == ["at once"])
    held.set()
    await eventually(lambda: telegram.texts == ["slow"])
