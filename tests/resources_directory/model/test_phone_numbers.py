"""A number is one of its country, or a short code that is known to exist."""

from resources_directory.model.hsds import Phone
from resources_directory.model.phone_numbers import mistake_in
from tests.every import every


@every(
    ("country", "number"),
    [
        ("GB", "08000 121 700"),
        ("US", "1-888-373-7888"),
        ("US", "988"),
        ("ES", "016"),
        ("FR", "119"),
        ("ES", "+34 600 000 016"),
        ("CL", "*4242"),
        ("JP", "#8008"),
        ("CA", "686868"),
    ],
)
def test_a_number_that_is_dialled_in_its_country_is_right(country: str, number: str) -> None:
    assert mistake_in(Phone(number=number), country) is None


@every(
    ("country", "number"),
    [
        ("GB", "020 7700 731"),
        ("US", "1-888-373-788"),
        ("FR", "016"),
        ("FR", "*119"),
        ("ES", "+33 1 44 52 88 90"),
        ("CL", "4242"),
        ("BE", "02 511 64 642"),
        ("AQ", "123"),
    ],
)
def test_a_slip_or_a_number_of_elsewhere_is_wrong(country: str, number: str) -> None:
    assert mistake_in(Phone(number=number), country) == (
        f"number: {number} is no number of {country}, and not in short_codes.yml."
    )


def test_the_international_form_is_that_of_the_same_number() -> None:
    assert mistake_in(Phone(number="01 44 52 88 90", e164="+33144528890"), "FR") is None
    assert mistake_in(Phone(number="01 44 52 88 90", e164="+33144528809"), "FR") == (
        "e164: +33144528809 is not 01 44 52 88 90, which is +33144528890."
    )
