"""The country behind a phone's prefix: used for an emergency number in one turn, and kept nowhere."""

from tests.actions.stage import Stage


async def test_danger_gives_the_number_of_the_phone_beside_112(stage: Stage) -> None:
    assert await stage.hears("immediate_danger", phone="US") == ["utter_danger_phone"]
    assert "911" in stage.shows()
    assert "112" in stage.shows()
    assert stage.shows().endswith("Which country are you in?")


async def test_it_is_kept_nowhere(stage: Stage) -> None:
    await stage.hears("immediate_danger", phone="US")
    assert stage.record.country is None
    assert '"US"' not in stage.record.dump().decode()


async def test_the_country_that_is_stated_wins(stage: Stage) -> None:
    await stage.hears("immediate_danger", phone="US", country="GB")
    assert "999" in stage.shows()


async def test_an_ambulance_as_well(stage: Stage) -> None:
    assert await stage.hears("medical_emergency", phone="AE") == ["utter_medical_phone"]
    assert "998" in stage.shows()


async def test_a_number_that_is_owed_comes_also_after_safe_was_asked(stage: Stage) -> None:
    await stage.hears("immediate_danger")
    assert await stage.hears("greet") == ["utter_safe_again"]
    assert (await stage.hears("provide_location", country="GB"))[0] == "utter_number_there"
