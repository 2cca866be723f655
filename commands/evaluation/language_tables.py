"""How well languages are told apart, by the hints that come with a message: `quietline evaluate --texts`."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.language.locale import detect
from bot.messaging.message import Hints

# Simulated hints, how often: the client's language is right, or English; the phone is from home; the settled language is right.
_CLIENT_RIGHT, _CLIENT_ENGLISH = 0.6, 0.3
_HOME, _KEPT = 0.5, 0.95
_HOME_COUNTRY = {
    "en": "GB", "es": "MX", "ar": "EG", "fr": "FR", "pt": "BR", "ro": "RO", "uk": "UA", "ru": "RU", "fa": "IR", "hi": "IN",
    "ur": "PK", "bn": "BD", "zh-Hans": "CN", "vi": "VN", "th": "TH", "tl": "PH",
}  # fmt: skip
_HOSTS = ("DE", "US", "GB", "AE", "IT", "ES")
_SPACELESS = ("zh-Hans", "zh-Hant", "ja", "th", "lo", "km", "my")


def detection(texts: Path) -> Iterator[str]:
    """Yield a Markdown table: how often the language of `code<TAB>text` lines is detected, by hints and length."""
    rows = [line.split("\t")[:2] for line in texts.read_text("utf-8").splitlines() if "\t" in line]
    codes = sorted({code for code, _ in rows})
    yield "| hints | all | 1–3 words | sentences | served, 1–3 words | served, sentences | median ms |"
    yield "|---|---|---|---|---|---|---|"
    for name, hinted in (("none", _no_hints), ("client", _client), ("client, phone and talk so far", _all_hints)):
        yield _row(name, rows, codes, hinted)


Hinted = Callable[[str, list[str], random.Random], tuple[Hints, str | None]]


def _row(name: str, rows: list[list[str]], codes: list[str], hinted: Hinted) -> str:
    chance, right, spent = random.Random(1), defaultdict(list), []  # noqa: S311
    for code, text in rows:
        hints, settled = hinted(code, codes, chance)
        began = time.perf_counter()
        found = detect(text, hints, settled).locale == code
        spent.append(time.perf_counter() - began)
        right[code, _words(code, text) <= 3].append(found)
    served = set(_HOME_COUNTRY)
    cells = (
        _macro(right, lambda code, short: True),
        _macro(right, lambda code, short: short),
        _macro(right, lambda code, short: not short),
        _macro(right, lambda code, short: short and code in served),
        _macro(right, lambda code, short: not short and code in served),
    )
    median = sorted(spent)[len(spent) // 2] * 1_000
    return f"| {name} | {' | '.join(f'{cell:.1f}' for cell in cells)} | {median:.2f} |"


def _macro(right: dict[tuple[str, bool], list[bool]], wanted: Callable[[str, bool], bool]) -> float:
    """Return the mean over languages, in percent."""
    shares: defaultdict[str, list[bool]] = defaultdict(list)
    for (code, short), found in right.items():
        if wanted(code, short):
            shares[code] += found
    return 100 * sum(sum(found) / len(found) for found in shares.values()) / len(shares)


def _words(code: str, text: str) -> int:
    return max(1, len(text) // 3) if code in _SPACELESS else len(text.split())


def _no_hints(code: str, codes: list[str], chance: random.Random) -> tuple[Hints, str | None]:
    return Hints(), None


def _client(code: str, codes: list[str], chance: random.Random) -> tuple[Hints, str | None]:
    drawn = chance.random()
    other = "en" if drawn < _CLIENT_RIGHT + _CLIENT_ENGLISH else chance.choice(codes)
    return Hints(telegram=code if drawn < _CLIENT_RIGHT else other), None


def _all_hints(code: str, codes: list[str], chance: random.Random) -> tuple[Hints, str | None]:
    hints, _ = _client(code, codes, chance)
    country = _HOME_COUNTRY.get(code) if chance.random() < _HOME else chance.choice(_HOSTS)
    settled = code if chance.random() < _KEPT else chance.choice(codes)
    return Hints(telegram=hints.telegram, country=country), settled
