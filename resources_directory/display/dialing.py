"""What rings a line from where the caller is: the number that a button may dial."""


def to_dial(number: str, e164: str | None, country: str, caller: str | None) -> str:
    """Return what rings the line from where the caller is; empty if nothing surely does.

    number: as dialed in its country. caller: the country they have said they are in, None if they have not. A short code
    rings somebody else in another country, and many free numbers cannot be called from outside.
    """
    if caller == country:
        return number
    full = e164 or (number if number.startswith("+") else "")
    return full if full and _rings_from_abroad(full) else ""


def country_of_number(number: str) -> str | None:
    """Return the country of a number with its country code, ISO 3166-1 alpha-2; None where that is not sure."""
    import phonenumbers

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None


def _rings_from_abroad(e164: str) -> bool:
    import phonenumbers  # takes longer to load than a search that shows no button

    try:
        return phonenumbers.can_be_internationally_dialled(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return False
