"""What is said in one turn: the drafts of the answers, put in few words, within the budget of the channel.

An answer drafts what it has to say, in order. Here a text that was said twice is left out, one question stays, closing
sentences give their choices to the message before them, and what finds no room is left out, the least urgent first.
"""

import zlib
from collections.abc import Iterable, Sequence
from functools import reduce

from actions.replies.reply_draft import ReplyDraft, comes_twice
from bot.conversation.record import Record
from bot.engine.turn import Turn
from bot.phrases.reply_kinds import kind_of
from bot.text.text_messages import fits

_BUBBLES, _LETTERS = 3, 500
_CRISIS_BUBBLES, _CRISIS_LETTERS = 2, 250
_PAIR_LETTERS = 300  # of one language, where each text comes in two
KEPT_SHORT = "short"  # told: that it will be kept short, for a battery, some minutes, or who said that it was too long
_SHORT_BUBBLES, _SHORT_LETTERS = 2, 320
_MOST_TIMES = 2  # the same text, outside of what neutral mode says
_REPEATED = frozenset({"neutral", "rest", "check", "opening"})  # kinds that have one text
_MAY_REPEAT = _REPEATED | {"crisis"}  # its number comes as often as it is needed
_TRUE = ("utter_person_", "utter_stay", "utter_ask_bot")  # said truly as often as it is asked
# Sentences that only lead to their choices: these stand below any other message as well.
_CLOSING = frozenset({"utter_more", "utter_also", "utter_after_service"})
_LEVEL = "utter_level_"  # what fits all that was told: it can wait for a later answer
# Answers that nothing else stands for: they come before numbers where there is no room for both.
_DUE = ("utter_no_person", "utter_person_", "utter_minor_limits", "utter_before_leaving", "utter_law_")
_READ = ("utter_read_it", "utter_tell_more", "utter_cannot_say", "utter_fine")
_HEADS = (
    *("utter_told", "utter_maybe_told", "utter_tone_", "utter_safe_", "utter_event_", "utter_talk_"),
    *("utter_heard", "utter_begin"),
    *(f"utter_find_{need}" for need in ("shelter", "legal_aid", "medical_care", "counselling", "basic_needs")),
)
# Beside a crisis number, where there is room: it comes again with its next telling.
_WAYS_OUT = frozenset({"utter_danger_more"})
_POSSIBLE = "utter_unclear_"  # a crisis that is possible: its number stays
_NAMED = "utter_named_"  # what was named in particular: nothing else is as near to the message
_INTRO, _BEGIN = "utter_intro", "utter_begin"
_NEEDED = 3  # rank below which nothing is left out before what was named
# How soon a message is left out, by the beginning of its name: a story that is believed can be so without a sentence on the law.
_RANKS: tuple[tuple[tuple[str, ...], float], ...] = (
    ((_INTRO, _BEGIN, _POSSIBLE, *_DUE), 1),
    ((_NAMED,), 2.5),
    (("utter_disclose_", "utter_only_lines"), 2.5),
    ((_LEVEL,), 6),
    (_HEADS, 5),
)


def composed(turn: Turn, drafts: Sequence[ReplyDraft], one: bool = False) -> list[ReplyDraft]:
    """Return what is said of the drafts, and remember how often each text was. `one`: one bubble at most, without choices."""
    kept = sorted(_unsaid(turn.record, _once(drafts)), key=lambda draft: kind_of(draft.phrase) != "crisis")
    if len(kept) < len(drafts) and all(draft.phrase in (*_CLOSING, _BEGIN) for draft in kept):
        begins = [draft for draft in kept if draft.phrase == _BEGIN]
        kept = [*begins, *_instead(turn.record, drafts), *(draft for draft in kept if draft not in begins)]
    kept = _within(turn, _closed(_joined(turn, _one_question(kept))))
    if one:
        kept = _alone(kept)
    if turn.channel == "sms":
        kept = [_fitting(turn, draft) for draft in kept]
    for said in (each for draft in kept for each in (draft, *(draft.leaves if draft.parts else ()))):
        turn.record.spoken[_key(said)] = turn.record.spoken.get(_key(said), 0) + 1
    return kept


def _once(drafts: Iterable[ReplyDraft]) -> list[ReplyDraft]:
    return list({_key(draft): draft for draft in drafts}.values())


def _unsaid(record: Record, drafts: Sequence[ReplyDraft]) -> list[ReplyDraft]:
    """Leave out what was said twice already; a text of neutral mode may come as often as it is due."""
    return [
        draft
        for draft in drafts
        if record.spoken.get(_key(draft), 0) < _MOST_TIMES
        or kind_of(draft.phrase) in _MAY_REPEAT
        or draft.phrase.startswith(_TRUE)
    ]


def _instead(record: Record, drafts: Sequence[ReplyDraft]) -> list[ReplyDraft]:
    """Say that it was read, or that these were all the numbers, where all was said before: nobody is left without an answer."""
    choices = next((draft.shown_choices for draft in reversed(drafts) if draft.shown_choices), [])
    numbers = ["utter_all_given"] if any(kind_of(draft.phrase) == "number" for draft in drafts) else []
    said = [ReplyDraft(phrase, {}, choices) for phrase in (*numbers, *_READ)]
    return (_unsaid(record, said) or [ReplyDraft("utter_ok")])[:1]


def _one_question(drafts: list[ReplyDraft]) -> list[ReplyDraft]:
    """Keep one question: that of a crisis, else the first one. What it all amounts to waits for its answer: choices below it
    would be taken for one."""
    asking = [draft for draft in drafts if draft.asks]
    stays = next((draft for draft in asking if kind_of(draft.phrase) == "crisis"), asking[0] if asking else None)
    waiting = [draft for draft in drafts if stays and draft is not stays and (draft.asks or _is_level(draft))]
    for draft in waiting:
        draft.leave_out()
    return [draft for draft in drafts if draft not in waiting]


def _is_level(draft: ReplyDraft) -> bool:
    return draft.phrase.startswith(_LEVEL)


def _joined(turn: Turn, drafts: list[ReplyDraft]) -> list[ReplyDraft]:
    """Put a short first sentence in front of the answer that follows it, as one message, where both find room in it."""
    joined: list[ReplyDraft] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        follows = kind_of(draft.phrase) == "answer" and draft.phrase not in (*_CLOSING, _INTRO)
        if before and _is_head(before) and follows:
            both = ReplyDraft.joined(before, draft)
            if turn.channel != "sms" or fits(both.text(turn)):
                joined[-1] = both
                continue
        joined.append(draft)
    return joined


def _is_head(draft: ReplyDraft) -> bool:
    return all(leaf.phrase.startswith((*_HEADS, _POSSIBLE, _NAMED)) for leaf in draft.leaves) and not draft.choices


def _closed(drafts: list[ReplyDraft]) -> list[ReplyDraft]:
    """Let closing sentences give their choices to the last message; behind a question they are not needed."""
    rest = [draft for draft in drafts if draft.phrase not in _CLOSING]
    if not rest:
        return drafts
    closing = [draft for draft in drafts if draft.phrase in _CLOSING]
    takes = kind_of(rest[-1].phrase) != "crisis"  # nothing of what was looked for before stands below a crisis answer
    if closing and takes and not any(draft.asks or draft.shown_choices for draft in rest):
        rest[-1].choices = closing[-1].shown_choices
    return rest


def _within(turn: Turn, drafts: list[ReplyDraft]) -> list[ReplyDraft]:
    """Leave out the least urgent until the rest finds room: first the last lines of a list, then whole messages."""
    crisis = any(kind_of(draft.phrase) == "crisis" for draft in drafts)
    bubbles, room = (_CRISIS_BUBBLES, _CRISIS_LETTERS) if crisis else (_BUBBLES, _LETTERS)
    bubbles = _BUBBLES if turn.channel == "sms" else bubbles
    if comes_twice(turn):
        room = min(room, _PAIR_LETTERS)
    if KEPT_SHORT in turn.record.told and turn.channel != "sms" and not crisis:
        bubbles, room = min(bubbles, _SHORT_BUBBLES), min(room, _SHORT_LETTERS)
    kept, left_out = list(drafts), list[ReplyDraft]()
    while len(kept) > 1 and (len(kept) > bubbles or _is_long(turn, kept, room)):
        if all(draft.asks or draft.phrase == _INTRO for draft in kept):
            break  # a question with what must be known before it
        if len(kept) <= bubbles and (any(draft.shorten() for draft in kept) or _without_first_words(kept)):
            continue
        weakest = max(reversed(kept), key=lambda draft: _rank(draft, kept))
        if _rank(weakest, kept) < _NEEDED and _without(kept, _NAMED):
            continue
        begin, *behind = weakest.leaves
        if behind and begin.phrase == _BEGIN:
            kept[kept.index(weakest)] = begin  # how to stop stays, whatever finds no room behind it
            for leaf in behind:
                leaf.leave_out()
            continue
        if _rank(weakest, kept) == 0 and len(kept) <= bubbles:
            break  # nothing of a crisis answer is left out for its length
        rest = [draft for draft in kept if draft is not weakest]
        if all(draft.phrase == _INTRO for draft in rest):
            break  # what must be known before a list stands with it, however long both are
        kept = _introduced(rest)
        left_out.append(weakest)
        moves = weakest.shown_choices and not weakest.asks and kind_of(kept[-1].phrase) != "crisis"
        if moves and not any(draft.shown_choices or draft.asks for draft in kept):
            kept[-1].choices = weakest.shown_choices
    while _is_long(turn, kept, room) and (_without_first_words(kept) or _without(kept, _NAMED)):
        pass  # one message of two, that is too long by itself
    return _with_room_left(turn, kept, left_out, (bubbles, room))


def _with_room_left(
    turn: Turn, kept: list[ReplyDraft], left_out: Sequence[ReplyDraft], most: tuple[int, int]
) -> list[ReplyDraft]:
    """Put back what finds room after all, since something longer was left out after it, in front of questions and choices."""
    bubbles, room = most
    for draft in sorted(left_out, key=lambda one: _rank(one, left_out)):
        open_end = next((place for place, one in enumerate(kept) if one.asks or one.shown_choices), len(kept))
        place = 0 if draft.phrase.startswith(_HEADS) else open_end  # what takes up a message stands in front
        fuller = [*kept[:place], draft, *kept[place:]]
        says = not (draft.asks or draft.shown_choices or draft.phrase in (*_CLOSING, _INTRO) or _is_level(draft))
        if says and len(fuller) <= bubbles and not _is_long(turn, fuller, room):
            kept = fuller
        else:
            draft.leave_out()
    return kept


def _introduced(drafts: list[ReplyDraft]) -> list[ReplyDraft]:
    """Leave out what must be known before a personal question (P31) where the question has found no room."""
    if any(draft.asks for draft in drafts):
        return drafts
    for draft in drafts:
        if draft.phrase == _INTRO:
            draft.leave_out()
    return [draft for draft in drafts if draft.phrase != _INTRO]


def _without_first_words(drafts: list[ReplyDraft]) -> bool:
    """Leave a short first sentence of a joined message out; tell whether there was one."""
    named = [leaf for draft in drafts for leaf in draft.leaves if leaf.phrase.startswith(_NAMED)]
    if len(named) > 1 and _without(drafts, _NAMED):
        return True  # one of two
    return _without(drafts, "", (_POSSIBLE, _BEGIN, _NAMED))


def _without(drafts: list[ReplyDraft], begins: str, stays: tuple[str, ...] = ()) -> bool:
    """Leave out the last first sentence of a joined message whose name begins so, and not like one that stays."""
    for place, draft in enumerate(drafts):
        weak = next(
            (
                leaf
                for leaf in reversed(draft.leaves[:-1])
                if leaf.phrase.startswith(begins) and not leaf.phrase.startswith(stays)
            ),
            None,
        )
        if weak is not None:
            weak.leave_out()
            drafts[place] = reduce(ReplyDraft.joined, (leaf for leaf in draft.leaves if leaf is not weak))
            drafts[place].choices = draft.choices
            return True
    return False


def _is_long(turn: Turn, drafts: Sequence[ReplyDraft], room: int) -> bool:
    return turn.channel != "sms" and sum(len(draft.text(turn)) for draft in drafts) > room


def _rank(draft: ReplyDraft, drafts: Sequence[ReplyDraft]) -> float:
    """Return how soon a message is left out, the last of the highest rank first."""
    kind = kind_of(draft.phrase)
    if draft.parts:
        return _rank(draft.leaves[-1], drafts)
    extra = draft.phrase in _WAYS_OUT and draft is not drafts[0]
    if kind in _REPEATED or (kind == "crisis" and (draft is drafts[0] or len(drafts) <= _CRISIS_BUBBLES) and not extra):
        return 0
    by_name = next((rank for beginnings, rank in _RANKS if draft.phrase.startswith(beginnings)), None)
    beside_crisis = any(kind_of(one.phrase) == "crisis" for one in drafts)
    if kind == "crisis" or by_name is not None:
        return (by_name or 1) + (1 if beside_crisis and kind != "crisis" else 0)
    first = next((one for one in drafts if kind_of(one.phrase) == "answer" and not one.phrase.startswith(_HEADS)), None)
    return {"number": 2, "question": 4}.get(kind, 2 if first and draft in first.leaves else 3)


def _alone(drafts: list[ReplyDraft]) -> list[ReplyDraft]:
    """Return the most urgent message, without choices unless it asks; "OK, I wait" is said where there is nothing else."""
    if not drafts:
        return drafts
    first = min(drafts, key=lambda draft: (kind_of(draft.phrase) == "rest", _rank(draft, drafts)))
    for draft in drafts:
        if draft is not first:
            draft.leave_out()
    if not first.asks:
        first.choices = []
    return [first]


def _fitting(turn: Turn, draft: ReplyDraft) -> ReplyDraft:
    """Leave out the choices that find no room in one text message: they can be written as well."""
    draft.choices = list(draft.shown_choices)
    while draft.choices and not fits(draft.numbered(turn)):
        draft.choices.pop()
    return draft


def _key(draft: ReplyDraft) -> str:
    told = repr(sorted(draft.arguments.items()))
    return f"{draft.phrase} {zlib.crc32(told.encode()):x}" if draft.arguments else draft.phrase
