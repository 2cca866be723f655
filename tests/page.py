"""The web page in the hands of a test: opened in a real browser, written on, read."""

import html
import re
from typing import Any

from playwright.async_api import Browser, Page, Route, expect

from tests.hotline import PATIENCE


def be_patient() -> None:
    """Let each `expect` wait as long as a busy machine may need. No test has a shorter limit of its own."""
    expect.set_options(timeout=PATIENCE * 1_000)


async def opened(browser: Browser, hotline: Any, query: str = "", **options: Any) -> tuple[Page, list[str]]:
    """Open the page after an empty one; also give the list of all that the browser asks for."""
    context = await browser.new_context(**options)
    await context.route(lambda url: not url.startswith(hotline.url), answer_from_elsewhere)
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    await page.goto(f"{hotline.url}/{query}")
    return page, asked


async def answer_from_elsewhere(route: Route) -> None:
    await route.fulfill(body="The weather", content_type="text/plain")


async def write(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")


def ours(page: Page) -> Any:
    return page.locator(".us > p")


def own(page: Page) -> Any:
    return page.locator(".you > p")


def said(source: str) -> list[str]:
    """The lines of the talk in the source of a page."""
    return [
        html.unescape(re.sub("</?bdi>", "", text))
        for text in re.findall(r'class="line .*?<p [^>]*>(.*?)</p>', source, re.DOTALL)
    ]
