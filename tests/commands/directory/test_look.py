"""`quietline directory look`: what source pages still say; no place that is not public is asked, and nothing is changed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from aiohttp import web

from bot.settings import Settings
from channels.gateway import serve
from commands.directory.steward import StewardSession
from commands.directory.upkeep import page_fetcher
from commands.directory.upkeep.look import look, looked_at
from commands.directory.upkeep.page_fetcher import PageFetcher, is_public
from commands.runtime.free_ports import free_port
from resources_directory.model.hsds import Phone
from resources_directory.upkeep.source_looks import file_beside, read_looks
from resources_directory.upkeep.source_pages import MOST_READ, SourcePage, SourceState, has_number, longest_ago
from tests.desk.directory_folder import SPAIN

PHONE = Phone(number="914 35 41 34", e164="+34914354134")
GOOD = "<p>Call 914&nbsp;35-41.34</p>"
CHARSETS = {
    "/punycode": ("punycode", b"a" * 1_900_000),
    "/greek": ("windows-1253", "Τηλ. 914 35 41 34".encode("cp1253")),
    "/odd": ("no-such-thing", GOOD.encode()),
    "/long": ("utf-8", b"x" * MOST_READ + GOOD.encode()),
    "/huge": ("utf-8", b"x" * (page_fetcher._LARGEST + 1)),
}


class Web:
    """A small web of our own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.asked: list[str] = []

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/{path:.*}", self.answer)
        return app

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        pages = {"/fine": GOOD, "/moved-number": "<p>Call 913 19 93 90</p>", "/private/page": GOOD}
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /private/")
        if request.path in pages:
            return web.Response(text=pages[request.path], content_type="text/html")
        if request.path == "/pdf":
            return web.Response(body=b"%PDF", content_type="application/pdf")
        if request.path == "/slow":
            await asyncio.sleep(0.8)
        if request.path == "/busy":
            raise web.HTTPServiceUnavailable
        return self.led_on(request.path)

    def led_on(self, path: str) -> web.Response:
        ways = {
            "/once": "/fine",
            "/loop": "/loop",
            "/inside": "http://10.0.0.1/",
            "/local": f"http://localhost:{self.port + 1}/",
            "/file": "file:///etc/passwd",
        }
        if path in ways:
            return web.Response(status=302, headers={"Location": ways[path]})
        if path in CHARSETS:
            charset, body = CHARSETS[path]
            return web.Response(body=body, headers={"Content-Type": f"text/html; charset={charset}"})
        return web.Response(status=404)


@pytest.fixture
async def small_web() -> AsyncIterator[Web]:
    site = Web()
    async with serve(site.app(), "127.0.0.1", site.port):
        yield site


def fetcher(site: Web) -> PageFetcher:
    """One that may ask this web of ours, and nothing else that is not public."""
    return PageFetcher(lambda address: address == "127.0.0.1" or is_public(address), (site.port, 80, 443), 0.0)


async def state(site: Web, path: str) -> SourceState:
    page = SourcePage("es-ley", f"http://127.0.0.1:{site.port}{path}", (PHONE,))
    (found,) = await looked_at([page], fetcher(site), "2026-03-01")
    return found.state


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/fine", "fine"),
        ("/once", "fine"),
        ("/greek", "fine"),
        ("/odd", "fine"),
        ("/moved-number", "number_missing"),
        ("/nothing-here", "gone"),
        ("/pdf", "unread"),
        ("/huge", "unread"),
        ("/private/page", "unread"),
        ("/busy", "unreachable"),
        ("/loop", "unreachable"),
        ("/inside", "refused"),
        ("/local", "refused"),
        ("/file", "refused"),
    ],
)
async def test_what_a_page_says_is_told(small_web: Web, path: str, said: SourceState) -> None:
    assert await state(small_web, path) == said


async def test_a_page_that_wants_no_machine_is_not_asked_and_one_of_two_entries_is_asked_once(small_web: Web) -> None:
    await state(small_web, "/private/page")
    pages = [SourcePage(id, f"http://127.0.0.1:{small_web.port}/fine", (PHONE,)) for id in ("es-a", "es-b")]
    await looked_at(pages, fetcher(small_web), "2026-03-01")
    assert small_web.asked == ["/robots.txt", "/robots.txt", "/fine"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/",
        "http://168.63.129.16/machine/?comp=goalstate",
        "http://[::ffff:168.63.129.16]/",
        "http://[64:ff9b::a83f:8110]/",
        "http://[fec0::1]/",
        "http://[feff::1]/",
        "http://user:word@example.org/",
        "ftp://example.org/",
        "http://example.org:6379/",
    ],
)
async def test_no_place_that_is_not_public_is_asked(url: str) -> None:
    (found,) = await looked_at([SourcePage("es-ley", url, (PHONE,))], PageFetcher(pause=0.0), "2026-03-01")
    assert found.state == "refused"


async def test_an_address_that_is_none_is_not_asked() -> None:
    for url in ("http://2130706433/", "http://0x7f.1/", "http://", "https://example.org:x/", "http://[::1/"):
        (found,) = await looked_at([SourcePage("es-ley", url, (PHONE,))], PageFetcher(pause=0.0), "2026-03-01")
        assert (url, found.state in ("refused", "unreachable")) == (url, True)


async def test_a_slow_page_ends(small_web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_fetcher, "_SECONDS", 0.2)
    assert await state(small_web, "/slow") == "unreachable"


@pytest.mark.parametrize(
    ("page", "there"),
    [
        ("Tel. (91) 435 41 34", True),
        ('<a href="tel:+34914354134">Ring us</a>', True),
        ("+34 914 354 134", True),
        ("٩١٤ ٣٥ ٤١ ٣٤", True),
        ("914 35 41 35", False),
        ("", False),
    ],
)
def test_a_number_is_found_however_it_is_written(page: str, there: bool) -> None:
    assert has_number(page, (PHONE,)) is there


@pytest.mark.parametrize(
    "part", ["<", "<a ", "&", "&nbsp;", "1 ", "1&nbsp;", "1 (-", "tel:", "tel:1", "wa.me/", "wa.me/1", "914", "\u0661"]
)
def test_a_page_made_to_exhaust_a_machine_is_read_in_a_moment(part: str) -> None:
    began = process_time()
    assert not has_number(part * (2_000_000 // len(part)), (PHONE,))
    assert process_time() - began < 2


def test_a_page_of_80_000_angle_brackets_is_read_in_a_moment() -> None:
    began = process_time()
    assert has_number(GOOD + "<" * 80_000, (PHONE,))
    assert process_time() - began < 0.5


async def test_a_page_that_says_it_is_in_punycode_is_read_in_a_moment(small_web: Web) -> None:
    began = process_time()
    assert await state(small_web, "/punycode") == "unread"
    assert process_time() - began < 2


async def test_a_number_behind_what_is_read_of_a_page_is_not_called_missing(small_web: Web) -> None:
    assert await state(small_web, "/long") == "unread"


def test_a_short_number_is_not_found_inside_of_another() -> None:
    assert has_number("Dial 016.", (Phone(number="016"),))
    assert not has_number("Tel. 914 016 222", (Phone(number="016"),))


def test_it_is_off_unless_it_was_turned_on(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "es.yml").write_text(SPAIN.replace("https://casa.example/contact", "http://127.0.0.1/"), "utf-8")
    assert look(StewardSession(settings, folder), "ES", 5) == 1
    assert "SOURCE_LOOK=on" in capsys.readouterr().err

    before = (folder / "es.yml").read_bytes()
    assert look(StewardSession(replace(settings, source_look=True), folder), "ES", 5) == 0
    assert "es-casa: leads to no public place: http://127.0.0.1/" in capsys.readouterr().out
    assert (folder / "es.yml").read_bytes() == before
    assert not (folder / "changes.jsonl").exists()
    kept = read_looks(file_beside(settings.directory_file))
    assert [(key, one.state) for key, one in kept.items()] == [(("es-casa", "http://127.0.0.1/"), "refused")]


def test_those_of_longest_ago_are_looked_at_first() -> None:
    pages = [SourcePage(f"es-{name}", "https://x.example", ()) for name in ("new", "never", "old")]
    looked = {("es-new", "https://x.example"): "2026-03-02", ("es-old", "https://x.example"): "2026-01-01"}
    assert [page.service for page in longest_ago(pages, looked)] == ["es-never", "es-old", "es-new"]
