"""What Rasa remembers between turns: the last labels, no text, and never more however long somebody writes."""

import json
import zlib

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa.turn_trackers import TURNS_KEPT, TurnTrackers, pack
from tests.bot.rasa.conftest import SMALL

# Rasa reads YAML with a library that warns about itself.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(SMALL / "domain.yml")


@pytest.fixture
def trackers(domain: Domain) -> TurnTrackers:
    store = TurnTrackers()
    store.domain = domain
    return store


async def turn(trackers: TurnTrackers, packed: bytes | None) -> tuple[bytes, int]:
    """One turn as Rasa does it; the bytes to keep, and how many events Rasa saw."""
    trackers.begin("c", packed)
    tracker = await trackers.get_or_create_tracker("c", append_action_listen=False)
    seen = len(tracker.events)
    parsed = {"intent": {"name": "greet", "confidence": 0.9}, "entities": [], "text": ""}
    said = UserUttered("my secret", {"name": "greet", "confidence": 0.9}, parse_data=parsed)
    answer = [ActionExecuted("action_answer"), BotUttered("hello"), ActionExecuted("action_listen")]
    tracker.update_with_events([said, *answer], trackers.domain)
    await trackers.save(tracker)
    kept = trackers.end("c")
    assert kept
    return kept, seen


async def test_turn_1000_is_as_much_work_as_turn_10(trackers: TurnTrackers) -> None:
    packed, seen, sizes = None, [], []
    for _ in range(1_000):
        packed, events = await turn(trackers, packed)
        seen.append(events)
        sizes.append(len(packed))
    assert seen[999] == seen[9] <= TURNS_KEPT * 4 + 2
    assert sizes[999] < sizes[9] * 1.2


async def test_neither_texts_nor_replies_are_kept(trackers: TurnTrackers) -> None:
    packed, _ = await turn(trackers, None)
    plain = zlib.decompress(packed).decode()
    assert "secret" not in plain
    assert "hello" not in [event.get("text") for event in json.loads(plain)]
    assert [event["event"] for event in json.loads(plain)] == ["action", "user", "action", "action"]


async def test_after_a_turn_rasa_listens_and_the_record_alone_knows_where_the_talk_stands(
    trackers: TurnTrackers, domain: Domain
) -> None:
    packed, _ = await turn(trackers, None)
    trackers.begin("c", packed)
    tracker = await trackers.retrieve("c")
    assert tracker
    assert tracker.latest_action_name == "action_listen"
    assert "situation" not in [slot.name for slot in domain.slots]


async def test_a_first_message_starts_no_session(trackers: TurnTrackers) -> None:
    trackers.begin("c", None)
    tracker = await trackers.get_or_create_tracker("c", append_action_listen=False)
    assert tracker.latest_action_name == "action_listen"
    assert tracker.applied_events()


@pytest.mark.parametrize("packed", [b"", b"garbage", zlib.compress(b"{"), zlib.compress(b'"text"')])
async def test_bytes_that_cannot_be_read_begin_anew(trackers: TurnTrackers, packed: bytes) -> None:
    trackers.begin("c", packed)
    assert isinstance(await trackers.retrieve("c"), DialogueStateTracker)


async def test_a_turn_in_which_rasa_saved_nothing_leaves_nothing(trackers: TurnTrackers) -> None:
    trackers.begin("c", None)
    assert trackers.end("c") is None
    assert await trackers.keys() == []


def test_the_cut_is_in_front_of_a_listening_action() -> None:
    events = []
    for _ in range(20):
        events += [SlotSet("situation", "talk"), UserUttered("x", {"name": "greet"}), ActionExecuted("action_answer")]
        events += [ActionExecuted("action_listen")]
    kept = json.loads(zlib.decompress(pack(events)))
    assert kept[0]["name"] == "action_listen"
    assert sum(event["event"] == "user" for event in kept) == TURNS_KEPT
