"""Two operators and a supervisor, each in a browser of their own, and who writes to them."""

from dataclasses import dataclass

from playwright.async_api import Browser, Page

from desk.auth.people import Account
from desk.auth.roles import Role
from tests.desk.colleagues import Colleague
from tests.desk.desk_page import DeskSite
from tests.desk.talking import Lines

ROLES: dict[str, Role] = {"Ana": "operator", "Ben": "operator", "Cam": "supervisor"}


@dataclass
class Night:
    """The desk, who works there, and who writes."""

    site: DeskSite
    lines: Lines
    browser: Browser
    people: dict[str, Colleague]
    accounts: dict[str, Account]

    async def sits(self, name: str, path: str = "/desk", **options: object) -> Page:
        return await self.site.sits_down(self.browser, self.people[name], path, **options)

    @property
    def told(self) -> list[list[str]]:
        return [said for _, said, _ in self.site.told.said]
