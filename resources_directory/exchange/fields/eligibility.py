"""Who may come and what it costs, as far as a feed states it clearly."""

import re
from typing import Any, Literal, get_args

from resources_directory.exchange import attributes
from resources_directory.exchange.feeds.feed_row import ServiceRow
from resources_directory.exchange.feeds.plain_text import spaced
from resources_directory.exchange.places.secrecy import ShareableFields
from resources_directory.model.hsds import Eligibility, Gender, ServedGroup

Cost = Literal["free", "local_call", "paid"]
_COUNTRY_CODE = re.compile("[A-Z]{2}")
_FREE = frozenset(
    map(
        spaced,
        ("free", "free of charge", "no cost", "no charge", "no fee", "none", "gratis", "gratuit", "kostenlos", "0"),
    )
)


def eligibility_of(row: ServiceRow, shareable: ShareableFields) -> Eligibility:
    """Return who may come; ages that contradict each other are left out, and the text stays."""
    older = row.eligibilities
    texts = [row.eligibility_description, *(one.eligibility for one in older)]
    minimum = _years([row.minimum_age, *(one.minimum_age for one in older)])
    maximum = _years([row.maximum_age, *(one.maximum_age for one in older)])
    if minimum is not None and maximum is not None and minimum > maximum:
        minimum = maximum = None
    genders: Any = [gender for gender in attributes.ours(row.attributes, "gender") if gender in get_args(Gender)]
    return Eligibility(
        genders=tuple(dict.fromkeys(genders)),
        minimum_age=minimum,
        maximum_age=maximum,
        with_children=_answer(row, "with_children"),
        without_papers=_answer(row, "without_papers"),
        description=shareable.cleaned(" ".join(dict.fromkeys(filter(None, texts)))),
    )


def people_of(row: ServiceRow) -> tuple[ServedGroup, ...]:
    """Return whom it is for alone, as one of our exports says it."""
    groups: Any = [group for group in attributes.ours(row.attributes, "for") if group in get_args(ServedGroup)]
    return tuple(dict.fromkeys(groups))


def nationals_of(row: ServiceRow) -> tuple[str, ...]:
    """Return whose nationals alone it helps, as one of our exports says it."""
    told = attributes.ours(row.attributes, "nationals")
    return tuple(dict.fromkeys(code for code in told if _COUNTRY_CODE.fullmatch(code)))


def cost_of(row: ServiceRow) -> Cost | None:
    """Return what it costs; "free for members" is not free, so only the whole text counts."""
    own: Any = attributes.first(row.attributes, "cost")
    if own in get_args(Cost):
        known: Cost = own
        return known
    if row.fees and spaced(row.fees) in _FREE:
        return "free"
    amounts = [option.amount for option in row.cost_options if option.amount is not None]
    if not row.fees and amounts:
        return "paid" if any(amounts) else "free"
    return None


def _years(told: list[float | None]) -> int | None:
    """Return the age if exactly one is stated, in whole years."""
    known = {age for age in told if age is not None}
    age = known.pop() if len(known) == 1 else None
    return int(age) if age is not None and age.is_integer() and 0 <= age <= 120 else None


def _answer(row: ServiceRow, field: str) -> bool | None:
    return {"yes": True, "no": False}.get(attributes.first(row.attributes, field) or "")
