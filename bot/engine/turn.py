"""The turn that the engine is working on, for everything below Rasa that Rasa passes no argument to.

Rasa hands an action a tracker and nothing else. The record must not travel through the tracker
(it would be stored with every event), so the input channel puts it here; one asyncio task is one turn.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.conversation.record import Record
from bot.engine.understood import NOTHING, Understood
from bot.handoff.handoff_snapshot import HandoffSnapshot
from bot.organisation import Organisation


@dataclass
class Turn:
    """One message being answered: what is asked of the engine, and the effects that actions leave."""

    conversation: str
    turn: str
    text: str
    locale: str
    channel: str
    understood: Understood = NOTHING
    record: Record = field(default_factory=Record)
    phone_country: str | None = None  # ISO 3166-1 alpha-2, from the phone's prefix: used in this turn, kept nowhere
    region: str | None = (
        None  # country of the app's or browser's language ("pt-PT"): makes places there likely, kept nowhere
    )
    country_before: str | None = None  # known before this message
    returning: bool = False  # nothing was heard for long: another person may hold the phone
    unsure: tuple[str, ...] = ()  # BCP 47 tags: the reply comes in each of them, since it is not known which is read
    suspended: frozenset[str] = frozenset()  # ids of services that are held back after a complaint
    complaints: list[str] = field(default_factory=list)  # actions add ids of services that do not work
    unmet: list[dict[str, str]] = field(default_factory=list)  # actions add need, country, region and locale
    forget: bool = False  # an action sets it: erase everything after the replies
    new_locale: str | None = None  # an action sets it: the person asked for this language
    organisation: Organisation = field(default_factory=Organisation)  # what an administrator has set at the desk
    desk: HandoffSnapshot = field(default_factory=HandoffSnapshot)  # the state of the handoff when this turn began
    ask_person: bool = False  # an action sets it: ask for an operator
    withdraw: bool = False  # an action sets it: the person no longer wants to wait
    way_back_hours: str = ""  # for how many hours a way back can be made; empty: none can
    way_back: bool = False  # an action sets it: put the conversation away behind four words
    helped: str = ""  # an action sets it: the answer to "did this help?", one of bot/reporting/helped_counts.py
    counted_as: str | None = None  # the label that was answered, where it is another than was understood
    answered_by: str = ""  # the action that decided the replies, for whoever asks why: bot/rasa/turn_reasons.py

    @property
    def also(self) -> tuple[str, ...]:
        """Labels of other thoughts in the message."""
        return self.understood.also

    @property
    def heard(self) -> Mapping[str, Mapping[str, float]]:
        """All chances of the reader: by head, by name."""
        return self.understood.heard

    @property
    def crises(self) -> Mapping[str, tuple[float, str]]:
        """Crises that are heard: label, then chance and band, sure or maybe."""
        return self.understood.crises

    @property
    def chosen(self) -> bool:
        """Whether the message picks one of the choices shown, so that it is not in the person's own words."""
        return self.understood.chosen


_current: ContextVar[Turn] = ContextVar("turn")


def begin(turn: Turn) -> None:
    """Make this the turn of the running task."""
    _current.set(turn)


def current() -> Turn:
    """Return the turn of the running task; raises LookupError outside of one."""
    return _current.get()
