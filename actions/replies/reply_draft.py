"""One message that an answer wants to say, before all of a turn is put within its budget (actions/replies/composer.py)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.engine.turn import Turn
from bot.phrases.phrases import SOURCE, Phrasebook
from bot.phrases.reply_kinds import kind_of

BOTH = "utter_both"  # one message of two phrases


@dataclass(eq=False)
class ReplyDraft:
    """A phrase with its arguments. Choices of None: those that domain.yml gives the phrase."""

    phrase: str
    arguments: dict[str, Any] = field(default_factory=dict)
    choices: list[dict[str, Any]] | None = None
    undo: Callable[[], None] | None = None  # called where it is left out: then it was not said
    each: list[Callable[[], None] | None] = field(
        default_factory=list
    )  # the same for each of its `lines`; None: it stays
    parts: tuple["ReplyDraft", ...] = ()  # of a message that joins two; each may be joined itself

    def plain(self) -> dict[str, Any]:
        """Return it as an argument of another phrase."""
        return {"say": self.phrase, "arguments": self.arguments}

    @property
    def asks(self) -> bool:
        """Whether its English source asks something, or waits for an answer without asking."""
        return "?" in _book().texts[SOURCE].get(self.phrase, "") or kind_of(self.phrase) == "question"

    @property
    def speaks_of_number(self) -> bool:
        """Whether it speaks of the emergency number and does not say which it is."""
        return "emergency number" in _book().texts[SOURCE].get(self.phrase, "") and "number" not in self.arguments

    @property
    def shown_choices(self) -> list[dict[str, Any]]:
        """The choices that a person is shown."""
        if self.choices is not None:
            return self.choices
        return list(_book().about.get(self.phrase, {}).get("choices") or ())

    @classmethod
    def joined(cls, first: "ReplyDraft", second: "ReplyDraft") -> "ReplyDraft":
        """Return one message of two, with the choices of the second."""
        told = {"first": first.plain(), "second": second.plain()}
        return cls(BOTH, told, second.shown_choices, parts=(first, second))

    @property
    def leaves(self) -> tuple["ReplyDraft", ...]:
        """The phrases that are joined in it, in order; itself, where it is one."""
        return tuple(leaf for part in self.parts for leaf in part.leaves) or (self,)

    def leave_out(self) -> None:
        """Do what follows from its being left out."""
        for one in self.leaves:
            if one.undo:
                one.undo()
            for undo in filter(None, one.each):
                undo()

    def shorten(self) -> bool:
        """Leave out the last of its lines, if it has more than one; tell whether it did."""
        if sum(undo is not None for undo in self.each) < 2:
            return False
        last = self.each.pop()
        self.arguments = {**self.arguments, "lines": self.arguments["lines"][:-1]}
        if last:
            last()
        return True

    def text(self, turn: Turn) -> str:
        """Return it as the person reads it."""
        return _book().render(self.phrase, self.arguments, _locale(turn), turn.channel)

    def numbered(self, turn: Turn) -> str:
        """Return it with its choices below it, as a text message shows them."""
        named = (
            _book().render(one["say"], one.get("arguments") or {}, _locale(turn), turn.channel)
            for one in self.shown_choices
        )
        return "\n".join([self.text(turn), *(f"{at} {name}" for at, name in enumerate(named, 1))])


def comes_twice(turn: Turn) -> bool:
    """Tell whether a reply is said in two languages, one below the other."""
    return len(_book().read_as(turn.unsure)) > 1


def _locale(turn: Turn) -> str:
    shown = _book().read_as(turn.unsure)
    return shown[0] if len(shown) == 1 else turn.locale


@cache
def _book() -> Phrasebook:
    return Phrasebook.load(Path(__file__).parents[2])
