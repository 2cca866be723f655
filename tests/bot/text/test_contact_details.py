"""What could lead to a person is left out of the line that an operator's card shows."""

from bot.text.contact_details import without_contact_details
from tests.every import every


@every(
    ("text", "left"),
    [
        ("call me at +52 1 55 1234-5678 please", "call me at … please"),
        ("call (555) 010.4711, he has my papers", "call …, he has my papers"),
        ("llámame al 00525512345678", "llámame al …"),
        ("my passport is G1234567", "my passport is …"),
        ("اتصل ٠١٢٣٤٥٦٧٨٩ الآن", "اتصل … الآن"),
        ("मेरा नंबर ९८७६५४३२१० है", "मेरा नंबर … है"),
        ("write to ana.perez@mail.example or @ana_p", "write to … or …"),
        ("i am at t.me/ana_p and https://x.example/ana", "i am at … and …"),
        ("he pays 1500 a month and i owe 12,000 since 2024", "he pays 1500 a month and i owe 12,000 since 2024"),
        ("i work from 06:00 to 22:00, 7 days, since 05/2023", "i work from 06:00 to 22:00, 7 days, since 05/2023"),
        ("he took my passport", "he took my passport"),
        ("", ""),
    ],
)
def test_a_phone_number_an_address_or_a_passport_number_is_left_out_and_a_wage_is_not(text: str, left: str) -> None:
    assert without_contact_details(text) == left


def test_a_long_line_of_digits_costs_no_time() -> None:
    assert without_contact_details("1 " * 50_000 + "x") == "… x"
    assert len(without_contact_details("1-(" * 3 + "a" * 4_000 + "(" * 4_000)) > 4_000
