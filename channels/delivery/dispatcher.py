"""The path of a message: `Dispatcher.turn`, six steps, one conversation at a time each, many side by side.

A claim on a conversation runs out when its worker dies, and another worker takes it up; the engine gives a
repeated turn the answer it gave before, and all that a turn leaves is written in one atomic step. So a
message is neither lost nor answered twice, whatever process is killed when.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot import logs, organisation
from bot.conversation import way_back
from bot.conversation.recall import recall
from bot.crypto.vault import SealBroken
from bot.engine.protocol import Decision, Question
from bot.language.language_hints import client_region
from bot.messaging import farewell, transcript
from bot.messaging.farewell import Ending, Farewell
from bot.messaging.intake import new_conversation
from bot.messaging.message import Reply
from bot.messaging.outbox import Spoken
from bot.reporting import complaints, counts, helped_counts, unmet_needs
from bot.storage.signals import Signals
from bot.storage.store import ANY_LENGTH, Claim, Store, key
from bot.understanding.offline_checks import OfflineChecks
from channels import metrics
from channels.delivery import repeated_cries
from channels.delivery.open_turn import OpenTurn
from channels.delivery.rendering import Renderer
from channels.delivery.work_pool import Work, WorkPool
from channels.engine_client import Engine, EngineAway

SIDE_BY_SIDE = 64  # turns of different people at once in one gateway; as many more of what must not wait
_LONG = 2_048  # bytes of a sealed message: most are a tenth of this
LONG_AT_ONCE = 8  # longer ones at once: each of them keeps an engine busy for as long as many short ones
_AWAY = 2_000  # milliseconds between tries while the engine is away
_REFUSED = 500  # milliseconds after the first try that a living engine could not answer; doubled with each
_SET_ASIDE = 3  # tries of a turn that a living engine cannot answer
_PAUSE = 250  # milliseconds between the turns of somebody who floods us: others must not wait for them
_QUICK = {"cover": "utter_cover", "erase": "utter_deleted", "stop": "utter_stopped"}


class Dispatcher:
    """Takes accepted messages through the engine to what is said."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        renderer: Renderer,
        offline_checks: OfflineChecks,
        numbers: Callable[[str | None], list[Any]],  # country -> nested phrases with numbers to call
        keep: Callable[[str], int],  # channel -> seconds that a conversation outlives its last message
    ) -> None:
        self._store, self._engine, self._renderer = store, engine, renderer
        self._offline_checks, self._numbers, self._keep = offline_checks, numbers, keep
        self.ceiling: complaints.Ceiling = complaints.one  # how much of a country complaints take away
        self.signals = Signals()
        self.way_back_hours = 24
        self.pulling: set[str] = {"web"}  # channels whose page fetches lines itself
        self.pool = WorkPool(self._next, self.signals.due, SIDE_BY_SIDE, "turn_failed")
        self._long = 0  # turns of long messages that go on

    async def run(self) -> None:
        """Run until cancelled, then finish the turns that have begun."""
        await self.pool.run()

    async def _next(self, only_first: bool) -> Work | None:
        longest = _LONG if self._long >= LONG_AT_ONCE else ANY_LENGTH
        claim = await self._store.claim(secrets.token_hex(8), longest=longest, only_first=only_first)
        if claim is None:
            return None
        is_long = len(claim.head) > _LONG
        self._long += is_long
        return self._guarded(claim, is_long)

    async def _guarded(self, claim: Claim, is_long: bool) -> None:
        try:
            async with self._store.kept(claim):
                await self.turn(claim)
        except SealBroken:
            # The conversation was erased in this moment; nothing of it can be answered.
            logs.event("turn_unreadable", 30)
        finally:
            self._long -= is_long

    async def turn(self, claim: Claim) -> None:
        """Answer one message."""
        began = time.monotonic()
        turn = OpenTurn.of(claim, self._store.vault)
        locales = turn.locales()
        this_minute = await transcript.record(self._store, claim, turn.turn, turn.line(), turn.seal)
        if not this_minute:
            return
        turn = turn.counted(this_minute)
        if not turn.looked_at:
            turn = await turn.looked_through(self._store, self._offline_checks.urgency)
        quick, upto = turn.quick_word()
        if quick:
            await self._erase(turn, _QUICK[quick], locales, upto=upto, stop=quick == "stop")
            return
        try:
            decision = await self._decide(turn, locales)
            await self._say(turn, decision, locales, _PAUSE if turn.hurried and not turn.cries else 0)
        except EngineAway as away:
            await self._put_off(turn, locales, away, turn.cries)
            return
        spent = round((time.monotonic() - began) * 1000)
        fields: dict[str, Any] = {"channel": turn.channel, "locale": locales[0], "intent": decision.intent or "none"}
        logs.event("turn", crisis=decision.crisis, replies=len(decision.replies), milliseconds=spent, **fields)
        metrics.turns.labels(turn.channel, "said").inc()
        metrics.turn_seconds.observe(spent / 1000)

    async def _decide(self, turn: OpenTurn, locales: list[str]) -> Decision:
        """Step 4: ask the engine."""
        question = Question(
            conversation=turn.id,
            turn=turn.turn,
            text=turn.text,
            data_key=turn.seal.lend(),
            organisation=await organisation.for_engines(self._store),
            locale=locales[0],
            channel=turn.channel,
            kind=turn.kind,
            country=turn.hints.country or "",
            region=client_region(turn.hints) or "",
            unsure=",".join(locales) if len(locales) > 1 else "",
            place=str(turn.place or ""),
            way_back=str(self.way_back_hours) if turn.channel in self.pulling else "",
            urgent="1" if turn.turn in turn.urgent else "",
        )
        return await self._engine.decide(question)

    async def _say(self, turn: OpenTurn, decision: Decision, locales: list[str], pause: int) -> None:
        """Steps 5 and 6: say the replies and let the turn go; the next one may wait for a moment."""
        if decision.locale:
            locales = [decision.locale]
        if decision.forget:
            await self._erase(turn, decision.replies[-1].say if decision.replies else "utter_deleted", locales)
            return
        if decision.way_back and turn.channel in self.pulling:
            if await self._put_away(turn, locales[0]):
                return
            decision = replace(decision, replies=(Reply("utter_way_back_not_now"),))
        replies = turn.replies(decision, Reply("utter_too_fast", {"numbers": self._numbers(turn.hints.country)}))
        if decision.crisis and not await repeated_cries.may_answer(self._store, turn):
            replies = []
        spoken = self._spoken(turn, replies, locales)
        await self._leave(turn, "done", spoken, locales=locales, delay=pause, decision=decision)

    async def _put_away(self, turn: OpenTurn, locale: str) -> bool:
        """Put the conversation away behind four words, which its page shows last; False where that cannot be now."""
        drawn = way_back.new_words()
        told = {"words": way_back.shown(drawn), "hours": self.way_back_hours}
        words = Farewell("utter_way_back_words", locale, turn.channel, arguments=told)
        last_line = farewell.for_page(self._store, words, turn.address)
        done = await way_back.leave(self._store, turn.claim, drawn, last_line, self.way_back_hours)
        if done:
            self.signals.said(turn.pointer)
            logs.event("put_away", channel=turn.channel, locale=locale)
        return done

    async def _erase(self, turn: OpenTurn, say: str, locales: list[str], *, upto: str = "", stop: bool = False) -> None:
        """End and clear the conversation; one neutral line is left, and what was written after the word that ended it."""
        if turn.channel in self.pulling:
            # What a page had still on its way must not open a talk anew behind the cleared one.
            await farewell.forget(self._store, turn.id, Farewell(say, locales[0], turn.channel))
        else:
            last_line = Farewell(say, locales[0], turn.channel, turn.address)
            while await self._end(turn, last_line, upto, stop) is None:
                pass  # one more came in meanwhile
        self.signals.due.set()
        self.signals.said(turn.pointer)
        self.signals.outgoing.set()
        logs.event("erased", channel=turn.channel, locale=locales[0])

    async def _end(self, turn: OpenTurn, last_line: Farewell, upto: str, stop: bool) -> bool | None:
        waiting = await turn.waiting(self._store)
        ends = next((place for place, message in enumerate(waiting) if message["turn"] == upto), 0)
        successor = new_conversation(
            self._store, last_line.channel, last_line.address, waiting[ends + 1 :], self._keep(turn.channel)
        )
        return await farewell.forget(self._store, turn.id, last_line, Ending(stop, len(waiting), successor))

    async def _put_off(self, turn: OpenTurn, locales: list[str], away: EngineAway, cry: bool) -> None:
        """The engine gave no answer: tell those who were not told yet, keep the turn, try again."""
        tries = turn.claim.tries + 1
        aside = away.refused and tries >= _SET_ASIDE
        # Told once while there is hope, and once more when this message is given up.
        silent = turn.claim.told >= turn.claim.waiting and not aside
        if turn.who == "operator":
            # A person reads what is written, and answers: only a cry can not wait for them.
            await turn.record_waiting(self._store)
            silent = silent or not cry
        spoken = self._spoken(turn, [] if silent else [await self._sorry(turn, cry)], locales)
        if aside:
            await self._leave(turn, "done", spoken)
        elif away.refused:
            await self._leave(turn, "refused", spoken, delay=_REFUSED * 2 ** (tries - 1))
        else:
            await self._leave(turn, "away", spoken, delay=_AWAY)
        reason = "refused" if away.refused else "away"
        metrics.turns.labels(turn.channel, "set_aside" if aside else "put_off").inc()
        logs.event("turn_set_aside" if aside else "turn_put_off", 30, channel=turn.channel, reason=reason, tries=tries)

    async def _sorry(self, turn: OpenTurn, cry: bool) -> Reply:
        """The phrase for "no good answer now", with numbers for the country that the person named; not in neutral mode."""
        record = await recall(self._store, turn.id)
        if record.hushed and not cry:
            return Reply("utter_neutral", always=True)
        return Reply("utter_away", {"numbers": self._numbers(record.country)}, always=True)

    def _spoken(self, turn: OpenTurn, replies: list[Reply], locales: list[str]) -> Spoken:
        """Put replies into words; raises EngineAway when there are none."""
        try:
            spoken = self._renderer.spoken(replies, locales, turn.channel, turn.turn)
        except Exception:
            # A phrase that does not exist, or arguments that do not fit it: as good as no answer.
            raise EngineAway("unspeakable", refused=True) from None
        return Spoken(spoken.lines) if turn.channel in self.pulling else spoken

    async def _leave(
        self,
        turn: OpenTurn,
        outcome: str,
        spoken: Spoken,
        *,
        locales: Sequence[str] = (),
        delay: int = 0,
        decision: Decision | None = None,
    ) -> None:
        """Write what was said, and end the claim, in one atomic step."""
        kinds = ("holder", "conversation", "inbox", "transcript", "outbox", "told", "tries", "urgent", "counted")
        await self._store.run(
            "end_turn",
            [key(kind, turn.id) for kind in kinds],
            id=turn.id,
            token=turn.claim.token,
            outcome=outcome,
            delay=delay,
            waiting_at_claim=turn.claim.waiting,
            locale=locales[0] if len(locales) == 1 else "",
            pair=turn.pair_to_keep(locales),
            mark=turn.mark,
            # A crisis goes before what still waits to be sent.
            urgent=bool(decision and decision.crisis),
            hush=bool(decision and decision.hush),
            spoken=spoken.packed(turn.seal),
            **await self._counted(turn, decision),
        )
        self.signals.said(turn.pointer)
        if spoken.outgoing:
            self.signals.outgoing.set()

    async def _counted(self, turn: OpenTurn, decision: Decision | None) -> dict[str, Any]:
        """Return what is counted of a turn. Somebody blocked, or in a flood, cannot take a service away from others."""
        now = time.time()
        if decision is None or turn.claim.blocked or turn.hurried:
            return {"complaints": complaints.packed((), self.ceiling, now), "unmet": unmet_needs.packed((), now)}
        locale = decision.locale or turn.settled or turn.locales()[0]
        heard = counts.CountedTurn(turn.id, turn.channel, locale, decision.intent)
        return {
            "complaints": complaints.packed(decision.complaints, self.ceiling, now),
            "unmet": unmet_needs.packed(decision.unmet, now),
            "counts": await counts.packed(self._store, turn.seal, heard, now),
            "helped": helped_counts.packed(decision.helped, turn.channel, locale, now),
        }
