"""Everything that could name somebody goes through every door, fault and act of a real hotline, and is found nowhere.

`make privacy` runs this with all tests marked `privacy`, and shows what was searched. Each place that is searched is one that
a program writes to by itself; the memory of living processes and free blocks of the disk are not among them.
"""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.messaging import farewell
from commands.canary.marks import Marks
from tests.hotline import ROOT, eventually
from tests.privacy import marked_hotline as marked_by
from tests.privacy.marked_hotline import WRITTEN, MarkedHotline, marked_hotline

pytestmark = [pytest.mark.rasa, pytest.mark.privacy, pytest.mark.timeout(590)]
DATA_MAP = (ROOT / "docs" / "privacy.md").read_text("utf-8")
UNCAUGHT = 2  # faults of `sitecustomize.fail` that nothing but our hooks sees: in a thread, and in a destructor


async def test_a_thief_of_everything_that_is_written_down_finds_nobody(tmp_path: Path) -> None:
    async with marked_hotline(tmp_path) as marked:
        async with marked.browser() as web:
            await marked_by.goes_to_the_page(marked, web)
            await marked_by.errs_at_the_page(marked, web)
            await marked_by.writes_by_telegram(marked)
            await marked_by.writes_by_text_message(marked)
            pages = await marked_by.is_answered_at_the_desk(marked)
            marked.searches_redis("all talks alive")
            marked.searches_files("files of Redis, all talks alive", marked.folder / "var" / "redis")
            await has_failed_in_every_way(marked)
            await marked_by.goes_through_outages(marked, web)
            marked.searches_redis("after the outages")
            kinds = marked.kinds_of_keys()
            prints(marked)
            await erases(marked)
            marked.searches_redis("all erased")
            dumped = marked_by.crashed(marked.hotline.process, signal.SIGSEGV)
        marked.searches_for_cores()
        marked.searches_text("log of all processes", marked.log)
        for name in ("var", "tmp", "home"):
            marked.searches_files({"var": "run-time files, Redis' too"}.get(name, name), marked.folder / name)
        marked.searches_text("pages of the desk", *named_at_the_desk(marked, pages))
        sys.stdout.write("\n" + "\n".join(marked_by.shown(marked.searched)) + "\n")

        assert [one for one in marked.searched if one.found] == []
        assert kinds - set(re.findall(r"`([a-z_]+)[:`]", DATA_MAP)) == set()
        assert not dumped
        # The search would have seen them: they went through.
        assert set(pages) == {"web", "telegram", "sms"}
        assert all(marked.marks["sentence"] in page for page in pages.values())
        assert marked.marks["operator's words"] in "\n".join([*marked.telegram.texts, *marked.twilio.texts])
        assert '"turn"' in marked.log and "engine_ended" in marked.log
        assert went_nowhere(tmp_path / "outside" / "connections")


async def has_failed_in_every_way(marked: MarkedHotline) -> None:
    """Let gateway and engine fail where nothing catches it, and wait until both have said so."""
    for pid in (marked.hotline.process.pid, await marked.engine()):
        before = marked.log.count('"uncaught"')
        os.kill(pid, signal.SIGUSR1)

        def said(wanted: int = before + UNCAUGHT) -> bool:
            return marked.log.count('"uncaught"') >= wanted

        await eventually(said)


def prints(marked: MarkedHotline) -> None:
    """Search what the commands print, the terminal's door left, and a backup takes (docs/deploy.md)."""
    for words in (("metrics",), ("operators", "audit")):
        marked.searches_text(f"quietline {' '.join(words)}", "".join(marked.command(*words)))
    canary, _ = marked.command("doctor", "--canary", "--log", str(marked.hotline.log))  # ends with 1 where it is found
    marked.searches_text("quietline doctor --canary", canary)
    assert "Its exit erased the conversation at once." in canary
    said, log = marked.command("chat", "--json", "--channel", "sms", given=f"{marked.text}\nyes\n")
    assert "utter_" in said
    marked.searches_text("quietline chat, its log", log)
    entries = ROOT / "resources_directory" / "entries"
    backup = subprocess.run(["tar", "-C", entries, "-c", "."], capture_output=True, check=True).stdout
    marked.searches_text("backup", backup.decode("utf-8", "replace"))


async def erases(marked: MarkedHotline) -> None:
    """Erase all talks as an administrator does."""
    marked.searches_text("quietline erase", "".join(marked.command("erase", "--everything")))
    async with marked.store() as store:
        assert [id_ async for id_ in store.conversations()] == []
        assert await farewell.claim(store) is None


def named_at_the_desk(marked: MarkedHotline, pages: dict[str, str]) -> tuple[str, Marks]:
    """The operator's pages, and the marks that may not stand there: what the person wrote may, their door's may not (P07)."""
    theirs = (*WRITTEN, "operator's words", "operator's note", "operator's draft")
    hidden = {name: text for name, text in marked.marks.texts.items() if name not in theirs}
    return "\n".join(pages.values()), Marks(hidden)


def went_nowhere(connections: Path) -> bool:
    """Whether each connection of gateway and engine stayed on this machine, where the stand-ins are."""
    found = set(connections.read_text().splitlines())
    here = re.compile(r"""\('(127\.[\d.]+|::1)', \d+.*|b?'[^']*\.sock'|b?'(127\.[\d.]+|localhost|::1)'|None|'/.*""")
    assert found
    return [each for each in found if not here.fullmatch(each)] == []
