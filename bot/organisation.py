"""What the organisation has set on its page of the desk: name, country, own numbers, contacts, time zone, limits.

Settings from the environment remain the defaults; what is saved here overrides them. It says nothing about a person, so it does
not expire. It is sealed all the same: whoever can only write to Redis must not be able to show people a number of theirs.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from bot import logs
from bot.crypto.vault import SealBroken, Vault
from bot.phrases.phrases import RIGHT_TO_LEFT
from bot.settings import Settings
from bot.storage.periodic import Periodic
from bot.storage.store import Store

KEY = "organisation"
MOST_NUMBERS = 3  # own numbers: more would push the national lines off a small screen
FRESH = 3.0  # seconds until every gateway knows what was saved
OrganisationField = Literal[
    "name", "home_country", "own_numbers", "privacy_contact", "text_contact", "time_zone", "most_talks", "most_severe"
]  # fmt: skip
NAMES: tuple[OrganisationField, ...] = get_args(OrganisationField)
# Those that can also be set in the environment, under the same name in Settings.
IN_ENVIRONMENT: Mapping[str, str] = {
    "home_country": "HOME_COUNTRY",
    "privacy_contact": "PRIVACY_CONTACT",
    "time_zone": "DESK_TIME_ZONE",
    "most_talks": "MOST_TALKS",
    "most_severe": "MOST_SEVERE_TALKS",
}
Limits = Callable[[], Awaitable[tuple[int, int]]]  # conversations at once, severe conversations in a shift


class OwnNumber(BaseModel):
    """A number that the organisation itself answers."""

    model_config = ConfigDict(frozen=True)

    number: str  # E.164
    hours: str = ""  # as OpenStreetMap's opening_hours, in the desk's time zone; empty: no hours are shown


class SettingChange(BaseModel):
    """Who last changed a setting, and when."""

    model_config = ConfigDict(frozen=True)

    by: str  # an account; empty where it is told to engines
    when: float  # seconds since 1970


class Organisation(BaseModel):
    """What is saved. A field that is empty or None leaves it to the environment."""

    model_config = ConfigDict(frozen=True)

    name: str = ""
    home_country: str = ""  # ISO 3166-1 alpha-2
    own_numbers: tuple[OwnNumber, ...] = ()
    privacy_contact: str = ""  # in the full notice on the web page
    text_contact: str = ""  # in the answer to HELP by SMS, which anybody who holds the phone may read
    time_zone: str = ""  # IANA
    most_talks: int | None = None
    most_severe: int | None = None
    changes: Mapping[OrganisationField, SettingChange] = {}

    def over(self, settings: Settings) -> Settings:
        """Return the settings in force."""
        saved: dict[str, Any] = {name: value for name in IN_ENVIRONMENT if (value := getattr(self, name))}
        return replace(settings, **saved)

    def told(self, settings: Settings) -> str:
        """Return who runs this and how to reach them, for the full notice on the web page."""
        who = ", ".join(filter(None, (self.name, self.over(settings).privacy_contact)))
        # Letters of another script (a web address in an Arabic notice) must not reorder the words around them.
        return f"\u2068{who}\u2069" if who else ""

    def differs(self, values: Mapping[OrganisationField, Any]) -> frozenset[OrganisationField]:
        """Return the names whose saved values differ from these."""
        return frozenset(name for name, value in values.items() if value != getattr(self, name))

    def changed(
        self, values: Mapping[OrganisationField, Any], names: Iterable[OrganisationField], change: SettingChange
    ) -> "Organisation":
        """Return a copy with these values, in which these names are marked with who changed them and when."""
        changes = {**self.changes, **dict.fromkeys(names, change)}
        return self.model_copy(update={**{str(name): value for name, value in values.items()}, "changes": changes})

    def own_ids(self) -> tuple[str, ...]:
        """Return the ids under which complaints about the own numbers are counted."""
        return tuple(_ids(self.home_country, len(self.own_numbers)))


@dataclass(frozen=True)
class Saved:
    """What was read, and the bytes it was read from: a change is written only over those."""

    organisation: Organisation
    sealed: bytes = b""
    readable: bool = True  # False if it was sealed with another master key


async def read(store: Store) -> Saved:
    """Read what is saved; raises StoreAway."""
    sealed = await store.call("GET", KEY)
    found = opened(store.vault, sealed)
    return Saved(found or Organisation(), sealed or b"", found is not None)


async def save(store: Store, before: Saved, after: Organisation) -> bool:
    """Save a change; False if somebody else was faster, and nothing was written."""
    sealed = store.vault.desk.seal(after.model_dump_json().encode(), KEY)
    return bool(await store.run("save_organisation", [KEY], before=before.sealed, after=sealed))


def opened(vault: Vault, sealed: bytes | None) -> Organisation | None:
    """Open what Redis holds; None if it does not open, and only the environment counts."""
    if not sealed:
        return Organisation()
    try:
        return Organisation.model_validate_json(vault.desk.open(sealed, KEY))
    except (SealBroken, ValueError):
        logs.event("organisation_unreadable", logging.WARNING)
        return None


async def in_force(store: Store, settings: Settings) -> Settings:
    """Return the settings, overridden by what is saved; raises StoreAway."""
    return (await read(store)).organisation.over(settings)


async def for_engines(store: Store) -> str:
    """Return what is set, and when, as JSON: not who set it. Empty while nothing is set. Raises StoreAway."""
    saved = (await read(store)).organisation
    when = {name: change.model_copy(update={"by": ""}) for name, change in saved.changes.items()}
    told = saved.model_copy(update={"changes": when})
    return "" if told == Organisation() else told.model_dump_json()


def limits(store: Store, settings: Settings) -> Limits:
    """Return a function that reads the load limits at each call: a claim must obey those in force now."""

    async def now() -> tuple[int, int]:
        found = await in_force(store, settings)
        return found.most_talks, found.most_severe

    return now


def text_help(contact: str, locale: str) -> dict[str, Any]:
    """Return the answer to HELP by SMS, with the contact below it."""
    if locale in RIGHT_TO_LEFT and not any(map(str.isalpha, contact)):
        contact = "".join(contact.split())  # a text message has no character that would keep groups of digits in order
    return {"say": "utter_line", "arguments": {"line": [{"say": "utter_text_help", "arguments": {}}, contact]}}


def all_own_ids(countries: Iterable[str]) -> Iterator[str]:
    """Yield each id that an own number can have: like national lines, they are never suspended by complaints."""
    for country in countries:
        yield from _ids(country, MOST_NUMBERS)


def _ids(country: str, count: int) -> Iterator[str]:
    return (f"{country.lower()}-own-number-{place}" for place in range(1, count + 1))


class OrganisationCache:
    """What is saved, refreshed every few seconds, for callers that must not wait for Redis: the page opens without it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.now = Organisation()

    async def run(self) -> None:
        """Refresh until cancelled. While Redis is away, what was read last counts."""
        await Periodic(self.look, FRESH).run()

    async def look(self) -> None:
        """Refresh once."""
        self.now = (await read(self._store)).organisation
