"""Full-text search in names, descriptions and cities, for stewards and operators who know what they are looking for."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import regex

from resources_directory.search.rows import UNCHECKED

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Scripts without spaces between words.
JOINED = regex.compile(r"[\p{Thai}\p{Han}\p{Hiragana}\p{Katakana}\p{Khmer}\p{Lao}\p{Myanmar}]")
_TRIGRAM = 3  # letters; anything shorter is not indexed
_WORDS = 12  # of a query; more is pasted text
_SEARCH = """
  SELECT service.id, spot.country, service.served_until, service.facts
  FROM {index} JOIN service ON service.number = {index}.rowid JOIN spot ON spot.number = service.spot
  WHERE {index} MATCH ? AND (? = '' OR spot.country = ?) ORDER BY rank LIMIT ?
"""


@dataclass(frozen=True)
class Hit:
    """One service found by its words."""

    id: str
    name: str
    city: str
    country: str  # ISO 3166-1 alpha-2
    number: str  # to call
    served: bool  # whether it may be given to a person today


def by_words(connection: sqlite3.Connection, text: str, today: date, country: str = "", at_most: int = 20) -> list[Hit]:
    """Return services that contain all these words, the last as a prefix; nothing for a text without words."""
    words = _WORD.findall(text.casefold())[:_WORDS]
    joined = [word for word in words if JOINED.search(word)]
    if not words or any(len(word) < _TRIGRAM for word in joined):
        return []
    index = "service_trigrams" if joined else "service_words"
    question = " ".join(f'"{word}"' for word in words) + ("" if joined else "*")
    rows = connection.execute(_SEARCH.format(index=index), (question, country, country, at_most))
    return list(_hits(rows, today))


def _hits(rows: sqlite3.Cursor, today: date) -> Iterator[Hit]:
    for known, country, served_until, facts in rows:
        told = json.loads(facts)
        checked = str(told.get("checked_on", ""))
        served = (
            served_until != UNCHECKED and served_until >= today.toordinal() and checked <= str(today + timedelta(1))
        )
        yield Hit(known, told["name"], told["city"], country, told["number"], served)
