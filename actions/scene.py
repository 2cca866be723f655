"""What an action works with: the turn, its label, the places and languages named, and a way to say phrases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.record import Record
from bot.turn import Turn, current

FALLBACK = "nlu_fallback"
# Counted beside the labels.
UNCLEAR = "unclear"  # misses in a row
COUNTRY_ASKED = "country asked"  # in the whole conversation

# Labels that say nothing beside the place that came with them.
ONLY_A_PLACE = frozenset(
    {"provide_location", FALLBACK, "affirm", "deny", "unsure", "greet", "thanks", "out_of_scope", "not_understood"}
)
# Labels that are about the place where somebody is. An offer abroad or a visa may name another country.
_NOT_HERE = frozenset({"check_job_offer", "ask_immigration_rights", "change_language", "ask_what_is_trafficking"})


@dataclass(frozen=True)
class Scene:
    """One turn, as actions see it."""

    turn: Turn
    label: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    dispatcher: CollectingDispatcher

    @classmethod
    def of(cls, dispatcher: CollectingDispatcher, tracker: Tracker) -> "Scene":
        """Read the running turn and what was understood of its message."""
        heard: Mapping[str, Any] = tracker.latest_message or {}
        label = (heard.get("intent") or {}).get("name") or FALLBACK
        entities: Sequence[Mapping[str, Any]] = heard.get("entities") or ()
        countries, languages = _values(entities, "country"), _values(entities, "language")
        return cls(current(), label, countries, languages, dispatcher)

    @property
    def record(self) -> Record:
        """Give what is remembered of the conversation; changing it is how actions have effects."""
        return self.turn.record

    def say(self, phrase: str, choices: list[dict[str, Any]] | None = None, **arguments: Any) -> None:
        """Say a phrase. Without `choices` the ones that domain.yml gives the phrase are shown."""
        if choices is not None:
            arguments["choices"] = choices
        self.dispatcher.utter_message(response=phrase, **arguments)

    def note_country(self) -> None:
        """Keep the country that was stated; two in one message say nothing about where somebody is."""
        if len(self.countries) == 1 and self.label not in _NOT_HERE:
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

    def note(self, what: str) -> None:
        """Remember that something was told or happened."""
        if what not in self.record.told:
            self.record.told.append(what)

    def unnote(self, what: str) -> None:
        """Forget it again."""
        if what in self.record.told:
            self.record.told.remove(what)


def choice(say: str, value: str) -> dict[str, Any]:
    """Give one numbered answer."""
    return {"say": say, "value": value}


def _values(entities: Sequence[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    found = (str(entity["value"]) for entity in entities if entity.get("entity") == name and entity.get("value"))
    return tuple(dict.fromkeys(found))
