"""What a message names in particular, with one sentence that is true of it: a suitcase of another, the sea, a spare key.

The labels say what is asked, and seldom of what: "shall I?" gets an answer that fits whatever is meant. Words of things and acts
near each other tell the rest, or a head of the reader that was learned for it alone. Which words go together stands in
data/particulars.yml, the words in data/particular_words/, one sentence for each row in the phrasebook.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from actions.hearing import direct_answers
from actions.policy.scene import Scene
from actions.replies.reply_draft import ReplyDraft
from bot.engine.understood import FALLBACK
from bot.phrases.reply_kinds import kind_of
from bot.text.cleaning import clean, words
from bot.text.word_lists import SPACELESS_LETTER
from bot.text.word_sets import WordSets, stand_together

PHRASE = "utter_named_"
_DATA = Path(__file__).parents[2] / "data"
_TOGETHER = {"hi": "ur", "ur": "hi"}  # one language in Latin letters
_NEAR, _NEAR_SPACELESS = 45, 20  # letters, between things that are meant together
_MOST, _MOST_IN_A_CRISIS = 2, 1
_GUESSED = 0.45  # chance below which an answer gives way to what is named in so many words
# Chance from which the reader is believed without these words; beside an answer that is sure. In a crisis it never is.
_HEARD, _HEARD_BESIDE = 0.6, 0.75
# The same for one of several sentences, and for the whole message then. Of 99 rows that only a sentence named in messages of other
# people, 58 fitted; of those that the whole did not rule out, four in five.
_HEARD_IN_SENTENCE, _IN_WHOLE = 0.85, 0.001
# Share of all that may be named, below which a row is none although its words stand there ("the baby went to sleep" in a story
# about a passport): of wrong rows one in eight is above it, of right ones nine in ten.
_HARDLY, _NEVER = 0.003, 0.0002  # the second: chance below which it is none, however little else is named
# What is said beside these is chosen with care: whoever thinks of dying hears of no other way, and whoever comes reads nothing.
_ALONE = frozenset({"self_harm", "cannot_talk_safely", "delete_my_data", "change_language", "goodbye"})
_DYING = 0.1  # chance of thoughts of dying from which nothing is named
_ORDINARY = 0.6  # chance of a message that is none of our business
_ASKS, _SHALL_I, _DECIDES = re.compile("[?？؟]"), "shall_i", 0.3
_ENTRY, _OF_LINES = "entry: ", "line_"  # answered by what the directory says of a line; what is true of any
# Rows that an answer says already.
_SAID_BY = {
    "emergency_no_credit": "utter_emergency_free",
    "phone_bill_shows": "utter_call_leaves_trace",
    "spy_app": "utter_how_spyware",
    "spy_app_remove": "utter_how_spyware",
}
_AT_TIMES = frozenset({"phone_checked_often", "phone_search_gate"})
# What is said where nothing was understood.
_UNCLEAR = (
    "utter_cannot_say",
    "utter_tell_more",
    "utter_read_it",
    "utter_simple",
    "utter_rephrase",
    "utter_choose",
    "utter_guess",
)
# What takes up a message, or must be known first, stands before what was named.
_BEFORE = ("utter_tone_", "utter_event_", "utter_safe_", "utter_talk_", "utter_begin", "utter_told")


@dataclass(frozen=True)
class Particular:
    """One row of data/particulars.yml."""

    name: str
    words: tuple[tuple[str, ...], ...]  # of each group one set of words must be named, near the others
    unless: tuple[str, ...] = ()  # sets of words that make it something else
    beside: str = "calm"  # crisis: may be said while an emergency goes on
    of: str = "any"  # self or other: whom it is about
    asked: bool = False  # only in a question or a decision
    phrase: str = ""

    @property
    def says(self) -> str:
        """The phrase that is said."""
        return self.phrase or f"{PHRASE}{self.name}"


def named(text: str, locale: str, asks: bool = False) -> list[Particular]:
    """Return what a message names, that of the most words first. `asks`: it is known to ask or to weigh something."""
    found = _sets(locale).find(words(clean(text)))
    within = _NEAR_SPACELESS if SPACELESS_LETTER.search(text) else _NEAR
    asks = asks or _SHALL_I in found or _ASKS.search(text) is not None
    kept = [row for row in table() if _stands(row, found, within) and (asks or not row.asked)]
    return sorted(kept, key=lambda row: -len(row.words))


def add(scene: Scene) -> None:
    """Say what is true of that which a message names: before the answer, or in place of one that was only guessed."""
    rows = _due(scene)
    if not rows:
        return
    _make_room(scene)
    place = next((at for at, draft in enumerate(scene.drafts) if not _stands_before(draft)), len(scene.drafts))
    for row in rows:
        scene.because(f"named {row.name}")
    scene.drafts[place:place] = [ReplyDraft(row.says) for row in rows]


def is_checked_at_times(scene: Scene) -> bool:
    """Tell whether a message says that the phone is looked through at times that are known, or again and again."""
    return any(row.name in _AT_TIMES for row in named(scene.turn.text, scene.turn.locale))


@cache
def table() -> tuple[Particular, ...]:
    """Return the rows, in order."""
    plain = yaml.load((_DATA / "particulars.yml").read_bytes(), Loader=yaml.CSafeLoader)
    return tuple(_row(name, told) for name, told in plain.items())


def _row(name: str, told: Mapping[str, object]) -> Particular:
    groups = tuple(tuple(group) for group in told["words"])  # type: ignore[attr-defined]
    rest = {key: value for key, value in told.items() if key not in ("words", "unless")}
    return Particular(name, groups, tuple(told.get("unless", ())), **rest)  # type: ignore[arg-type]


def _stands(row: Particular, found: Mapping[str, list[int]], within: int) -> bool:
    if any(name in found for name in row.unless):
        return False
    places = [[place for name in group for place in found.get(name, ())] for group in row.words]
    return all(places) and stand_together(places, within)


def _due(scene: Scene) -> list[Particular]:
    hushed = scene.after_hush or scene.no_list or scene.somebody_comes
    if scene.record.situation != "talk" or scene.turn.chosen or scene.late or hushed:
        return []
    if (scene.label == "out_of_scope" and scene.sureness >= _ORDINARY) or scene.label in _ALONE or _of_dying(scene):
        return []
    crisis = scene.record.crisis is not None or any(kind_of(draft.phrase) == "crisis" for draft in scene.drafts)
    fits = [row for row in _likely(scene) if _fits(row, scene, crisis)]
    return fits[: _MOST_IN_A_CRISIS if crisis else _MOST]


def _of_dying(scene: Scene) -> bool:
    """Tell whether somebody may think of dying: then no way out is spoken of lightly."""
    chance, band = scene.turn.crises.get("self_harm", (0.0, "no"))
    likely = max(chance, scene.many.get("self_harm", 0.0)) >= _DYING
    return scene.record.crisis == "self_harm" or band != "no" or likely


def _likely(scene: Scene) -> list[Particular]:
    """Return what words or the reader name, the likeliest first."""
    whole, part = (scene.turn.heard.get(head, {}) for head in ("named", "named_in_sentence"))
    chances = {name: max(chance, part.get(name, 0.0)) for name, chance in whole.items()}
    asks = sum(chance for label, chance in scene.many.items() if label.startswith("decide/")) >= _DECIDES
    in_words = named(scene.turn.text, scene.turn.locale, asks)
    least = max(_NEVER, _HARDLY * (1.0 - whole.get("", 0.0))) if whole else 0.0
    by_words = [row for row in in_words if chances.get(row.name, 0.0) >= least]
    believed = _HEARD if _is_guessed(scene) else _HEARD_BESIDE
    calm = scene.record.crisis is None
    heard = [
        row
        for row in table()
        if calm and row not in by_words
        if whole.get(row.name, 0.0) >= believed
        or (part.get(row.name, 0.0) >= _HEARD_IN_SENTENCE and whole.get(row.name, 0.0) >= _IN_WHOLE)
    ]
    return sorted([*heard, *by_words], key=lambda row: -chances.get(row.name, 0.0))


def _fits(row: Particular, scene: Scene, crisis: bool) -> bool:
    said = scene.record.spoken.get(row.says, 0) or any(draft.phrase == row.says for draft in scene.drafts)
    if _by_entry(scene) and row.name.startswith(_OF_LINES):
        return False  # what the entry says of it is nearer
    if any(draft.phrase == _SAID_BY.get(row.name) for draft in scene.drafts):
        return False
    about = row.of == "any" or (row.of == "other") == (scene.about_other or scene.record.about == "other")
    return not said and about and (row.beside == "crisis" or not crisis)


def _make_room(scene: Scene) -> None:
    """Take back an answer that was not understood or only guessed: what is named in so many words is nearer."""
    guessed = _is_guessed(scene)
    for draft in [draft for draft in scene.drafts if _gives_way(draft, guessed)]:
        draft.leave_out()
        scene.drafts.remove(draft)


def _by_entry(scene: Scene) -> bool:
    return _ENTRY in scene.turn.answered_by


def _is_guessed(scene: Scene) -> bool:
    """Tell whether whatever answers was no more than a guess."""
    asked = max((one.chance for one in direct_answers.answers(scene)), default=0.0)
    return not _by_entry(scene) and max(0.0 if scene.label == FALLBACK else scene.sureness, asked) < _GUESSED


def _gives_way(draft: ReplyDraft, guessed: bool) -> bool:
    if draft.phrase.startswith(_UNCLEAR):
        return True
    return guessed and kind_of(draft.phrase) == "answer" and not _stands_before(draft) and not draft.shown_choices


def _stands_before(draft: ReplyDraft) -> bool:
    return kind_of(draft.phrase) == "crisis" or draft.phrase.startswith(_BEFORE)


@cache
def _sets(locale: str) -> WordSets:
    return WordSets.of(_lists(locale))


def _lists(locale: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for name, phrases in _files(locale):
        lists.setdefault(name, []).extend(phrases)
    return lists


def _files(locale: str) -> Iterator[tuple[str, list[str]]]:
    for language in dict.fromkeys((locale, _TOGETHER.get(locale, locale))):
        plain = yaml.load((_DATA / "particular_words" / f"{language}.yml").read_bytes(), Loader=yaml.CSafeLoader)
        yield from plain["words"].items()
