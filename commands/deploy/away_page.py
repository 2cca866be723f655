"""`python -m commands.deploy.away_page`: the page that the reverse proxy shows while the gateway is down.

It gives a sentence and a number to call in every language, and nothing that names the topic. It does not reload
itself: after a form sent without JavaScript that would lose the conversation, while a manual reload resends the form.
"""

from html import escape

from bot.phrases.phrases import Phrasebook, direction
from bot.text.number_spans import with_numbers
from commands.runtime.composition import ROOT
from resources_directory.model.directory import Directory

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1.05rem/1.5 system-ui, sans-serif; }}
body {{ max-width: 34rem; margin: 0 auto; padding: 1rem; }}
p {{ margin: 0; padding: 1rem 0; border-bottom: 1px solid #8886; }}
</style>
<main>
{sentences}
</main>
</html>"""


def page() -> str:
    """Return the whole page."""
    book, numbers = Phrasebook.load(ROOT), [Directory.load().emergency_line(None)]
    texts = {locale: book.render("utter_store_away", {"numbers": numbers}, locale, "web") for locale in book.locales}
    sentences = [
        f'<p lang="{locale}" dir="{direction(locale)}">{with_numbers(text)}</p>'.replace("\n", "<br>")
        for locale, text in texts.items()
    ]
    title = escape(book.render("page_title", {}, "en", "web"))
    return _PAGE.format(title=title, sentences="\n".join(sentences))


if __name__ == "__main__":
    print(page())
