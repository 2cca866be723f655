"""Plays scenarios, one after another: each person meets a hotline that knows nothing of those before.

Side by side would gain little, since one engine thinks on one core, and a complaint, a wait or an operator on duty
of one talk would be seen in another.
"""

import time
from collections.abc import Sequence

from bot.crypto.identity import new_id
from bot.handoff import on_duty
from bot.messaging.outbox import Outgoing
from bot.progress import Tell
from bot.storage.store import key
from commands.bench.private_hotline import PrivateHotline, PrivateTalk
from commands.chat.script_lines import Sending
from commands.rehearsal.played_talk import Bubble, Played, PlayedTurn
from commands.rehearsal.rehearsal_error import NotPlayed
from commands.rehearsal.scenario import Scenario, ScenarioStep, seconds_in


async def play_all(hotline: PrivateHotline, scenarios: Sequence[Scenario], tell: Tell, part: str) -> list[Played]:
    """Play each scenario with somebody new; raises NotPlayed."""
    played = []
    for number, scenario in enumerate(scenarios):
        tell(part, number, len(scenarios))
        played.append(await play(hotline, scenario))
    tell(part, len(scenarios), len(scenarios))
    return played


async def play(hotline: PrivateHotline, scenario: Scenario) -> Played:
    """Play one scenario; raises NotPlayed where the hotline broke under it."""
    await hotline.begin_anew()
    if scenario.on_duty:
        await on_duty.here(hotline.gateway.store, new_id(), time.time())
    talk = hotline.person(scenario.channel, scenario.hints)
    turns = []
    for step in scenario.steps:
        try:
            turns.append(await _play_step(talk, step))
        except Exception as error:
            what = f"the hotline failed at this line ({type(error).__name__})"
            raise NotPlayed(f"{scenario.id}: turns.{step.turn}: {what}.") from error
    return Played(scenario, turns)


async def _play_step(talk: PrivateTalk, step: ScenarioStep) -> PlayedTurn:
    await _type_slowly(talk)
    replies = await _do(talk, step)
    said = [Bubble.of(each, talk.channel) for each in replies]
    return PlayedTurn(step.turn, step.act, step.what, await talk.state(), said, talk.why())


async def _do(talk: PrivateTalk, step: ScenarioStep) -> list[Outgoing]:
    if step.act == "wait":
        return await talk.wait(seconds_in(step.what))
    if step.act == "sent":
        return await Sending.of(step.what).by(talk)
    return await talk.say(step.what)


async def _type_slowly(talk: PrivateTalk) -> None:
    """Forget how fast was written: a person takes their time, and only somebody who floods us is told to slow down."""
    store = talk.gateway.store
    async for conversation in store.ids("pace"):
        await store.call("DEL", key("pace", conversation))
