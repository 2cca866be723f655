"""What somebody of the desk sees of a conversation, and what not."""

import pytest

from bot.messaging import farewell
from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import Store, key
from desk.auth.people import Account
from desk.console.conversation_access import NotAllowed
from desk.console.notes import Note
from tests.desk.colleagues import Clock
from tests.desk.talking import Lines, account

ANA, BEN = account("a"), account("b")
SUPERVISOR, STEWARD = account("c", "supervisor"), account("d", "steward")
ADMINISTRATOR = account("e", "administrator")
BOSS = {"indicator": "doc_confiscation", "when": "open", "how": "said", "quote": "he has my papers", "who": "self"}


@pytest.fixture
async def lines(store: Store, settings: Settings, clock: Clock) -> Lines:
    lines = Lines(store, settings, clock)
    await lines.works(ANA, BEN, SUPERVISOR)
    return lines


async def test_who_has_a_talk_sees_the_lines_and_the_card(lines: Lines) -> None:
    said = (Line("you", "tiene mis papeles"), Line("us", "Gracias por contarlo.", "utter_thanks", locale="es"))
    talk = await lines.has(ANA, "+1", *said, marks=[BOSS], declined=["police"], country="MX")

    opened = await lines.conversations.open(ANA, talk)
    assert [(line.who, line.text) for line in opened.lines] == [(line.who, line.text) for line in said]
    assert (opened.standing, opened.case.country, opened.case.said_no) == ("own", "MX", ("police",))
    assert [reason.quote for reason in opened.case.reasons] == ["he has my papers"]
    assert opened.case.last_heard >= opened.case.started > "2026"


@pytest.mark.parametrize("who", [BEN, STEWARD, ADMINISTRATOR])
async def test_nobody_else_reads_it(lines: Lines, who: Account) -> None:
    talk = await lines.has(ANA, "+1")

    with pytest.raises(NotAllowed):
        await lines.conversations.open(who, talk)


async def test_a_supervisor_reads_what_others_have_and_not_what_they_are_writing(lines: Lines) -> None:
    talk = await lines.has(ANA, "+1")
    await lines.notes.keep_draft(talk, "Dear")

    opened = await lines.conversations.open(SUPERVISOR, talk)
    assert (opened.standing, opened.draft) == ("others", "")
    assert (await lines.conversations.open(ANA, talk)).draft == "Dear"


async def test_an_operator_does_not_read_what_waits(lines: Lines) -> None:
    talk = await lines.waits("+1")

    assert [each.id for each in await lines.line_of(ANA)] == [talk]
    with pytest.raises(NotAllowed):
        await lines.conversations.open(ANA, talk)


@pytest.mark.parametrize("who", [ANA, SUPERVISOR])
async def test_a_closed_talk_is_read_by_nobody(lines: Lines, who: Account) -> None:
    talk = await lines.has(ANA, "+1")
    await lines.handoffs.close(talk, ANA.id, lines.clock())

    with pytest.raises(NotAllowed):
        await lines.conversations.open(who, talk)


async def test_an_erased_talk_is_nowhere(lines: Lines, store: Store) -> None:
    talk = await lines.has(ANA, "+1")
    await lines.notes.add(talk, Note("Sam", "afraid of dogs", 1.0))
    await lines.notes.keep_draft(talk, "Dear")
    await farewell.forget(store, talk)

    with pytest.raises(NotAllowed):
        await lines.conversations.open(SUPERVISOR, talk)
    assert await store.call("EXISTS", key("notes", talk), key("draft", talk)) == 0


async def test_what_is_offered_stands_before_what_waits(lines: Lines) -> None:
    urgent, offered = await lines.waits("+1", priority="P0"), await lines.has(BEN, "+2")
    await lines.handoffs.transfer(offered, BEN.id, lines.clock(), ANA.id)

    assert [each.id for each in await lines.line_of(ANA)] == [offered, urgent]
    assert [each.id for each in await lines.line_of(BEN)] == [urgent]
    assert (await lines.conversations.allowed(ANA, "claim", offered)).id == offered


@pytest.mark.parametrize("who", [STEWARD, ADMINISTRATOR])
async def test_who_takes_no_talks_sees_no_queue(lines: Lines, who: Account) -> None:
    await lines.waits("+1", priority="P0")

    assert await lines.line_of(who) == []


async def test_notes_and_drafts_are_sealed_and_end_with_the_talk(lines: Lines, store: Store) -> None:
    talk = await lines.has(ANA, "+1")
    await lines.notes.add(talk, Note("Sam", "afraid of dogs", 1.0))
    await lines.notes.keep_draft(talk, "Dear")

    left = await store.call("TTL", key("conversation", talk))
    for kept in (key("notes", talk), key("draft", talk)):
        assert left - 2 <= await store.call("TTL", kept) <= left
        assert b"dogs" not in await store.call("DUMP", kept)
        assert b"Dear" not in await store.call("DUMP", kept)
    assert await lines.notes.of(talk) == [Note("Sam", "afraid of dogs", 1.0)]


async def test_a_draft_that_is_emptied_is_gone(lines: Lines, store: Store) -> None:
    talk = await lines.has(ANA, "+1")
    await lines.notes.keep_draft(talk, "Dear")
    await lines.notes.keep_draft(talk, "  ")

    assert await store.call("EXISTS", key("draft", talk)) == 0


async def test_nothing_is_kept_beside_a_talk_that_is_gone(lines: Lines, store: Store) -> None:
    talk = await lines.has(ANA, "+1")
    await store.call("PEXPIRE", key("conversation", talk), 1)
    await lines.clock.passes(0)

    assert not await lines.notes.add(talk, Note("Sam", "late", 1.0))
    await lines.notes.keep_draft(talk, "Dear")
    assert await store.call("EXISTS", key("notes", talk), key("draft", talk)) == 0


async def test_a_record_that_can_not_be_read_hides_no_line(lines: Lines, store: Store) -> None:
    talk = await lines.has(ANA, "+1", Line("you", "hello"))
    await store.call("SET", key("record", talk), b"\x00" * 40, "EX", 60)

    assert [line.text for line in (await lines.conversations.open(ANA, talk)).lines] == ["hello"]


async def test_somebody_who_can_not_write_safely_is_shown_as_quiet(lines: Lines) -> None:
    quiet, open_ = await lines.has(ANA, "+1", situation="quiet"), await lines.has(BEN, "+2", situation="talk")

    assert (await lines.conversations.open(ANA, quiet)).quiet
    assert not (await lines.conversations.open(BEN, open_)).quiet


async def test_somebody_who_said_that_somebody_is_here_is_shown_as_quiet(lines: Lines) -> None:
    watched = await lines.has(ANA, "+1", situation="new", told=["closed"], answered={"cannot_talk_safely": 1})

    assert (await lines.conversations.open(ANA, watched)).quiet
    assert await lines.conversations.quiet(watched)
