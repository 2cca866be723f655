"""Lines of a conversation: each once, sealed, and nobody's once the conversation is gone."""

import pytest

from bot.crypto.vault import Seal
from bot.messaging import transcript
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import Claim, Store, key


@pytest.fixture
async def claim(store: Store, settings: Settings) -> Claim:
    await Intake(store, settings).accept(Message("sms", "+1", "SM1", "hello"))
    claim = await store.claim("worker")
    assert claim
    return claim


@pytest.fixture
def seal(store: Store, claim: Claim) -> Seal:
    return store.vault.unwrap(claim.conversation, claim.fields["key"])


async def texts(store: Store, conversation: str, after: str = "") -> list[str]:
    return [line.text for line in await transcript.read(store, conversation, after)]


async def test_a_line_stands_once_however_often_its_turn_is_tried(store: Store, claim: Claim, seal: Seal) -> None:
    assert [await transcript.record(store, claim, "turn", Line("you", "hello"), seal) for _ in range(3)] == [True] * 3
    assert await texts(store, claim.conversation) == ["hello"]


async def test_a_worker_without_the_claim_writes_nothing(store: Store, claim: Claim, seal: Seal) -> None:
    await store.call("SET", key("holder", claim.conversation), "another", "EX", 60)
    assert not await transcript.record(store, claim, "turn", Line("you", "hello"), seal)
    assert await texts(store, claim.conversation) == []


async def test_only_the_lines_after_an_id_are_given(store: Store, claim: Claim, seal: Seal) -> None:
    await transcript.record(store, claim, "turn 1", Line("you", "one"), seal)
    (first,) = await transcript.read(store, claim.conversation)
    await transcript.record(store, claim, "turn 2", Line("you", "two"), seal)
    assert await texts(store, claim.conversation, first.id) == ["two"]


async def test_a_line_comes_back_as_it_was(store: Store, claim: Claim, seal: Seal) -> None:
    line = Line("you", "ħ👋", "utter_x", [{"number": 1, "text": "Sí"}])
    await transcript.record(store, claim, "turn", line, seal)
    (found,) = await transcript.read(store, claim.conversation)
    assert Line(found.who, found.text, found.say, found.choices) == line


async def test_a_line_of_another_conversation_is_not_shown(store: Store, claim: Claim, seal: Seal) -> None:
    foreign = Seal(bytes(32), "another").seal(b'{"who": "you", "text": "foreign"}', "line")
    await store.call("XADD", key("transcript", claim.conversation), "*", "line", foreign)
    await transcript.record(store, claim, "turn", Line("you", "mine"), seal)
    assert await texts(store, claim.conversation) == ["mine"]


async def test_without_its_key_a_conversation_has_no_lines(store: Store, claim: Claim, seal: Seal) -> None:
    await transcript.record(store, claim, "turn", Line("you", "hello"), seal)
    await store.call("DEL", key("conversation", claim.conversation))
    assert await texts(store, claim.conversation) == []


async def test_no_line_is_written_for_a_conversation_that_has_expired(store: Store, claim: Claim, seal: Seal) -> None:
    await store.call("DEL", key("conversation", claim.conversation))
    assert not await transcript.record(store, claim, "turn", Line("you", "hello"), seal)
    assert not await store.call("EXISTS", key("transcript", claim.conversation))


async def test_the_lines_end_with_their_conversation(store: Store, claim: Claim, seal: Seal) -> None:
    await transcript.record(store, claim, "turn", Line("you", "hello"), seal)
    ends = [await store.call("TTL", key(kind, claim.conversation)) for kind in ("conversation", "transcript", "lines")]
    assert max(ends) - min(ends) <= 1
    assert min(ends) > 0
