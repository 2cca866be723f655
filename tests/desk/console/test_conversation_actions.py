"""What somebody of the desk does with a conversation: only what they may, noted first, and told to the person after it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.handoff.handoff import HandoffOutcome
from bot.handoff.pending_end import UNDO
from bot.handoff.waiting_line import Handoff
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.store import Store, key
from desk.accounts import Accounts
from desk.auth.people import Account, People
from desk.console.conversation_access import NotAllowed
from desk.console.conversation_actions import TalkActions
from desk.console.notes import Note
from desk.console.pending_ends import EndWatcher
from tests.desk.colleagues import Clock
from tests.desk.desk_page import Told
from tests.desk.talking import Lines, account

BOOK = Phrasebook.load(Path(__file__).parents[3])
ANA, BEN = account("a", alias="Ana"), account("b", alias="Ben")
SUPERVISOR, STEWARD = account("c", "supervisor", alias="Cam"), account("d", "steward")


@dataclass
class Night:
    """The actions, and what came of them."""

    lines: Lines
    actions: TalkActions
    told: Told
    people: People

    async def noted(self) -> list[tuple[str, str, str]]:
        """The lines of the audit log: who, what, which."""
        return [(line.who, line.what, line.which) async for line in self.actions.audit.lines()]

    async def ends(self, seconds: int = UNDO) -> None:
        """Time passes, and what is due is carried out."""
        await self.lines.clock.passes(seconds)
        await EndWatcher(self.actions, self.people).look()

    async def state(self, conversation: str) -> tuple[str, str]:
        found = await self.lines.store.call("HMGET", key("handoff", conversation), "state", "operator")
        return found[0].decode(), found[1].decode()


@pytest.fixture
async def night(store: Store, settings: Settings, clock: Clock, desk: Accounts) -> Night:
    lines, told = Lines(store, settings, clock), Told()
    await lines.works(ANA, BEN, SUPERVISOR)
    return Night(
        lines, TalkActions(store, lines.handoffs, lines.conversations, desk.audit, told, BOOK, clock), told, desk.people
    )


async def test_a_claim_is_noted_and_done(night: Night) -> None:
    talk = await night.lines.waits("+1")

    assert (await night.actions.claim(ANA, talk)).done
    assert await night.state(talk) == ("operator", ANA.id)
    assert await night.noted() == [(ANA.id, "claim", talk)]
    assert night.told.said == []  # the first words are the operator's own


async def test_who_claims_second_learns_who_was_first(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")

    assert await night.actions.claim(BEN, talk) == HandoffOutcome("taken", "operator", ANA.id)
    assert await night.noted() == []


async def test_who_loses_between_two_readings_learns_who_was_first(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await night.lines.waits("+1")
    allowed = night.actions.conversations.allowed

    async def after_another(*asked: Any) -> Handoff:
        await night.lines.handoffs.claim(talk, ANA.id, night.actions.clock())
        return await allowed(*asked)

    monkeypatch.setattr(type(night.actions.conversations), "allowed", lambda _, *asked: after_another(*asked))
    assert await night.actions.claim(BEN, talk) == HandoffOutcome("taken", "operator", ANA.id)
    assert await night.noted() == []


async def test_an_offer_is_taken_by_a_click_and_the_person_is_told_by_whom(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    assert (await night.actions.offer(ANA, talk, BEN.id)).done
    assert await night.state(talk) == ("operator", ANA.id)

    assert (await night.actions.claim(BEN, talk)).done
    assert await night.state(talk) == ("operator", BEN.id)
    assert night.told.said == [(talk, ["utter_person_transferred"], "")]


async def test_a_supervisor_takes_over_and_an_operator_does_not(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    with pytest.raises(NotAllowed):
        await night.actions.take_over(BEN, talk)

    assert (await night.actions.take_over(SUPERVISOR, talk)).done
    assert await night.state(talk) == ("operator", SUPERVISOR.id)
    assert await night.noted() == [(SUPERVISOR.id, "take_over", talk)]


@pytest.mark.parametrize(
    ("act", "state", "phrase", "noted"),
    [
        (TalkActions.release, "bot", "utter_person_left", "release"),
        (TalkActions.close, "closed", "utter_person_closed", "close"),
        (TalkActions.queue_again, "waiting", "utter_person_back_in_queue", "transfer"),
        (TalkActions.block, "closed", "utter_canned_abusive_end", "block"),
    ],
)
async def test_each_way_out_is_noted_done_and_told(
    night: Night,
    act: Callable[[TalkActions, Account, str], Awaitable[HandoffOutcome]],
    state: str,
    phrase: str,
    noted: str,
) -> None:
    talk = await night.lines.has(ANA, "+1")

    assert (await act(night.actions, ANA, talk)).done
    await night.ends()
    assert await night.state(talk) == (state, "")
    assert night.told.said == [(talk, [phrase], "")]
    assert await night.noted() == [(ANA.id, noted, talk)]


async def test_a_block_on_who_still_waits_changes_nothing(night: Night, store: Store) -> None:
    talk = await night.lines.waits("+1")

    assert not (await night.actions.block(SUPERVISOR, talk)).done
    assert await store.call("KEYS", "blocked:*") == []


async def test_who_gives_back_what_another_has_is_not_named_to_the_person(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")

    assert (await night.actions.release(SUPERVISOR, talk)).done
    assert night.told.said == []  # the watch says it, with the alias that the person knows


async def test_nobody_finds_what_another_had_begun_to_write(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.lines.notes.keep_draft(talk, "Hi, I am Ana")
    await night.actions.queue_again(ANA, talk)

    assert (await night.actions.claim(BEN, talk)).done
    assert await night.lines.notes.draft(talk) == ""


async def test_who_is_given_back_is_told_what_they_can_do(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.queue_again(ANA, talk)
    assert night.told.offered == ["choice_stop_waiting"]


@pytest.mark.parametrize("act", [TalkActions.release, TalkActions.close, TalkActions.queue_again, TalkActions.block])
@pytest.mark.parametrize("who", [BEN, STEWARD])
async def test_nobody_ends_what_another_has(
    night: Night, act: Callable[[TalkActions, Account, str], Awaitable[HandoffOutcome]], who: Account
) -> None:
    talk = await night.lines.has(ANA, "+1")

    with pytest.raises(NotAllowed):
        await act(night.actions, who, talk)
    assert await night.state(talk) == ("operator", ANA.id)
    assert (night.told.said, await night.noted()) == ([], [])


async def test_a_supervisor_gives_back_what_an_operator_has(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")

    assert (await night.actions.release(SUPERVISOR, talk)).done
    assert await night.state(talk) == ("bot", "")


async def test_where_somebody_may_hold_the_phone_nothing_is_said_of_it(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1", situation="quiet")

    assert (await night.actions.close(ANA, talk)).done
    await night.ends()
    assert night.told.said == []


async def test_a_blocked_address_stays_blocked_for_a_week_at_most(night: Night, store: Store) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.block(ANA, talk)
    await night.ends()

    (blocked,) = await store.call("KEYS", "blocked:*")
    assert 0 < await store.call("TTL", blocked) <= 7 * 86_400


async def test_a_supervisor_holds_a_talk_and_an_operator_does_not(night: Night, store: Store) -> None:
    talk = await night.lines.has(ANA, "+1")
    with pytest.raises(NotAllowed):
        await night.actions.hold(ANA, talk, "asked")

    assert await night.actions.hold(SUPERVISOR, talk, "asked")
    assert await store.call("TTL", key("conversation", talk)) > 2 * 86_400
    assert await night.noted() == [(SUPERVISOR.id, "hold", talk)]


async def test_a_supervisor_ranks_and_an_operator_does_not(night: Night) -> None:
    talk = await night.lines.waits("+1", priority="P3")
    with pytest.raises(NotAllowed):
        await night.actions.rank(ANA, talk, "P0")

    assert (await night.actions.rank(SUPERVISOR, talk, "P0")).done
    assert [each.priority for each in await night.lines.line_of(ANA)] == ["P0"]


async def test_a_supervisor_notes_beside_what_another_has(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")

    assert await night.actions.note(SUPERVISOR, talk, " ask for the age ")
    assert not await night.actions.note(SUPERVISOR, talk, "  ")
    assert await night.lines.notes.of(talk) == [Note(SUPERVISOR.name, "ask for the age", night.lines.clock())]
    assert await night.noted() == [(SUPERVISOR.id, "note", talk)]


async def test_what_is_gone_is_not_allowed_to_anybody(night: Night) -> None:
    with pytest.raises(NotAllowed):
        await night.actions.claim(ANA, "0" * 32)
