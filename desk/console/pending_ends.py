"""Carries out the ends of conversations once the seconds in which they can be undone are over, whether a browser is open or not."""

from bot import logs
from bot.handoff.waiting_line import Handoff
from bot.storage.periodic import Periodic
from bot.storage.store import StoreAway
from desk.auth.people import Account, People
from desk.console.conversation_access import Conversations
from desk.console.conversation_actions import TalkActions
from desk.web.services import Services

_TICK = 1.0  # seconds


class EndWatcher:
    """The loop, one per gateway; of several, one carries out each end."""

    def __init__(self, actions: TalkActions, people: People) -> None:
        self._actions, self._people = actions, people

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self.look, _TICK, "ends_failed").run()

    async def look(self) -> None:
        """Carry out what is due, and clear what cannot be read: nobody stays in a conversation that never ends."""
        now = self._actions.clock()
        for each in (await self._actions.handoffs.look(now)).handoffs:
            if each.ending and each.ending.due <= now * 1000:
                await self._finish(each)
            elif each.unread_end:
                await self._actions.handoffs.drop_end(each.id, now, each.unread_end)

    async def _finish(self, handoff: Handoff) -> None:
        assert handoff.ending
        try:
            who = await self._people.get(handoff.ending.by)
            await self._actions.finish(who or _gone(handoff.ending.by), handoff.id, handoff.ending)
        except StoreAway:
            raise
        except Exception:
            logs.failure("ends_failed")  # a failure of one affects no other


def end_watcher(services: Services) -> EndWatcher:
    """Return the watcher of a gateway."""
    given = services
    reader = Conversations(given.store, given.handoffs, given.clock)
    told = (given.accounts.audit, given.notifier, given.book, given.clock)
    return EndWatcher(TalkActions(given.store, given.handoffs, reader, *told), given.accounts.people)


def _gone(id_: str) -> Account:
    """Return a stand-in for an account that has just expired: its conversation ends all the same."""
    return Account(id=id_, name="", roles=(), state="disabled")
