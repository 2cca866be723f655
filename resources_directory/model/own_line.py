"""A number that the organisation answers itself, as it is said: like a national line, in the reader's words.

The bot gives it and the desk shows it before it is saved, so that nobody saves anything else than what people will read.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import phonenumbers
from babel.dates import format_date
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from resources_directory.model.discontinued import Discontinued
from resources_directory.model.opening_hours import ALWAYS, Hours, changes_at, open_now
from resources_directory.model.service_lines import Reader, line, when_open

Mistake = Literal["no_plus", "no_number", "costly", "dead"]
_COSTLY = (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST)


@dataclass(frozen=True)
class OwnLine:
    """One number with what is said of it. The name may go with a country: "Haven (Germany)"."""

    id: str
    name: str
    number: str  # E.164
    hours: Hours
    checked_on: date  # when somebody of the organisation rang it last

    def reply(self, reader: Reader, together: bool = False) -> dict[str, Any]:
        """Give the phrase to say with its arguments; the digits `together` where a gap could change their order."""
        always = self.hours.expression == ALWAYS
        open_, changes = open_now(self.hours, reader.now), changes_at(self.hours, reader.now)
        return line(
            "line_national",
            name=self.name,
            number=self.number if together else written(self.number),
            open=when_open(always, open_, changes, reader) or "",
            seen=line("line_checked", date=format_date(self.checked_on, "medium", locale=reader.names)),
            warning="",
        )


def written(number: str) -> str:
    """Write a number in groups that can be read aloud, with its country in front: it is dialled so from anywhere."""
    return str(phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL))


def country_of(number: str) -> str:
    """Give the country in which a number rings; empty for one that rings in many."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""


def read(typed: str) -> str:
    """Give a number in E.164; raises ValueError with a Mistake."""
    if not typed.strip().startswith("+"):
        raise ValueError("no_plus")
    try:
        parsed = phonenumbers.parse(typed)
    except phonenumbers.NumberParseException:
        raise ValueError("no_number") from None
    # The library reads letters as digits, and leaves an extension aside that nobody would dial.
    if any(sign.isalpha() for sign in typed) or not phonenumbers.is_valid_number(parsed):
        raise ValueError("no_number")
    if phonenumbers.number_type(parsed) in _COSTLY:
        raise ValueError("costly")
    number = str(phonenumbers.format_number(parsed, PhoneNumberFormat.E164))
    national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    dead = Discontinued.load().of(country_of(number))
    if number in dead or national in dead:
        raise ValueError("dead")
    return number
