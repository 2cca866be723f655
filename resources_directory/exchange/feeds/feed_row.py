"""A service as it stands in a feed: the field names of HSDS 3, with those of HSDS 1.1 and Open Referral UK as aliases.

A contact has no name and no email here: what has no field cannot be stored (P01).
"""

from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from resources_directory.exchange.feeds import plain_text

OperatorMessage = Annotated[str | None, BeforeValidator(plain_text.words)]
Figure = Annotated[float | None, BeforeValidator(plain_text.number)]


def _rows(value: Any) -> list[Any]:
    """Return a list of rows, whatever a feed made of it: nothing, one row, or only text."""
    found = value if isinstance(value, list) else [value]
    return [{"name": row} if isinstance(row, str) else row for row in found if isinstance(row, dict | str) and row]


def _row(value: Any) -> Any:
    return value if isinstance(value, dict) else None


ManyRows = BeforeValidator(_rows)
OneRow = BeforeValidator(_row)


def _also(*names: str) -> Any:
    return Field(default=None, validation_alias=AliasChoices(*names))


def _also_many(*names: str) -> Any:
    return Field(default=(), validation_alias=AliasChoices(*names))


class FeedRow(BaseModel):
    """The base of all rows of a feed: unknown fields are dropped."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class TermRow(FeedRow):
    """A term of somebody's taxonomy."""

    code: OperatorMessage = None
    name: OperatorMessage = None
    taxonomy: OperatorMessage = _also("taxonomy", "vocabulary")


class AttributeRow(FeedRow):
    """A term attached to something, or a field of ours that HSDS has no term for."""

    link_type: OperatorMessage = None
    value: OperatorMessage = None
    term: Annotated[TermRow | None, OneRow] = _also("taxonomy_term", "taxonomy")


Attributes = Annotated[tuple[AttributeRow, ...], ManyRows]


class LanguageRow(FeedRow):
    """A language by code or name."""

    code: OperatorMessage = None
    name: OperatorMessage = _also("name", "language")


Languages = Annotated[tuple[LanguageRow, ...], ManyRows]


class PhoneRow(FeedRow):
    """A number; `name` holds it where a feed lists bare numbers."""

    number: OperatorMessage = _also("number", "name")
    extension: OperatorMessage = None
    type: OperatorMessage = None
    description: OperatorMessage = None
    languages: Languages = _also_many("languages", "language")
    attributes: Attributes = ()


Phones = Annotated[tuple[PhoneRow, ...], ManyRows]


class ScheduleRow(FeedRow):
    """Hours by iCalendar rules or by weekday."""

    opens_at: OperatorMessage = None
    closes_at: OperatorMessage = None
    weekday: OperatorMessage = None
    byday: OperatorMessage = None
    freq: OperatorMessage = None
    interval: OperatorMessage = None
    dtstart: OperatorMessage = None
    valid_from: OperatorMessage = None
    valid_to: OperatorMessage = None
    until: OperatorMessage = None
    count: OperatorMessage = None
    bymonthday: OperatorMessage = None
    byweekno: OperatorMessage = None
    byyearday: OperatorMessage = None
    description: OperatorMessage = None
    notes: OperatorMessage = None
    attributes: Attributes = ()


Schedules = Annotated[tuple[ScheduleRow, ...], ManyRows]


class AddressRow(FeedRow):
    """The address of a building."""

    address_1: OperatorMessage = None
    address_2: OperatorMessage = None
    city: OperatorMessage = None
    region: OperatorMessage = None
    state_province: OperatorMessage = None
    postal_code: OperatorMessage = None
    country: OperatorMessage = None


Addresses = Annotated[tuple[AddressRow, ...], ManyRows]


class ContactRow(FeedRow):
    """The numbers of a contact, and nothing else."""

    phones: Phones = ()


Contacts = Annotated[tuple[ContactRow, ...], ManyRows]


class LocationRow(FeedRow):
    """A place."""

    location_type: OperatorMessage = None
    name: OperatorMessage = None
    description: OperatorMessage = None
    latitude: Figure = None
    longitude: Figure = None
    addresses: Addresses = _also_many("addresses", "physical_addresses", "physical_address")
    postal: Addresses = _also_many("postal_addresses", "postal_address")
    phones: Phones = ()
    contacts: Contacts = ()
    languages: Languages = ()
    schedules: Schedules = _also_many("schedules", "regular_schedules", "regular_schedule")
    attributes: Attributes = ()


class AreaRow(FeedRow):
    """The area whose residents may call."""

    name: OperatorMessage = _also("name", "service_area")
    extent: OperatorMessage = None
    extent_type: OperatorMessage = None


Areas = Annotated[tuple[AreaRow, ...], ManyRows]


class PlaceRow(FeedRow):
    """A service at a location."""

    location: Annotated[LocationRow | None, OneRow] = None
    phones: Phones = ()
    contacts: Contacts = ()
    schedules: Schedules = _also_many("schedules", "regular_schedules", "regular_schedule")
    service_areas: Areas = ()


class EligibilityRow(FeedRow):
    """Who may come, in HSDS 1.1."""

    eligibility: OperatorMessage = _also("eligibility", "name", "eligibility_description")
    minimum_age: Figure = None
    maximum_age: Figure = None


class CostRow(FeedRow):
    """What it costs."""

    option: OperatorMessage = None
    amount: Figure = None


class OrganizationRow(FeedRow):
    """Who runs it."""

    id: OperatorMessage = None
    name: OperatorMessage = None
    description: OperatorMessage = None
    url: OperatorMessage = _also("website", "url")
    legal_status: OperatorMessage = None
    phones: Phones = ()
    attributes: Attributes = ()


class ServiceRow(FeedRow):
    """A service with everything attached to it."""

    id: OperatorMessage = None
    name: OperatorMessage = None
    alternate_name: OperatorMessage = None
    description: OperatorMessage = None
    url: OperatorMessage = None
    email: OperatorMessage = None
    status: OperatorMessage = None
    interpretation_services: OperatorMessage = None
    application_process: OperatorMessage = None
    fees: OperatorMessage = _also("fees_description", "fees")
    alert: OperatorMessage = None
    eligibility_description: OperatorMessage = None
    minimum_age: Figure = None
    maximum_age: Figure = None
    assured_date: OperatorMessage = None
    last_modified: OperatorMessage = None
    organization: Annotated[OrganizationRow | None, OneRow] = None
    phones: Phones = ()
    contacts: Contacts = ()
    schedules: Schedules = _also_many("schedules", "regular_schedules", "regular_schedule")
    languages: Languages = ()
    service_areas: Areas = ()
    places: Annotated[tuple[PlaceRow, ...], ManyRows] = _also_many("service_at_locations", "service_at_location")
    locations: Annotated[tuple[LocationRow, ...], ManyRows] = ()
    eligibilities: Annotated[tuple[EligibilityRow, ...], ManyRows] = _also_many(
        "eligibilitys", "eligibilities", "eligibility"
    )
    cost_options: Annotated[tuple[CostRow, ...], ManyRows] = ()
    attributes: Attributes = ()
    terms: Attributes = _also_many("service_taxonomys", "service_taxonomies", "service_taxonomy")

    @property
    def all_locations(self) -> tuple[LocationRow, ...]:
        """All places, however the feed attaches them."""
        return (*(place.location for place in self.places if place.location), *self.locations)
