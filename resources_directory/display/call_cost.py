"""What a call costs by the numbering plan: 0800 and 116 111 are free where they are dialed, 0300 is charged like any other.

That the help is free, as an entry may say, is something else.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

CallCost = Literal["free", "charged", "more"]  # more: shared-cost, premium and personal numbers

# Numbers of social value that are free in all of the EU, with its neighbours of the EEA (Decisions 2007/116/EC and later).
_HARMONISED = re.compile("116(000|006|016|111|117|123)")
_EEA = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
_COSTS: Mapping[str, CallCost] = {
    "TOLL_FREE": "free",
    **dict.fromkeys(("FIXED_LINE", "MOBILE", "FIXED_LINE_OR_MOBILE", "VOIP"), "charged"),
    **dict.fromkeys(("SHARED_COST", "PREMIUM_RATE", "PERSONAL_NUMBER"), "more"),
}
_UNIFORM_IS_CHARGED = frozenset({"GB"})  # 03 numbers; elsewhere the plan does not say what such numbers cost


@cache
def call_cost(number: str, country: str) -> CallCost | None:
    """Return what a call costs inside its country, ISO 3166-1 alpha-2; None where the plan does not say.

    Of short codes the plan is believed only where it says that they are free.
    """
    import phonenumbers  # takes longer to load than a search that shows no number
    from phonenumbers import PhoneNumberType, ShortNumberCost, shortnumberinfo

    if country in _EEA and _HARMONISED.fullmatch("".join(filter(str.isdecimal, number))):
        return "free"
    try:
        read = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(read, country):
        short = shortnumberinfo.is_valid_short_number_for_region(read, country)
        free = short and shortnumberinfo.expected_cost_for_region(read, country) == ShortNumberCost.TOLL_FREE
        return "free" if free else None
    kind = PhoneNumberType.to_string(phonenumbers.number_type(read))
    return "charged" if kind == "UAN" and country in _UNIFORM_IS_CHARGED else _COSTS.get(kind)
