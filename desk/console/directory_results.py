"""A service or line that an operator found, with the phrase that passes it on to a person exactly as the bot does."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.language.language_names import cldr_locale
from bot.messaging.message import Reply
from bot.phrases.phrases import SOURCE, Phrasebook
from resources_directory.model import service_lines
from resources_directory.model.line import PhoneLine
from resources_directory.model.search_query import Referral
from resources_directory.model.service_lines import ServiceReader


@dataclass(frozen=True)
class ResultReader:
    """The reader of a result."""

    locale: str = SOURCE
    channel: str = "web"
    country: str | None = None  # where they are, as stated; of two towns with one name, the town there is meant


@dataclass(frozen=True)
class DirectoryResult:
    """One service or line, with the phrase that passes it on to the person."""

    id: str
    name: str
    number: str
    kind: str
    national: bool
    reply: Reply  # to be sent as it is
    said: str  # the same in the person's language
    english: str  # and in English, for the operator
    city: str | None = None
    kilometres: float | None = None
    open_now: bool | None = None
    checked_on: date | None = None  # None: nobody has looked yet
    notices: tuple[str, ...] = ()


def service(book: Phrasebook, found: Referral, to: ResultReader, now: datetime) -> DirectoryResult:
    """Render a service for its reader."""
    mine, english = (ServiceReader(locale, cldr_locale(locale), now, to.country) for locale in (to.locale, SOURCE))
    short = book.fitting("utter_service", to.locale, to.channel)
    arguments = service_lines.service(found, mine, [], short)
    return DirectoryResult(
        *(found.id, found.name, found.number, found.kind, False),
        reply=Reply("utter_service", arguments),
        said=book.render("utter_service", arguments, to.locale, to.channel),
        english=book.render("utter_service", service_lines.service(found, english, []), SOURCE),
        city=found.city,
        kilometres=found.kilometres,
        open_now=found.open_now,
        checked_on=found.checked_on,
        notices=found.notices,
    )


def line(book: Phrasebook, found: PhoneLine, to: ResultReader) -> DirectoryResult:
    """Render a national line for its reader."""
    reply = Reply("utter_line", {"line": found.reply(to.locale, to.country)})
    return DirectoryResult(
        *(found.id, found.name, found.number, found.kind, True),
        reply=reply,
        said=book.render(reply.say, reply.arguments, to.locale, to.channel),
        english=book.render(reply.say, {"line": found.reply()}, SOURCE),
        open_now=True if found.always_open else None,
        notices=found.notices,
    )
