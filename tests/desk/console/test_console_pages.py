"""The page of an operator as plain forms, without a script."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import Store
from desk.admin.audit_log import Audit
from desk.alarms.alarms import Alarms
from desk.alarms.unanswered_watcher import UnansweredWatcher
from desk.auth.people import Account
from desk.auth.roles import Role
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.talking import Lines


@dataclass
class Desk:
    """Two operators and a supervisor at their seats, and who writes."""

    site: DeskSite
    lines: Lines
    ana: Seat
    ben: Seat
    cam: Seat
    accounts: dict[str, Account]

    @property
    def told(self) -> list[tuple[str, list[str], str]]:
        return self.site.told.said


@pytest.fixture
async def at_desk(desk_site: DeskSite, store: Store, settings: Settings) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as stack:
        seats, accounts = [], {}
        roles: dict[str, Role] = {"Ana": "operator", "Ben": "operator", "Cam": "supervisor"}
        for name, role in roles.items():
            who = await desk_site.hires(name, role)
            seats.append(await stack.enter_async_context(desk_site.seat(who)))
            accounts[name] = await who.account()
        lines = Lines(store, settings, desk_site.clock)
        await lines.works(*accounts.values())
        ana, ben, cam = seats
        yield Desk(desk_site, lines, ana, ben, cam, accounts)


async def test_a_talk_goes_from_the_line_to_its_end(at_desk: Desk) -> None:
    talk = await at_desk.lines.waits("+1", Line("you", "tiene mis papeles"), priority="P1")
    status, front = await at_desk.ana.opens("/desk")
    assert status == 200 and "tiene mis papeles" not in front and "Spanish" in front

    assert await at_desk.ana.sends(f"/desk/talk/{talk}/claim") == (303, f"/desk/talk/{talk}")
    _, opened = await at_desk.ana.opens(f"/desk/talk/{talk}")
    alias = at_desk.accounts["Ana"].alias
    assert "tiene mis papeles" in opened
    assert re.search(rf"<textarea[^>]*>[^<]*{alias}", opened)  # the words to come in with, to be looked at first

    assert await at_desk.ana.sends(f"/desk/talk/{talk}/write", text="Hola") == (303, f"/desk/talk/{talk}")
    assert await at_desk.ana.sends(f"/desk/talk/{talk}/close") == (303, "/desk")
    await at_desk.site.ends()
    assert at_desk.told == [(talk, ["Hola"], alias), (talk, ["utter_person_closed"], "")]
    status, after = await at_desk.ana.opens(f"/desk/talk/{talk}")
    assert status == 404 and "tiene mis papeles" not in after


async def test_an_end_by_a_form_without_scripts_is_refused_for_a_fourth_tag_and_for_words_of_ones_own(
    at_desk: Desk,
) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1", Line("you", "hola"))
    four = dict.fromkeys(("tag_wages", "tag_debt", "tag_violence", "tag_threats"), "yes")
    status, page = await at_desk.ana.sends(f"/desk/talk/{talk}/close", **four)
    assert status == 409 and "Three tags at most. The conversation has not ended." in page and "hola" in page
    for garbage in ({"outcome": "zebra"}, {"tag_zebra": "yes"}):
        assert (await at_desk.ana.sends(f"/desk/talk/{talk}/close", **garbage))[0] == 400
    await at_desk.site.ends()
    assert at_desk.told == []


async def test_who_takes_it_second_is_told_who_was_first(at_desk: Desk) -> None:
    talk = await at_desk.lines.waits("+1")
    await at_desk.ana.sends(f"/desk/talk/{talk}/claim")

    status, page = await at_desk.ben.sends(f"/desk/talk/{talk}/claim")
    assert status == 409
    assert "Ana took this conversation a moment before you." in page


async def test_nobody_reads_what_another_has_but_a_supervisor(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1", Line("you", "zebra"))

    status, page = await at_desk.ben.opens(f"/desk/talk/{talk}")
    assert status == 404 and "zebra" not in page
    for part in ("lines", "card"):
        status, page = await at_desk.ben.opens(f"/desk/part/{part}?talk={talk}")
        assert status == 404 and "zebra" not in page
    assert "zebra" in (await at_desk.cam.opens(f"/desk/talk/{talk}"))[1]


@pytest.mark.parametrize(
    "act",
    ["write", "draft", "note", "release", "close", "keep-open", "offer", "queue", "rank", "block", "find", "join"],
)
async def test_nothing_is_done_with_what_another_has(at_desk: Desk, act: str) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1")
    fields = {"text": "zebra", "agreed": "yes", "priority": "P0", "need": "find_hotline"}

    assert (await at_desk.ben.sends(f"/desk/talk/{talk}/{act}", **fields))[0] == 404
    (still,) = (await at_desk.lines.conversations.desk()).handoffs
    assert (still.operator, still.priority, still.offered) == (at_desk.accounts["Ana"].id, "P2", "")
    assert at_desk.told == []


async def test_who_looks_into_what_another_has_is_noted(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1")
    await at_desk.ana.opens(f"/desk/talk/{talk}")
    await at_desk.cam.opens(f"/desk/talk/{talk}")

    looked = [line.who async for line in Audit(at_desk.lines.store, at_desk.lines.clock).lines() if line.what == "read"]
    assert looked == [at_desk.accounts["Cam"].id]


async def test_nobody_joins_where_the_person_could_not_be_told_of_it(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1", situation="quiet")

    status, page = await at_desk.cam.sends(f"/desk/talk/{talk}/join")
    assert status == 409 and "the person cannot be told that you have joined" in page
    assert (await at_desk.lines.conversations.desk()).handoffs[0].joined == ""


async def test_who_joins_second_is_told_that_another_is_there(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1")
    dov = await at_desk.site.hires("Dov", "supervisor")
    async with at_desk.site.seat(dov) as seat:
        await at_desk.cam.sends(f"/desk/talk/{talk}/join")
        status, page = await seat.sends(f"/desk/talk/{talk}/join")
        assert status == 409 and "Another supervisor has already joined this conversation." in page
        assert "Cam has joined and writes as" in readable(page)


async def test_a_supervisor_reads_and_notes_but_does_not_write_for_another(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1")

    assert (await at_desk.cam.sends(f"/desk/talk/{talk}/write", text="Hola"))[0] == 404
    assert (await at_desk.cam.sends(f"/desk/talk/{talk}/note", text="ask for the age"))[0] == 303
    assert "ask for the age" in (await at_desk.ana.opens(f"/desk/talk/{talk}"))[1]
    await at_desk.cam.sends(f"/desk/talk/{talk}/take-over")
    assert (await at_desk.cam.sends(f"/desk/talk/{talk}/write", text="Hola"))[0] == 303


async def test_where_somebody_may_hold_the_phone_nothing_goes_out_by_one_click(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1", situation="quiet")

    status, page = await at_desk.ana.sends(f"/desk/talk/{talk}/write", text="Hola")
    assert status == 409 and "Hola</textarea>" in page and 'name="sure" value="yes"' in page
    assert at_desk.told == []
    await at_desk.ana.sends(f"/desk/talk/{talk}/write", text="Hola", sure="yes")
    assert [said for _, said, _ in at_desk.told] == [["Hola"]]


async def test_the_quiet_ends_when_the_person_has_written_that_they_are_alone(at_desk: Desk) -> None:
    told = {"situation": "new", "told": ["closed"], "answered": {"cannot_talk_safely": 1}}
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1", **told)
    assert "Quiet mode." in readable((await at_desk.ana.opens(f"/desk/talk/{talk}"))[1])

    assert (await at_desk.ben.sends(f"/desk/talk/{talk}/safe-again"))[0] == 404
    assert (await at_desk.ana.sends(f"/desk/talk/{talk}/safe-again"))[0] == 303
    assert "Quiet mode." not in readable((await at_desk.ana.opens(f"/desk/talk/{talk}"))[1])
    assert (await at_desk.ana.sends(f"/desk/talk/{talk}/write", text="Hola"))[0] == 303
    assert [said for _, said, _ in at_desk.told] == [["Hola"]]


async def test_the_computer_goes_on_only_with_the_yes_of_the_person(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1")

    assert (await at_desk.ana.sends(f"/desk/talk/{talk}/release"))[0] == 409
    assert (await at_desk.ana.sends(f"/desk/talk/{talk}/release", agreed="yes"))[0] == 303
    assert at_desk.told == [(talk, ["utter_person_left"], "")]


async def test_an_offer_is_taken_or_taken_back(at_desk: Desk) -> None:
    ana, ben = at_desk.accounts["Ana"], at_desk.accounts["Ben"]
    talk = await at_desk.lines.has(ana, "+1")
    await at_desk.ana.sends(f"/desk/talk/{talk}/offer", to=ben.id)
    assert "offered by Ana" in readable((await at_desk.ben.opens("/desk"))[1])

    await at_desk.ana.sends(f"/desk/talk/{talk}/offer")
    assert "offered by Ana" not in readable((await at_desk.ben.opens("/desk"))[1])
    await at_desk.ana.sends(f"/desk/talk/{talk}/offer", to=ben.id)
    assert (await at_desk.ben.sends(f"/desk/talk/{talk}/claim"))[0] == 303
    assert "is not yours" in (await at_desk.ana.opens(f"/desk/talk/{talk}"))[1]


async def test_ready_sentences_stand_in_the_persons_language_with_the_english_beside(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1", locale="es")
    book = at_desk.site.services.book

    _, page = await at_desk.ana.opens(f"/desk/talk/{talk}")
    assert book.render("utter_canned_not_your_fault", {}, "en") in page
    assert book.render("utter_plan_9", {}, "es") in page
    await at_desk.ana.sends(f"/desk/talk/{talk}/add", text="Hola.", add="Tranquila.")
    assert "Hola.\n\nTranquila.</textarea>" in (await at_desk.ana.opens(f"/desk/talk/{talk}"))[1]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("draft", {"text": "I", "typing": "yes"}),
        ("add", {"text": "I", "add": "am here."}),
        ("note", {"text": "hard of hearing"}),
        ("find", {"need": "lawyer", "place": "Houston"}),
        ("call", {}),
        ("translate", {"text": "I am here."}),
    ],
)
async def test_what_somebody_is_at_is_not_taken_from_under_their_hands(
    at_desk: Desk, path: str, fields: dict[str, str]
) -> None:
    lines = at_desk.lines
    talk = await lines.has(at_desk.accounts["Ana"], "+1", priority="P1")
    back = UnansweredWatcher(lines.store, lines.handoffs, (60, 120, 300, 600), lines.clock)
    lines.clock.now += 100
    await lines.works(*at_desk.accounts.values())
    await at_desk.ana.sends(f"/desk/talk/{talk}/{path}", **fields)
    lines.clock.now += 100
    await lines.works(*at_desk.accounts.values())
    assert await back.look() == []
    lines.clock.now += 20
    assert await back.look() == [talk]


async def test_a_supervisor_is_called_by_one_click(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1")

    assert await at_desk.ana.sends(f"/desk/talk/{talk}/call") == (303, f"/desk/talk/{talk}?done=called")
    (alarm,) = await Alarms(at_desk.lines.store, at_desk.site.clock).open()
    assert (alarm.kind, alarm.account, alarm.conversation) == ("call", at_desk.accounts["Ana"].id, talk)
    assert (await at_desk.ben.sends(f"/desk/talk/{talk}/call"))[0] == 404


async def test_only_a_supervisor_keeps_a_talk_longer_and_says_why(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1")

    assert (await at_desk.ana.sends(f"/desk/talk/{talk}/hold", why="asked"))[0] == 404
    assert (await at_desk.cam.sends(f"/desk/talk/{talk}/hold", why="because"))[0] == 400
    assert (await at_desk.cam.sends(f"/desk/talk/{talk}/hold", why="asked"))[0] == 303


async def test_what_is_no_priority_is_refused(at_desk: Desk) -> None:
    talk = await at_desk.lines.waits("+1")

    assert (await at_desk.cam.sends(f"/desk/talk/{talk}/rank", priority="P9"))[0] == 400


async def test_what_a_person_wrote_is_text_and_never_markup(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1", Line("you", "<script>alert(1)</script>"))

    page = (await at_desk.ana.opens(f"/desk/talk/{talk}"))[1]
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


async def test_nothing_a_person_said_stands_in_an_address_or_a_title(at_desk: Desk) -> None:
    talk = await at_desk.lines.has(at_desk.accounts["Ana"], "+1", Line("you", "zebra"))

    page = (await at_desk.ana.opens(f"/desk/talk/{talk}"))[1]
    assert "<title>Desk</title>" in page
    assert not re.search(r'(href|action|src)="[^"]*zebra', page)
