"""What a source page still says: whether it is there, and whether the number of an entry stands on it. It decides nothing."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from resources_directory.model.discontinued import digits
from resources_directory.model.hsds import CountryEntries, Phone

# fine · gone: the page is no longer there · number_missing · unread: a form that we do not read, or a page that wants no
# machine · unreachable: it may be back tomorrow · refused: its address leads to no public place
SourceState = Literal["fine", "gone", "number_missing", "unread", "unreachable", "refused"]
GONE = (404, 410)
_TEL = re.compile(r"(?:tel|sms|whatsapp):([^\"'>]+)|wa\.me/(\d+)", re.IGNORECASE)
# Whoever owns a page could have it say "<<<<": none of these patterns looks at a letter more than a few times.
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r"(?<=\d)(?:&nbsp;|&#160;|[\s().\-/\u2010-\u2015\u00b7])+(?=\d)")
MOST_READ = 300_000  # characters of a page that are searched
_SHORTEST = 5  # digits from which on a number is found inside of a longer one, as with a country code in front


@dataclass(frozen=True)
class SourcePage:
    """One page that an entry rests on."""

    service: str  # id
    url: str
    phones: tuple[Phone, ...]


def source_pages(countries: Iterable[CountryEntries]) -> Iterator[SourcePage]:
    """Yield the pages of all entries that are not closed, those of one page beside each other."""
    pages = [
        SourcePage(service.id, url, service.phones)
        for entries in countries
        for organization in entries.organizations
        for service in organization.services
        if service.status != "closed"
        for url in dict.fromkeys(service.sources)
    ]
    yield from sorted(pages, key=lambda page: (page.url, page.service))


def longest_ago(pages: Iterable[SourcePage], looked: Mapping[tuple[str, str], str]) -> list[SourcePage]:
    """Return pages in the order in which to look: those never looked at, then the oldest looks. `looked`: days."""
    return sorted(pages, key=lambda page: looked.get((page.service, page.url), ""))


def has_number(page: str, phones: Iterable[Phone]) -> bool:
    """Whether any of the numbers stands in what is read of a page; `page`: its source.

    An entry without a number asks for nothing.
    """
    wanted = [form for phone in phones for form in _forms(phone)]
    text = _plain(page[:MOST_READ])
    return not wanted or any(_stands(form, text) for form in wanted)


def _forms(phone: Phone) -> Iterator[str]:
    national = digits(phone.number)
    yield national
    if phone.e164:
        yield phone.e164.removeprefix("+")
    if national.startswith("0") and len(national) > _SHORTEST:
        yield national[1:]  # as it follows a country code


def _stands(form: str, text: str) -> bool:
    if len(form.strip("*#")) >= _SHORTEST:
        return form in text
    return re.search(rf"(?<!\d){re.escape(form)}(?!\d)", text) is not None


@lru_cache(maxsize=1)  # many entries can rest on one page
def _plain(page: str) -> str:
    links = " ".join(filter(None, (part for found in _TEL.findall(page) for part in found)))
    text = f"{_TAG.sub(' ', page)} {links}".replace("%20", " ")
    latin = "".join(
        str(unicodedata.digit(sign)) if unicodedata.digit(sign, None) is not None else sign for sign in text
    )
    return _BETWEEN.sub("", latin)
