"""An entry is written with every field that says something."""

from resources_directory.files.plain_entry import ORDER, plain
from resources_directory.model.hsds import Service
from tests.resources_directory.small import service


def test_every_field_of_a_service_has_its_place_in_the_file() -> None:
    fields = {field.alias or name for name, field in Service.model_fields.items()}

    assert sorted(ORDER) == sorted(fields)


def test_a_service_for_nationals_of_one_country_is_written_with_them() -> None:
    written = plain(Service.model_validate(service("Embassy", nationals=["PH"])))

    assert written["nationals"] == ["PH"]
