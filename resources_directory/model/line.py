"""A phone line as it is shown: facts from the directory, no sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, Self

from resources_directory.display.check_dates import month_named
from resources_directory.display.dialing import country_of_number, to_dial
from resources_directory.display.line_names import without_number
from resources_directory.display.named_languages import languages_named
from resources_directory.model.discontinued import digits
from resources_directory.model.hsds import (
    ABOUT_POLICE,
    IMMIGRATION,
    WORLD,
    Notice,
    OperatedBy,
    Organization,
    ServedGroup,
    Service,
)
from resources_directory.model.opening_hours import ALWAYS
from resources_directory.places.country_names import country_name
from resources_directory.ranking.audience import people_of, phrases_for
from resources_directory.ranking.spoken_languages import ONLY_OTHERS, codes_of, foreignness

_NAMED = 2  # languages
# Callers need a listener before an investigator, and an open door before one that needs a referral: these rank last in a kind.
_DISTANCE: dict[Notice, int] = {"know_by_referral": 1, "line_warn_state": 1, "line_warn_police": 2, IMMIGRATION: 3}


def phrase(say: str, **arguments: Any) -> dict[str, Any]:
    """Return a phrase by name; an argument is a string, a phrase or a list of phrases."""
    return {"say": say, "arguments": arguments}


class LanguageNumber(NamedTuple):
    """A number on which these languages are spoken."""

    languages: tuple[str, ...]
    number: str
    e164: str | None


@dataclass(frozen=True)
class PhoneLine:
    """A number that somebody answers. Dates and hours are given only as far as a source states them."""

    id: str
    name: str
    number: str
    kind: str
    kinds: tuple[str, ...]
    always_open: bool | None  # None: not known, so nothing is said
    last_seen: str | None  # 2025, 2025-11 or 2025-11-25
    notices: tuple[Notice, ...]  # phrases to read before calling
    languages: tuple[str, ...]
    sms: str | None
    sms_word: str | None  # the word to text, if the line asks for one
    from_abroad: str | None
    region: str | None  # set if the line serves only this part of the country
    rank: tuple[int, int, int]
    e164: str | None = None
    people: tuple[ServedGroup, ...] = ()  # whom it is for alone; empty: anybody, or not stated
    ages: tuple[int | None, int | None] = (None, None)  # years, the youngest and the oldest that it is for
    nationals: tuple[str, ...] = ()  # countries whose people alone it helps, as a consulate does
    foreign: bool = False  # it speaks other languages than the reader's, and nobody interprets
    fits: bool = True  # False: it is for something else, and can only say who is for what was asked
    url: str | None = None
    own_numbers: tuple[LanguageNumber, ...] = ()  # where some languages have a number of their own
    opening_hours: str | None = None  # OpenStreetMap syntax; None: not known for sure
    of_police: bool = False  # the police answer it, and do not only hear of a call
    checked: bool = False  # `last_seen` is the day on which a steward checked it
    chat: str | None = None  # URL
    cost: Literal["free", "local_call", "paid"] | None = None  # of the help, as its entry says; None: not stated
    run_by: str = ""  # the organization, by name; empty: not known
    operated_by: OperatedBy | None = None

    @property
    def is_a_page(self) -> bool:
        """Whether it has no number: its address stands in place of it."""
        return self.number == _web_address(self.url or "")

    @property
    def is_a_form(self) -> bool:
        """Whether it is a page where somebody has to leave their name."""
        return self.is_a_page and "know_name_asked" in self.notices

    @property
    def about_police(self) -> bool:
        """Whether the police or immigration enforcement hear of a call, or have to refer those who come."""
        return not ABOUT_POLICE.isdisjoint(self.notices)

    @property
    def enforces_immigration(self) -> bool:
        """Whether those who answer also act against people without papers."""
        return IMMIGRATION in self.notices

    @property
    def worldwide(self) -> bool:
        """Whether people in any country can call it."""
        return self.id.startswith(f"{WORLD.lower()}-")

    def as_kind(self, kind: str) -> Self:
        """Return the line, labeled with the kind it was chosen for."""
        return replace(self, kind=kind)

    @property
    def country(self) -> str:
        """The country in which the number is dialed as it stands, ISO 3166-1 alpha-2: ids begin with it."""
        return self.id.partition("-")[0].upper()

    def short(self, caller: str | None = None) -> dict[str, Any]:
        """Return the phrase with name and number alone: for a crisis, where every letter counts. caller: as in reply()."""
        return phrase("line_short", name=self._name, number=self.number, call=self._to_dial(caller))

    @property
    def dialled(self) -> frozenset[str]:
        """The number in its forms, for telling whether two lines have the same."""
        return frozenset(filter(None, (digits(self.e164 or ""), digits(self.number) or self.number)))

    def in_language(self, language: str) -> Self:
        """Return the line with the number on which this language is spoken, if it has one of its own.

        Else it is marked where other languages alone are spoken: they are named beside it then.
        """
        codes = codes_of(language)
        own = next((one for one in self.own_numbers if any(code in one.languages for code in codes)), None)
        if own:
            return replace(self, number=own.number, e164=own.e164)
        return replace(self, foreign=True) if foreignness(self.languages, language) == ONLY_OTHERS else self

    def reply(self, locale: str = "en", caller: str | None = None) -> dict[str, Any]:
        """Return the phrase with its arguments; countries and months are named in the language of the locale.

        caller: the country that they have said they are in, ISO 3166-1 alpha-2; None if they have not, or it is only assumed.
        A page also shows what the phrase has no room for: what to dial, and the address of a chat.
        """
        return phrase(
            "line_national",
            name=self._name if not self.region or self.region in self._name else f"{self._name} ({self.region})",
            number=self.number,
            call=self._to_dial(caller),
            chat=_web_address(self.chat or ""),
            open=phrase("line_open_always") if self.always_open else "",
            # Whether a number still rings is not to be seen, so its date is said; a page shows it, and needs the room.
            seen="" if self.is_a_page else self._seen(locale),
            warning=[
                *self.audience(locale),
                *self._where_it_is(locale, caller),
                *self._other_languages(locale),
                *(phrase(notice) for notice in self._warnings()),
            ],
        )

    @property
    def _name(self) -> str:
        return self.name if self.is_a_page else without_number(self.name, self.number)

    def _to_dial(self, caller: str | None) -> str:
        return "" if self.is_a_page else to_dial(self.number, self.e164, self.country, caller)

    def _seen(self, locale: str) -> dict[str, Any]:
        if not self.last_seen:
            return phrase("line_seen_unknown")
        return phrase("line_checked" if self.checked else "line_seen", date=month_named(self.last_seen, locale))

    def _other_languages(self, locale: str) -> Iterator[dict[str, Any]]:
        """Yield the languages that are spoken where none is the reader's: a text message has room for few."""
        named = languages_named(self.languages, locale, most=_NAMED) if self.foreign else ""
        if named:
            yield phrase("line_languages", languages=named)

    def _where_it_is(self, locale: str, caller: str | None) -> Iterator[dict[str, Any]]:
        """Yield the country in which a line for people in any country is: it is not one of where they are."""
        country = country_of_number(self.e164 or self.number) if self.worldwide and not self.is_a_page else None
        if country and country != caller:
            yield phrase("line_number_in", country=country_name(country, locale))

    def _warnings(self) -> Iterator[Notice]:
        # Whoever reads that an office acts against people without papers knows that it is one of the state.
        unsaid: Notice | None = "line_warn_state" if self.enforces_immigration else None
        yield from (notice for notice in self.notices if notice != unsaid)

    def audience(self, locale: str) -> Iterator[dict[str, Any]]:
        """Yield phrases that say whom it is for; none where it is for anybody, or that is not stated."""
        yield from (phrase("line_for_nationals", country=country_name(code, locale)) for code in self.nationals)
        yield from (phrase(name) for name in phrases_for(self.people))
        minimum, maximum = self.ages
        if minimum:
            yield phrase("line_from_age", age=str(minimum))
        if maximum is not None:
            yield phrase("line_to_age", age=str(maximum))


def line_near(id: str, facts: Mapping[str, Any]) -> PhoneLine:
    """Return a service near a place as a line that can be asked about. facts: its row in the compiled directory."""
    cost: dict[bool | None, Literal["free", "paid"]] = {True: "free", False: "paid"}
    return PhoneLine(
        id=id,
        name=facts["name"],
        number=facts["number"],
        kind=facts["kinds"][0],
        kinds=tuple(facts["kinds"]),
        always_open=None,
        last_seen=None,
        notices=tuple(facts.get("notices", ())),
        languages=tuple(facts.get("languages", ())),
        sms=facts.get("sms"),
        sms_word=facts.get("sms_word"),
        from_abroad=None,
        region=None,
        rank=(0, 0, 0),
        e164=facts.get("e164"),
        people=tuple(facts.get("people", ())),
        ages=(facts.get("minimum_age"), facts.get("maximum_age")),
        of_police=facts["operated_by"] == "police",
        chat=facts.get("chat"),
        cost=cost.get(facts.get("free")),
        operated_by=facts["operated_by"],
    )


def own_numbers_of(service: Service) -> tuple[LanguageNumber, ...]:
    """Return the voice numbers that are for certain languages."""
    voices = (phone for phone in service.phones if phone.type == "voice" and not phone.from_abroad and phone.languages)
    return tuple(LanguageNumber(phone.languages, phone.number, phone.e164) for phone in voices)


def hours_of(service: Service) -> str:
    """Return when somebody answers, in OpenStreetMap syntax; empty if a source is not sure."""
    if any(schedule.always for schedule in service.schedules):
        return ALWAYS
    told = [schedule.opening_hours for schedule in service.schedules if schedule.opening_hours]
    # A note beside the hours means that they are not the whole truth.
    # A comma adds hours; a semicolon would override the hours before it.
    return ", ".join(told) if len(told) == len(service.schedules) else ""


def lines_of(organization: Organization, services: Iterable[Service]) -> Iterator[PhoneLine]:
    """Yield the lines among an organization's services that may be shown: national, verified and in service."""
    for service in services:
        if service.national and service.trusted and not service.for_professionals:
            yield _line(service, organization)


def _line(service: Service, organization: Organization) -> PhoneLine:
    called = service.called if service.phones else None
    text, abroad = service.phone("text"), service.phone("voice", from_abroad=True)
    regional = service.service_area.extent_type == "region"
    always = any(schedule.always for schedule in service.schedules)
    distance = max((_DISTANCE.get(notice, 0) for notice in service.before_you_call), default=0)
    return PhoneLine(
        id=service.id,
        name=f"{service.name}{called.mark}" if called else service.name,
        number=called.number if called else _web_address(service.url or ""),
        kind=service.kinds[0],
        # Whatever else it helps with, people who ask for their consulate mean this one.
        kinds=tuple(dict.fromkeys((*service.kinds, "consulate"))) if service.nationals else service.kinds,
        always_open=True if always else None,
        last_seen=service.checked_on or service.last_seen,
        notices=service.before_you_call,
        languages=service.languages,
        sms=text.number if text else None,
        sms_word=text.word if text else None,
        from_abroad=(abroad.e164 or abroad.number) if abroad else None,
        region=service.service_area.name if regional else None,
        rank=(distance, int(regional), 0 if always else 1),
        e164=called.e164 if called else None,
        people=people_of(service),
        ages=(service.eligibility.minimum_age, service.eligibility.maximum_age),
        nationals=service.nationals,
        url=service.url,
        own_numbers=own_numbers_of(service),
        opening_hours=hours_of(service) or None,
        of_police=organization.operated_by == "police",
        checked=service.checked_on is not None,
        chat=service.chat,
        cost=service.cost,
        run_by=organization.name,
        operated_by=organization.operated_by,
    )


def _web_address(url: str) -> str:
    """Return an address as somebody would type it: it stands in place of the number of a service that has none."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")
