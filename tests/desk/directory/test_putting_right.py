"""A steward looks at an entry and puts it right: with who and when, and nothing else is changed."""

from pathlib import Path

import pytest

from bot.reporting import complaints
from resources_directory.files import change_log
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.directory.steps import LEY, MADRID_LAWYER, NUMBER, done, given, seen
from tests.desk.directory_folder import SPAIN, filled, service


async def test_still_true_is_kept_with_who_and_when_and_answers_the_complaints(
    site: DeskSite, heron: Seat, folder: Path
) -> None:
    await complaints.complain(site.services.store, "es-ley", site.clock())
    assert await done(heron, f"{LEY}/checked", reason="Rang.") == "saved"
    now = service(folder, "es-ley")
    assert (now.checked_by, now.checked_on) == ("Blue Heron", "2027-01-15")
    (line,) = change_log.history("es-ley", folder)
    assert (line.who, line.what, line.reason, line.when[:10]) == ("Blue Heron", "checked", "Rang.", "2027-01-15")
    assert await complaints.counts(site.services.store, site.clock()) == {}
    assert "Grey Otter → Blue Heron" in (await heron.opens(LEY))[1]


async def test_each_step_has_its_line_in_the_log(site: DeskSite, heron: Seat) -> None:
    await done(heron, f"{LEY}/checked")
    account = await site.services.accounts.people.named("Blue Heron")
    assert account
    lines = [line async for line in site.services.accounts.audit.lines()]
    assert (lines[-1].who, lines[-1].what, lines[-1].which) == (account.id, "check_directory", "es-ley")


async def test_a_form_that_comes_back_as_it_was_shown_changes_nothing(heron: Seat, folder: Path) -> None:
    fields = filled(service(folder, "es-ley"), seen=await seen(heron, f"{LEY}/edit"))
    status, source = await heron.sends(f"{LEY}/edit", **fields)
    assert (status, "Nothing is different." in source) == (409, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN


async def test_a_corrected_field_changes_its_line_of_the_file_and_no_other(heron: Seat, folder: Path) -> None:
    fields = filled(service(folder, "es-ley"), hours="Mo-Fr 10:00-14:00")
    assert await done(heron, f"{LEY}/edit", **fields) == "corrected"
    old = SPAIN.replace("opening_hours: Mo-Fr 09:00-17:00", "opening_hours: Mo-Fr 10:00-14:00")
    assert (folder / "es.yml").read_text("utf-8") == old
    assert change_log.history("es-ley", folder)[0].what == "edited"


async def test_a_number_is_changed_only_by_who_rang_it(site: DeskSite, heron: Seat, folder: Path) -> None:
    fields = filled(service(folder, "es-ley"), **NUMBER)
    status, source = await heron.sends(f"{LEY}/edit", **{**fields, "seen": await seen(heron, f"{LEY}/edit")})
    assert (status, "only changed by who rang it" in source) == (409, True)
    assert "913 19 93 90" in source  # what was typed is still there
    assert await done(heron, f"{LEY}/edit", looked="yes", **fields) == "corrected"
    now = service(folder, "es-ley")
    assert (now.phones[0].number, now.phones[0].e164) == ("913 19 93 90", "+34913199390")
    assert (now.checked_by, now.checked_on) == ("Blue Heron", "2027-01-15")
    assert given(site, MADRID_LAWYER) == ["es-ley"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hours": "whenever"}, "can not be read as opening hours"),
        ({"languages": "zebra"}, "is no language"),
        ({"name": "x" * 71}, "name"),
        ({"phone_number.0": "12", "looked": "yes"}, "12"),
        ({"minimum_age": "40", "maximum_age": "20"}, "minimum_age is above maximum_age"),
        ({"minimum_age": "-1"}, "is no age in years"),
        ({"kinds.legal_aid": "-", "kinds.labour": "-"}, "kinds"),
        ({"kinds.anything": "yes"}, "can not be chosen here"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"sources": "not a page"}, "sources"),
    ],
)
async def test_bad_input_is_said_in_a_sentence_and_changes_nothing(
    heron: Seat, folder: Path, typed: dict[str, str], said: str
) -> None:
    fields = filled(service(folder, "es-ley"), **{"seen": await seen(heron, f"{LEY}/edit"), **typed})
    status, source = await heron.sends(f"{LEY}/edit", **fields)
    assert (status, said in source.partition('role="alert"')[2].partition("</p>")[0]) == (409, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN


async def test_half_a_form_empties_nothing(heron: Seat, folder: Path) -> None:
    status, source = await heron.sends(f"{LEY}/edit", seen=await seen(heron, f"{LEY}/edit"), name="Ley")
    assert (status, "Not all of the form arrived" in source) == (409, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
