"""A number that is part of a name is not said twice."""

from resources_directory.display.line_names import without_number
from tests.every import every


@every(
    ("name", "number", "said"),
    [
        ("1919 (violence in the family)", "1919", "Violence in the family"),
        ("Missing children 116 000", "116 000", "Missing children"),
        ("9-8-8 Suicide Crisis Helpline", "988", "Suicide Crisis Helpline"),
        ("#8891 (sexual violence, any gender)", "#8891", "Sexual violence, any gender"),
        ("Estijaba 800 1717 (Abu Dhabi)", "800 1717", "Estijaba (Abu Dhabi)"),
        ("119, then 8 (crisis)", "119", "119, then 8 (crisis)"),
        ("Justice line (1111, 77)", "1111", "Justice line (1111, 77)"),
        ("113", "113", "113"),
        ("Line 19", "1", "Line 19"),
        ("Haven", "haven.example", "Haven"),
    ],
)
def test_a_number_apart_from_the_name_is_left_out(name: str, number: str, said: str) -> None:
    assert without_number(name, number) == said
