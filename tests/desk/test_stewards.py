"""A steward's work by the pages: look, put right, take out, add; two people for a shelter; nothing half done."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import complaints
from bot.store import Store
from resources_directory import changes
from resources_directory.editing import locked
from resources_directory.finder import Finder
from resources_directory.wish import Wish
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.directory_folder import SPAIN, compiled, entries, filled, service

MADRID_LAWYER = Wish(("legal_aid",), "ES", region="29")
MADRID_BED = Wish(("shelter",), "ES", region="29")
CASA, LEY = "/directory/entry/es-casa", "/directory/entry/es-ley"
NEW = {"country": "ES", "organization": "Nido", "operated_by": "ngo", "area": "city", "city": "Madrid", "looked": "yes"}
NUMBER = {"phone_type.0": "voice", "phone_number.0": "913 19 93 90", "phone_word.0": ""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return entries(tmp_path / "entries")


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Path:
    return compiled(tmp_path / "made" / "directory.sqlite", folder)


@pytest.fixture
async def site(desk_site: DeskSite, folder: Path, file: Path) -> AsyncIterator[DeskSite]:
    parts = replace(desk_site.parts, directory_file=file, entries=folder)
    async with DeskSite(parts, desk_site.clock).open() as site:
        yield site


@pytest.fixture
async def seats(site: DeskSite) -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def heron(site: DeskSite, seats: AsyncExitStack) -> Seat:
    return await seats.enter_async_context(site.seat(await site.hires("Blue Heron", "steward")))


@pytest.fixture
async def owl(site: DeskSite, seats: AsyncExitStack) -> Seat:
    return await seats.enter_async_context(site.seat(await site.hires("Owl", "steward")))


def given(site: DeskSite, wish: Wish) -> list[str]:
    """What persons are given now."""
    found = Finder(site.parts.directory_file).find(wish, datetime.fromtimestamp(site.clock(), UTC))
    return [one.id for one in found.services]


async def seen(seat: Seat, path: str) -> str:
    """The mark of an entry as the page shows it."""
    _, source = await seat.opens(path)
    return source.partition('name="seen" value="')[2].partition('"')[0]


async def done(seat: Seat, path: str, **fields: str) -> str:
    """Send a form of a page that was looked at, and tell what was said."""
    where = path if path.endswith("/edit") else path.rpartition("/")[0]
    status, led = await seat.sends(path, **{"seen": await seen(seat, where), **fields})
    assert status == 303, led
    return led.partition("done=")[2]


async def test_what_is_most_urgent_stands_first(site: DeskSite, heron: Seat) -> None:
    await complaints.complain(site.parts.store, "es-ley", site.clock())
    status, source = await heron.opens("/directory")
    assert status == 200
    assert source.index("Ley") < source.index("Casa")
    assert "Somebody wrote that it does not work (1)" in source
    assert "Doubt: Same number as another." in source


async def test_an_entry_is_shown_with_its_proof_and_the_words_for_the_call(heron: Seat) -> None:
    _, source = await heron.opens(CASA)
    for words in ("914 11 32 32", "https://casa.example/contact", "day and night.", "Is 914 11 32 32 the right number"):
        assert words in source


async def test_still_true_is_kept_with_who_and_when_and_answers_the_complaints(
    site: DeskSite, heron: Seat, folder: Path
) -> None:
    await complaints.complain(site.parts.store, "es-ley", site.clock())
    assert await done(heron, f"{LEY}/checked", reason="Rang.") == "saved"
    now = service(folder, "es-ley")
    assert (now.checked_by, now.checked_on) == ("Blue Heron", "2027-01-15")
    (line,) = changes.history("es-ley", folder)
    assert (line.who, line.what, line.reason, line.when[:10]) == ("Blue Heron", "checked", "Rang.", "2027-01-15")
    assert await complaints.counts(site.parts.store, site.clock()) == {}
    assert "Grey Otter → Blue Heron" in (await heron.opens(LEY))[1]


async def test_each_step_has_its_line_in_the_log(site: DeskSite, heron: Seat) -> None:
    await done(heron, f"{LEY}/checked")
    account = await site.parts.desk.people.named("Blue Heron")
    assert account
    lines = [line async for line in site.parts.desk.audit.lines()]
    assert (lines[-1].who, lines[-1].what, lines[-1].which) == (account.id, "check_directory", "es-ley")


async def test_a_shelter_is_given_after_two_people_and_not_after_one_twice(
    site: DeskSite, heron: Seat, owl: Seat
) -> None:
    assert await done(heron, f"{CASA}/checked") == "one_more_look"
    assert await done(heron, f"{CASA}/checked") == "one_more_look"
    assert "somebody else has to look" in (await heron.opens(CASA))[1]
    assert given(site, MADRID_BED) == []
    assert "With your look it will be given" in (await owl.opens(CASA))[1]
    assert await done(owl, f"{CASA}/checked") == "saved"
    assert given(site, MADRID_BED) == ["es-casa"]


async def test_one_person_who_got_another_name_is_still_one_person(
    site: DeskSite, heron: Seat, seats: AsyncExitStack
) -> None:
    await done(heron, f"{CASA}/checked")
    await site.parts.desk.disable("Blue Heron")
    again = await site.hires("Blue Heron", "steward")
    account = await again.account()
    await site.parts.desk.people.change(account.id, lambda before: before.with_(name="Red Kite"))
    again.name = "Red Kite"
    kite = await seats.enter_async_context(site.seat(again))
    assert await done(kite, f"{CASA}/checked") == "one_more_look"
    assert given(site, MADRID_BED) == []


async def test_what_is_taken_out_is_given_to_nobody_from_then_on(site: DeskSite, heron: Seat, folder: Path) -> None:
    assert given(site, MADRID_LAWYER) == ["es-ley"]
    assert await done(heron, f"{LEY}/suspend", reason="Rings out.") == "saved"
    assert given(site, MADRID_LAWYER) == []
    assert service(folder, "es-ley").doubt == "Rings out."
    assert await complaints.suspended(site.parts.store, site.clock()) == frozenset()  # the file says it now


async def test_what_is_closed_can_be_opened_again_and_then_waits_for_a_look(site: DeskSite, heron: Seat) -> None:
    await done(heron, f"{LEY}/close", reason="Has ended.")
    assert 'action="/directory/entry/es-ley/checked"' not in (await heron.opens(LEY))[1]
    await done(heron, f"{LEY}/reopen", reason="Is back.")
    assert given(site, MADRID_LAWYER) == []
    await done(heron, f"{LEY}/checked")
    assert given(site, MADRID_LAWYER) == ["es-ley"]


async def test_a_step_without_a_reason_is_refused_and_changes_nothing(heron: Seat, folder: Path) -> None:
    status, source = await heron.sends(f"{LEY}/suspend", reason="  ")
    assert (status, "Give a reason" in source) == (409, True)
    assert service(folder, "es-ley").status == "active"
    assert changes.read(folder) == []


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
    assert changes.history("es-ley", folder)[0].what == "edited"


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


async def test_another_number_of_a_shelter_needs_two_people_again(
    site: DeskSite, heron: Seat, owl: Seat, folder: Path
) -> None:
    await done(heron, f"{CASA}/checked")
    await done(owl, f"{CASA}/checked")
    fields = filled(service(folder, "es-casa"), looked="yes", **NUMBER)
    assert await done(owl, f"{CASA}/edit", **fields) == "one_more_look"
    assert given(site, MADRID_BED) == []
    assert await done(heron, f"{CASA}/checked") == "saved"
    assert given(site, MADRID_BED) == ["es-casa"]


async def test_a_service_does_not_become_a_shelter_by_a_tick_of_one(site: DeskSite, heron: Seat, folder: Path) -> None:
    fields = filled(service(folder, "es-ley"), looked="yes", **{"kinds.shelter": "yes"})
    assert await done(heron, f"{LEY}/edit", **fields) == "one_more_look"
    assert given(site, MADRID_BED) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hours": "whenever"}, "can not be read as opening hours"),
        ({"languages": "klingon"}, "is no code of a language"),
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


async def test_of_two_stewards_at_one_entry_the_second_is_told_and_overwrites_nothing(
    heron: Seat, owl: Seat, folder: Path
) -> None:
    old = await seen(owl, f"{LEY}/edit")
    fields = filled(service(folder, "es-ley"), name="Ley y Paz", seen=old)
    await done(heron, f"{LEY}/checked")
    status, source = await owl.sends(f"{LEY}/edit", **fields)
    assert (status, "Somebody changed this entry" in source) == (409, True)
    assert "Ley y Paz" in source
    assert service(folder, "es-ley").name == "Ley"
    again = source.partition('name="seen" value="')[2].partition('"')[0]
    assert (await owl.sends(f"{LEY}/edit", **{**fields, "seen": again}))[0] == 303
    assert (service(folder, "es-ley").name, service(folder, "es-ley").checked_by) == ("Ley y Paz", "Blue Heron")


async def test_two_stewards_in_the_same_moment_lose_nothing_of_each_other(heron: Seat, owl: Seat, folder: Path) -> None:
    marks = [await seen(heron, CASA), await seen(owl, LEY)]
    answers = await asyncio.gather(
        heron.sends(f"{CASA}/checked", seen=marks[0]), owl.sends(f"{LEY}/checked", seen=marks[1])
    )
    assert [status for status, _ in answers] == [303, 303]
    assert (service(folder, "es-casa").checked_by, service(folder, "es-ley").checked_by) == ("Blue Heron", "Owl")
    assert {line.who for line in changes.read(folder)} == {"Blue Heron", "Owl"}


async def test_a_new_shelter_is_added_by_one_and_given_after_the_other(
    site: DeskSite, heron: Seat, owl: Seat, folder: Path
) -> None:
    fields = {**filled(None, name="Nido", **{"kinds.shelter": "yes"}, **NUMBER), **NEW, "confidential": "yes"}
    status, where = await heron.sends("/directory/new", **fields)
    assert (status, where) == (303, "/directory/entry/es-madrid-nido?done=one_more_look")
    new = service(folder, "es-madrid-nido")
    assert new.locations[0].model_dump(exclude_none=True) == {
        "location_type": "virtual", "city": "Madrid", "region": "Madrid, Comunidad de", "latitude": 40.42, "longitude": -3.7,
        "confidential": True,
    }  # fmt: skip
    assert given(site, MADRID_BED) == []
    assert await done(owl, "/directory/entry/es-madrid-nido/checked") == "saved"
    assert given(site, MADRID_BED) == ["es-madrid-nido"]
    assert (folder / "es.yml").read_text("utf-8").startswith(SPAIN)
    assert [(line.what, line.who) for line in changes.history("es-madrid-nido", folder)] == [
        ("added", "Blue Heron"),
        ("checked", "Owl"),
    ]


async def test_a_new_entry_that_nobody_rang_is_proposed_only(heron: Seat, folder: Path) -> None:
    fields = {**filled(None, name="Nido", **{"kinds.medical": "yes"}, **NUMBER), **NEW, "looked": "-"}
    status, _ = await heron.sends("/directory/new", **{name: value for name, value in fields.items() if value != "-"})
    assert status == 303
    assert (service(folder, "es-madrid-nido").status, service(folder, "es-madrid-nido").checked_by) == (
        "proposed",
        None,
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"city": "Qqqxx"}, "No town of ES is known"),
        ({"city": ""}, "Name the town"),
        ({"country": "Q1"}, "is no two-letter code of a country"),
        ({"organization": " "}, "Name the organization"),
        ({"operated_by": "me"}, "Say who runs it"),
        ({"phone_number.0": ""}, "Give the number that you rang"),
        ({"phone_number.0": "914 35 41 34"}, "stands at es-ley (Ley) already"),
    ],
)
async def test_a_new_entry_that_can_not_be_is_refused_with_all_that_was_typed(
    heron: Seat, folder: Path, typed: dict[str, str], said: str
) -> None:
    fields = {**filled(None, name="Nido", **{"kinds.medical": "yes"}, **NUMBER), **NEW, **typed}
    status, source = await heron.sends("/directory/new", **fields)
    assert (status, said in source, 'value="Nido"' in source) == (409, True, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN


async def test_a_country_without_a_file_gets_one(heron: Seat, folder: Path) -> None:
    fields = {**filled(None, name="Linha", **{"kinds.crisis": "yes"}), **NEW, "country": "PT", "area": "country"}
    fields |= {"phone_type.0": "voice", "phone_number.0": "21 350 9900"}
    assert await heron.sends("/directory/new", **fields) == (303, "/directory/entry/pt-linha?done=added")
    assert (folder / "pt.yml").read_text("utf-8").startswith("# Portugal: numbers to call.")


async def test_a_broken_file_keeps_nobody_from_taking_a_service_out(site: DeskSite, heron: Seat, folder: Path) -> None:
    (folder / "it.yml").write_text("country: [", "utf-8")
    assert await done(heron, f"{LEY}/suspend", reason="A trap.") == "held_not_compiled"
    assert "es-ley" in await complaints.suspended(site.parts.store, site.clock())
    source = (await heron.opens("/directory"))[1]
    assert "it.yml" in source
    assert "still answered by the directory as it was" in source
    (folder / "it.yml").write_text("country: IT\n", "utf-8")
    assert (await heron.sends("/directory/compile"))[1] == "/directory?done=compiled"
    assert given(site, MADRID_LAWYER) == []


async def test_a_broken_file_of_its_own_country_holds_it_back_all_the_same(
    site: DeskSite, heron: Seat, folder: Path
) -> None:
    mark = await seen(heron, LEY)
    (folder / "es.yml").write_text(SPAIN + "        phones: [\n", "utf-8")
    status, source = await heron.sends(f"{LEY}/suspend", seen=mark, reason="A trap.")
    assert (status, "It is not given to anybody all the same." in source) == (409, True)
    assert "es-ley" in await complaints.suspended(site.parts.store, site.clock())


CHILD = """
import asyncio, sys
from pathlib import Path
from bot.store import Store
from bot.vault import Vault
from desk.parts import Desk
from desk.stewarding import Stewarding, Wanted
from resources_directory.shelf import Shelf
from resources_directory.steward import suspended
from tests.hotline import MASTER

async def main(url, folder, file, name):
    store = Store.connect(url, Vault(MASTER))
    desk = Desk.build(store)
    who = await desk.people.named(name)
    work = Stewarding(store, desk, Path(file), Shelf(Path(folder)))
    print("begins", flush=True)
    await work.change(who, Wanted("es-ley", lambda one: suspended(one, name, "A trap."), dangerous=True))

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_crash_half_way_leaves_it_held_back_and_the_next_click_finishes_it(
    site: DeskSite, heron: Seat, folder: Path, store: Store
) -> None:
    args = (site.parts.settings.redis_url, str(folder), str(site.parts.directory_file), "Blue Heron")
    with locked(folder):  # it gets as far as the file, and no further
        child = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, *args, stdout=asyncio.subprocess.PIPE)
        async with asyncio.timeout(20):
            while "es-ley" not in await complaints.suspended(store):
                await asyncio.sleep(0.05)
        child.kill()
        await child.wait()
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
    assert "Held back" in (await heron.opens("/directory/complaints"))[1]
    assert await done(heron, f"{LEY}/suspend", reason="A trap.") == "saved"
    assert given(site, MADRID_LAWYER) == []
    assert await complaints.suspended(store) == frozenset()


async def test_an_operator_reads_entries_and_searches_and_changes_nothing(
    site: DeskSite, seats: AsyncExitStack, folder: Path
) -> None:
    seat = await seats.enter_async_context(site.seat(await site.hires("Grey Otter", "operator")))
    assert "What a person would be given" in (await seat.opens("/directory"))[1]
    status, source = await seat.sends("/directory/search", need="find_legal_aid", place="Madrid", locale="es")
    assert (status, "Ley: 914 35 41 34" in source) == (200, True)
    source = (await seat.opens(LEY))[1]
    assert ("Grey Otter looked on 2027-01-10" in source, "Still true" in source) == (True, False)
    for path in ("checked", "suspend", "close", "reopen", "edit"):
        assert (await seat.sends(f"{LEY}/{path}", reason="x", end="1"))[0] == 403
    for path in ("/directory/new", f"{LEY}/edit", "/directory/complaints", "/directory/missing"):
        assert (await seat.opens(path))[0] == 403
    assert (folder / "es.yml").read_text("utf-8") == SPAIN


async def test_a_form_from_elsewhere_changes_nothing(heron: Seat, folder: Path) -> None:
    for token in ("", "0" * 64):
        assert (await heron.sends(f"{LEY}/suspend", form_token=token, reason="x"))[0] == 403
    assert (folder / "es.yml").read_text("utf-8") == SPAIN


async def test_an_entry_that_is_not_there_is_said_to_be_so(heron: Seat) -> None:
    for path in ("/directory/entry/es-nothing", "/directory/entry/%2e%2e%2fes", "/directory/entry/es-nothing/edit"):
        assert (await heron.opens(path))[0] == 404
    assert (await heron.sends("/directory/entry/es-nothing/checked"))[0] == 404


async def test_entries_are_found_by_words_and_by_number(heron: Seat) -> None:
    assert "es-casa" in (await heron.opens("/directory/find?q=casa+madrid"))[1]
    assert "es-ley" in (await heron.opens("/directory/find?q=914+35"))[1]
    assert "No entry has all these words" in (await heron.opens("/directory/find?q=zebra"))[1]


async def test_where_help_is_missing_is_shown(site: DeskSite, heron: Seat) -> None:
    source = (await heron.opens("/directory/missing?country=ES"))[1]
    assert "No line on trafficking: ES, IT" in source
    assert "What is given in ES" in source
