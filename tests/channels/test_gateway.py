"""The edge of the public server: headers, limits, and errors that tell nothing."""

import re
import time
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from bot.crypto import identity
from bot.reporting.complaints import complain
from bot.settings import Settings
from channels import headers
from commands.runtime.redis_server import OwnRedis
from tests.hotline import Hotline, ScriptedEngine, eventually

TOKEN = "t" * 43
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
REQUESTS: list[tuple[str, str, int, dict[str, Any]]] = [
    ("GET", "/", 200, {}),
    ("GET", "/?lang=es", 200, {}),
    ("GET", "/?lang=%00%ff", 200, {}),
    ("HEAD", "/", 200, {}),
    ("GET", "/static/chat.js", 200, {}),
    ("GET", "/static/icon.svg", 200, {}),
    ("GET", "/static/page.html", 404, {}),
    ("GET", "/static/..%2fgateway.py", 404, {}),
    ("GET", "/healthz", 200, {}),
    ("GET", "/readyz", 200, {}),
    ("GET", "/metrics", 200, {}),
    ("GET", "/nowhere", 404, {}),
    ("GET", "/send", 405, {}),
    ("POST", "/send", 415, {"json": {"text": "hello"}}),
    ("POST", "/send", 415, {"data": b"text=hello", "headers": {"Content-Type": "text/plain"}}),
    ("POST", "/send", 415, {"data": b"--x--", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}),
    ("POST", "/send", 400, {"data": b"\xff\xfe", "headers": FORM}),
    ("POST", "/send", 400, {"data": b"text=a", "headers": {"Content-Type": FORM["Content-Type"] + "; charset=none"}}),
    ("POST", "/send", 400, {"data": b"\xff", "headers": {"Content-Type": FORM["Content-Type"] + "; charset=utf-16"}}),
    ("POST", "/send", 413, {"data": b"text=" + b"a" * 70_000, "headers": FORM}),
    ("POST", "/exit", 200, {"data": {"token": TOKEN}}),
    ("POST", "/next", 200, {"data": {"token": TOKEN}}),
]


@pytest.mark.parametrize(("method", "path", "status", "rest"), REQUESTS)
async def test_every_answer_has_the_headers_of_safety_and_sets_no_cookie(
    hotline: Hotline, method: str, path: str, status: int, rest: dict[str, Any]
) -> None:
    async with hotline.web.request(method, hotline.url + path, allow_redirects=False, **rest) as response:
        assert response.status == status
        assert {name: response.headers.get(name) for name in headers.response_headers()} == headers.response_headers()
        assert "Set-Cookie" not in response.headers
        assert "Server" not in response.headers


@pytest.mark.parametrize("frame_hosts", [(), ("https://ngo.example",)])
def test_what_must_not_be_loosened_stands_in_the_headers(frame_hosts: tuple[str, ...]) -> None:
    found = headers.response_headers(frame_hosts)
    assert "default-src 'none'" in found["Content-Security-Policy"]
    assert "unsafe" not in found["Content-Security-Policy"]
    assert (found["Cache-Control"], found["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert int(found["Strict-Transport-Security"].removeprefix("max-age=")) >= 31_536_000


async def test_only_the_sites_of_the_settings_may_show_the_page_in_a_frame(
    settings: Settings, engine: ScriptedEngine
) -> None:
    sites = ("https://ngo.example", "https://help.example:8443")
    async with (
        Hotline(replace(settings, frame_hosts=sites), engine, {}).working() as hotline,
        hotline.web.get(hotline.url) as response,
    ):
        policy = response.headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors https://ngo.example https://help.example:8443")
        assert "X-Frame-Options" not in response.headers


@pytest.mark.parametrize(("path", "told"), [("/", "/"), ("/?lang=es", "/?lang=es"), ("/healthz", None)])
async def test_the_page_names_its_onion_address(
    settings: Settings, engine: ScriptedEngine, path: str, told: str | None
) -> None:
    onion = f"http://{'a' * 56}.onion"
    async with (
        Hotline(replace(settings, onion_location=onion), engine, {}).working() as hotline,
        hotline.web.get(hotline.url + path) as response,
    ):
        assert response.headers.get("Onion-Location") == (told and onion + told)


async def test_without_the_setting_no_onion_address_is_named(hotline: Hotline) -> None:
    async with hotline.web.get(hotline.url) as response:
        assert "Onion-Location" not in response.headers


async def test_a_mistake_of_ours_is_a_500_that_tells_nothing(hotline: Hotline, log: StringIO) -> None:
    pointer = identity.address_key("web", TOKEN, hotline.store.vault.pepper)
    await hotline.store.call("SET", f"address:{pointer}", b"\xff", "EX", 60)  # bytes that the code does not expect
    data = {"token": TOKEN, "text": "marked sentence"}
    async with hotline.web.post(hotline.url + "/send", data=data) as response:
        assert (response.status, await response.json()) == (500, {"error": "failed"})
        assert response.headers["Cache-Control"] == "no-store"
    assert '"event": "request_failed"' in log.getvalue()
    assert "marked" not in log.getvalue()


async def test_it_is_ready_only_with_redis_and_the_engine(
    brittle_hotline: Hotline, own_redis: OwnRedis, engine: ScriptedEngine
) -> None:
    assert await status(brittle_hotline, "/readyz") == 200
    engine.away = True
    assert await status(brittle_hotline, "/readyz") == 503
    engine.away = False
    own_redis.stop()
    assert await status(brittle_hotline, "/readyz") == 503
    assert await status(brittle_hotline, "/healthz") == 200
    assert await status(brittle_hotline, "/metrics") == 200


async def status(hotline: Hotline, path: str) -> int:
    async with hotline.web.get(hotline.url + path) as response:
        return response.status


async def test_the_counts_name_no_person_and_no_conversation(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("my boss took my passport")
    await visitor.reads_until("my boss took my passport")
    conversation = await hotline.conversation("web", visitor.token)
    async with hotline.web.get(hotline.url + "/metrics") as response:
        counts = await response.text()
    assert re.search(r'quietline_turns_total\{channel="web",outcome="said"\} [1-9]', counts)
    assert re.search(r'quietline_messages_accepted_total\{channel="web"\} [1-9]', counts)
    assert not re.search(f"passport|{visitor.token}|{conversation}", counts)


async def test_the_counts_tell_how_many_services_wait_for_a_steward(hotline: Hotline) -> None:
    await complain(hotline.store, "es-a", time.time())
    await complain(hotline.store, "es-a", time.time())
    await complain(hotline.store, "es-016", time.time(), ceiling=lambda _: 0)
    async with hotline.web.get(hotline.url + "/metrics") as response:
        counts = await response.text()
    assert "quietline_complaints_waiting 2.0" in counts
    assert "quietline_services_suspended 1.0" in counts


async def test_the_log_at_its_most_talkative_holds_no_text_token_or_address(
    log: StringIO, brittle_hotline: Hotline, engine: ScriptedEngine, own_redis: OwnRedis
) -> None:
    visitor = await brittle_hotline.page()
    headers = {"User-Agent": "marked-agent", "Accept-Language": "marked-language"}
    form = {"token": visitor.token, "text": "marked sentence"}
    async with brittle_hotline.web.post(brittle_hotline.url + "/send", data=form, headers=headers) as response:
        assert response.status == 200
    await brittle_hotline.hears("marked sentence", by="sms", address="+marked")
    engine.fails("marked question", RuntimeError("marked error"))
    await brittle_hotline.receives("marked question", by="sms", address="+marked")
    await visitor.posts(f"/{visitor.token}", text="marked")
    await eventually(lambda: '"error": "RuntimeError"' in log.getvalue())
    own_redis.stop()
    await visitor.writes("marked sentence")
    await eventually(lambda: not brittle_hotline.dispatcher.signals.told)  # it is noticed behind the page too
    lines = log.getvalue()
    assert '"event": "turn"' in lines
    assert [line for line in lines.splitlines() if "marked" in line or visitor.token in line] == []


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
async def test_counts_are_shown_to_this_machine_alone_and_not_through_a_proxy(hotline: Hotline, path: str) -> None:
    async with hotline.web.get(hotline.url + path, headers={"X-Forwarded-For": "192.0.2.1"}) as response:
        assert response.status == 404
