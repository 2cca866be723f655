"""The read API over HTTP: for anybody and any site, GET alone, and no way to take time from those who write."""

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from bot.reporting import complaints
from bot.settings import Settings
from channels import headers
from channels.hsds import hsds_door
from channels.hsds.request_limit import RequestLimit
from commands.runtime.composition import read_api
from commands.runtime.redis_server import OwnRedis
from tests.channels.hsds.conftest import Minutes
from tests.hotline import Hotline, ScriptedEngine
from tests.resources_directory.exchange.api.open_directory import PUBLISHED, OpenDirectory

UNKNOWN = "00000000-0000-4000-8000-000000000000"


async def asks(hotline: Hotline, path: str = "/services", method: str = "GET", **rest: Any) -> tuple[int, Any, Any]:
    """Return status, headers and answer of one request."""
    async with hotline.web.request(method, f"{hotline.url}/hsds{path}", allow_redirects=False, **rest) as response:
        said = await response.json() if response.content_type == "application/json" else await response.read()
        return response.status, response.headers, said


async def test_the_directory_is_not_published_unless_the_deployer_says_so(hotline: Hotline) -> None:
    async with hotline.web.get(f"{hotline.url}/hsds/services") as response:
        assert response.status == 404
    assert read_api(hotline.settings, hotline.store) is None


@pytest.mark.parametrize("path", ["", "/", "/openapi.json"])
async def test_it_is_described_where_it_begins(publisher: Hotline, path: str) -> None:
    status, _, said = await asks(publisher, path)
    assert status == 200
    assert set(said) & {"openapi_url", "openapi"}


async def test_any_site_may_read_and_keep_an_answer_that_has_the_headers_of_safety(publisher: Hotline) -> None:
    status, found, page = await asks(publisher)
    assert (status, {item["name"] for item in page["contents"]}) == (200, PUBLISHED)
    assert (found["Access-Control-Allow-Origin"], found["Cache-Control"]) == (
        "*",
        "public, max-age=60, must-revalidate",
    )
    safety = {name: value for name, value in headers.response_headers().items() if name != "Cache-Control"}
    assert {name: found.get(name) for name in safety} == safety
    assert "Set-Cookie" not in found


async def test_who_has_the_answer_already_is_told_so(publisher: Hotline) -> None:
    _, found, _ = await asks(publisher)
    tag = found["ETag"]

    for known in (tag, f'"other", W/{tag}', "*"):
        status, again, said = await asks(publisher, headers={"If-None-Match": known})
        assert (status, again["ETag"], again["Cache-Control"], said) == (304, tag, found["Cache-Control"], b"")
    assert (await asks(publisher, headers={"If-None-Match": '"other"'}))[0] == 200
    assert (await asks(publisher, headers={"If-None-Match": "no tag at all"}))[0] == 200


async def test_what_is_held_back_in_the_hotline_is_held_back_here_at_once(publisher: Hotline) -> None:
    _, before, _ = await asks(publisher)
    await complaints.suspend(publisher.store, "no-hidden-house")

    status, _, page = await asks(publisher, headers={"If-None-Match": before["ETag"]})
    assert (status, {item["name"] for item in page["contents"]}) == (200, PUBLISHED - {"Hidden house"})


class Moved:
    """An API in which everything has gone somewhere else."""

    def answer(self, *_: object) -> tuple[int, str, bytes, str, str]:
        return 301, "application/json", b"{}", "", "https://chat.example/hsds/services/new"


async def test_who_asks_for_what_was_merged_is_led_on_and_may_keep_that_for_a_minute(settings: Settings) -> None:
    hotline = Hotline(settings, ScriptedEngine(), {})
    hotline.hsds = hsds_door.build(Moved(), hotline.store, RequestLimit(Minutes()))
    async with hotline.working():
        status, found, _ = await asks(hotline, f"/services/{UNKNOWN}")
    assert (status, found["Location"]) == (301, "https://chat.example/hsds/services/new")
    assert found["Cache-Control"] == "public, max-age=60, must-revalidate"


async def test_head_has_the_headers_alone(publisher: Hotline) -> None:
    status, found, said = await asks(publisher, method="HEAD")
    assert (status, bool(found["ETag"]), said) == (200, True, None)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["", "/services", f"/services/{UNKNOWN}", "/nothing"])
async def test_nothing_but_reading_is_answered(publisher: Hotline, method: str, path: str) -> None:
    status, found, said = await asks(publisher, path, method)
    assert (status, said) == (405, {"error": "Only GET and HEAD are answered here."})
    assert (found["Allow"], found["Cache-Control"]) == ("GET, HEAD", "no-store")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/services/{UNKNOWN}", 404),
        ("/services/%00", 404),
        ("/services/..%2f..%2fmetrics", 404),
        ("/services/%F0%9F%8F%A0", 404),
        ("/nothing", 404),
        ("/services?page=99999999999999999999", 400),
        ("/services?page=-1", 400),
        ("/services?search=%00", 400),
        ("/services?search=%ff%fe", 200),
        ("/services?search=" + "%F0%9F%8F%A0" * 100, 200),
        ("/services?search=" + "a" * 7_000, 400),
        ("/services?" + "&".join(["page=1"] * 900), 400),
        ("/services?postcode=0155", 400),
        ("/services?search=%3Cscript%3E", 200),
    ],
)
async def test_hostile_input_gets_a_status_and_a_sentence(publisher: Hotline, path: str, status: int) -> None:
    found, _, said = await asks(publisher, path)
    assert found == status
    assert set(said) & {"error", "contents"}
    assert "<" not in str(said)


async def test_a_query_longer_than_the_server_reads_is_refused(publisher: Hotline) -> None:
    async with publisher.web.get(f"{publisher.url}/hsds/services?search={'a' * 9_000}") as response:
        assert response.status == 400
    assert (await asks(publisher))[0] == 200


async def test_while_nobody_knows_what_is_held_back_nothing_is_published(
    brittle_hotline: Hotline, own_redis: OwnRedis, open_directory: OpenDirectory, minutes: Minutes
) -> None:
    closed = Hotline(brittle_hotline.settings, ScriptedEngine(), {})
    closed.hsds = hsds_door.build(open_directory.api, closed.store, RequestLimit(minutes))
    async with closed.working():
        own_redis.stop()
        status, found, said = await asks(closed)
        assert (status, found["Retry-After"]) == (503, "5")
        assert said == {"error": "The directory cannot be read just now."}


class Failing:
    """An API with a mistake of ours."""

    def answer(self, *_: object) -> tuple[int, str, bytes, str, str]:
        raise ValueError("marked words")


async def test_a_mistake_of_ours_tells_nothing(settings: Settings, minutes: Minutes, log: StringIO) -> None:
    hotline = Hotline(settings, ScriptedEngine(), {})
    hotline.hsds = hsds_door.build(Failing(), hotline.store, RequestLimit(minutes))
    async with hotline.working():
        status, _, said = await asks(hotline)
    assert (status, said) == (500, {"error": "Something went wrong."})
    assert "marked" not in log.getvalue()


async def test_who_asks_too_often_waits_for_the_next_minute(
    settings: Settings, open_directory: OpenDirectory, minutes: Minutes
) -> None:
    hotline = Hotline(settings, ScriptedEngine(), {})
    hotline.hsds = hsds_door.build(open_directory.api, hotline.store, RequestLimit(minutes, of_one=2))
    async with hotline.working():
        minutes.seconds = 45.0
        answers = [await asks(hotline) for _ in range(3)]
        assert [status for status, _, _ in answers] == [200, 200, 429]
        assert (answers[2][1]["Retry-After"], answers[2][2]) == ("15", {"error": "Too many requests."})
        async with hotline.web.get(f"{hotline.url}/") as page:
            assert page.status == 200  # the page of those who write
        minutes.seconds = 60.0
        assert (await asks(hotline))[0] == 200


def test_one_place_cannot_use_up_what_others_need_but_all_together_are_bounded(minutes: Minutes) -> None:
    limit = RequestLimit(minutes, of_one=2, of_all=3)

    assert [limit.wait("192.0.2.1") for _ in range(3)] == [0, 0, 60]
    assert [limit.wait(place) for place in ("2001:db8::1", "192.0.2.2", "2001:db8::2")] == [0, 60, 60]


async def test_the_gateway_publishes_its_own_directory_where_the_deployer_says_so(
    hotline: Hotline, open_directory: OpenDirectory
) -> None:
    told = Settings.from_env({"DIRECTORY_API": "on", "PUBLIC_URL": "https://chat.example"})
    publisher = Hotline(hotline.settings, ScriptedEngine(), {})
    publisher.hsds = read_api(replace(told, directory_file=open_directory.compiled), publisher.store)
    async with publisher.working():
        status, _, about = await asks(publisher, "/")
    assert (status, about["openapi_url"]) == (200, "https://chat.example/hsds/openapi.json")
