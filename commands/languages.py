"""`quietline languages`: which languages are served, and who has read their texts."""

import polib
from rich.console import Console
from rich.table import Table

from bot.phrases import Phrasebook
from commands.parts import ROOT


def languages() -> None:
    """Print a table: phrases, and the review state that the translators' files claim."""
    book = Phrasebook.load(ROOT)
    table = Table("language", "phrases", "missing", "review")
    needed = book.texts["en"].keys()
    for locale in book.locales:
        path = ROOT / "bot" / "phrasebook" / f"{locale}.po"
        review = polib.pofile(str(path)).metadata.get("X-Review", "drafted") if path.exists() else "source text"
        missing = sum(1 for name in needed if "|" not in name and name not in book.texts[locale])
        table.add_row(locale, str(len(book.texts[locale])), str(missing), review)
    Console().print(table)
