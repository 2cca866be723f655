"""A service as phrases in the reader's language: number, who may come, when it is open, what to know before calling.

The bot and the operators say it the same way. A text message has little room, so the less urgent facts are left out there,
but never the number or a warning.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_time

from resources_directory.display.check_dates import month_of
from resources_directory.display.city_names import city_name
from resources_directory.display.dialing import to_dial
from resources_directory.display.line_names import without_number
from resources_directory.display.named_languages import languages_named
from resources_directory.model.line import phrase
from resources_directory.model.search_query import Referral
from resources_directory.ranking.audience import people_of_genders, phrases_for

# From this distance on, the distance is stated.
FAR = 5  # km
_SOON = timedelta(days=6)  # beyond that, the name of a weekday could mean another week
_SAME_LANGUAGE = {"fil": "tl"}
# The order in which facts are dropped from a text message.
_LESS_URGENT = ("note", "checked", "free", "languages", "text", "place", "open", "age")
Detail = tuple[str, Any]  # its topic, and a phrase or plain words
Short = Callable[[dict[str, Any]], bool]  # whether utter_service with these arguments is short enough


@dataclass(frozen=True)
class ServiceReader:
    """Who reads it, and when."""

    locale: str  # BCP 47
    names: Locale  # the same language in CLDR
    now: datetime  # an aware datetime
    country: str | None = (
        None  # where they have said they are, ISO 3166-1 alpha-2; None if they have not, or it is only assumed
    )


def service(found: Referral, reader: ServiceReader, head: list[Any], short: Short | None = None) -> dict[str, Any]:
    """Return the arguments of utter_service; with `short`, facts are dropped until they fit."""
    details = list(_details(found, reader))
    if short:
        for kind in _LESS_URGENT:
            if short(_said(found, details, head, reader.country)):
                break
            details = [detail for detail in details if detail[0] != kind]
    return _said(found, details, head, reader.country)


def _said(found: Referral, details: list[Detail], head: list[Any], caller: str | None) -> dict[str, Any]:
    facts = [words for _, words in details]
    name, call = without_number(found.name, found.number), to_dial(found.number, found.e164, found.country, caller)
    more = {"call": call, "chat": (found.chat or "").partition("://")[2].rstrip("/")}
    return {"head": head, "service": phrase("line_service", name=name, number=found.number, details=facts, **more)}


def _details(found: Referral, reader: ServiceReader) -> Iterator[Detail]:
    yield from _place(found, reader)
    yield from _hours(found, reader)
    yield from _who(found)
    yield from _languages(found, reader)
    if found.free:
        yield "free", phrase("line_free")
    yield from _by_text(found)
    for notice in found.notices:
        yield "notice", phrase(notice)
    if found.free is False and "know_may_cost" not in found.notices:
        yield "notice", phrase("know_may_cost")
    if found.checked_on is None:
        yield "notice", phrase("line_unchecked")
    else:
        yield "checked", phrase("line_checked", date=month_of(found.checked_on, reader.names))
    if found.note and reader.locale == "en":
        yield "note", found.note


def _place(found: Referral, reader: ServiceReader) -> Iterator[Detail]:
    if found.city is None:
        return
    city = city_name(found.city, found.country, reader.names)
    if found.kilometres is not None and found.kilometres >= FAR:
        yield "place", phrase("line_city_far", city=city, kilometres=str(round(found.kilometres)))
    else:
        yield "place", f"{city}."


def _hours(found: Referral, reader: ServiceReader) -> Iterator[Detail]:
    told = when_open(found.always_open, found.open_now, found.changes_at, reader)
    if told:
        yield "open", told


def when_open(
    always: bool, now: bool | None, changes_at: datetime | None, reader: ServiceReader
) -> dict[str, Any] | None:
    """Return the phrase for whether it is open and until when; None if that is not known for sure."""
    if always:
        return phrase("line_open_always")
    if now and changes_at:
        return phrase("line_open_until", time=moment(changes_at, reader))
    if now:
        return phrase("line_open_now")
    if now is False and changes_at:
        return phrase("line_opens", time=moment(changes_at, reader))
    return None


def moment(at: datetime, reader: ServiceReader) -> str:
    """Return a day and time in the reader's format: "Friday 5:00 PM"."""
    time = format_time(at, "short", locale=reader.names)
    if at - reader.now > _SOON:
        return f"{format_date(at, 'long', locale=reader.names)} {time}"
    return f"{format_datetime(at, 'EEEE', locale=reader.names)} {time}"


def _who(found: Referral) -> Iterator[Detail]:
    yield from (("who", phrase(name)) for name in phrases_for(found.people or people_of_genders(found.genders)))
    if found.minimum_age:
        yield "age", phrase("line_from_age", age=str(found.minimum_age))
    if found.maximum_age is not None:
        yield "age", phrase("line_to_age", age=str(found.maximum_age))


def _languages(found: Referral, reader: ServiceReader) -> Iterator[Detail]:
    if _base(reader.locale) not in _tags(found.languages):
        yield from (("languages", said) for said in languages(found.languages, reader))


def languages(spoken: Iterable[str], reader: ServiceReader) -> Iterator[dict[str, Any]]:
    """Yield the phrases that name languages, in the reader's own. `spoken`: ISO 639 codes, `mul` for many."""
    tags = _tags(spoken)
    if named := languages_named(tags, reader.locale, reader.names):
        yield phrase("line_languages", languages=named)
    if "mul" in tags:
        yield phrase("line_languages_many")


def _by_text(found: Referral) -> Iterator[Detail]:
    if found.sms and found.sms_word:
        yield "text", phrase("line_text_word", number=found.sms, word=found.sms_word)
    elif found.sms:
        yield "text", phrase("line_text", number=found.sms)


def _tags(spoken: Iterable[str]) -> list[str]:
    return [_SAME_LANGUAGE.get(tag, tag) for tag in spoken]


def _base(locale: str) -> str:
    return locale.partition("-")[0]
