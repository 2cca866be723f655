"""Languages at the desk: one's own first among those who are as urgent, the others left to who has them, and only until late."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from bot.handoff import on_duty
from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import Store
from desk.auth.people import Account
from desk.web.change_tokens import for_account, look
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.talking import Lines

LANGUAGES = {"Ana": ("es", "en"), "Ben": ("ar", "en"), "Cam": ()}


@dataclass
class Shift:
    """Ana has Spanish, Ben has Arabic, and Cam, the supervisor, has not said."""

    site: DeskSite
    lines: Lines
    accounts: dict[str, Account]
    seats: dict[str, Seat]

    async def line_of(self, name: str) -> list[str]:
        return [each.id for each in await self.lines.line_of(self.accounts[name])]

    async def rows_of(self, name: str) -> dict[str, str]:
        """What stands in the rows of those who wait, by conversation, in order."""
        status, source = await self.seats[name].opens("/desk")
        assert status == 200
        rows = re.findall(r'<li data-key="([0-9a-f]{32})".*?</li>', source, re.DOTALL)
        return {id_: readable(source.partition(f'data-key="{id_}"')[2].partition("</li>")[0]) for id_ in rows}

    async def marks_of(self, name: str) -> dict[str, Any]:
        seen = await look(self.lines.store, self.lines.handoffs, self.lines.clock)
        return for_account(seen, self.accounts[name])


@pytest.fixture
async def shift(desk_site: DeskSite, store: Store, settings: Settings) -> AsyncIterator[Shift]:
    async with AsyncExitStack() as stack:
        seats, accounts = {}, {}
        for name, languages in LANGUAGES.items():
            who = await desk_site.hires(name, "supervisor" if name == "Cam" else "operator")
            seats[name] = await stack.enter_async_context(desk_site.seat(who))
            id_ = (await who.account()).id
            accounts[name] = await desk_site.services.accounts.say_languages(id_, languages, id_)
        yield Shift(desk_site, Lines(store, settings, desk_site.clock), accounts, seats)


# The order


async def test_each_sees_their_own_languages_first_among_those_who_are_as_urgent(shift: Shift) -> None:
    spanish = await shift.lines.waits("+1", locale="es")
    shift.site.clock.now += 5
    arabic = await shift.lines.waits("+2", locale="ar")
    shift.site.clock.now += 5
    pressing = await shift.lines.waits("+3", locale="es", priority="P1")

    assert await shift.line_of("Ana") == [pressing, spanish, arabic]
    assert await shift.line_of("Ben") == [pressing, arabic, spanish]
    assert await shift.line_of("Cam") == [pressing, spanish, arabic]
    assert list(await shift.rows_of("Ben")) == [pressing, arabic, spanish]


async def test_lives_in_danger_stand_as_they_came_whatever_their_language(shift: Shift) -> None:
    spanish = await shift.lines.waits("+1", locale="es", priority="P0")
    shift.site.clock.now += 1
    arabic = await shift.lines.waits("+2", locale="ar", priority="P0")

    assert await shift.line_of("Ben") == [spanish, arabic]
    assert "Not your language: Ana speaks Spanish. Take it anyway." in (await shift.rows_of("Ben"))[spanish]


async def test_past_its_target_a_language_is_everybodys(shift: Shift) -> None:
    spanish = await shift.lines.waits("+1", locale="es")
    shift.site.clock.now += 1
    arabic = await shift.lines.waits("+2", locale="ar")
    shift.site.clock.now += 598
    assert await shift.line_of("Ben") == [arabic, spanish]
    assert "Not your language: Ana speaks Spanish." in (await shift.rows_of("Ben"))[spanish]
    assert "anyway" not in (await shift.rows_of("Ben"))[spanish]

    shift.site.clock.now += 1
    assert await shift.line_of("Ben") == [spanish, arabic]
    assert "Not your language: Ana speaks Spanish. Take it anyway." in (await shift.rows_of("Ben"))[spanish]


async def two_wait(shift: Shift) -> tuple[str, str]:
    """Somebody waits in Spanish, and a moment later somebody in Arabic, which is Ben's."""
    spanish = await shift.lines.waits("+1", locale="es")
    shift.site.clock.now += 1
    arabic = await shift.lines.waits("+2", locale="ar")
    assert await shift.line_of("Ben") == [arabic, spanish]
    return spanish, arabic


async def rests(store: Store, operator: str, now: float) -> None:
    """Has the break after a life in danger."""
    await store.call("SET", f"break:{operator}", 1, "EX", 600)


@pytest.mark.parametrize("goes", [on_duty.pause, on_duty.off, rests])
async def test_nothing_is_left_to_who_is_not_there(shift: Shift, goes: Callable[..., Awaitable[None]]) -> None:
    spanish, arabic = await two_wait(shift)
    await goes(shift.lines.store, shift.accounts["Ana"].id, shift.site.clock())

    assert await shift.line_of("Ben") == [spanish, arabic]
    assert "Not your language. Nobody free speaks it." in (await shift.rows_of("Ben"))[spanish]


async def test_nothing_is_left_to_who_has_as_much_as_one_can_carry(shift: Shift) -> None:
    spanish, arabic = await two_wait(shift)
    await shift.lines.has(shift.accounts["Ana"], "+8", priority="P0")
    await shift.lines.has(shift.accounts["Ana"], "+9")

    assert await shift.line_of("Ben") == [spanish, arabic]


async def test_what_nobody_has_is_everybodys_from_the_first_second_and_is_refused_to_nobody(shift: Shift) -> None:
    vietnamese = await shift.lines.waits("+1", locale="vi")
    shift.site.clock.now += 1
    arabic = await shift.lines.waits("+2", locale="ar")
    assert await shift.line_of("Ben") == [vietnamese, arabic]

    talk = f"/desk/talk/{vietnamese}"
    assert await shift.seats["Ben"].sends(f"{talk}/claim") == (303, talk)
    head = readable((await shift.seats["Ben"].opens(talk))[1])
    assert (
        "Vietnamese is not one of your languages. No free colleague speaks it. Ready-made replies are in Vietnamese"
        in head
    )


async def test_who_has_not_said_is_told_nothing_but_where_to_say_it(shift: Shift) -> None:
    spanish = await shift.lines.waits("+1", locale="es")

    assert "Not your language" not in (await shift.rows_of("Cam"))[spanish]
    assert "Set the languages you work in" in (await shift.seats["Cam"].opens("/desk"))[1]
    assert "Set the languages you work in" not in (await shift.seats["Ben"].opens("/desk"))[1]


async def test_an_open_page_hears_that_a_colleague_who_has_the_language_comes_or_goes(shift: Shift) -> None:
    talk = await shift.lines.has(shift.accounts["Ben"], "+1", locale="es")
    await shift.lines.waits("+2", locale="es")
    before = await shift.marks_of("Ben")
    await on_duty.pause(shift.lines.store, shift.accounts["Ana"].id, shift.site.clock())
    after = await shift.marks_of("Ben")

    assert before["queue"] != after["queue"]
    assert before["talks"][talk]["language"] != after["talks"][talk]["language"]
    assert before["talks"][talk]["state"] == after["talks"][talk]["state"]


# Handing on, and the load


async def test_who_has_the_language_stands_first_to_be_handed_on_to(shift: Shift) -> None:
    talk = await shift.lines.has(shift.accounts["Ana"], "+1", Line("you", "مرحبا"), locale="ar")
    for seat, path in ((shift.seats["Ana"], f"/desk/talk/{talk}"), (shift.seats["Cam"], "/load")):
        _, source = await seat.opens(path)
        assert re.findall(r"<option value=\"\w{32}\">([^<]+)", source) == ["Ben, speaks Arabic", "Cam"]
    _, source = await shift.seats["Ana"].opens(f"/desk/talk/{talk}")
    assert "Arabic is not one of your languages. Ben speaks it: hand over, if the person agrees." in readable(source)


async def test_a_supervisor_sees_who_has_which_language_and_which_nobody_has(shift: Shift) -> None:
    await shift.lines.waits("+1", locale="es")
    assert "Nobody on duty speaks" not in (await shift.seats["Cam"].opens("/load"))[1]
    await shift.lines.waits("+2", locale="vi")
    await shift.lines.waits("+3", locale="th")
    await shift.lines.waits("+4", locale="vi")
    shown = readable((await shift.seats["Cam"].opens("/load"))[1])

    assert "Nobody on duty speaks Vietnamese, Thai." in shown
    assert "Ana On duty 0 of 3" in shown
    for languages in ("Spanish, English", "Arabic, English", "No languages set"):
        assert languages in shown


async def test_while_nobody_has_said_a_language_no_language_is_said_to_be_missing(shift: Shift) -> None:
    for account in shift.accounts.values():
        await shift.site.services.accounts.say_languages(account.id, (), account.id)
    await shift.lines.waits("+1", locale="vi")

    assert "Nobody on duty speaks" not in (await shift.seats["Cam"].opens("/load"))[1]
