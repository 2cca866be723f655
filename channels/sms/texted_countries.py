"""The countries to which text messages are sent: a text to the far end of the world can cost a hundred times one at home.

Somebody who earns from a range of numbers has them write to us, and is paid for each of our answers. So only numbers of
listed countries are answered, and never one that belongs to a satellite or a premium range.
"""

from collections.abc import Collection

import phonenumbers
from phonenumbers import PhoneNumberType

from bot.settings import Settings

ALL = "all"
# Numbers that no phone of a person has; most cost whoever calls or texts them more.
_NEVER = frozenset({
    PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.TOLL_FREE,
    PhoneNumberType.UAN, PhoneNumberType.PAGER, PhoneNumberType.VOICEMAIL,
})  # fmt: skip


def answered(settings: Settings) -> frozenset[str]:
    """Return the countries whose numbers are answered, or `all`: those named, the home country, and that of our own number."""
    if ALL in settings.sms_countries:
        return frozenset({ALL})
    own = region_of(settings.twilio_sender) or ""
    return frozenset({*settings.sms_countries, settings.home_country, own}) - {""}


def may_be_texted(address: str, countries: Collection[str]) -> bool:
    """Whether a number is of one of these countries (`all`: of any), and of no range that costs extra.

    A number that the library does not know (a new range, an old way of writing) counts as its calling code's main country.
    """
    number = _parsed(address)
    if number is None or number.country_code is None or phonenumbers.number_type(number) in _NEVER:
        return False
    region = region_of(address) or phonenumbers.region_code_for_country_code(number.country_code)
    return _is_country(region) and (ALL in countries or region in countries)


def region_of(address: str) -> str | None:
    """Return the country of a number, as ISO 3166-1 alpha-2; None if it is not known, and for satellites, which have none."""
    number = _parsed(address)
    region = phonenumbers.region_code_for_number(number) if number else None
    return region if region and _is_country(region) else None


def _is_country(region: str) -> bool:
    return region.isalpha() and region != phonenumbers.UNKNOWN_REGION


def _parsed(address: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(address)
    except phonenumbers.NumberParseException:
        return None
