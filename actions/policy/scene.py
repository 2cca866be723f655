"""What an action works with: the turn, its label, the places and languages named, and a way to say phrases."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from actions.hearing.heard_topics import heard_topics
from actions.replies.reply_draft import ReplyDraft
from bot.conversation.record import Record
from bot.engine.turn import Turn
from bot.engine.understood import FALLBACK
from bot.phrases.phrases import SHARED, SOURCE, Phrasebook
from bot.text.cleaning import clean, words
from bot.understanding.countries import says_here
from bot.understanding.crisis import LABELS, CrisisNet
from bot.understanding.indicators import catalogue
from bot.understanding.lexicon_matcher import HeardSign
from resources_directory.places.whereabouts import Whereabouts

_ROOT = Path(__file__).parents[2]
CRISIS = frozenset(LABELS)
# Counted beside the labels.
UNCLEAR = "unclear"  # misses in a row
COUNTRY_ASKED = "country asked"  # in the whole conversation
# Told: whose crisis the open thread is about, and that the writer thought of dying.
OF_OTHER, OWN_SELF_HARM = "crisis of another", "own self-harm"
ABOUT_ME = 0.8  # chance of "me" that outweighs a worry about somebody else

# Labels that say nothing beside the place that came with them.
ONLY_A_PLACE = frozenset(
    {"provide_location", FALLBACK, "affirm", "deny", "unsure", "greet", "thanks", "out_of_scope", "not_understood"}
)
_SURE = 0.6
_SURE_ANSWER = 0.8
_FEW_WORDS = 3
_COMES = 0.35  # chance that somebody is there, or comes
# Fine labels that reviewed words name too (data/topic_words/): the reader often misses what is said in two words. Chance of these.
_BY_WORDS = {"watcher_gone": "safe/watcher_gone", "help_called": "event/called"}
_NAMED, _HEARD = 0.7, 0.4  # the second: of a fine label of the same kind that was heard
_KEPT = 0.3  # chance of a fine label from which it is kept with a message that waits
_AS_SAID = ("place", "span", "money")  # kept for an operator in the person's words
# Whom a message is about: from which chance somebody else is meant, and what counts for it by what was told before.
_OTHER, _OTHER_BEGINS = 0.5, 0.7  # the second where a story begins: most who write tell their own
_BEFORE = {"other": 0.35, "self": -0.25}
# Labels that are about the place where somebody is. An offer abroad or a visa may name another country.
_NOT_HERE = frozenset({"check_job_offer", "ask_immigration_rights", "change_language", "ask_what_is_trafficking"})


@dataclass(frozen=True)
class Scene:
    """One turn, as actions see it."""

    turn: Turn
    label: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    drafts: list[ReplyDraft] = field(default_factory=list)  # what the answer says, before it is put within its budget
    confidence: float = 1.0  # of the label; a choice is sure
    topics: tuple[str, ...] = ()
    indicators: tuple[HeardSign, ...] = ()
    age: int | None = None  # in years, as the writer told it
    step: str | None = None  # where a choice of ours leads, behind the label "step"
    named: tuple[tuple[str, str], ...] = ()  # place, span or money, and the words that name it
    whereabouts: Whereabouts | None = (
        None  # what the message says of where the writer is; None where no places are known
    )
    named_countries: tuple[str, ...] = ()  # all that are named, whatever for
    after_hush: bool = False  # somebody may have come before this message: one bubble, and no topic that it lacks
    no_list: bool = False  # the first answer after a hush or a gap: a list of choices would name topics
    late: bool = False  # what is answered was said in an earlier message
    waited: Mapping[str, float] = field(default_factory=dict)  # what was heard in that
    picked: str | None = None  # of two places with one name, the number in GeoNames, or country.region
    ranking: tuple[tuple[str, float], ...] = ()  # guesses, likeliest first, where nothing was understood

    @classmethod
    def of(cls, turn: Turn) -> "Scene":
        """Return the view of a turn by what was understood of its message."""
        heard = turn.understood
        found = heard.entities
        return cls(
            turn,
            heard.intent or FALLBACK,
            _values(found, "country"),
            _values(found, "language"),
            [],
            heard.confidence,
            tuple(dict.fromkeys((*_values(found, "topic"), *heard_topics(heard.heard.get("many", {}))))),
            tuple(_heard(entity) for entity in found if entity.get("entity") == "indicator"),
            int(ages[0]) if (ages := _values(found, "age")) else None,
            steps[0] if (steps := _values(found, "to")) else None,
            tuple((one["entity"], str(one.get("words") or "")) for one in found if one.get("entity") in _AS_SAID),
            named_countries=_values(found, "country"),
            picked=next(iter(_values(found, "picked")), None),
            ranking=heard.ranking,
        )

    def told_as(self, label: str) -> "Scene":
        """Give this turn as if only a label had been told: what is answered later than it was said."""
        return Scene(self.turn, label, (), (), self.drafts, late=True)

    def told_before(self, label: str) -> "Scene":
        """Give this turn as if the message that waited came now, with all that was heard in it."""
        waited, self.record.want_heard = self.record.want_heard, {}
        return Scene(self.turn, label, (), (), self.drafts, late=True, waited=waited)

    def wait_with(self, label: str) -> None:
        """Keep a label until it is known to be safe, with the fine labels that were heard beside it."""
        self.record.want = label
        heard = {name: round(chance, 2) for name, chance in self.many.items() if chance >= _KEPT}
        named = any(label in catalogue()[sign.indicator].intents for sign in self.indicators)
        sure = 1.0 if named or label != self.label else self.sureness
        self.record.want_heard = {**heard, label: round(sure, 2)}

    def understood_as(self, label: str) -> "Scene":
        """Give this turn under another label, with all that was named in it."""
        return replace(self, label=label)

    @property
    def record(self) -> Record:
        """Give what is remembered of the conversation; changing it is how actions have effects."""
        return self.turn.record

    @property
    def told_by_phrase(self) -> bool:
        """Tell whether a reviewed phrase names this crisis, and not only the reader."""
        return self.names_crisis(self.label)

    def names_crisis(self, label: str) -> bool:
        """Tell whether a reviewed phrase names a crisis."""
        return _net().find(self.turn.text) == label

    @property
    def guessed(self) -> bool:
        """Whether the label is a crisis that the reader only holds possible. A choice or another label is none."""
        return self.turn.crises.get(self.label, (1.0, "sure"))[1] != "sure"

    def answers(self, answer: str) -> bool:
        """Whether the reader is sure that this answers the open question so: yes, no, unsure, value or none."""
        return self.turn.heard.get("answer", {}).get(answer, 0.0) >= _SURE_ANSWER

    @property
    def answers_shortly(self) -> bool:
        """Whether the message can be no more than an answer to the question that is open: a place, a number, a word or two."""
        said = words(clean(self.turn.text))
        short = len(said) <= _FEW_WORDS and self.heard("answer", "none") < _SURE_ANSWER
        return self.turn.chosen or short or self.heard("answer", "value") >= _SURE

    def marked(self, mark: str) -> bool:
        """Whether the reader is sure of a mark: watched, free, negated, corrected, or a crisis with whose and when."""
        return self.turn.heard.get("marks", {}).get(mark, 0.0) >= _SURE_ANSWER

    @property
    def many(self) -> Mapping[str, float]:
        """All labels and fine labels that are heard in the message to answer, or named by reviewed words, with their chances."""
        if self.late:
            return self.waited
        heard = self.turn.heard.get("many", {})
        # What is heard of the same kind is more exact: "the ambulance is here" is no call.
        kinds = {name.partition("/")[0] for name, chance in heard.items() if "/" in name and chance >= _HEARD}
        named = {
            label: _NAMED
            for topic, label in _BY_WORDS.items()
            if topic in self.topics and label.partition("/")[0] not in kinds
        }
        return {**heard, **named} if named else heard

    def likeliest(self, *families: str, without: Collection[str] = ()) -> tuple[str, float]:
        """Return the likeliest label of all that are heard, of those that begin so, with its chance."""
        labels = [name for name in self.many if name.startswith(families or ("",)) and "/" not in name]
        found = max(
            (name for name in labels if name not in without), key=lambda name: self.many[name], default=FALLBACK
        )
        return found, self.many.get(found, 0.0)

    @property
    def sureness(self) -> float:
        """The chance that the label is said, whether or not another one decides what is answered first."""
        return max(self.confidence, self.many.get(self.label, 0.0))

    def heard(self, head: str, name: str) -> float:
        """Return the chance that the reader gives a name of one of its heads."""
        return 0.0 if self.late else self.turn.heard.get(head, {}).get(name, 0.0)

    def because(self, rule: str) -> None:
        """Note which rule answered, for whoever asks why."""
        self.turn.answered_by = " · ".join(filter(None, (self.turn.answered_by, rule)))

    @property
    def names_in(self) -> str:
        """The language in which countries, towns and languages are named: English in a reply in the Latin letters of two."""
        return SOURCE if frozenset(self.turn.unsure) in SHARED else self.turn.locale

    @property
    def country(self) -> str | None:
        """The country to give numbers of: the one that was said; else an assumption."""
        return self.record.country or self.assumed_country

    @property
    def assumed_country(self) -> str | None:
        """The country of the phone's number, or one that was named in passing; of a message about somebody else, theirs."""
        return self.turn.phone_country or self.record.likely_country or self.their_country

    @property
    def their_country(self) -> str | None:
        """Where somebody else is whom this message is about. Whoever may read now is not told what was told before."""
        hushed = self.record.situation == "quiet" or self.after_hush
        # "Do I dial 15 from here?": a danger of theirs goes on, whoever these words are about. One of the writer's own ends that.
        runs = bool(self.record.crisis) and OF_OTHER in self.record.told
        return self.record.their_country if (self.about_other or runs) and not hushed else None

    @property
    def somebody_comes(self) -> bool:
        """Whether somebody may be with the writer now, as far as this message is heard."""
        hushes = self.label == "cannot_talk_safely" and (not self.guessed or self.told_by_phrase)
        return hushes or max(self.heard("marks", "watched"), self.many.get("event/somebody_comes", 0.0)) >= _COMES

    @property
    def watcher_gone(self) -> bool:
        """Whether reviewed words say that whoever watched has gone, and nothing says that somebody is there."""
        return "watcher_gone" in self.topics and not self.somebody_comes

    @property
    def here(self) -> str | None:
        """The country that was said, in this message too: in neutral mode it is not kept."""
        return self.record.country or (self.countries[-1] if self.countries else None)

    @property
    def about_other(self) -> bool:
        """Whether this message is about somebody else than the writer, in the light of what was told before."""
        other = self.heard("about", "other") + self.heard("about", "both") / 2
        if self.late or not self.turn.heard.get("about"):
            return self.record.about == "other"
        begins = self.label.startswith("disclose_") and self.record.about != "other"
        return other + _BEFORE.get(self.record.about or "", 0.0) > (_OTHER_BEGINS if begins else _OTHER)

    def say(self, phrase: str, choices: list[dict[str, Any]] | None = None, **arguments: Any) -> None:
        """Say a phrase. Without `choices` the ones that domain.yml gives the phrase are shown.

        What was noted by the name of the phrase is forgotten where it finds no room.
        """
        self.drafts.append(ReplyDraft(phrase, arguments, choices, lambda: self.unnote(phrase)))

    def say_once(self, what: str, phrase: str, **arguments: Any) -> bool:
        """Say a phrase unless that was done before, and note it; tell whether it is said. It stays due where it finds no room."""
        if what in self.record.told:
            return False
        self.note(what)
        self.drafts.append(ReplyDraft(phrase, arguments, None, lambda: self.unnote(what)))
        return True

    def ask(
        self, phrase: str, undo: Callable[[], None], choices: list[dict[str, Any]] | None = None, **arguments: Any
    ) -> None:
        """Say a phrase that asks something. `undo` is called where it finds no room: then it was not asked."""
        self.drafts.append(ReplyDraft(phrase, arguments, choices, undo))

    def note_country(self) -> None:
        """Keep the country that was stated; two in one message say nothing about where somebody is."""
        about_offer = self.label not in CRISIS and (self.record.question or "").startswith("job_")
        elsewhere = self.label in _NOT_HERE and self.confidence >= _SURE
        if len(self.countries) != 1 or elsewhere or about_offer:
            return
        known = self.record.country
        # "He will kill my brother in Honduras" says nothing about where the writer is.
        if known in (None, self.countries[0]) or self.label in ONLY_A_PLACE or says_here(self.turn.text):
            self.record.country = self.countries[0]

    def times(self, label: str) -> int:
        """Tell how often a label was answered before this turn."""
        return self.record.answered.get(label, 0)

    @property
    def may_ask_country(self) -> bool:
        """Tell whether the country was asked for less than twice, whatever for."""
        return self.times(COUNTRY_ASKED) < 2

    def count_country_question(self) -> None:
        """Remember that the country was asked for."""
        self.record.answered[COUNTRY_ASKED] = self.times(COUNTRY_ASKED) + 1

    def uncount_country_question(self) -> None:
        """Forget that it was: the question found no room."""
        self.record.answered[COUNTRY_ASKED] = max(self.times(COUNTRY_ASKED) - 1, 0)

    def note(self, what: str) -> None:
        """Remember that something was told or happened."""
        if what not in self.record.told:
            self.record.told.append(what)

    def unnote(self, what: str) -> None:
        """Forget it again."""
        if what in self.record.told:
            self.record.told.remove(what)


def is_phrase(name: str) -> bool:
    """Tell whether the phrasebook has a phrase."""
    return name in Phrasebook.load(_ROOT).texts[SOURCE]


def choice(say: str, value: str) -> dict[str, Any]:
    """Give one numbered answer."""
    return {"say": say, "value": value}


def _values(entities: Sequence[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    found = (str(entity["value"]) for entity in entities if entity.get("entity") == name and entity.get("value"))
    return tuple(dict.fromkeys(found))


@cache
def _net() -> CrisisNet:
    return CrisisNet.load(_ROOT / "data" / "crisis")


def _heard(entity: Mapping[str, Any]) -> HeardSign:
    return HeardSign(str(entity["value"]), entity.get("when") or "open", str(entity.get("words") or ""))
