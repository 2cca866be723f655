"""The pages of the directory: what a steward sees and finds, and who may only read."""

from contextlib import AsyncExitStack
from pathlib import Path

from bot.reporting import complaints
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.directory.steps import CASA, LEY
from tests.desk.directory_folder import SPAIN


async def test_what_is_most_urgent_stands_first(site: DeskSite, heron: Seat) -> None:
    await complaints.complain(site.services.store, "es-ley", site.clock())
    status, source = await heron.opens("/directory")
    assert status == 200
    assert source.index("Ley") < source.index("Casa")
    assert "Reported as not working (1)" in source
    assert "Doubt: Same number as another." in source


async def test_what_is_to_check_in_one_country_can_be_asked_for(heron: Seat) -> None:
    spain = (await heron.opens("/directory?country=es"))[1]
    italy = (await heron.opens("/directory?country=it"))[1]

    assert '<form class="tools" method="get" action="/directory">' in spain
    assert '<option value="ES" selected>Spain</option>' in spain
    assert '<option value="IT" selected>Italy</option>' in italy
    assert CASA in spain
    assert CASA not in italy


async def test_an_entry_is_shown_with_its_proof_and_the_words_for_the_call(heron: Seat) -> None:
    _, source = await heron.opens(CASA)
    for words in ("914 11 32 32", "https://casa.example/contact", "day and night.", "Is 914 11 32 32 the right number"):
        assert words in source


async def test_entries_are_found_by_words_and_by_number(heron: Seat) -> None:
    assert "es-casa" in (await heron.opens("/directory/find?q=casa+madrid"))[1]
    assert "es-ley" in (await heron.opens("/directory/find?q=914+35"))[1]
    assert "No entry matches all these words" in (await heron.opens("/directory/find?q=zebra"))[1]


async def test_where_help_is_missing_is_shown(site: DeskSite, heron: Seat) -> None:
    source = (await heron.opens("/directory/missing?country=ES"))[1]
    page = readable(source)
    assert "No trafficking helpline 2 countries Italy, Spain" in page
    assert "Available in Spain" in page


async def test_what_was_asked_for_and_not_found_is_told_in_words(heron: Seat, site: DeskSite) -> None:
    await site.services.store.call("HSET", "unmet:2026-12", "ES|find_shelter|ar|29", 40)
    page = readable((await heron.opens("/directory/missing"))[1])
    assert "Spain, A safe place to sleep, Arabic, 29 40" in page


async def test_countries_and_languages_have_their_names_in_every_list_and_form(heron: Seat) -> None:
    for path in ("", "/find?q=casa", "/new", "/missing"):
        assert (path, "Spain" in readable((await heron.opens(f"/directory{path}"))[1])) == (path, True)
    assert "Arabic" in readable((await heron.opens("/directory/search"))[1])
    assert 'value="Spanish, English"' in (await heron.opens(f"{LEY}/edit"))[1]
    assert "Spanish, English" in readable((await heron.opens(LEY))[1])


async def test_sentences_about_a_check_stand_apart(heron: Seat) -> None:
    assert "yet.T" not in (await heron.opens(CASA))[1] + (await heron.opens(LEY))[1]


async def test_an_entry_that_is_not_there_is_said_to_be_so(heron: Seat) -> None:
    for path in ("/directory/entry/es-nothing", "/directory/entry/%2e%2e%2fes", "/directory/entry/es-nothing/edit"):
        assert (await heron.opens(path))[0] == 404
    assert (await heron.sends("/directory/entry/es-nothing/checked"))[0] == 404


async def test_an_operator_reads_entries_and_searches_and_changes_nothing(
    site: DeskSite, seats: AsyncExitStack, folder: Path
) -> None:
    seat = await seats.enter_async_context(site.seat(await site.hires("Grey Otter", "operator")))
    assert "What a person would be told" in (await seat.opens("/directory"))[1]
    status, source = await seat.sends("/directory/search", need="find_legal_aid", place="Madrid", locale="es")
    assert (status, "Ley: 914 35 41 34" in source) == (200, True)
    source = (await seat.opens(LEY))[1]
    assert ("Grey Otter checked it on 2027-01-10" in source, "Still correct" in source) == (True, False)
    for path in ("checked", "suspend", "close", "reopen", "edit"):
        assert (await seat.sends(f"{LEY}/{path}", reason="x", end="1"))[0] == 403
    for path in ("/directory/new", f"{LEY}/edit", "/directory/complaints", "/directory/missing"):
        assert (await seat.opens(path))[0] == 403
    assert (folder / "es.yml").read_text("utf-8") == SPAIN


async def test_a_form_from_elsewhere_changes_nothing(heron: Seat, folder: Path) -> None:
    for token in ("", "0" * 64):
        assert (await heron.sends(f"{LEY}/suspend", form_token=token, reason="x"))[0] == 403
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
