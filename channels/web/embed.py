"""The embed script, with which another site shows the page in a panel: widget/embed.js with labels in every language."""

import json

from bot.phrases.phrases import Phrasebook, direction
from bot.settings import Settings
from channels.web.page import WIDGET


def script(book: Phrasebook, settings: Settings) -> str:
    """Return the script for the sites in the settings, or an empty string if there are none.

    It carries everything it needs, including the exit URL, so no message between windows can ever decide where a
    person is sent.
    """
    if not settings.frame_hosts:
        return ""
    served = {
        "sites": settings.frame_hosts,
        "exit": settings.exit_url,
        "words": {locale: _words(book, locale) for locale in book.locales},
    }
    source = (WIDGET / "embed.js").read_text("utf-8")
    return source.replace("SERVED", json.dumps(served, ensure_ascii=False, separators=(",", ":")), 1)


def _words(book: Phrasebook, locale: str) -> dict[str, str]:
    texts = {name: book.render(f"page_{name}", {}, locale) for name in ("open", "close", "title")}
    return {**texts, "dir": direction(locale)}
