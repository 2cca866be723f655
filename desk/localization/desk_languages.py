"""The languages that the desk itself speaks to its staff, and which of them the page being made is in.

What persons write, the directory and the audit log have languages of their own, which this never changes.
"""

from contextvars import ContextVar
from typing import Literal, get_args

from babel import negotiate_locale

DeskLanguage = Literal["en", "es", "fr", "ar"]
DESK_LANGUAGES: tuple[DeskLanguage, ...] = get_args(DeskLanguage)
SOURCE: DeskLanguage = "en"
# As their own speakers write them: whoever looks for their language may read no other.
OWN_NAMES: dict[DeskLanguage, str] = {"en": "English", "es": "Español", "fr": "Français", "ar": "العربية"}
_RIGHT_TO_LEFT = ("ar",)
_MOST_ASKED = 20  # languages of an Accept-Language header that are read; browsers send a handful

# Each request has a context of its own; what is made outside of one, as by a command, is in English.
_current: ContextVar[DeskLanguage] = ContextVar("desk_language", default=SOURCE)


def current() -> DeskLanguage:
    """Return the language of the page being made."""
    return _current.get()


def speak(language: DeskLanguage) -> None:
    """Make the page of this request in a language."""
    _current.set(language)


def known(tag: str) -> DeskLanguage | None:
    """Return a language of the desk by its tag; None if it is none."""
    return next((each for each in DESK_LANGUAGES if each == tag), None)


def wanted(accepted: str) -> DeskLanguage:
    """Return what fits the languages that a browser asks for (its Accept-Language header) best; English if none does."""
    weighed = [_weighed(part) for part in accepted.split(",")[:_MOST_ASKED]]
    asked = [tag for tag, weight in sorted(weighed, key=lambda each: -each[1]) if weight > 0]
    found = negotiate_locale(asked, list(DESK_LANGUAGES), sep="-", aliases={})
    return known(found or "") or SOURCE


def direction() -> Literal["ltr", "rtl"]:
    """Return the direction in which the page runs."""
    return "rtl" if current() in _RIGHT_TO_LEFT else "ltr"


def _weighed(part: str) -> tuple[str, float]:
    tag, _, weight = part.strip().partition(";q=")
    try:
        return tag, float(weight or 1)
    except ValueError:
        return tag, 0
