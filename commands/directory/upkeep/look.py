"""`quietline directory look`: what the source pages of entries still say. It changes no entry: that is a steward's to do."""

import asyncio
import json
from collections import Counter

import aiohttp

from commands.directory.adoption.adopt import entries_of
from commands.directory.steward import StewardSession
from commands.directory.steward_input import refused_or
from commands.directory.upkeep.page_fetcher import FetchedPage, NotPublic, PageFetcher
from resources_directory.files.entries_folder import read_folder
from resources_directory.stewards.verification import CheckRefused
from resources_directory.upkeep.source_looks import SourceLook, file_beside, keep_looks, read_looks
from resources_directory.upkeep.source_pages import (
    GONE,
    MOST_READ,
    SourcePage,
    SourceState,
    has_number,
    longest_ago,
    source_pages,
)

_OFF = (
    "Looking at source pages is off, since it shows their owners that somebody at this machine looked. "
    "Turn it on with SOURCE_LOOK=on."
)
_TOLD: dict[SourceState, str] = {
    "fine": "fine",
    "gone": "the page is gone",
    "number_missing": "the number is no longer on it",
    "unread": "cannot be read by a machine",
    "unreachable": "does not answer now",
    "refused": "leads to no public place",
}


def look(desk: StewardSession, country: str, limit: int, as_json: bool = False) -> int:
    """Look at source pages, those of longest ago first, print what was found and keep it for the desk.

    Return 0, or 1 if it was refused.
    """

    def body() -> None:
        if not desk.settings.source_look:
            raise CheckRefused(_OFF)
        chosen = entries_of(desk, country).country if country else None
        file = file_beside(desk.settings.directory_file)
        known = {page: one.on for page, one in read_looks(file).items()}
        every = list(source_pages(read_folder(desk.folder)))
        wanted = [page for page in every if chosen in (None, page.service[:2].upper())]
        found = asyncio.run(looked_at(longest_ago(wanted, known)[:limit], PageFetcher(), str(desk.today)))
        file.parent.mkdir(parents=True, exist_ok=True)
        keep_looks(file, found, ((page.service, page.url) for page in every))
        if as_json:
            print(json.dumps([vars(one) for one in found], ensure_ascii=False))
            return
        for one in sorted(found, key=lambda one: (one.state == "fine", one.state, one.service)):
            print(f"{one.service}: {_TOLD[one.state]}: {one.url}")
        counts = Counter(one.state for one in found)
        print(f"{len(found)} pages: {', '.join(f'{count} {_TOLD[state]}' for state, count in counts.items())}.")

    return refused_or(body)


async def looked_at(pages: list[SourcePage], fetcher: PageFetcher, today: str) -> list[SourceLook]:
    """Look at pages one after another, each of them once."""
    fetched: dict[str, FetchedPage | SourceState] = {}
    found = []
    for page in pages:
        if page.url not in fetched:
            fetched[page.url] = await _fetched(page.url, fetcher)
        found.append(SourceLook(page.service, page.url, _state(fetched[page.url], page), today))
    return found


async def _fetched(url: str, fetcher: PageFetcher) -> FetchedPage | SourceState:
    try:
        return await fetcher.fetch(url)
    except NotPublic:
        return "refused"
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return "unreachable"


def _state(fetched: FetchedPage | SourceState, page: SourcePage) -> SourceState:
    if not isinstance(fetched, FetchedPage):
        return fetched
    if fetched.status in GONE:
        return "gone"
    if fetched.status != 200:
        return "unreachable"
    if not fetched.readable:
        return "unread"
    if has_number(fetched.text, page.phones):
        return "fine"
    # The number may stand in what was not read.
    return "unread" if len(fetched.text) > MOST_READ else "number_missing"
