"""What the organisation has set on its page of the desk: name, country, own numbers, contacts, clocks, limits.

A setting of the environment stays the default, and what is saved here goes before it. Nothing of a person stands in it, so it has
no end. It is sealed all the same: whoever can only write to Redis must not put a number of theirs before people.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from bot import logs
from bot.crypto.vault import SealBroken, Vault
from bot.phrases.phrases import RIGHT_TO_LEFT
from bot.settings import Settings
from bot.storage.signals import ending
from bot.storage.store import Store, StoreAway

KEY = "organisation"
MOST_NUMBERS = 3  # of its own: more would push the national lines off a small screen
FRESH = 3.0  # seconds after which a gateway knows what was saved
Name = Literal[
    "name", "home_country", "own_numbers", "privacy_contact", "text_contact", "time_zone", "most_talks", "most_severe"
]  # fmt: skip
NAMES: tuple[Name, ...] = get_args(Name)
# Those that the environment can give too, under the same name in Settings.
IN_ENVIRONMENT: Mapping[str, str] = {
    "home_country": "HOME_COUNTRY",
    "privacy_contact": "PRIVACY_CONTACT",
    "time_zone": "DESK_TIME_ZONE",
    "most_talks": "MOST_TALKS",
    "most_severe": "MOST_SEVERE_TALKS",
}
Limits = Callable[[], Awaitable[tuple[int, int]]]  # talks at once, severe talks in a shift


class OwnNumber(BaseModel):
    """A number that the organisation answers itself."""

    model_config = ConfigDict(frozen=True)

    number: str  # E.164
    hours: str = ""  # the form of OpenStreetMap, by the clocks of the desk; empty: nothing is said of them


class SettingChange(BaseModel):
    """Who set something last, and when."""

    model_config = ConfigDict(frozen=True)

    by: str  # an account
    when: float  # seconds since 1970


class Organisation(BaseModel):
    """What is saved. Empty, or None, is what the environment says."""

    model_config = ConfigDict(frozen=True)

    name: str = ""
    home_country: str = ""  # ISO 3166-1 alpha-2
    own_numbers: tuple[OwnNumber, ...] = ()
    privacy_contact: str = ""  # in the full notice of the page
    text_contact: str = ""  # in the answer to HELP by SMS, which may be read by anybody who holds the phone
    time_zone: str = ""  # IANA
    most_talks: int | None = None
    most_severe: int | None = None
    changes: Mapping[Name, SettingChange] = {}

    def over(self, settings: Settings) -> Settings:
        """Give the settings that are in force."""
        saved: dict[str, Any] = {name: value for name in IN_ENVIRONMENT if (value := getattr(self, name))}
        return replace(settings, **saved)

    def told(self, settings: Settings) -> str:
        """Give who runs this and where they are reached, for the full notice of the page."""
        who = ", ".join(filter(None, (self.name, self.over(settings).privacy_contact)))
        # Letters of another script (a web address in an Arabic notice) must not turn the words around them.
        return f"\u2068{who}\u2069" if who else ""

    def differs(self, values: Mapping[Name, Any]) -> frozenset[Name]:
        """Give the names under which other values stand."""
        return frozenset(name for name, value in values.items() if value != getattr(self, name))

    def changed(self, values: Mapping[Name, Any], names: Iterable[Name], change: SettingChange) -> "Organisation":
        """Give it with other values; those of these names are marked with who and when."""
        changes = {**self.changes, **dict.fromkeys(names, change)}
        return self.model_copy(update={**{str(name): value for name, value in values.items()}, "changes": changes})

    def own_ids(self) -> tuple[str, ...]:
        """Give the ids under which complaints about the own numbers are counted."""
        return tuple(_ids(self.home_country, len(self.own_numbers)))


@dataclass(frozen=True)
class Saved:
    """What was read, and what it was read from: a change is written only onto that."""

    organisation: Organisation
    sealed: bytes = b""
    readable: bool = True  # not sealed with another master key


async def read(store: Store) -> Saved:
    """Read what is saved; raises StoreAway."""
    sealed = await store.call("GET", KEY)
    found = opened(store.vault, sealed)
    return Saved(found or Organisation(), sealed or b"", found is not None)


async def save(store: Store, before: Saved, after: Organisation) -> bool:
    """Write it; False where somebody else was faster, and nothing was written."""
    sealed = store.vault.desk.seal(after.model_dump_json().encode(), KEY)
    return bool(await store.run("organisation", [KEY], [before.sealed, sealed]))


def opened(vault: Vault, sealed: bytes | None) -> Organisation | None:
    """Open what stands in Redis; None where it does not open, and the environment alone counts."""
    if not sealed:
        return Organisation()
    try:
        return Organisation.model_validate_json(vault.desk.open(sealed, KEY))
    except (SealBroken, ValueError):
        logs.event("organisation_unreadable", logging.WARNING)
        return None


async def in_force(store: Store, settings: Settings) -> Settings:
    """Give the settings with what is saved over them; raises StoreAway."""
    return (await read(store)).organisation.over(settings)


def limits(store: Store, settings: Settings) -> Limits:
    """Give what asks for the limits of load, each time anew: a claim must count by what holds now."""

    async def now() -> tuple[int, int]:
        found = await in_force(store, settings)
        return found.most_talks, found.most_severe

    return now


def text_help(contact: str, locale: str) -> dict[str, Any]:
    """Give what answers HELP by SMS, with whom to ask below it."""
    if locale in RIGHT_TO_LEFT and not any(map(str.isalpha, contact)):
        contact = "".join(contact.split())  # a text message has no sign that would keep groups of digits in their order
    return {"say": "utter_line", "arguments": {"line": [{"say": "utter_text_help", "arguments": {}}, contact]}}


def all_own_ids(countries: Iterable[str]) -> Iterator[str]:
    """Give each id that an own number may have: complaints take none of them out, as no national line."""
    for country in countries:
        yield from _ids(country, MOST_NUMBERS)


def _ids(country: str, count: int) -> Iterator[str]:
    return (f"{country.lower()}-own-number-{place}" for place in range(1, count + 1))


class Followed:
    """What is saved, looked at every few seconds, for what must not wait for Redis: the page opens without it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.now = Organisation()

    async def run(self) -> None:
        """Look until cancelled. While Redis is away, what was read last counts."""
        while not ending():
            with suppress(StoreAway):
                await self.look()
            await asyncio.sleep(FRESH)

    async def look(self) -> None:
        """Look once."""
        self.now = (await read(self._store)).organisation
