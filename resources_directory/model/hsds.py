"""The data model of a country file: HSDS 3.2 as types.

Emergency numbers stand beside the organizations because HSDS has no term for them and they follow other rules.
A national line and a shelter are both a service; only the area and locations differ.
"""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

# HSDS expresses these with `attribute` and `taxonomy_term`; here the codes of our one taxonomy are on the service itself.
Kind = Literal[
    "trafficking",
    "domestic_violence",
    "child",
    "crisis",
    "labour",
    "migrant",
    "legal_aid",
    "shelter",
    "medical",
    "counselling",
    "drop_in",
    "case_management",
    "referral",
    "youth",
    "consulate",
    "seafarers",
    "interpreter",
    "documents",
    "return",
    "missing",
    "online_abuse",
]
# Whom a service is for, as far as its name does not say it already. Professionals are never the person who writes to us.
ServedGroup = Literal[
    "women",
    "men",
    "children",
    "young",
    "lgbt",
    "disability",
    "professionals",
    "domestic_workers",
    "refugees",
    "seafarers",
    "migrants",
    "families",
]
Status = Literal["proposed", "active", "stale", "suspended", "closed"]
OperatedBy = Literal["ngo", "state", "police"]
# What a caller must know first. Each is a phrase name, so it is shown in the caller's language.
Notice = Literal[
    "line_warn_police",  # the police, or a service that passes reports on to them
    "line_warn_state",  # an office that also decides on permits, work or prosecution
    "line_warn_immigration",  # the same authority enforces immigration law
    "know_by_police",  # people are admitted only through the police
    "know_by_referral",  # another service has to refer people
    "know_appointment",  # nobody is let in without calling first
    "know_name_asked",  # callers have to say who they are
    "know_call_back",  # they answer by calling the person back, which others may hear
    "know_interpreters",  # an interpreter is available on request, free of charge
    "know_may_cost",  # some of it has to be paid for
]
WORLD = "ZZ"  # in place of a country: lines that people in any country can call (_world.yml)
IMMIGRATION: Notice = "line_warn_immigration"
# With any of these, people who dare not meet the police are not sent there.
ABOUT_POLICE: frozenset[Notice] = frozenset({"line_warn_police", "know_by_police", IMMIGRATION})
Gender = Literal["female", "male", "other"]
EmergencyReach = Literal["police", "ambulance", "fire", "all"]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
# Short, because it is shown to a frightened person in a text message.
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=70)]
Number = Annotated[str, StringConstraints(pattern=r"^[+*#]?[0-9(][0-9 ()\-]*#?$", max_length=24)]
International = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{5,14}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")]
# Sources often state only the year or the month.
SeenDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z0-9]+)+$", max_length=90)]
_UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class HsdsPart(BaseModel):
    """The base of every part of an entry: an unknown field is an error, never silently dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(HsdsPart):
    """Where a fact comes from, and who checked it last."""

    status: Status
    verified: bool = False  # stated on a page of an official or reputable site
    sources: tuple[Url, ...] = ()
    evidence: Text | None = None  # what the sources say, for stewards; never shown to a person
    doubt: Text | None = None  # what to check first
    last_seen: SeenDate | None = None  # how old the newest source is
    checked_on: Day | None = None  # HSDS assured_date: the day a steward rang or read the live page
    checked_by: Text | None = None  # a steward's desk name, not their real one
    confirmed_by: Text | None = None  # a second steward who checked too: a new shelter needs two

    @model_validator(mode="after")
    def _a_check_has_a_day_and_a_name(self) -> Self:
        if (self.checked_on is None) != (self.checked_by is None):
            raise ValueError("checked_on and checked_by go together")
        if self.confirmed_by is not None and self.confirmed_by == self.checked_by:
            raise ValueError("confirmed_by must be somebody else than checked_by")
        return self

    @property
    def trusted(self) -> bool:
        """Whether the row may be shown at all: active or stale, and read by somebody on a real page."""
        return self.verified and self.status in ("active", "stale")


class EmergencyText(HsdsPart):
    """How to reach the emergency service in writing. `registered`: only from phones that signed up beforehand."""

    number: Number
    works: Literal["everywhere", "some_places", "registered"]


class EmergencyNumber(Evidence):
    """A number for immediate danger. It stays when its check is old, and is due for the next one (freshness.py)."""

    number: Number
    reaches: tuple[EmergencyReach, ...] = Field(min_length=1)
    urgent: bool = True  # False: the police line for everything that can wait
    name: Name | None = None
    text: EmergencyText | None = None
    silent_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}$")] | None = None  # pressed, not spoken


def emergency_id(country: str, number: str, reaches: Iterable[str]) -> str:
    """Return the name under which a steward checks an emergency number: lb-emergency-140-ambulance. Files have no id for it."""
    return "-".join((country.lower(), "emergency", "".join(filter(str.isdigit, number)), *reaches))


class Phone(HsdsPart):
    """One number of a service: as dialed in the country, with its international form if it has one."""

    number: Number
    e164: International | None = None
    type: Literal["voice", "text", "whatsapp", "tty"] = "voice"
    from_abroad: bool = False
    word: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,12}$")] | None = None  # the word to text
    languages: tuple[LanguageCode, ...] = ()
    description: Text | None = None

    @property
    def mark(self) -> str:
        """Suffix for a name whose number does not take voice calls."""
        return {"voice": "", "text": " (SMS)", "whatsapp": " (WhatsApp)", "tty": " (TTY)"}[self.type]


class Schedule(HsdsPart):
    """When somebody answers. A note is for stewards: uncertain hours are never shown as a fact."""

    always: Literal[True] | None = None  # the source clearly says 24 hours, 7 days
    opening_hours: Text | None = None  # OpenStreetMap syntax: "Mo-Fr 08:00-20:00"
    hours_note: Text | None = None

    @model_validator(mode="after")
    def _hours_are_told_once(self) -> Self:
        if sum(field is not None for field in (self.always, self.opening_hours, self.hours_note)) != 1:
            raise ValueError("give one of always, opening_hours or hours_note")
        return self


class ServiceArea(HsdsPart):
    """The area whose residents may call."""

    extent_type: Literal["country", "region", "city"] = "country"
    name: Text | None = None


class Location(HsdsPart):
    """A place, no finer than its city unless the address is public. There is no field for a hidden address."""

    location_type: Literal["physical", "postal", "virtual"]
    city: Text
    region: Text | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)  # of the city, not of the building
    longitude: float | None = Field(default=None, ge=-180, le=180)
    confidential: bool = False
    address: Text | None = None

    @model_validator(mode="after")
    def _a_hidden_place_is_not_on_a_map(self) -> Self:
        if self.confidential and (self.address or self.location_type != "virtual"):
            raise ValueError("a confidential place is virtual and has no address")
        return self


class Eligibility(HsdsPart):
    """Who may come (HSDS minimum_age, maximum_age, eligibility_description). What is not stated excludes nobody."""

    genders: tuple[Gender, ...] = ()  # empty: anybody, or not stated
    minimum_age: Annotated[int, Field(ge=0, le=120)] | None = None  # years
    maximum_age: Annotated[int, Field(ge=0, le=120)] | None = None  # years, inclusive
    with_children: bool | None = None  # whether a parent may bring children
    without_papers: bool | None = None  # whether people without a permit are served
    description: Text | None = None  # in the source's words, for stewards; never shown

    @model_validator(mode="after")
    def _ages_are_in_order(self) -> Self:
        if self.minimum_age is not None and self.maximum_age is not None and self.minimum_age > self.maximum_age:
            raise ValueError("minimum_age is above maximum_age")
        return self


class Service(Evidence):
    """A service that an organization offers."""

    # `for` is no name in Python, but what a steward would write.
    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)

    id: Id
    hsds_id: Annotated[str, StringConstraints(pattern=_UUID)] | None = None  # in the feed that it came from
    name: Name
    kinds: tuple[Kind, ...] = Field(min_length=1)
    description: Text | None = None
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    languages: tuple[LanguageCode, ...] = ()  # `mul`: interpreters, or many more languages
    service_area: ServiceArea = ServiceArea()
    locations: tuple[Location, ...] = ()
    cost: Literal["free", "local_call", "paid"] | None = None
    eligibility: Eligibility = Eligibility()
    people: tuple[ServedGroup, ...] = Field(default=(), alias="for")  # empty: anybody, or not stated
    nationals: tuple[Country, ...] = ()  # of another country, whom alone it helps: a consulate, a labour office abroad
    before_you_call: tuple[Notice, ...] = ()
    before_you_call_note: Text | None = None  # what no notice covers, in English; shown only to readers of English
    url: Url | None = None
    chat: Url | None = None
    email: Annotated[str, StringConstraints(pattern=r"^\S+@\S+\.\S+$")] | None = None

    @model_validator(mode="after")
    def _what_is_shown_can_be_called(self) -> Self:
        # Some help for people in any country is only a page: pictures of a child are taken down without a call.
        on_the_web = self.url is not None and self.id.startswith(f"{WORLD.lower()}-")
        if not self.phones and self.status != "proposed" and not on_the_web:
            raise ValueError("phones is empty: only a proposed service may have none")
        return self

    def phone(self, kind: str, from_abroad: bool = False) -> Phone | None:
        """Return the first number of a kind: voice, text, whatsapp or tty."""
        return next((phone for phone in self.phones if phone.type == kind and phone.from_abroad == from_abroad), None)

    @property
    def called(self) -> Phone:
        """The number to try first; raises IndexError if there is none."""
        return self.phone("voice") or self.phones[0]

    @property
    def for_professionals(self) -> bool:
        """Whether only people who help others in their work may call; it is given to nobody else."""
        return set(self.people) == {"professionals"}

    @property
    def national(self) -> bool:
        """Whether this is a line rather than a local service: other freshness rules apply."""
        return self.service_area.extent_type != "city" and not self.locations


class Organization(HsdsPart):
    """Who runs the services. Police and state are marked as such, because for some callers they are the danger."""

    name: Text
    operated_by: OperatedBy
    description: Text | None = None
    services: tuple[Service, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _the_police_are_announced(self) -> Self:
        silent = [service.id for service in self.services if "line_warn_police" not in service.before_you_call]
        if self.operated_by == "police" and silent:
            raise ValueError(f"a police line needs before_you_call: [line_warn_police] ({silent[0]})")
        return self


class CountryEntries(HsdsPart):
    """One country file of the directory."""

    country: Country
    emergency: tuple[EmergencyNumber, ...] = ()
    organizations: tuple[Organization, ...] = ()
