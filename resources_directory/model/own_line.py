"""A number that the organisation answers itself, phrased like a national line in the reader's language.

The bot says it, and the desk previews it before it is saved, so what is saved is exactly what people will read.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from resources_directory.display.check_dates import month_of
from resources_directory.display.dialing import to_dial
from resources_directory.model.discontinued import Discontinued
from resources_directory.model.line import phrase
from resources_directory.model.opening_hours import ALWAYS, Hours, changes_at, open_now
from resources_directory.model.service_lines import ServiceReader, when_open

Mistake = Literal["no_plus", "no_number", "costly", "dead"]
_COSTLY = (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST)


@dataclass(frozen=True)
class OwnLine:
    """A number with what is said about it. The name may carry a country: "Haven (Germany)"."""

    id: str
    name: str
    number: str  # E.164
    hours: Hours
    checked_on: date  # when somebody at the organisation last rang it

    def reply(self, reader: ServiceReader, together: bool = False) -> dict[str, Any]:
        """Return the phrase with its arguments; `together` joins the digits: in right-to-left text, gaps can reorder them."""
        always = self.hours.expression == ALWAYS
        open_, changes = open_now(self.hours, reader.now), changes_at(self.hours, reader.now)
        return phrase(
            "line_national",
            name=self.name,
            number=self.number if together else written(self.number),
            open=when_open(always, open_, changes, reader) or "",
            call=to_dial(self.number, self.number, country_of(self.number), reader.country),
            chat="",
            seen=phrase("line_checked", date=month_of(self.checked_on, reader.names)),
            warning="",
        )


def written(number: str) -> str:
    """Return a number in groups that can be read aloud, with its country code, so it can be dialed from anywhere."""
    return str(phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL))


def country_of(number: str) -> str:
    """Return the country in which a number rings; empty if it rings in many."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""


def read(typed: str) -> str:
    """Return a number in E.164; raise ValueError with a Mistake."""
    if not typed.strip().startswith("+"):
        raise ValueError("no_plus")
    try:
        parsed = phonenumbers.parse(typed)
    except phonenumbers.NumberParseException:
        raise ValueError("no_number") from None
    # The library reads letters as digits, and drops an extension, which nobody would then dial.
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
