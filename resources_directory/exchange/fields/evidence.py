"""The evidence of an imported entry: where it comes from, how old it is, and what a steward has to doubt."""

import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from resources_directory.exchange.feeds.feed_row import CostRow, ServiceRow
from resources_directory.exchange.feeds.options import Options
from resources_directory.exchange.feeds.plain_text import shortened
from resources_directory.exchange.places.secrecy import ShareableFields

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_URL = re.compile(r"https?://[^\s\"'<>]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def of(row: ServiceRow, shareable: ShareableFields, options: Options, doubts: list[str]) -> dict[str, Any]:
    """Return the evidence of an entry: nothing imported is shown before a steward has checked it."""
    doubt = " ".join([*doubts, *_doubts(row, shareable)])
    return {
        "status": "proposed",
        "verified": False,
        "sources": (options.source,) if options.source else (),
        "evidence": shareable.cleaned(" ".join(_told(row))),
        "doubt": doubt[:1_000] or None,
        "last_seen": _last_seen(row, options.today),
    }


def hsds_id(told: str, organization: str | None) -> str:
    """Return the feed's UUID, or a stable UUID from organization and id: a plain 7 is an id in many feeds."""
    if _UUID.fullmatch(told.lower()):
        return told.lower()
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{organization}#{told}"))


def url(told: str | None) -> str | None:
    """Return the text if it is a URL, else None; `www.` without a scheme is completed."""
    full = f"https://{told}" if told and told.startswith("www.") else told
    return full if full and _URL.fullmatch(full) else None


def _told(row: ServiceRow) -> Iterator[str]:
    """Yield what the feed says that has no field here."""
    if row.fees:
        yield f"Fees: {row.fees.rstrip('.')}."
    prices = [_price(option) for option in row.cost_options]
    access = [
        " - ".join(filter(None, (one.description, one.details))) for place in row.all_locations for one in place.access
    ]
    papers = [one.document for one in row.required_documents]
    told = {
        "Prices": "; ".join(filter(None, prices)),
        "Interpreters": row.interpretation_services,
        "Access": "; ".join(dict.fromkeys(filter(None, access))),
        "Papers to bring": "; ".join(filter(None, papers)),
        "Waiting time": row.wait_time,
        "Accreditations": row.accreditations,
        "Licences": row.licenses,
    }
    yield from (f"{name}: {text.rstrip('.')}." for name, text in told.items() if text)


def _price(option: CostRow) -> str:
    """Return one price as a steward reads it: "Under 18s: 35 GBP per hour (2020-01-01 to 2022-12-31)"."""
    amount = f"{option.amount:g} {(option.currency or '').upper()}".strip() if option.amount is not None else None
    price = " ".join(filter(None, (amount, option.amount_description)))
    until = [f"until {option.valid_to}"] if option.valid_to else []
    when = f"{option.valid_from} to {option.valid_to}" if option.valid_from and option.valid_to else " ".join(until)
    return ": ".join(filter(None, (option.option, price))) + (f" ({when})" if when else "")


def _doubts(row: ServiceRow, shareable: ShareableFields) -> Iterator[str]:
    if shareable.hidden:
        yield "Taken for a hidden place: ask whether it is one. Sentences with numbers or links were left out."
    if len(row.name or "") > 70:
        yield f"Name shortened from: {shortened(row.name or '', 200)}."
    if (row.status or "").casefold() == "temporarily closed":
        yield "The feed says: temporarily closed."
    alert = shareable.cleaned(row.alert, 300)
    if alert:
        yield f"The feed warns: {alert}"


def _last_seen(row: ServiceRow, today: date) -> str | None:
    """Return the day when the feed was last sure of the row; a future day is a mistake."""
    for told in (row.assured_date, row.last_modified):
        found = _DAY.match(told or "")
        try:
            day = date.fromisoformat(found[0]) if found else None
        except ValueError:
            day = None
        if day and day <= today:
            return day.isoformat()
    return None
