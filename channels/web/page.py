"""Renders the web page: one template, filled with lines, page texts and at most one notice."""

import re
import secrets
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from bot.language.locale import settle
from bot.messaging.message import Hints
from bot.messaging.transcript import Line, ends_in_crisis
from bot.organisation import Organisation, OrganisationCache
from bot.phrases.phrases import Phrasebook, direction
from bot.served_languages import NAMES
from bot.settings import Settings
from bot.text.number_spans import with_numbers
from channels.delivery.cards import dialled
from channels.web.page_updates import NOTHING, News

WIDGET = Path(__file__).parent / "widget"
_TEXTS = (
    "title", "placeholder", "send", "exit", "exit_hint", "privacy_title", "privacy_text", "notice_title", "notice_text",
    "way_back", "way_back_go", "later", "later_about", "later_ask", "words_only",
    "refresh", "language", "offline", "typing", "gone", "sent_failed", "opening_hint", "history", "you", "us", "silence",
    "still", "free", "below", "taken", "unsent", "back", "reloaded",
)  # fmt: skip


# Prefix of the next message's id when the page has shown lines: a page without lines has no conversation to be "over".
HAD_LINES = "l-"


def new_token() -> str:
    """Generate a page token: 256 random bits in 43 characters."""
    return secrets.token_urlsafe(32)


@cache
def _template() -> jinja2.Template:
    rendering = jinja2.Environment(loader=jinja2.FileSystemLoader(WIDGET), autoescape=True, trim_blocks=True)
    rendering.filters |= {"direction": direction, "numbers": with_numbers}
    return rendering.get_template("page.html")


@cache
def style() -> str:
    """Return the style sheet for inlining: on a slow phone, a separate file would cost half a second."""
    plain = re.sub(r"/\*.*?\*/", "", (WIDGET / "style.css").read_text("utf-8"), flags=re.DOTALL)
    # The page is not compressed, so each space is a byte. One before a colon means something: ".choices :disabled".
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", plain).strip()


@cache
def script() -> str:
    """Return the script for serving: without blanks at the head of a line, and lines of comment, a sixth of it on the wire."""
    return re.sub(
        r"^[ \t]*(//.*|/\*\*.*\*/)?\n|^[ \t]+", "", (WIDGET / "chat.js").read_text("utf-8"), flags=re.MULTILINE
    )


class Page:
    """Renders the page around a conversation."""

    def __init__(
        self, book: Phrasebook, settings: Settings, numbers: list[Any], organisation: OrganisationCache | None = None
    ) -> None:
        self._book, self._settings, self._organisation = book, settings, organisation
        self._numbers = numbers  # nested phrases: numbers to call when we can say nothing else
        self._style = style()
        self._template = _template()

    def show(
        self,
        locale: str,
        token: str,
        *,
        news: News = NOTHING,
        notice: str | None = None,
        draft: str = "",
        status: int = 200,
    ) -> web.Response:
        """Return the whole page. `draft` is text that was typed but not sent; it must not be lost."""
        shown = news.lines
        text = self._template.render(
            style=self._style,
            token=token,
            id=(HAD_LINES if shown else "") + secrets.token_hex(8),
            draft=draft,
            desk=news.answering,
            locale=locale,
            dir=direction(locale),
            t={name: self.text(name, locale) for name in _TEXTS},
            languages=[(code, NAMES[code]) for code in self._book.locales if code in NAMES],
            notice=notice,
            lines=[self.plain(line, locale) for line in shown],
            after=shown[-1].id if shown else "",
            crisis=ends_in_crisis(shown),
            exit_url=self._settings.exit_url,
            frame_hosts=self._settings.frame_hosts,
        )
        return web.Response(text=text, content_type="text/html", status=status)

    def plain(self, line: Line, locale: str) -> dict[str, Any]:
        """Return the fields of a line that the page needs; `by` names the operator, if an operator wrote it."""
        by = self._book.render("page_operator", {"alias": line.by}, locale, "web") if line.by else ""
        # An entry of the page's menu stands there as it was pressed.
        text = self.text("later_ask", line.locale or locale) if line.kind == "command" else line.text
        said = {"id": line.id, "who": line.who, "text": text, "choices": line.choices, "locale": line.locale}
        pieces = [self._piece(piece) for piece in line.pieces]
        return {**said, "by": by, **({"pieces": pieces} if pieces else {})}

    def _piece(self, piece: dict[str, Any]) -> dict[str, Any]:
        """Add to a card what is said around a call, in the language of the card: from abroad another number is dialed."""
        card = piece.get("card")
        if not card or not card["call"]:
            return piece
        names = ("call", "call_note", "call_now")
        said = {"number": card["number"] if dialled(card["number"]) == card["call"] else card["call"]}
        words = {name: self._book.render(f"page_{name}", said, card["locale"], "web") for name in names}
        return {"card": {**card, "words": words}}

    def text(self, name: str, locale: str) -> str:
        """Return one of the page's own texts."""
        arguments = {"numbers": self._numbers, "contact": self._contact()}
        return self._book.render(f"page_{name}", arguments, locale, "web")

    def _contact(self) -> str:
        saved = self._organisation.now if self._organisation else Organisation()
        return saved.told(self._settings)

    def sorry(self, error: str, locale: str) -> str:
        """Return the sentence for a failure, with numbers to call."""
        return self._book.render(f"utter_{error}", {"numbers": self._numbers}, locale, "web")

    def locale(self, request: web.Request, wanted: str) -> str:
        """Return the language of the page itself: the one requested, else the one the browser prefers."""
        if wanted in self._book.locales:
            return wanted
        found = settle("", Hints(accept=request.headers.get("Accept-Language", "")[:200]), None)
        return str(found.locale or found.candidates[0])
