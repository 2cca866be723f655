"""The calls of a country on the desk: whom to ring now, one call for twins, two stewards for a shelter, and nothing lost."""

from pathlib import Path

from resources_directory.files import change_log
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.directory.steps import MADRID_BED, MADRID_LAWYER, given
from tests.desk.directory_folder import service

CALLS, CASA, LEY = "/directory/calls?country=ES", "/directory/calls/entry/es-casa", "/directory/calls/entry/es-ley"
TWINS = ("es-casa", "es-casa-ley")


async def called(seat: Seat, path: str, outcome: str, *ids: str, **typed: str) -> tuple[int, str]:
    """Send what came of a call as the page of the call would."""
    source = (await seat.opens(path))[1]
    marks = {id: source.partition(f'name="seen.{id}" value="')[2].partition('"')[0] for id in ids}
    fields = {f"seen.{id}": mark for id, mark in marks.items()} | {f"row.{id}": "1" for id in ids}
    return await seat.sends(f"{path}/{outcome}", **fields, **typed)


async def test_who_can_be_called_now_stands_first_by_the_clock_of_the_place(heron: Seat) -> None:
    page = readable((await heron.opens(CALLS))[1])  # 8:00 in London, 9:00 in Madrid
    assert "0 of 3 numbers checked, 3 left today, 2 that you can call now" in page
    assert page.index("Open now until 17:00") < page.index("Hours not known") < page.index("Opens at 20:00")
    assert "09:0" in page.partition("Opens at")[0]  # there


async def test_a_list_is_filtered_by_the_language_that_is_spoken_there(heron: Seat) -> None:
    page = (await heron.opens(f"{CALLS}&language=ru"))[1]
    assert ("Tarde" in page, LEY in page) == (True, False)


async def test_one_call_confirms_every_entry_with_the_number(site: DeskSite, heron: Seat, folder: Path) -> None:
    source = (await heron.opens(CASA))[1]
    assert "One call for all of these" in source
    assert "Is 914 11 32 32 the right number" in source

    assert await called(heron, CASA, "confirmed", *TWINS) == (303, f"{CALLS}&done=one_more_look")

    assert {service(folder, id).checked_by for id in TWINS} == {"Blue Heron"}
    assert [(line.id, line.what, line.who) for line in change_log.read(folder)] == [
        ("es-casa", "checked", "Blue Heron"),
        ("es-casa-ley", "checked", "Blue Heron"),
    ]
    assert given(site, MADRID_LAWYER) == ["es-casa-ley"]
    assert given(site, MADRID_BED) == []  # the shelter waits for somebody else


async def test_what_a_call_did_not_confirm_stays_as_it_was(heron: Seat, folder: Path) -> None:
    await called(heron, CASA, "confirmed", "es-casa-ley")
    assert service(folder, "es-casa").checked_by is None


async def test_who_checked_a_shelter_first_can_not_be_the_second(
    site: DeskSite, heron: Seat, owl: Seat, folder: Path
) -> None:
    await called(heron, CASA, "confirmed", *TWINS)
    assert "Not by you: you made the first check." in (await heron.opens(CALLS))[1]
    before = (folder / "es.yml").read_text("utf-8")

    status, source = await called(heron, CASA, "confirmed", "es-casa")
    assert (status, "You have checked Casa already" in source) == (409, True)
    assert (folder / "es.yml").read_text("utf-8") == before

    assert await called(owl, CASA, "confirmed", "es-casa") == (303, f"{CALLS}&done=saved")
    assert given(site, MADRID_BED) == ["es-casa"]


async def test_a_first_check_by_somebody_who_has_left_does_not_keep_others_from_theirs(
    site: DeskSite, heron: Seat, owl: Seat, folder: Path
) -> None:
    await called(heron, CASA, "confirmed", "es-casa")
    await site.services.accounts.disable("Blue Heron")
    account = await (await site.hires("Blue Heron", "steward")).account()
    await site.services.accounts.people.change(account.id, lambda before: before.with_(name="Red Kite"))

    assert await called(owl, CASA, "confirmed", "es-casa") == (303, f"{CALLS}&done=one_more_look")
    assert given(site, MADRID_BED) == []


async def test_no_answer_is_somebodys_and_comes_back_later(site: DeskSite, heron: Seat, folder: Path) -> None:
    before = (folder / "es.yml").read_text("utf-8")
    assert await called(heron, LEY, "no-answer", "es-ley") == (303, f"{CALLS}&done=no_answer")

    assert (folder / "es.yml").read_text("utf-8") == before
    assert "Blue Heron: Called, and nobody answered." in readable((await heron.opens("/directory/entry/es-ley"))[1])
    assert "Try again from Fri 11:" in (await heron.opens(CALLS))[1]
    assert "1 that you can call now" in readable((await heron.opens(CALLS))[1])


async def test_a_call_that_nobody_answers_is_tried_again_after_its_time(
    site: DeskSite, heron: Seat, folder: Path
) -> None:
    await called(heron, LEY, "left-message", "es-ley", reason="Asked for Ana.")
    (line,) = change_log.read(folder)
    assert (line.what, line.who, line.reason) == ("left_message", "Blue Heron", "Asked for Ana.")
    assert "3 left today" not in readable((await heron.opens(CALLS))[1])


async def test_a_number_that_is_gone_is_taken_out_of_every_entry(site: DeskSite, heron: Seat, folder: Path) -> None:
    status, source = await called(heron, CASA, "gone", *TWINS)
    assert (status, "Give a reason" in source) == (409, True)

    assert await called(heron, CASA, "gone", *TWINS, reason="The number is not in use.") == (303, f"{CALLS}&done=saved")
    assert {service(folder, id).status for id in TWINS} == {"closed"}


async def test_the_next_call_is_one_click_and_two_stewards_get_two(heron: Seat, owl: Seat) -> None:
    _, first = await heron.sends("/directory/calls/next", country="ES")
    _, second = await owl.sends("/directory/calls/next", country="ES")
    _, third = await owl.sends("/directory/calls/next", country="ES")
    assert (first, second, third) == (LEY, CASA, CASA)  # what one has taken stays theirs until it is done
    await called(heron, LEY, "no-answer", "es-ley")
    _, nothing = await heron.sends("/directory/calls/next", country="ES")
    assert nothing == f"{CALLS}&done=no_calls"


async def test_calls_are_given_to_a_colleague(heron: Seat, owl: Seat) -> None:
    assert (await heron.sends("/directory/calls/assign", country="ES", to="Owl", **{"call.es-ley": "1"}))[0] == 303
    assert "Ley" in (await owl.opens(f"{CALLS}&whose=mine"))[1]
    assert LEY not in (await heron.opens(f"{CALLS}&now=1"))[1]

    status, source = await heron.sends("/directory/calls/assign", country="ES", to="Nobody", **{"call.es-ley": "1"})
    assert (status, "Nobody of this name is a steward" in source) == (409, True)


async def test_half_of_what_is_wanted_is_never_done(heron: Seat, folder: Path) -> None:
    before = (folder / "es.yml").read_text("utf-8")
    for ids, typed, said in (
        ((), {}, "Tick at least one"),
        (("es-casa", "es-ley"), {}, "no longer has this number"),
        (TWINS, {"on": "2028-01-01"}, "lies in the future"),
        (TWINS, {"seen.es-casa-ley": "0" * 16}, "Somebody changed this entry"),
        (TWINS, {"reason": "x" * 1_001}, "1,000 characters at most"),
    ):
        source = (await heron.opens(CASA))[1]
        marks = {f"seen.{id}": source.partition(f'name="seen.{id}" value="')[2].partition('"')[0] for id in TWINS}
        fields = marks | {f"row.{id}": "1" for id in ids} | typed
        status, shown = await heron.sends(f"{CASA}/confirmed", **fields)
        assert (said, status, said in shown) == (said, 409, True)
    assert (folder / "es.yml").read_text("utf-8") == before
    assert change_log.read(folder) == []


async def test_the_list_on_paper_has_the_numbers_and_what_came_of_each_to_tick(heron: Seat) -> None:
    status, source = await heron.opens("/directory/calls/print?country=ES")
    assert (status, "914 35 41 34" in source, "☐ no answer" in source, "<script" in source) == (200, True, True, False)
