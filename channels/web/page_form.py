"""The form that every request of the page is: checked, and only from a page of our own."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from channels.contract import BadPayload
from channels.web import same_origin

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_LINE_ID = re.compile(r"[0-9]{1,19}-[0-9]{1,19}\Z")
# What an entry of the page's own menu asks for; the engine knows it by this word (bot/rasa/turns.py).
COMMANDS = ("way_back",)


@dataclass(frozen=True)
class PageForm:
    """The fields a page sends: validated, and trusted to be nothing more than text."""

    token: str
    text: str
    draft: str  # text in the input field; when a choice is sent instead, the draft must not be lost
    after: str
    id: str
    locale: str
    desk: str  # who answers, as far as the page knows; a change is news too
    kind: str  # of the message: text; choice, where the text is the number of one of our buttons; command, of the page's menu
    quiet: bool  # the script leaves on its own and needs no response page
    at_once: bool  # the page was cut off, and wants to know that it no longer is


async def read_form(request: web.Request, addresses: frozenset[str]) -> PageForm:
    """Return the form of a request; raises HTTPForbidden for one of another site, and BadPayload with a fixed word."""
    same_origin.demand(request, addresses)
    # No multipart: aiohttp would write file parts to disk.
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType(text="form expected")
    try:
        fields = await request.post()
    except (ValueError, LookupError):
        # Bytes that are invalid in their charset, or an unknown charset.
        raise BadPayload("form") from None
    return _checked(fields)


def _checked(fields: Mapping[str, Any]) -> PageForm:
    """Parse a form. Raises BadPayload with a fixed word."""
    plain = {name: value for name, value in fields.items() if isinstance(value, str)}
    token = plain.get("token", "")
    if not _TOKEN.match(token):
        raise BadPayload("token")
    after = plain.get("after", "")
    if after and not _LINE_ID.match(after):
        raise BadPayload("after")
    draft = plain.get("text", "")
    command = plain.get("command", "")
    if command and command not in COMMANDS:
        raise BadPayload("command")
    text = plain.get("choice") or command or draft
    kind = "choice" if plain.get("choice") else "command" if command else "text"
    # A page without JavaScript sends the id it was served with, so a double submit is taken once.
    id_ = plain.get("id", "")[:64] or secrets.token_hex(8)
    about = (plain.get("locale", "")[:12], plain.get("desk", "")[:8], kind, "quiet" in plain)
    return PageForm(token, text, "" if text is draft else draft, after, id_, *about, "at_once" in plain)
