"""The case card in words for an operator: labels, codes and ids become names, and nothing is added to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.handoff.case_card import Case
from bot.understanding.indicators import catalogue
from desk.localization.desk_catalogues import gettext, gettext_noop
from desk.localization.desk_formats import country

_BEGINNINGS = ("find_", "ask_", "report_", "check_")
# Labels of what somebody wants, declined or is in. A label that is missing here is shown as it is, without its lines.
_SAID = {
    "talk_to_human": gettext_noop("a person"),
    "report_concern": gettext_noop("concern"),
    "report_missing_person": gettext_noop("missing person"),
    "check_job_offer": gettext_noop("job offer"),
    "find_shelter": gettext_noop("shelter"),
    "find_legal_aid": gettext_noop("legal aid"),
    "find_medical_care": gettext_noop("medical care"),
    "find_counselling": gettext_noop("counselling"),
    "find_basic_needs": gettext_noop("basic needs"),
    "find_hotline": gettext_noop("hotline"),
    "ask_immigration_rights": gettext_noop("immigration rights"),
    "ask_worker_rights": gettext_noop("worker rights"),
    "ask_police": gettext_noop("police"),
    "immediate_danger": gettext_noop("immediate danger"),
    "self_harm": gettext_noop("self harm"),
    "medical_emergency": gettext_noop("medical emergency"),
    "cannot_talk_safely": gettext_noop("cannot talk safely"),
    "questions": gettext_noop("questions"),
    "person": gettext_noop("person"),
}
# What the bot has told, by the name under which it notes that. Whatever else stands there is its own bookkeeping.
_TOLD = {
    "intro": gettext_noop("who answers and what is kept"),
    "limits": gettext_noop("that children in danger may have to be reported"),
    "leaving": gettext_noop("to get advice before leaving"),
    "no person": gettext_noop("that nobody is on duty"),
    "no person again": gettext_noop("that nobody is on duty, twice"),
    "no country": gettext_noop("help without a country"),
    "urgent": gettext_noop("what to do at once"),
    "word offered": gettext_noop("the offer of an agreed word"),
    "how to call": gettext_noop("how to call safely"),
    "ways": gettext_noop("how to get help without speaking"),
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
        signs = [Sign(gettext(catalogue()[each.indicator].title), each.when, each.how, each.quote) for each in known]
        told = [said for name in case.told if (said := _told(name))]
        wants, said_no = map(_words, case.wants), map(_words, case.said_no)
        crises = [_words(name) for name in case.crises]
        return cls(case, signs, list(wants), told, list(said_no), crises, country(case.country))


def _words(label: str) -> str:
    if label in _SAID:
        return gettext(_SAID[label])
    for beginning in _BEGINNINGS:
        label = label.removeprefix(beginning)
    return label.replace("_", " ")


def _told(name: str) -> str:
    """Return what was told, in words; empty for what nobody at the desk can use."""
    kind, _, code = name.rpartition(" ")
    if kind == "lines":
        return gettext("numbers for %(country)s", country=country(code))
    if kind == "visa of":
        return gettext("permits in %(country)s", country=country(code))
    return gettext(_TOLD[name]) if name in _TOLD else ""
