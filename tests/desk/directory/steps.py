"""The steps of a steward by the pages, and what persons are given after them."""

from datetime import UTC, datetime

from resources_directory.model.search_query import SearchQuery
from resources_directory.search.finder import Finder
from tests.desk.desk_page import DeskSite, Seat

MADRID_LAWYER = SearchQuery(("legal_aid",), "ES", region="29")
MADRID_BED = SearchQuery(("shelter",), "ES", region="29")
CASA, LEY = "/directory/entry/es-casa", "/directory/entry/es-ley"
NEW = {"country": "ES", "organization": "Nido", "operated_by": "ngo", "area": "city", "city": "Madrid", "looked": "yes"}
NUMBER = {"phone_type.0": "voice", "phone_number.0": "913 19 93 90", "phone_word.0": ""}


def given(site: DeskSite, query: SearchQuery) -> list[str]:
    """What persons are given now."""
    found = Finder(site.services.directory_file).find(query, datetime.fromtimestamp(site.clock(), UTC))
    return [one.id for one in found.services]


async def seen(seat: Seat, path: str) -> str:
    """The mark of an entry as the page shows it."""
    _, source = await seat.opens(path)
    return source.partition('name="seen" value="')[2].partition('"')[0]


async def done(seat: Seat, path: str, **fields: str) -> str:
    """Send a form of a page that was looked at, and tell what was said."""
    where = path if path.endswith("/edit") else path.rpartition("/")[0]
    status, led = await seat.sends(path, **{"seen": await seen(seat, where), **fields})
    assert status == 303, led
    return led.partition("done=")[2]
