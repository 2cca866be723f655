"""The case card in words for an operator: labels, codes and ids become names, and nothing is added to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.handoff.case_card import Case
from bot.understanding.indicators import catalogue
from desk.localization.desk_formats import country

_INNER = ("answer ", "level ", "utter_", "closed")  # the bot's own bookkeeping among what it has told
_BEGINNINGS = ("find_", "ask_", "report_", "check_")
_SAID = {"talk_to_human": "a person"}  # where the label itself would read oddly
# What the bot has told, by the name under which it notes that.
_TOLD = {
    "intro": "who answers and what is kept",
    "limits": "that children in danger may have to be reported",
    "leaving": "to get advice before leaving",
    "no person": "that nobody is on duty",
    "no person again": "that nobody is on duty, twice",
    "no country": "help without a country",
    "urgent": "what to do at once",
    "word offered": "the offer of an agreed word",
}


@dataclass(frozen=True)
class Sign:
    """One reason why a case is as urgent as it is."""

    title: str
    when: str
    how: str
    quote: str


@dataclass(frozen=True)
class Card:
    """The card shown beside a conversation."""

    case: Case
    signs: Sequence[Sign]
    wants: Sequence[str]
    told: Sequence[str]
    said_no: Sequence[str]
    crises: Sequence[str]
    country: str

    @classmethod
    def of(cls, case: Case) -> "Card":
        """Put a case into words."""
        known = [reason for reason in case.reasons if reason.indicator in catalogue().indicators]
        signs = [Sign(catalogue()[each.indicator].title, each.when, each.how, each.quote) for each in known]
        told = [_told(name) for name in case.told if not name.startswith(_INNER)]
        wants, said_no = map(_words, case.wants), map(_words, case.said_no)
        crises = [_words(name) for name in case.crises]
        return cls(case, signs, list(wants), told, list(said_no), crises, country(case.country))


def _words(label: str) -> str:
    for beginning in _BEGINNINGS:
        label = label.removeprefix(beginning)
    return _SAID.get(label, label.replace("_", " "))


def _told(name: str) -> str:
    kind, _, code = name.rpartition(" ")
    if kind == "lines":
        return f"numbers for {country(code)}"
    if kind == "visa of":
        return f"permits in {country(code)}"
    return _TOLD.get(name, _words(name))
