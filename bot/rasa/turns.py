"""One turn in the engine: open what is kept, understand, let Rasa decide, keep all of it or nothing."""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.conversation.message_context import context_of
from bot.conversation.record import NOT_SAFE, Record, Situation
from bot.crypto.vault import Seal
from bot.encoder.reading import Context
from bot.engine.protocol import Decision, Question
from bot.engine.turn import Turn, begin
from bot.engine.turn_gate import TurnGate, rank
from bot.engine.understood import Understood
from bot.handoff.handoff_snapshot import HandoffSnapshot
from bot.messaging.message import Reply
from bot.phrases.phrases import Phrasebook
from bot.rasa.adjustments.processor import Processor, Replies
from bot.rasa.handoff_bridge import OPERATOR, Danger, HandoffBridge, beside
from bot.rasa.locks import ConversationLocks
from bot.rasa.memory import Memory, RememberedConversation
from bot.rasa.turn_trackers import TurnTrackers
from bot.rasa.understanding import Understanding, combined
from bot.understanding.choice_matcher import chosen
from bot.understanding.crisis import LABELS

REPEATS = "change_language"  # says again what was said last, so that stays
_LOOKS = 3  # at the desk in one turn; each after the first follows a change within milliseconds
NO_TEXT = "no_files"  # the label that stands for a picture, a voice message …
# What a messenger's menu, or a carrier's word, asks for.
_COMMANDS = {
    "start": "greet",
    "menu": "help_menu",
    "language": "change_language",
    "human": "talk_to_human",
    "help": "step to=text_help",
    "way_back": "step to=way_back",
}


class Unsettled(Exception):
    """The desk changed again and again under a turn. It is tried anew later."""


class Erased(Exception):
    """The conversation has no key: it was erased or has expired."""


class Turns:
    """Answers questions, side by side for different conversations, one after another within one."""

    def __init__(
        self,
        memory: Memory,
        processor: Processor,
        trackers: TurnTrackers,
        locks: ConversationLocks,
        book: Phrasebook,
        desk: HandoffBridge,
    ) -> None:
        self._memory = memory
        self._desk = desk
        self._processor = processor
        self._trackers = trackers
        self._locks = locks
        self._book = book
        self._understanding = Understanding(processor)
        # One thread: the reader takes one core, and the loop stays free for health checks.
        self._thread = ThreadPoolExecutor(1, "understanding")
        self._gate = TurnGate(1)

    async def decide(self, question: Question) -> dict[str, Any]:
        """Give the decision; raises Erased, StoreAway, or whatever broke, and then nothing was kept."""
        async with self._locks.lock(question.conversation):
            seal = Seal.lent(question.data_key, question.conversation)
            kept = await self._memory.open(question.conversation, seal, question.organisation)
            if kept is None:
                raise Erased
            if kept.answer.get("turn") == question.turn:
                decided: dict[str, Any] = kept.answer["decision"]
                return decided
            # The same form as when it is read back, so that a repeated turn gets the same to the letter.
            decision: dict[str, Any] = json.loads(json.dumps((await self._run(question, kept)).plain()))
            kept.answer = {"turn": question.turn, "decision": decision}
            if not await self._memory.keep(question.conversation, kept):
                raise Erased
            return decision

    async def _run(self, question: Question, kept: RememberedConversation) -> Decision:
        """Decide, and do what follows at the desk; where that was too late, decide anew from how it stands there now."""
        record, tracker = kept.record.dump(), kept.tracker
        for _ in range(_LOOKS):
            before = Danger.of(kept.record)
            desk = await self._desk.look(question.conversation)
            turn, decision = await self._run_once(question, kept, desk)
            if turn.forget or await self._desk.settle(turn, before):
                return decision
            kept.record, kept.tracker = Record.load(record), tracker
        raise Unsettled

    async def _run_once(
        self, question: Question, kept: RememberedConversation, desk: HandoffSnapshot
    ) -> tuple[Turn, Decision]:
        await self._recall_choices(question, kept, desk)
        understood = await self._understand(question, kept, desk)
        turn = Turn(
            question.conversation,
            question.turn,
            question.text,
            question.locale,
            question.channel,
            understood,
            kept.record,
            phone_country=question.country or None,
            region=question.region or None,
            returning=kept.returning and not desk.has_operator,
            suspended=kept.suspended,
            organisation=kept.organisation,
            unsure=tuple(filter(None, question.unsure.split(","))),
            desk=desk,
            way_back_hours=question.way_back,
        )
        begin(turn)
        before = turn.record.situation
        replies = await self._let_rasa_decide(turn, kept)
        if desk.has_operator:
            replies = beside(replies)
        shown = [reply["choices"] for reply in replies if reply["choices"]]
        if shown:
            turn.record.choices = list(shown[-1])
        if understood.intent != REPEATS:
            turn.record.said = replies
        kept.record = turn.record
        intent = None if understood.intent == NO_TEXT else understood.intent
        said = tuple(Reply.of(reply) for reply in replies)
        effects: tuple[Any, ...] = (tuple(turn.complaints), tuple(turn.unmet))
        effects += (OPERATOR if desk.has_operator else "bot", _hushes(turn.record, before, understood.intent))
        effects += (turn.way_back, turn.helped)
        return turn, Decision(said, turn.forget, turn.new_locale, intent, understood.crisis, *effects)

    async def _recall_choices(self, question: Question, kept: RememberedConversation, desk: HandoffSnapshot) -> None:
        """Know the choices that the person saw last: the desk says phrases too, outside of our turns."""
        if desk.has_operator:
            kept.record.choices = []
        elif desk.priority:
            told = await self._desk.told(question.conversation, kept.seal, {reply["say"] for reply in kept.record.said})
            if told:
                kept.record.choices = list(self._book.reply(told.phrase).plain()["choices"]) if told.phrase else []
            if told and told.operator:
                kept.record.question, kept.record.times_asked = None, 0  # what we asked before them is over

    async def _let_rasa_decide(self, turn: Turn, kept: RememberedConversation) -> list[dict[str, Any]]:
        replies = Replies()
        message = UserMessage("", replies, turn.conversation, turn.understood.parse_data(), Replies.name(), turn.turn)
        self._trackers.begin(turn.conversation, kept.tracker)
        try:
            await self._processor.handle_message(message)
        finally:
            packed = self._trackers.end(turn.conversation)
        kept.tracker = packed
        return replies.said

    async def _understand(self, question: Question, kept: RememberedConversation, desk: HandoffSnapshot) -> Understood:
        record = kept.record
        if question.kind not in ("text", "captioned", "choice"):
            return _without_text(question, record)
        unsure = question.unsure.split(",") if question.unsure else []
        also = [*unsure, *self._book.read_as(unsure)]
        choice = chosen(question.text, record.choices, question.locale, self._book, question.channel, also)
        if choice:
            return _meant(choice["value"])
        return await self._read(question, context_of(record, desk, kept.returning))

    async def _read(self, question: Question, context: Context) -> Understood:
        """Read part by part: between two parts of a letter, whoever wrote less is read."""
        loop, found, spent = asyncio.get_running_loop(), [], 0.0
        arrived, urgent = loop.time(), bool(question.urgent)
        steps = await loop.run_in_executor(self._thread, self._understanding.steps, question.text, context)
        for step in steps:
            async with self._gate.passing(rank(arrived, spent, urgent)):
                began = time.perf_counter()
                found += await loop.run_in_executor(self._thread, step)
                spent += time.perf_counter() - began
        return combined(found)


def _hushes(record: Record, before: Situation, label: str | None) -> bool:
    """Tell whether it was said in this turn that somebody else may hold the phone."""
    if record.situation == before or not record.hushed:
        return False
    return record.situation == "quiet" or (record.situation == "new" and label in NOT_SAFE)


def _without_text(question: Question, record: Record) -> Understood:
    """Read a word of the messenger's menu, or a place where one was asked for; all else was dropped unread."""
    if question.kind == "command" and question.text in _COMMANDS:
        return _meant(_COMMANDS[question.text])
    country = question.text.rpartition(" ")[2]
    if question.kind == "location" and record.question in ("country", "town") and len(country) == 2:
        picked = f" picked={question.place}" if question.place.isdecimal() else ""
        return _meant(f"provide_location country={country}{picked}")
    return _meant(f"{NO_TEXT} to=edit" if question.kind == "edit" else NO_TEXT)


def _meant(value: str) -> Understood:
    """Read the value of a choice: "label" or "label entity=value"."""
    label, *pairs = value.split()
    entities = [dict(zip(("entity", "value"), pair.split("=", 1), strict=True)) for pair in pairs]
    return Understood(label, 1.0, label in LABELS, entities, chosen=True)
