"""Rasa's tracker store: the trackers of the turns in progress, and how one becomes bytes and comes back.

It never touches Redis, so it cannot fail in the middle of a turn, where Rasa would start a new conversation or
keep a plain copy that nothing erases. The channel reads and writes the sealed bytes around the turn.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

TURNS_KEPT = 2  # no rule looks further back, and each event costs time in every later turn
_MOST_BYTES = 1_000_000  # unpacked


@dataclass
class _Open:
    events: list[dict[str, Any]]
    packed: bytes | None = None


class TurnTrackers(TrackerStore):
    """Holds a tracker from the begin to the end of its turn."""

    def __init__(self) -> None:
        super().__init__(None)
        self._open: dict[str, _Open] = {}
        # Rasa's own search walks all kinds of events, for every event: a fifth of a turn's time.
        self._kinds = {kind.type_name: kind for kind in all_subclasses(Event) if getattr(kind, "type_name", None)}

    def begin(self, conversation: str, packed: bytes | None) -> None:
        """Open a turn. What cannot be read is left out: the record of the conversation holds what counts."""
        self._open[conversation] = _Open(_unpacked(packed))

    def end(self, conversation: str) -> bytes | None:
        """Close a turn and give the bytes to keep; None when Rasa saved nothing."""
        return self._open.pop(conversation).packed

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Give the tracker of an open turn; Rasa calls this."""
        turn = self._open[sender_id]
        events = [self._kinds[event["event"]]._from_parameters(event) for event in turn.events]
        if not events:
            # Listening already: then Rasa starts no session.
            events = [ActionExecuted(ACTION_LISTEN_NAME)]
        tracker = self.init_tracker(sender_id)
        tracker.update_with_events(events, self.domain)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker as bytes until the turn ends; Rasa calls this."""
        self._open[tracker.sender_id].packed = pack(tracker.events)

    async def keys(self) -> list[str]:
        """Give the conversations of the open turns."""
        return list(self._open)


def pack(events: Iterable[Event]) -> bytes:
    """Give the last turns as bytes, with labels only: no text, no reply, no second-best guess."""
    plain = [_bare(event) for event in _last_turns(list(events)) if not isinstance(event, BotUttered)]
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode())


def _unpacked(packed: bytes | None) -> list[dict[str, Any]]:
    if not packed:
        return []
    try:
        events = json.loads(zlib.decompressobj().decompress(packed, _MOST_BYTES))
    except (zlib.error, ValueError):
        return []
    return events if isinstance(events, list) else []


def _last_turns(events: list[Event]) -> list[Event]:
    """Cut in front of a listening action: the policy must find the person's message right after one."""
    told = [event for event in events if not isinstance(event, SlotSet)]
    starts = [
        place
        for place, (event, after) in enumerate(pairwise(told))
        if isinstance(after, UserUttered) and _listens(event)
    ]
    return told[starts[-TURNS_KEPT] :] if len(starts) > TURNS_KEPT else told


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _bare(event: Event) -> dict[str, Any]:
    plain: dict[str, Any] = event.as_dict()
    if isinstance(event, UserUttered):
        intent = {"name": event.intent_name, "confidence": 1.0}
        parsed = {"intent": intent, "entities": [], "text": ""}
        plain |= {"text": "", "parse_data": parsed, "metadata": {}, "message_id": None}
    return plain
