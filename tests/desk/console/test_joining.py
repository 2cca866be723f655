"""A supervisor joins a talk that an operator has: two persons write, one has it, and the person knows who is there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from bot.handoff import on_duty
from bot.handoff.handoff import HandoffOutcome
from bot.messaging import farewell, transcript
from bot.messaging.outbox import OperatorMessage
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.store import Store, key
from desk.accounts import Accounts
from desk.alarms.wait_watcher import WaitWatcher
from desk.console.conversation_access import NotAllowed, standing
from desk.console.conversation_actions import TalkActions
from tests.desk.colleagues import Clock
from tests.desk.talking import Lines, account, watched
from tests.hotline import ROOT

ANA, BEN = account("a", alias="Ana"), account("b", alias="Ben")
CAM, DOV = account("c", "supervisor", alias="Cam"), account("d", "supervisor", alias="Dov")
BOOK = Phrasebook.load(ROOT)


@dataclass
class Night:
    """Two operators and two supervisors on duty, a watch, and what is really said."""

    lines: Lines
    actions: TalkActions
    watch: WaitWatcher

    async def said(self, talk: str) -> list[tuple[str, str]]:
        """What the person has read: by whom, and the phrase or the words."""
        lines = await transcript.read(self.lines.store, talk)
        return [(line.by, line.say or line.text) for line in lines if line.who == "us"]

    async def joined(self, talk: str) -> tuple[str, str]:
        """Who has the talk, and who is beside them."""
        (found,) = [each for each in (await self.lines.conversations.desk()).handoffs if each.id == talk]
        return found.operator, found.joined

    async def vanishes(self, who: str) -> None:
        """Somebody shows no sign any more, and the desk is looked at."""
        await self.lines.store.call("ZADD", "operators", "0", who)
        await self.lines.handoffs.lapse(self.lines.clock())

    async def writes(self, who: str, talk: str) -> str:
        return await self.actions.notifier.write(talk, OperatorMessage(who, "x", "hello", ""))


@pytest.fixture
async def night(store: Store, settings: Settings, clock: Clock, desk: Accounts) -> Night:
    lines = Lines(store, settings, clock)
    await lines.works(ANA, BEN, CAM, DOV)
    looked_at = watched(lines, BOOK, {who.id: who.alias for who in (ANA, BEN, CAM, DOV)})
    told = (lines.conversations, desk.audit, looked_at.notifier, BOOK, clock)
    return Night(lines, TalkActions(store, lines.handoffs, *told), WaitWatcher(looked_at))


async def test_a_supervisor_joins_by_one_click_and_the_person_is_told_once_who_has_come(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    for _ in range(2):  # a second click
        assert (await night.actions.join(CAM, talk)).done

    assert await night.joined(talk) == (ANA.id, CAM.id)
    assert await night.said(talk) == [("Cam", "utter_person_joined")]
    noted = [(line.who, line.what, line.which) async for line in night.actions.audit.lines()]
    assert noted == [(CAM.id, "join", talk)] * 2


async def test_both_write_each_under_their_own_alias_and_the_operator_keeps_the_talk(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.join(CAM, talk)
    assert await night.actions.write(CAM, talk, "I am here too.", "one") == "said"
    assert await night.actions.write(ANA, talk, "And I stay.", "two") == "said"

    assert (await night.said(talk))[1:] == [("Cam", "I am here too."), ("Ana", "And I stay.")]
    assert {each.id: each.load for each in (await night.lines.conversations.desk()).operators}[CAM.id] == 0


async def test_a_person_to_whom_a_supervisor_wrote_is_not_left_alone(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1", priority="P0")
    await night.actions.join(CAM, talk)
    await night.actions.write(CAM, talk, "I am here.", "one")
    assert (await night.lines.conversations.desk()).unanswered() == []


async def test_an_operator_joins_nobody(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    with pytest.raises(NotAllowed):
        await night.actions.join(BEN, talk)
    assert await night.joined(talk) == (ANA.id, "")


async def test_of_two_supervisors_one_joins(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.join(CAM, talk)
    assert await night.actions.join(DOV, talk) == HandoffOutcome("joined", "operator", ANA.id)
    with pytest.raises(NotAllowed):
        await night.actions.write(DOV, talk, "Me too", "one")
    assert await night.said(talk) == [("Cam", "utter_person_joined")]


async def test_nobody_joins_what_waits_or_while_they_are_off_duty(night: Night) -> None:
    waits, talk = await night.lines.waits("+1"), await night.lines.has(ANA, "+2")
    await on_duty.off(night.lines.store, CAM.id, night.lines.clock())
    assert (await night.actions.join(DOV, waits)).refused == "nobody_has_it"
    assert (await night.actions.join(CAM, talk)).refused == "off_duty"
    assert await night.said(talk) == []


async def test_who_leaves_reads_on_and_writes_no_more_and_may_come_back(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.join(CAM, talk)
    assert (await night.actions.leave(CAM, talk)).done
    with pytest.raises(NotAllowed):
        await night.actions.write(CAM, talk, "Hello", "one")
    assert await night.writes(CAM.id, talk) == "not_yours"

    night.lines.clock.now += 60
    await night.actions.join(CAM, talk)
    assert await night.said(talk) == [("Cam", "utter_person_joined")] * 2


@pytest.mark.parametrize("ends", ["close", "release", "queue_again", "off_duty", "vanishes", "takes_it"])
async def test_what_ends_a_join_ends_it_in_the_same_step(night: Night, ends: str) -> None:
    talk, handoffs, now = await night.lines.has(ANA, "+1"), night.lines.handoffs, night.lines.clock()
    await night.actions.join(CAM, talk)
    await night.lines.notes.keep_draft(talk, "Dear", "joined")
    steps: dict[str, Callable[[], Awaitable[object]]] = {
        "close": lambda: handoffs.close(talk, ANA.id, now),
        "release": lambda: handoffs.release(talk, ANA.id, now),
        "queue_again": lambda: handoffs.transfer(talk, ANA.id, now),
        "off_duty": lambda: on_duty.off(night.lines.store, CAM.id, now),
        "vanishes": lambda: night.vanishes(CAM.id),
        "takes_it": lambda: handoffs.claim(talk, CAM.id, now, supervisor=True),
    }
    await steps[ends]()

    found = await night.lines.store.call("HMGET", key("handoff", talk), "joined", "joined_untold")
    assert found == [b"", b""]
    assert await night.lines.notes.draft(talk, "joined") == ""


async def test_a_colleague_who_takes_an_offer_finds_the_supervisor_still_there(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.join(CAM, talk)
    await night.actions.offer(ANA, talk, BEN.id)
    await night.actions.claim(BEN, talk)
    assert await night.joined(talk) == (BEN.id, CAM.id)


async def test_a_talk_that_is_offered_to_who_has_joined_it_is_theirs_by_a_click(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.join(CAM, talk)
    await night.actions.offer(ANA, talk, CAM.id)
    assert (await night.actions.claim(CAM, talk)).done
    assert await night.joined(talk) == (CAM.id, "")


async def test_what_two_have_begun_to_write_stays_apart_and_ends_with_the_talk(night: Night, store: Store) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.join(CAM, talk)
    await night.lines.notes.keep_draft(talk, "Dear")
    await night.lines.notes.keep_draft(talk, "Dear too", "joined")
    assert (await night.lines.conversations.open(ANA, talk)).draft == "Dear"
    assert (await night.lines.conversations.open(CAM, talk)).draft == "Dear too"
    assert 0 < await store.call("TTL", key("beside", talk)) <= await store.call("TTL", key("conversation", talk))

    await farewell.forget(store, talk)
    assert await store.call("EXISTS", key("beside", talk), key("handoff", talk)) == 0


async def test_who_joined_and_died_before_they_could_tell_is_introduced_by_the_watch(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.lines.handoffs.join(talk, CAM.id, night.lines.clock())
    assert await night.writes(CAM.id, talk) == "not_yours"  # nobody writes of whom the person does not know

    night.lines.clock.now += 20
    for _ in range(2):
        await night.watch.look()
    assert await night.said(talk) == [("Cam", "utter_person_joined")]
    assert await night.writes(CAM.id, talk) == "said"


async def test_where_somebody_may_hold_the_phone_nothing_is_said_or_written(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1", situation="quiet")
    await night.actions.join(CAM, talk)
    night.lines.clock.now += 20
    await night.watch.look()
    assert await night.said(talk) == []
    assert await night.writes(CAM.id, talk) == "not_yours"


async def test_a_supervisor_whose_role_was_taken_has_nothing_left_there(night: Night) -> None:
    talk = await night.lines.has(ANA, "+1")
    await night.actions.join(CAM, talk)
    demoted = CAM.with_(roles=("operator",))
    (found,) = (await night.lines.conversations.desk()).handoffs
    assert standing(found, demoted.id) == "joined"
    with pytest.raises(NotAllowed):
        await night.lines.conversations.open(demoted, talk)
