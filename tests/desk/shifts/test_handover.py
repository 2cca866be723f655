"""Notes from one shift to the next: shown to whoever comes until they have read them, and gone after three days."""

import pytest

from bot.crypto.vault import Vault
from bot.handoff import on_duty
from bot.storage.store import Store
from desk.shifts.handover_notes import KEPT, LONGEST, HandoverNotes, NotForAShift, checked, reseal
from tests.desk.alarms.test_notices import above
from tests.desk.colleagues import Clock
from tests.desk.desk_page import DeskSite, readable
from tests.hotline import MASTER

SLOW = "The SMS line was slow from 22:00 on 2027-01-15.\nThe administrator knows."


async def test_whoever_comes_on_duty_sees_the_note_until_they_have_read_it(desk_site: DeskSite) -> None:
    ana, ben = await desk_site.hires("Ana"), await desk_site.hires("Ben")
    async with desk_site.seat(ana) as seat:
        assert await seat.sends("/handover", text=SLOW) == (303, "/handover?done=handover_written")
        assert "Handover note" not in await above(seat)  # their own
    async with desk_site.seat(ben) as seat:
        for page in ("/desk", "/duty", "/you"):
            assert "Handover note from Ana" in await above(seat, page)
            assert "The SMS line was slow" in await above(seat, page)
        (note,) = await HandoverNotes(desk_site.services.store, desk_site.clock).all()
        assert await seat.sends(f"/handover/{note.id}/read", next="/duty") == (303, "/duty")
        assert "Handover note" not in await above(seat)
        _, source = await seat.opens("/handover")
        assert "Read by Ben" in readable(source)


async def test_who_is_off_duty_is_shown_none(desk_site: DeskSite) -> None:
    ana, ben = await desk_site.hires("Ana"), await desk_site.hires("Ben")
    await HandoverNotes(desk_site.services.store, desk_site.clock).add((await ana.account()).id, SLOW)
    async with desk_site.seat(ben) as seat:
        await on_duty.off(desk_site.services.store, (await ben.account()).id, desk_site.clock())
        assert "Handover note" not in await above(seat)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  \n ", "Write something first."),
        ("a" * (LONGEST + 1), "has 1,000 characters at most"),
        ("Her number is +52 55 1234 5678", "has a phone number"),
        ("write to somebody@example.org", "has a phone number"),
        ("Her number is 9871-23-45", "has a phone number"),
        ("Call 2098-23-45 after ten", "has a phone number"),
        ("ana at gmail dot com", "has a phone number"),
        ("Ana (at) gmail.com, she said", "has a phone number"),
        ("ana arroba correo punto es", "has a phone number"),
    ],
)
async def test_what_is_no_note_is_refused_and_stays_in_the_form(desk_site: DeskSite, text: str, says: str) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        status, source = await seat.sends("/handover", text=text)
    assert status == 422
    assert says in source
    assert text.strip() in source
    assert await HandoverNotes(desk_site.services.store, desk_site.clock).all() == []


async def test_its_author_and_a_supervisor_remove_it_and_nobody_else(desk_site: DeskSite) -> None:
    ana, ben, cam = [await desk_site.hires(*who) for who in (("Ana",), ("Ben",), ("Cam", "supervisor"))]
    notes = HandoverNotes(desk_site.services.store, desk_site.clock)
    first, second = [await notes.add((await ana.account()).id, SLOW) for _ in range(2)]
    async with desk_site.seat(ben) as seat:
        assert (await seat.sends(f"/handover/{first.id}/remove"))[0] == 403
    async with desk_site.seat(ana) as seat:
        assert (await seat.sends(f"/handover/{first.id}/remove"))[0] == 303
        assert (await seat.sends(f"/handover/{first.id}/remove"))[0] == 404
    async with desk_site.seat(cam) as seat:
        assert (await seat.sends(f"/handover/{second.id}/remove"))[0] == 303
    assert await notes.all() == []
    lines = [line.what async for line in desk_site.services.accounts.audit.lines()]
    assert lines.count("handover_removed") == 2


async def test_a_note_is_gone_after_three_days_and_sealed_until_then(store: Store, clock: Clock) -> None:
    notes = HandoverNotes(store, clock)
    note = await notes.add("a" * 32, SLOW)
    await notes.read(note.id, "b" * 32)
    for name in await store.call("KEYS", "handover*"):
        assert 0 < await store.call("TTL", name) <= KEPT
    assert b"SMS" not in await store.call("GET", f"handover:{{{note.id}}}")
    await clock.passes(KEPT + 1)
    assert await notes.all() == []
    assert await store.call("KEYS", "handover*") == []


@pytest.mark.parametrize(
    "text", [SLOW, "We met at nine. Dot the i in the list.", "Back at 22.30, no later than 2027-02-28."]
)
def test_days_and_hours_are_no_contact(text: str) -> None:
    assert checked(text) == text


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ["at" + " _" * 490 + "x", "at " * 333, "at " + "a-" * 480, "at a.b " * 140])
def test_nobody_holds_up_the_desk_with_a_note(text: str) -> None:
    assert checked(text) == text.strip()


async def test_nobody_pushes_out_the_notes_of_others_by_writing_many(desk_site: DeskSite) -> None:
    ana, ben = await desk_site.hires("Ana"), await desk_site.hires("Ben")
    notes = HandoverNotes(desk_site.services.store, desk_site.clock)
    first = await notes.add((await ben.account()).id, SLOW)
    for number in range(19):
        await notes.add((await ana.account()).id, f"note {number}")
    async with desk_site.seat(ana) as seat:
        status, source = await seat.sends("/handover", text="one more")
    assert (status, "There are twenty handover notes already." in source, "one more" in source) == (422, True, True)
    assert first.id in {note.id for note in await notes.all()}
    lines = [line.what async for line in desk_site.services.accounts.audit.lines()]
    assert "handover_written" not in lines
    await notes.remove(first.id)
    assert await notes.add((await ana.account()).id, "one more")


async def test_notes_that_have_ended_take_no_room(store: Store, clock: Clock) -> None:
    notes = HandoverNotes(store, clock)
    for number in range(20):
        await notes.add("a" * 32, f"note {number}")
    with pytest.raises(NotForAShift, match="notes_full"):
        await notes.add("b" * 32, SLOW)
    await clock.passes(KEPT + 1)
    assert await notes.add("b" * 32, SLOW)


async def test_a_note_outlives_a_change_of_the_master_key(store: Store, clock: Clock) -> None:
    note = await HandoverNotes(store, clock).add("a" * 32, SLOW)
    new = bytes(range(100, 132))
    await reseal(Store(store.redis, Vault(new, before=MASTER)))
    (found,) = await HandoverNotes(Store(store.redis, Vault(new)), clock).all()
    assert (found.id, found.text) == (note.id, SLOW)
    assert await HandoverNotes(store, clock).all() == []
