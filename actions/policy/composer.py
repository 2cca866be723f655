"""What is said in one turn: the drafts of the answers, put in few words, within the budget of the channel.

An answer drafts what it has to say, in order. Here a text that was said twice is left out, one question stays, closing
sentences give their choices to the message before them, and what finds no room is left out, the least urgent first.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.conversation.record import Record
from bot.engine.turn import Turn
from bot.phrases.phrases import SOURCE, Phrasebook
from bot.phrases.reply_kinds import kind_of
from bot.text.text_messages import fits

_BUBBLES, _LETTERS = 3, 500
_CRISIS_BUBBLES, _CRISIS_LETTERS = 2, 250
_PAIR_BUBBLES = 2
_MOST_TIMES = 2  # the same text, outside of what neutral mode says
_REPEATED = frozenset({"neutral", "rest", "check", "opening"})  # kinds that have one text
# Sentences that only lead to their choices: these stand below any other message as well.
_CLOSING = frozenset({
    "utter_more", "utter_also", "utter_after_lines", "utter_after_service", "utter_level_some", "utter_level_strong",
    "utter_level_none",
})  # fmt: skip
_READ = ("utter_read_it", "utter_tell_more", "utter_fine")
_HEADS = (
    "utter_told", "utter_maybe_told", "utter_tone_", "utter_safe_", "utter_event_", "utter_talk_", "utter_heard", "utter_unclear",
    "utter_begin",
)  # fmt: skip
_BOTH = "utter_both"  # one message of two phrases
_INTRO, _BEGIN = "utter_intro", "utter_begin"
_LEAST = 9


@dataclass
class Draft:
    """One message to say. `undo` is called where it is left out; choices of None: those that domain.yml gives the phrase."""

    phrase: str
    arguments: dict[str, Any] = field(default_factory=dict)
    choices: list[dict[str, Any]] | None = None
    undo: Callable[[], None] | None = None
    parts: tuple["Draft", ...] = ()  # of a message that joins two

    def plain(self) -> dict[str, Any]:
        """Return it as an argument of another phrase."""
        return {"say": self.phrase, "arguments": self.arguments}

    @property
    def asks(self) -> bool:
        """Whether its English source asks something, or waits for an answer without asking."""
        return "?" in _book().texts[SOURCE].get(self.phrase, "") or kind_of(self.phrase) == "question"

    @property
    def shown_choices(self) -> list[dict[str, Any]]:
        """The choices that a person is shown."""
        if self.choices is not None:
            return self.choices
        return list(_book().about.get(self.phrase, {}).get("choices") or ())


def composed(turn: Turn, drafts: Sequence[Draft], one: bool = False) -> list[Draft]:
    """Return what is said of the drafts, and remember how often each text was. `one`: no more than one bubble, without choices."""
    kept = _unsaid(turn.record, _once(drafts))
    if all(draft.phrase in (*_CLOSING, _BEGIN) for draft in kept):
        begins = [draft for draft in kept if draft.phrase == _BEGIN]
        kept = [*begins, *_instead(turn.record, drafts), *(draft for draft in kept if draft not in begins)]
    kept = _one_question(kept)
    kept = _within(turn, _closed(_joined(turn, kept)))
    if one and len(kept) > 1:
        kept = [min(kept, key=lambda draft: _rank(draft, kept))]
    if one and not kept[0].asks:
        kept[0].choices = []
    if turn.channel == "sms":
        kept = [_fitting(turn, draft) for draft in kept]
    for said in (each for draft in kept for each in (draft, *draft.parts)):
        turn.record.spoken[_key(said)] = turn.record.spoken.get(_key(said), 0) + 1
    return kept


def text(turn: Turn, draft: Draft) -> str:
    """Return a draft as the person reads it."""
    return _book().render(draft.phrase, draft.arguments, turn.locale, turn.channel)


def _once(drafts: Iterable[Draft]) -> list[Draft]:
    return list({_key(draft): draft for draft in drafts}.values())


def _unsaid(record: Record, drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out what was said twice already; a text of neutral mode may come as often as it is due."""
    kept = []
    for draft in drafts:
        if record.spoken.get(_key(draft), 0) < _MOST_TIMES or kind_of(draft.phrase) in _REPEATED:
            kept.append(draft)
        else:
            _leave_out(draft)
    return kept


def _instead(record: Record, drafts: Sequence[Draft]) -> list[Draft]:
    """Say that it was read, or that these were all the numbers, where all was said before: nobody is left without an answer."""
    if not drafts:
        return []
    choices = next((draft.shown_choices for draft in reversed(drafts) if draft.shown_choices), [])
    numbers = ["utter_all_given"] if any(kind_of(draft.phrase) == "number" for draft in drafts) else []
    said = [Draft(phrase, {}, choices) for phrase in (*numbers, *_READ)]
    return (_unsaid(record, said) or [Draft("utter_ok")])[:1]


def _one_question(drafts: list[Draft]) -> list[Draft]:
    """Keep one question: that of a crisis, else the first one."""
    asking = [draft for draft in drafts if draft.asks]
    if len(asking) < 2:
        return drafts
    stays = next((draft for draft in asking if kind_of(draft.phrase) == "crisis"), asking[0])
    for draft in asking:
        if draft is not stays:
            _leave_out(draft)
    return [draft for draft in drafts if not draft.asks or draft is stays]


def _joined(turn: Turn, drafts: list[Draft]) -> list[Draft]:
    """Put a short first sentence in front of the answer that follows it, as one message, where both find room in it."""
    joined: list[Draft] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        follows = kind_of(draft.phrase) == "answer" and draft.phrase not in _CLOSING
        if before and _is_head(before) and follows and not before.parts:
            both = Draft(
                _BOTH, {"first": before.plain(), "second": draft.plain()}, draft.shown_choices, parts=(before, draft)
            )
            if turn.channel != "sms" or fits(text(turn, both)):
                joined[-1] = both
                continue
        joined.append(draft)
    return joined


def _is_head(draft: Draft) -> bool:
    return draft.phrase.startswith(_HEADS) and kind_of(draft.phrase) == "answer" and not draft.choices


def _closed(drafts: list[Draft]) -> list[Draft]:
    """Let a closing sentence give its choices to the message before it; behind a question it is not needed."""
    if len(drafts) < 2 or drafts[-1].phrase not in _CLOSING:
        return drafts
    *before, last = drafts
    if not (before[-1].shown_choices or any(draft.asks for draft in before)):
        before[-1].choices = last.shown_choices
    return before


def _within(turn: Turn, drafts: list[Draft]) -> list[Draft]:
    """Leave out the least urgent until the rest finds room; choices of what is left out move to the last message."""
    crisis = any(kind_of(draft.phrase) == "crisis" for draft in drafts)
    bubbles, room = (_CRISIS_BUBBLES, _CRISIS_LETTERS) if crisis else (_BUBBLES, _LETTERS)
    bubbles = _BUBBLES if turn.channel == "sms" else bubbles
    if len(turn.unsure) > 1:
        bubbles, room = min(bubbles, _PAIR_BUBBLES), room // 2  # each text comes twice
    kept = list(drafts)
    while len(kept) > 1 and (len(kept) > bubbles or (turn.channel != "sms" and _length(turn, kept) > room)):
        weakest = max(reversed(kept), key=lambda draft: _rank(draft, kept))
        if _rank(weakest, kept) == 0 and len(kept) <= bubbles:
            break  # nothing of a crisis answer is left out for its length
        kept = [draft for draft in kept if draft is not weakest]
        _leave_out(weakest)
        if weakest.shown_choices and not any(draft.shown_choices for draft in kept) and not kept[-1].asks:
            kept[-1].choices = weakest.shown_choices
    return kept


def _rank(draft: Draft, drafts: Sequence[Draft]) -> int:
    kind = kind_of(draft.phrase)
    if kind in ("crisis", *_REPEATED):
        return 0 if kind != "crisis" or draft is drafts[0] or len(drafts) <= _CRISIS_BUBBLES else 1
    if draft.phrase.startswith((_INTRO, _BEGIN)):
        return 1
    if draft.phrase in _CLOSING:
        return _LEAST
    if draft.phrase.startswith(_HEADS):
        return 5
    return {"number": 2, "question": 4}.get(kind, 3)


def _fitting(turn: Turn, draft: Draft) -> Draft:
    """Leave out the choices that find no room in one text message: they can be written as well."""
    choices = draft.shown_choices
    while choices and not fits(
        "\n".join([text(turn, draft), *(f"{at} {_name(turn, one)}" for at, one in enumerate(choices, 1))])
    ):
        choices = choices[:-1]
    draft.choices = choices
    return draft


def _name(turn: Turn, choice: dict[str, Any]) -> str:
    return _book().render(choice["say"], choice.get("arguments") or {}, turn.locale, turn.channel)


def _length(turn: Turn, drafts: Iterable[Draft]) -> int:
    return sum(len(text(turn, draft)) for draft in drafts)


def _leave_out(draft: Draft) -> None:
    if draft.undo:
        draft.undo()


def _key(draft: Draft) -> str:
    told = repr(sorted(draft.arguments.items()))
    return f"{draft.phrase} {zlib.crc32(told.encode()):x}" if draft.arguments else draft.phrase


@cache
def _book() -> Phrasebook:
    return Phrasebook.load(Path(__file__).parents[2])
