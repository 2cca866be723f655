"""What a check does to a service, and which checks are refused."""

from datetime import date
from typing import Any

import pytest

from resources_directory.model.freshness import is_served
from resources_directory.model.hsds import Service
from resources_directory.stewards.verification import Check, CheckRefused, checked, closed, suspended
from tests.every import every

TODAY = date(2026, 3, 1)
LOCAL = {"service_area": {"extent_type": "city", "name": "Madrid"}}


def service(**more: Any) -> Service:
    plain = {"id": "es-a", "name": "Aa", "kinds": ["crisis"], "phones": [{"number": "016"}], "status": "proposed"}
    return Service.model_validate(plain | more)


def shelter(**more: Any) -> Service:
    return service(kinds=["shelter"], **LOCAL, **more)


def check(by: str = "Heron", **more: Any) -> Check:
    return Check(by, TODAY, **more)


def after(before: Service, a_check: Check) -> Service:
    """The service as it stands after a check."""
    return Service.model_validate({**before.model_dump(mode="json"), **checked(before, a_check).fields})


def test_a_check_makes_a_service_served_and_takes_the_doubt_away() -> None:
    now = after(service(doubt="Same number as another.", **LOCAL), check())

    assert (now.status, now.verified, now.doubt) == ("active", True, None)
    assert (now.checked_on, now.checked_by) == ("2026-03-01", "Heron")
    assert is_served(now, TODAY)


def test_a_new_shelter_waits_for_a_second_steward() -> None:
    first = after(shelter(), check("Heron"))
    again = after(first, check("heron "))
    second = after(first, check("Owl"))

    assert [is_served(one, TODAY) for one in (first, again, second)] == [False, False, True]
    assert (second.checked_by, second.confirmed_by) == ("Owl", "Heron")


def test_a_shelter_that_two_stewards_looked_at_together_is_served_at_once() -> None:
    assert is_served(after(shelter(), check(second="Owl")), TODAY)


@every(("name", "other"), [("Heron", "Owl"), ("Owl", "Heron"), ("Crane", "Heron")])
def test_one_steward_renews_what_two_have_seen(name: str, other: str) -> None:
    before = shelter(status="active", checked_on="2026-02-01", checked_by="Heron", confirmed_by="Owl")

    now = after(before, check(name))
    assert (now.checked_by, now.confirmed_by, is_served(now, TODAY)) == (name, other, True)


def test_a_first_look_of_long_ago_does_not_count_beside_the_second() -> None:
    assert not is_served(after(shelter(status="active", checked_on="2026-01-29", checked_by="Owl"), check()), TODAY)


@pytest.mark.parametrize(
    "before",
    [
        {"status": "suspended", "checked_on": "2026-02-27"},
        {"status": "active", "checked_on": "2025-12-01"},
    ],
)
def test_a_shelter_that_was_out_needs_two_stewards_again(before: dict[str, str]) -> None:
    now = after(shelter(**before, checked_by="Owl", confirmed_by="Crane"), check())

    assert (now.confirmed_by, is_served(now, TODAY)) == (None, False)


def test_a_new_number_of_a_shelter_needs_two_stewards_who_rang_it() -> None:
    before = shelter(status="active", checked_on="2026-02-27", checked_by="Owl", confirmed_by="Crane")

    assert not is_served(after(before, check(number="91 411 32 32")), TODAY)
    assert is_served(after(before, check(number="91 411 32 32", second="Crane")), TODAY)


def test_facts_that_changed_are_taken_in() -> None:
    before = service(phones=[{"number": "1", "type": "text"}, {"number": "016", "languages": ["es"]}])
    now = after(
        before, check(number="91 411 32 32", hours="Mo-Fr 09:00-17:00", languages="Spanish, en,es,multiple languages")
    )

    assert [phone.number for phone in now.phones] == ["1", "91 411 32 32"]
    assert (now.phones[1].e164, now.phones[1].languages) == ("+34914113232", ("es",))
    assert now.schedules[0].opening_hours == "Mo-Fr 09:00-17:00"
    assert now.languages == ("es", "en", "mul")


def test_a_number_from_abroad_is_given_as_it_is_dialled_at_home() -> None:
    phone = after(service(), check(number="+34914113232")).phones[0]

    assert (phone.number, phone.e164) == ("914 11 32 32", "+34914113232")


def test_a_short_code_has_no_form_for_abroad() -> None:
    before = service(phones=[{"number": "914 11 32 32", "e164": "+34914113232"}])
    phone = after(before, check(number="112")).phones[0]

    assert (phone.number, phone.e164) == ("112", None)


def test_what_was_said_of_the_old_number_does_not_stand_on_the_new_one() -> None:
    before = service(
        phones=[{"number": "016", "languages": ["es"], "word": "HELP", "description": "Ask for extension 5."}]
    )
    phone = after(before, check(number="91 411 32 32")).phones[0]

    assert (phone.word, phone.description, phone.languages) == (None, None, ("es",))


def test_the_same_number_written_otherwise_keeps_what_is_said_of_it() -> None:
    before = service(phones=[{"number": "914113232", "description": "Extension 5."}])

    assert after(before, check(number="91 411 32 32")).phones[0].description == "Extension 5."


def test_day_and_night_is_said_as_such() -> None:
    assert after(service(), check(hours="24/7")).schedules[0].always is True


@every(
    ("facts", "sentence"),
    [
        ({"on": "2026-03-02"}, "2026-03-02 lies in the future: give the day on which you looked."),
        ({"on": "1 March"}, "'1 March' is no day; write it like 2026-03-01."),
        ({"on": "2026-01-01"}, "es-a was checked later than that already, on 2026-02-01."),
        ({"second": " HERON"}, "The second steward must be somebody else than the first."),
        ({"hours": "mornings"}, "'mornings' can not be read as opening hours; write them like Mo-Fr 09:00-17:00, or 24/7."),
        ({"languages": "en,klingonese"}, "'klingonese' is no language; give names or codes like Spanish, en, or mul for many."),
        ({"languages": ","}, "',' is no language; give names or codes like Spanish, en, or mul for many."),
        ({"number": "call Ana"}, "'call Ana' is no phone number."),
        ({"number": "91 411 32"}, "number: 91 411 32 is no number of ES, and not in short_codes.yml. "
                                  "Look at each digit once more."),
        ({"number": "+33144528890"}, "number: 01 44 52 88 90 is no number of ES, and not in short_codes.yml. "
                                     "Look at each digit once more."),
    ],
)  # fmt: skip
def test_what_can_not_be_right_is_refused_with_a_sentence(facts: dict[str, str], sentence: str) -> None:
    with pytest.raises(CheckRefused) as refused:
        checked(service(checked_on="2026-02-01", checked_by="Owl"), check(**facts))
    assert str(refused.value) == sentence


def test_a_service_without_a_number_is_checked_with_one() -> None:
    with pytest.raises(CheckRefused, match=r"^es-a has no number yet: give the one that you rang\.$"):
        checked(service(phones=[]), check())
    assert after(service(phones=[]), check(number="112")).phones[0].number == "112"


def test_a_dead_number_does_not_come_back() -> None:
    with pytest.raises(CheckRefused, match=r"^141 is on the list of dead numbers of BR.$"):
        checked(service(id="br-a"), check(number="141"))


DEAD = "br-a still has 141, a dead number: give the one that you rang with --number, or take it out of br.yml."


@every(
    ("phones", "number"),
    [
        ([{"number": "141"}], ""),
        ([{"number": "190"}, {"number": "1-4-1", "type": "text"}], ""),
        ([{"number": "190"}, {"number": "141", "type": "text"}], "188"),
    ],
)
def test_a_service_that_still_has_a_dead_number_is_not_checked(phones: list[dict[str, str]], number: str) -> None:
    with pytest.raises(CheckRefused) as refused:
        checked(service(id="br-a", phones=phones), check(number=number))
    assert str(refused.value).replace("1-4-1", "141") == DEAD


def test_a_dead_number_goes_with_the_new_one() -> None:
    assert after(service(id="br-a", phones=[{"number": "141"}]), check(number="188")).phones[0].number == "188"


def test_no_check_opens_a_closed_service() -> None:
    with pytest.raises(CheckRefused) as refused:
        checked(service(status="closed"), check())
    assert str(refused.value) == (
        "es-a is closed. If it has really opened again, write status: suspended into es.yml, then say this again."
    )


def test_a_suspended_service_keeps_the_reason_as_its_doubt() -> None:
    assert suspended(service(status="active"), "Heron", "Rings out.").fields == {
        "status": "suspended",
        "doubt": "Rings out.",
    }


def test_a_closed_service_is_not_merely_suspended() -> None:
    with pytest.raises(CheckRefused, match=r"^es-a is closed already\. Where it is still given, close it again\.$"):
        suspended(service(status="closed"), "Heron", "Gone.")


def test_a_closed_service_can_be_closed_again() -> None:
    assert closed(service(status="closed"), "Heron", "Gone.").fields == {"status": "closed"}


def test_a_service_that_was_out_is_noted_as_activated() -> None:
    assert checked(service(status="suspended"), check()).what == "activated"
    assert checked(service(status="active"), check()).what == "checked"
