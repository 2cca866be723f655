"""Who answers, the bot or an operator, and in which language."""

from bot.messaging.message import Hints
from bot.storage.store import key
from tests.hotline import Hotline, ScriptedEngine, echo


async def test_an_operator_who_answers_lets_only_the_marked_replies_out(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.answers("he has a knife", echo("call 112", always=True), echo("what would you like to do?"))
    await hotline.hears("hello")
    await hotline.store.call("HSET", key("conversation", await hotline.conversation()), "who", "operator")
    assert await hotline.hears("he has a knife") == ["call 112"]
    assert await hotline.hears("thank you") == []


async def test_an_operator_who_left_a_moment_ago_leaves_no_silence(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("are you there", echo("I am the computer"), answers="bot")
    await hotline.hears("hello")
    await hotline.store.call("HSET", key("conversation", await hotline.conversation()), "who", "operator")
    assert await hotline.hears("are you there") == ["I am the computer"]


async def test_beside_an_operator_who_came_a_moment_ago_the_bot_is_silent(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.answers("are you there", echo("I am the computer"), echo("call 112", always=True), answers="operator")
    assert await hotline.hears("are you there") == ["call 112"]


async def test_a_language_that_the_person_asked_for_is_kept(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("Spanish please", echo("claro"), locale="es")
    assert await hotline.hears("Spanish please") == ["es claro"]
    assert await hotline.hears("1") == ["es 1"]
    assert engine.asked[-1].locale == "es"


async def test_while_the_language_is_unknown_the_reply_comes_in_the_likely_ones(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    said = await hotline.hears("?", hints=Hints())
    assert said == ["?\n\nes ?"]
    assert await hotline.store.call("HGET", key("conversation", await hotline.conversation()), "locale") is None
