"""The languages that people on duty work in: which an operator leaves to colleagues for now, and which nobody has.

This sets an order and gives a hint, and refuses nothing. An operator who has not stated any languages leaves nobody to
others, and a language that no colleague could take now is everybody's: leaving it would make a person wait for nobody.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.handoff.waiting_line import Operator
from bot.served_languages import SERVED
from desk.auth.people import Account, People


@dataclass(frozen=True)
class Gap:
    """A language that an operator does not work in."""

    locale: str
    colleagues: Sequence[str]  # names of those who do, and could take one more conversation
    left: bool = False  # to them, for now


@dataclass(frozen=True)
class Skills:
    """Those on duty, by name, and which of them could take one more conversation."""

    there: Sequence[Account]
    free: Collection[str]  # ids

    @classmethod
    async def of(cls, people: People, operators: Iterable[Operator], most: int) -> "Skills":
        """Look who is on duty; `most`: how much load an operator can carry."""
        seen = list(operators)
        there = await people.some(each.id for each in seen)
        return cls(there, frozenset(each.id for each in seen if each.free(most)))

    def leaves(self, who: Account) -> frozenset[str]:
        """Return the languages that an operator leaves to colleagues, until somebody who waits in such a language is late."""
        if not who.languages:
            return frozenset()
        theirs = {locale for each in self._colleagues(who) for locale in each.languages}
        return frozenset(theirs.difference(who.languages))

    def gap(self, who: Account, locale: str, left: bool = False) -> Gap | None:
        """Return the gap if an operator does not work in a language; None if they do, or have stated no languages."""
        if not who.languages or not locale or locale in who.languages:
            return None
        return Gap(locale, [each.name for each in self._colleagues(who) if locale in each.languages], left)

    def missing(self, locales: Iterable[str]) -> list[str]:
        """Return those of the languages that nobody on duty has; none while nobody has stated theirs."""
        had, asked = {locale for each in self.there for locale in each.languages}, set(locales)
        return [locale for locale in SERVED if locale in asked - had] if had else []

    def _colleagues(self, who: Account) -> list[Account]:
        return [each for each in self.there if each.id in self.free and each.id != who.id]
