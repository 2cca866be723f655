"""A feed says in its own words that a place is hidden, in every language that we serve and some of our neighbours'."""

from pathlib import Path

import pytest
import yaml

from resources_directory.exchange.places.hidden_words import hidden_words
from tests.every import every
from tests.resources_directory.exchange.feed_files import as_bytes, read, service

SENTENCES = yaml.safe_load((Path(__file__).parent / "hidden_sentences.yml").read_text("utf-8"))
HIDDEN: dict[str, list[str]] = SENTENCES["hidden"]
OPEN: dict[str, list[str]] = SENTENCES["open"]  # beside these a steward should not have to say that a place is public


@every(("language", "sentence"), [(language, one) for language in HIDDEN for one in HIDDEN[language]])
def test_a_place_that_a_feed_calls_hidden_is_taken_for_one(language: str, sentence: str) -> None:
    assert hidden_words().say_hidden([f"{sentence}."])


@every(("language", "sentence"), [(language, one) for language in OPEN for one in OPEN[language]])
def test_ordinary_sentences_hide_nothing(language: str, sentence: str) -> None:
    assert not hidden_words().say_hidden([f"{sentence}."])


@every("sentence", [sentences[0] for sentences in HIDDEN.values()])
def test_such_a_place_keeps_neither_address_nor_coordinates_and_the_report_names_it(sentence: str) -> None:
    found = read(as_bytes(service(description=f"Help with permits. {sentence}.")), keep_addresses=True)

    (place,) = found.drafts[0].service.locations
    assert (place.location_type, place.confidential, place.city) == ("virtual", True, "Houston")
    assert (place.address, place.latitude, place.longitude) == (None, None, None)
    assert [one.reason for one in found.left_out] == [
        "taken for a hidden place: its address and coordinates are left out"
    ]


@pytest.mark.parametrize("line", ["Address is confidential", "Undisclosed", "Adresse wird nicht bekannt gegeben"])
def test_what_stands_in_place_of_a_street_hides_the_place_too(line: str) -> None:
    row = service()
    row["service_at_locations"][0]["location"]["addresses"][0]["address_1"] = line

    (place,) = read(as_bytes(row), keep_addresses=True).drafts[0].service.locations

    assert (place.confidential, place.latitude) == (True, None)


def test_a_shelter_by_name_stays_hidden_whatever_kind_its_feed_gives_it() -> None:
    row = service(name="Emergency Shelter", attributes=[{"taxonomy_term": {"name": "Legal Aid"}}])

    assert read(as_bytes(row)).drafts[0].service.locations[0].confidential
