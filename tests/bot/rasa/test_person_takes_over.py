"""A person is asked for, comes, answers and goes: what the one who writes is told, with operators on duty and without."""

import itertools
import time
from collections.abc import AsyncIterator

import pytest

from actions.referral import directory_client
from actions.referral.directory_client import Source
from bot.conversation.record import Record
from bot.handoff import on_duty
from bot.handoff.case_card import Priority, priority
from bot.handoff.duty_hours import publish
from bot.handoff.handoff import LEAST_WAITS, Handoffs
from bot.handoff.waiting_line import HandoffState
from bot.messaging import blocks, transcript
from bot.messaging.outbox import OperatorMessage, Outgoing
from bot.messaging.provider_copies import Copy
from bot.rasa.handoff_bridge import HandoffBridge
from bot.rasa.memory import Memory
from bot.settings import Settings
from bot.storage.store import Store, key
from channels.contract import DeliveryError
from channels.delivery.notifier import Notifier
from channels.terminal import Terminal
from tests.actions.stage import BOOK, Stage
from tests.bot.rasa.staged import Mexico, StagedEngine
from tests.bot.rasa.test_memory import opened
from tests.hotline import Hotline, eventually

SAM, KIM = "a1", "b2"
_ASKED = "utter_person_asked_unknown"


class Night:
    """One person who writes by text message, and operators."""

    def __init__(self, hotline: Hotline, desk: HandoffBridge) -> None:
        self.hotline, self.store, self.desk = hotline, hotline.store, desk
        self.handoffs = Handoffs(self.store)
        self.notifier = Notifier(self.store, hotline.dispatcher._renderer, hotline.dispatcher.signals)

    async def comes(self, *operators: str) -> None:
        for operator in operators:
            await on_duty.here(self.store, operator, time.time())

    async def goes(self, operator: str) -> None:
        await on_duty.off(self.store, operator, time.time())

    async def says(self, *texts: str) -> list[str]:
        """Send messages one after another; give the phrases that answered the last one."""
        for text in texts:
            before = len(self.hotline.said)
            await self.hotline.hears(text)
        return list(dict.fromkeys(self.hotline.phrases[before:]))

    async def is_talking(self) -> None:
        await self.says("hello", "yes")

    async def waits(self) -> None:
        await self.is_talking()
        assert await self.says("can I talk to a person") == [_ASKED]

    async def is_taken(self, operator: str = SAM) -> None:
        await self.waits()
        assert (await self.handoffs.claim(await self.id(), operator, time.time())).done

    async def others_wait(self, *priorities: Priority) -> None:
        for number, rank in enumerate(priorities):
            address = f"+5215500000{number:03}"
            await self.hotline.hears("hello", address=address)
            other = await self.hotline.conversation(address=address)
            await self.handoffs.ask(other, rank, "en", "sms", time.time())
        self.hotline.said.clear()

    async def told(self, say: str) -> None:
        """Something is said outside of a turn, as the desk does it."""
        before = len(self.hotline.said)
        assert await self.notifier.say(await self.id(), [BOOK.reply(say)])
        await eventually(lambda: len(self.hotline.said) > before)

    async def id(self) -> str:
        return await self.hotline.conversation()

    async def state(self) -> HandoffState:
        found = await self.store.call("HGET", f"handoff:{{{await self.id()}}}", "state")
        return found.decode() if found else "bot"

    async def rank(self) -> str:
        found = await self.store.call("HGET", f"handoff:{{{await self.id()}}}", "priority")
        return str(found.decode())

    async def record(self) -> Record:
        return (await opened(self.store, await self.id())).record


@pytest.fixture
async def night(settings: Settings, store: Store, terminal: Terminal) -> AsyncIterator[Night]:
    directory_client.use(Source(Mexico()))
    await Stage().hears("self_harm", "i want to die")  # lists of words are read once, and not while a person waits
    engine = StagedEngine(store)
    async with Hotline(settings, engine, {"sms": terminal}).working() as hotline:
        yield Night(hotline, engine.turns._desk)
    directory_client.use(None)


# ---- asking ----


async def test_nobody_there_is_said_first_and_nobody_is_queued(night: Night) -> None:
    await night.is_talking()
    assert await night.says("can I talk to a person") == ["utter_no_person", "utter_ask_where"]
    assert await night.state() == "bot"


async def test_asked_is_said_only_when_somebody_is_there_and_then_it_is_true(night: Night) -> None:
    await night.comes(SAM)
    await night.waits()
    assert await night.state() == "waiting"
    assert [waiting.id for waiting in await night.handoffs.waiting(time.time())] == [await night.id()]


async def test_out_of_hours_the_next_duty_is_told(night: Night) -> None:
    begins = time.time() + 3 * 3_600
    await publish(night.store, [(begins, begins + 3_600)])
    await night.is_talking()
    assert "utter_person_out_of_hours" in await night.says("can I talk to a person")
    assert "about 3 h" in " ".join(night.hotline.texts)


async def test_a_pause_is_as_good_as_nobody(night: Night) -> None:
    await night.comes(SAM)
    await on_duty.pause(night.store, SAM, time.time())
    await night.is_talking()
    assert "utter_no_person" in await night.says("can I talk to a person")


async def test_the_wait_is_told_when_it_is_known(night: Night) -> None:
    await night.comes(SAM)
    await night.store.call("LPUSH", "waits:P2", *[130] * LEAST_WAITS)
    await night.is_talking()
    assert await night.says("can I talk to a person") == ["utter_person_asked"]
    assert "about 3 min" in " ".join(night.hotline.texts)


async def test_asked_again_the_place_in_the_line_is_told(night: Night) -> None:
    await night.comes(SAM)
    await night.others_wait("P0", "P3")
    await night.waits()
    assert await night.says("can I talk to a person") == ["utter_person_place"]
    assert "queue: 2" in " ".join(night.hotline.texts)


async def test_while_one_waits_the_bot_goes_on(night: Night) -> None:
    await night.comes(SAM)
    await night.waits()
    assert await night.says("what can you do") == ["utter_menu"]


async def test_who_does_not_want_to_wait_waits_no_longer(night: Night) -> None:
    await night.comes(SAM)
    await night.waits()
    assert await night.says("1") == ["utter_person_withdrawn"]
    assert await night.state() == "bot"
    assert (await night.record()).declined == []


async def test_too_late_not_to_wait_is_no_untruth(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    await night.comes(SAM)
    await night.waits()
    look, at_once = night.desk.look, itertools.count()

    async def claimed_after(conversation: str) -> object:
        found = await look(conversation)
        if next(at_once) == 0:
            await night.handoffs.claim(conversation, SAM, time.time())
        return found

    monkeypatch.setattr(night.desk, "look", claimed_after)
    assert await night.says("1") == []
    assert await night.state() == "operator"


async def test_the_last_one_who_goes_in_this_moment_is_not_promised(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    await night.comes(SAM)
    await night.is_talking()
    look, at_once = night.desk.look, itertools.count()

    async def gone_after(conversation: str) -> object:
        found = await look(conversation)
        if next(at_once) == 0:
            await night.goes(SAM)
        return found

    monkeypatch.setattr(night.desk, "look", gone_after)
    assert await night.says("can I talk to a person") == ["utter_no_person", "utter_ask_where"]
    assert (await night.record()).told.count("no person") == 1


async def test_the_choices_of_what_the_desk_said_last_are_known(night: Night) -> None:
    await night.comes(SAM)
    await night.waits()
    await night.told("utter_person_still_waiting")
    assert await night.says("3") == ["utter_person_withdrawn"]


async def test_who_began_with_danger_and_was_brought_a_person_may_want_none(night: Night) -> None:
    await night.comes(SAM)
    await night.says("he will kill me")
    await night.told("utter_person_still_waiting")
    assert await night.says("3") == ["utter_person_withdrawn"]
    assert await night.state() == "bot"


async def test_somebody_blocked_who_asks_for_a_person_is_in_no_queue_and_their_turn_is_kept(night: Night) -> None:
    await night.comes(SAM)
    await night.is_talking()
    await blocks.block(night.store, await night.id(), 60)
    assert await night.says("can I talk to a person") == []
    assert (await night.state(), (await night.record()).answered["talk_to_human"]) == ("bot", 1)


# ---- danger ----


async def test_who_waits_rises_when_they_tell_of_danger(night: Night) -> None:
    await night.comes(SAM)
    await night.waits()
    assert await night.rank() == "P2"
    said = await night.says("he will kill me")
    assert (said[0], await night.rank()) == ("utter_danger_which_country", "P0")


async def test_what_a_supervisor_has_lowered_stays_so_until_more_is_told(night: Night) -> None:
    await night.comes(SAM)
    await night.waits()
    await night.says("he will kill me")
    await night.store.call("HSET", f"handoff:{{{await night.id()}}}", "priority", "P2")
    await night.says("what can you do")
    assert await night.rank() == "P2"


async def test_what_a_supervisor_has_lowered_rises_with_a_new_crisis_but_not_by_asking_again(night: Night) -> None:
    await night.comes(SAM)
    await night.waits()
    await night.says("he will kill me")
    await night.store.call("HSET", f"handoff:{{{await night.id()}}}", "priority", "P2")
    assert await night.says("can I talk to a person") == ["utter_person_place"]
    assert await night.rank() == "P2"
    await night.says("he will kill me")
    assert await night.rank() == "P0"


async def test_in_danger_a_person_is_brought_in_without_a_question(night: Night) -> None:
    await night.comes(SAM)
    assert (await night.says("he will kill me"))[-1] == "utter_person_crisis"
    assert (await night.state(), await night.rank()) == ("waiting", "P0")
    assert "utter_person_crisis" not in await night.says("he will kill me")


async def test_in_danger_nobody_is_promised_who_is_not_there(night: Night) -> None:
    assert "utter_person_crisis" not in await night.says("he will kill me")


async def test_who_thinks_of_dying_is_told_truly_whether_somebody_comes(night: Night) -> None:
    await night.comes(SAM)
    assert "utter_self_harm_yes_asked" in await night.says("i want to die", "yes")
    assert (await night.state(), await night.rank()) == ("waiting", "P0")


async def test_who_thinks_of_dying_hears_that_nobody_is_there(night: Night) -> None:
    assert "utter_self_harm_yes" in await night.says("i want to die", "yes")
    assert await night.state() == "bot"


# ---- while an operator answers ----


async def test_beside_an_operator_the_bot_is_silent(night: Night) -> None:
    await night.comes(SAM)
    await night.is_taken()
    assert await night.says("what can you do", "hello", "i need a number", "can I talk to a person") == []


async def test_a_number_typed_to_the_operator_chooses_nothing(night: Night) -> None:
    await night.comes(SAM)
    await night.is_taken()
    await night.says("1")
    assert await night.state() == "operator"
    assert ((await night.record()).choices, (await night.record()).question) == ([], None)


async def test_signs_are_still_heard_for_the_card(night: Night) -> None:
    await night.comes(SAM)
    await night.is_taken()
    assert await night.says("he locks me in") == []
    record = await night.record()
    assert [mark["indicator"] for mark in record.marks] == ["confinement"]
    assert (priority(record), await night.rank()) == ("P1", "P1")


async def test_a_crisis_is_answered_beside_an_operator_and_its_country_too(night: Night) -> None:
    await night.comes(SAM)
    await night.is_taken()
    assert await night.says("he will kill me") == ["utter_danger_which_country"]
    assert await night.says("mexico") == ["utter_number_there"]
    assert await night.rank() == "P0"


async def test_erasing_and_who_can_see_this_work_beside_an_operator(night: Night) -> None:
    await night.comes(SAM)
    await night.is_taken()
    assert await night.says("who can see this") == ["utter_ask_anonymity"]
    assert await night.says("erase it") == ["utter_deleted"]
    assert await night.id() == ""


async def test_the_agreed_word_works_beside_an_operator(night: Night) -> None:
    await night.comes(SAM)
    await night.is_talking()
    await night.says("what can you do", "he locks me in")
    memory, conversation = Memory(night.store), await night.id()
    kept = await opened(night.store, conversation)
    kept.record.word = "blue bird"
    await memory.keep(conversation, kept)
    await night.handoffs.ask(conversation, "P1", "en", "sms", time.time())
    await night.handoffs.claim(conversation, SAM, time.time())
    assert await night.says("blue bird") == ["utter_ok"]
    assert (await night.record()).situation == "quiet"
    assert await night.says("blue bird") == ["utter_ok"]
    assert (await night.record()).situation == "asked_safe"


@pytest.mark.parametrize("text", ["blue bird", "he is here"])
async def test_what_an_operator_wrote_before_somebody_took_the_phone_is_not_sent_after_it(
    night: Night, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    await night.comes(SAM)
    await night.is_taken()
    memory, conversation = Memory(night.store), await night.id()
    kept = await opened(night.store, conversation)
    kept.record.word = "blue bird"
    await memory.keep(conversation, kept)
    send = terminal.send

    async def is_busy(address: str, outgoing: Outgoing) -> list[Copy]:
        raise DeliveryError("busy", permanent=False)

    monkeypatch.setattr(terminal, "send", is_busy)
    await night.notifier.write(conversation, OperatorMessage(SAM, "Sam", "does he still hold your passport?"))
    await eventually(lambda: night.hotline.store.call("HEXISTS", key("conversation", conversation), "deliveries"))
    monkeypatch.setattr(terminal, "send", send)
    assert "does he still hold your passport?" not in await night.hotline.hears(text)
    assert (await transcript.delivered(night.store, conversation)).lost


async def test_after_the_operator_the_bot_answers_again(night: Night) -> None:
    await night.comes(SAM)
    await night.is_taken()
    await night.notifier.write(await night.id(), OperatorMessage(SAM, "Sam", "is it 1 or 2 of you?"))
    await night.says("2")
    await night.handoffs.release(await night.id(), SAM, time.time())
    await night.told("utter_person_left")
    assert await night.says("what can you do") == ["utter_menu"]


async def test_what_we_asked_before_an_operator_wrote_is_answered_by_nothing_after_them(night: Night) -> None:
    await night.comes(SAM)
    await night.is_taken()
    await night.notifier.write(await night.id(), OperatorMessage(SAM, "Sam", "1 or 2 of you?"))
    await night.handoffs.close(await night.id(), SAM, time.time())
    assert (await night.record()).choices
    assert "utter_person_withdrawn" not in await night.says("1")


async def test_the_choices_after_an_operator_has_left_are_known(night: Night) -> None:
    await night.comes(SAM)
    await night.is_taken()
    await night.says("he said so")
    await night.handoffs.release(await night.id(), SAM, time.time())
    await night.told("utter_person_left")
    assert await night.says("2") == [_ASKED]
