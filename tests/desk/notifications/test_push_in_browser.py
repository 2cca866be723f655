"""Notifications in a real browser: switched on with one button, shown with a neutral sentence, and not while a page is in view.

Only the push service is played: a browser of a test has none.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Page, expect

from bot.crypto.push_key import push_key
from bot.settings import Settings
from bot.storage.store import Store
from desk.notifications.push_watcher import PushWatcher
from desk.notifications.web_push import WebPush
from tests.accessible import faults
from tests.desk.desk_page import DeskSite
from tests.desk.notifications.push_service import PushService
from tests.desk.talking import Lines

pytest.importorskip("pywebpush")
pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PLAYED = """
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async (asked) => {
    window.asked = asked;
    return { toJSON: () => { const { endpoint, ...keys } = GIVEN; return { endpoint, keys }; } };
  };
"""


@pytest.fixture
async def service(desk_site: DeskSite) -> AsyncIterator[PushService]:
    async with PushService().serve() as service:
        settings = replace(desk_site.services.settings, push_services=(service.origin,), push_contact="a@example.org")
        object.__setattr__(desk_site.services, "settings", settings)
        yield service


@pytest.fixture
async def page(desk_site: DeskSite, service: PushService, browser: Browser) -> AsyncIterator[Page]:
    page = await desk_site.sits_down(browser, await desk_site.hires("Ana"), "/you")
    await page.context.grant_permissions(["notifications"], origin=desk_site.url)
    await page.add_init_script(PLAYED.replace("GIVEN", json.dumps(service.subscription())))
    await page.reload()
    yield page
    await page.context.close()


# A browser without a screen shows no notification: what it was asked to show is noted.
NOTED = """() => {
  self.told = [];
  self.registration.showNotification = async (title, { body }) => { self.told.push([title, body]); };
}"""
LOOKS_ELSEWHERE = "() => { self.clients.matchAll = async () => [{ visibilityState: 'hidden' }]; }"


async def arrives(page: Page, word: str) -> None:
    """A push message arrives at the browser."""
    devtools = await page.context.new_cdp_session(page)
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def registered(event: dict[str, list[dict[str, str]]]) -> None:
        for one in event["registrations"]:
            if not found.done():
                found.set_result(one["registrationId"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", registered)
    await devtools.send("ServiceWorker.enable")
    about = {"origin": "/".join(page.url.split("/")[:3]), "registrationId": await found, "data": word}
    await devtools.send("ServiceWorker.deliverPushMessage", about)
    await page.wait_for_timeout(500)  # the worker answers nobody


async def test_one_button_switches_it_on_and_the_desk_calls_this_device(
    desk_site: DeskSite, service: PushService, page: Page, store: Store, settings: Settings
) -> None:
    assert await faults(page) == []
    await page.get_by_role("button", name="Notify me on this device").click()
    await expect(page.get_by_text("On for 1 device.")).to_be_visible()
    await Lines(store, settings, desk_site.clock).waits("+1")
    watch = PushWatcher(desk_site.services, WebPush(push_key(store.vault), "a@example.org"))
    await page.evaluate("fetch('/session?visible=no').then(() => null)")  # as when somebody turns to another program
    assert await watch.look() == 1
    assert service.opened() == [b"desk"]


async def test_the_worker_says_a_neutral_sentence_and_nothing_while_a_page_is_in_view(page: Page) -> None:
    await page.get_by_role("button", name="Notify me on this device").click()
    await expect(page.get_by_text("On for 1 device.")).to_be_visible()
    (worker,) = page.context.service_workers
    await worker.evaluate(NOTED)
    await arrives(page, "somebody waits with a P0")
    assert await worker.evaluate("self.told") == []
    await worker.evaluate(LOOKS_ELSEWHERE)
    await arrives(page, "somebody waits with a P0")
    assert await worker.evaluate("self.told") == [["Desk", "Please have a look."]]
    assert await page.evaluate("navigator.serviceWorker.controller") is None  # it stands between no page and the server


async def test_who_does_not_allow_it_is_told_so_and_nothing_is_kept(
    desk_site: DeskSite, service: PushService, browser: Browser, store: Store
) -> None:
    page = await desk_site.sits_down(browser, await desk_site.hires("Ben"), "/you")
    await page.add_init_script("Notification.requestPermission = async () => 'denied';")
    await page.reload()
    await page.get_by_role("button", name="Notify me on this device").click()
    await expect(page.get_by_text("This browser does not allow notifications from the desk.")).to_be_visible()
    assert await store.redis.keys("push:*") == []
    await page.context.close()


async def test_without_scripts_it_says_what_it_needs(
    desk_site: DeskSite, service: PushService, browser: Browser
) -> None:
    who = await desk_site.hires("Dee")
    page = await desk_site.sits_down(browser, who, "/you", java_script_enabled=False)
    await expect(page.get_by_text("This browser cannot do that, or needs scripts for it.")).to_be_visible()
    assert await page.get_by_role("button", name="Notify me on this device").count() == 0
    await page.context.close()
