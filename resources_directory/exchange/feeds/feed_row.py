"""A service as it stands in a feed: the field names of HSDS 3, with those of HSDS 1.1 and Open Referral UK as aliases.

A contact has no name and no email here: what has no field cannot be stored (P01).
"""

from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from resources_directory.exchange.feeds import plain_text

PlainText = Annotated[str | None, BeforeValidator(plain_text.words)]
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

    code: PlainText = None
    name: PlainText = None
    taxonomy: PlainText = _also("taxonomy", "vocabulary")


class AttributeRow(FeedRow):
    """A term attached to something, or a field of ours that HSDS has no term for."""

    link_type: PlainText = None
    value: PlainText = None
    term: Annotated[TermRow | None, OneRow] = _also("taxonomy_term", "taxonomy")


Attributes = Annotated[tuple[AttributeRow, ...], ManyRows]


class LanguageRow(FeedRow):
    """A language by code or name."""

    code: PlainText = None
    name: PlainText = _also("name", "language")


LanguageRows = Annotated[tuple[LanguageRow, ...], ManyRows]


class PhoneRow(FeedRow):
    """A number; `name` holds it where a feed lists bare numbers."""

    number: PlainText = _also("number", "name")
    extension: PlainText = None
    type: PlainText = None
    description: PlainText = None
    languages: LanguageRows = _also_many("languages", "language")
    attributes: Attributes = ()


Phones = Annotated[tuple[PhoneRow, ...], ManyRows]


class ScheduleRow(FeedRow):
    """Hours by iCalendar rules or by weekday."""

    opens_at: PlainText = None
    closes_at: PlainText = None
    weekday: PlainText = None
    byday: PlainText = None
    freq: PlainText = None
    interval: PlainText = None
    dtstart: PlainText = None
    valid_from: PlainText = None
    valid_to: PlainText = None
    until: PlainText = None
    count: PlainText = None
    bymonthday: PlainText = None
    byweekno: PlainText = None
    byyearday: PlainText = None
    description: PlainText = None
    notes: PlainText = None
    attributes: Attributes = ()


Schedules = Annotated[tuple[ScheduleRow, ...], ManyRows]


class AddressRow(FeedRow):
    """The address of a building."""

    address_1: PlainText = None
    address_2: PlainText = None
    city: PlainText = None
    region: PlainText = None
    state_province: PlainText = None
    postal_code: PlainText = None
    country: PlainText = None


Addresses = Annotated[tuple[AddressRow, ...], ManyRows]


class ContactRow(FeedRow):
    """The numbers of a contact, and nothing else."""

    phones: Phones = ()


Contacts = Annotated[tuple[ContactRow, ...], ManyRows]


class AccessRow(FeedRow):
    """How somebody in a wheelchair, or who hears badly, gets in."""

    description: PlainText = _also("description", "accessibility", "name")
    details: PlainText = None


class LocationRow(FeedRow):
    """A place."""

    location_type: PlainText = None
    name: PlainText = None
    description: PlainText = None
    transportation: PlainText = None
    latitude: PlainText = None  # as it stands there: what is no number is named
    longitude: PlainText = None
    addresses: Addresses = _also_many("addresses", "physical_addresses", "physical_address")
    postal: Addresses = _also_many("postal_addresses", "postal_address")
    phones: Phones = ()
    contacts: Contacts = ()
    languages: LanguageRows = ()
    access: Annotated[tuple[AccessRow, ...], ManyRows] = _also_many(
        "accessibility", "accessibility_for_disabilities", "accessibilities"
    )
    schedules: Schedules = _also_many("schedules", "regular_schedules", "regular_schedule")
    attributes: Attributes = ()


class AreaRow(FeedRow):
    """The area whose residents may call."""

    name: PlainText = _also("name", "service_area")
    extent: PlainText = None
    extent_type: PlainText = None


Areas = Annotated[tuple[AreaRow, ...], ManyRows]


class PlaceRow(FeedRow):
    """A service at a location."""

    description: PlainText = None
    location: Annotated[LocationRow | None, OneRow] = None
    phones: Phones = ()
    contacts: Contacts = ()
    schedules: Schedules = _also_many("schedules", "regular_schedules", "regular_schedule")
    service_areas: Areas = ()


class DocumentRow(FeedRow):
    """A paper that somebody has to bring."""

    document: PlainText = _also("document", "name")


class EligibilityRow(FeedRow):
    """Who may come, in HSDS 1.1."""

    eligibility: PlainText = _also("eligibility", "name", "eligibility_description")
    minimum_age: Figure = None
    maximum_age: Figure = None


class CostRow(FeedRow):
    """What it costs."""

    option: PlainText = None
    amount: Figure = None
    currency: PlainText = None
    amount_description: PlainText = None
    valid_from: PlainText = None
    valid_to: PlainText = None


class OrganizationRow(FeedRow):
    """Who runs it."""

    id: PlainText = None
    name: PlainText = None
    description: PlainText = None
    url: PlainText = _also("website", "url")
    legal_status: PlainText = None
    phones: Phones = ()
    attributes: Attributes = ()


class ServiceRow(FeedRow):
    """A service with everything attached to it."""

    id: PlainText = None
    name: PlainText = None
    alternate_name: PlainText = None
    description: PlainText = None
    url: PlainText = None
    email: PlainText = None
    status: PlainText = None
    interpretation_services: PlainText = None
    accreditations: PlainText = None
    licenses: PlainText = None
    wait_time: PlainText = None
    application_process: PlainText = None
    fees: PlainText = _also("fees_description", "fees")
    alert: PlainText = None
    eligibility_description: PlainText = None
    minimum_age: Figure = None
    maximum_age: Figure = None
    assured_date: PlainText = None
    last_modified: PlainText = None
    organization: Annotated[OrganizationRow | None, OneRow] = None
    phones: Phones = ()
    contacts: Contacts = ()
    schedules: Schedules = _also_many("schedules", "regular_schedules", "regular_schedule")
    languages: LanguageRows = ()
    service_areas: Areas = ()
    places: Annotated[tuple[PlaceRow, ...], ManyRows] = _also_many("service_at_locations", "service_at_location")
    locations: Annotated[tuple[LocationRow, ...], ManyRows] = ()
    eligibilities: Annotated[tuple[EligibilityRow, ...], ManyRows] = _also_many(
        "eligibilitys", "eligibilities", "eligibility"
    )
    cost_options: Annotated[tuple[CostRow, ...], ManyRows] = ()
    required_documents: Annotated[tuple[DocumentRow, ...], ManyRows] = _also_many(
        "required_documents", "required_document"
    )
    attributes: Attributes = ()
    terms: Attributes = _also_many("service_taxonomys", "service_taxonomies", "service_taxonomy")

    @property
    def all_locations(self) -> tuple[LocationRow, ...]:
        """All places, however the feed attaches them."""
        return (*(place.location for place in self.places if place.location), *self.locations)
