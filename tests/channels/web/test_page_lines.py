"""How a line of ours stands on the page: in the direction of its language, its numbers whole."""

from bot.messaging.transcript import Line
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from channels.web.page import Page
from channels.web.page_updates import News
from commands.runtime.composition import ROOT
from tests.every import every

NEW_YORK = "\u2068Safe Horizon\u2069: \u20681-800-621-4673\u2069\nمفتوح ليلا ونهارا."


@every(("locale", "direction"), [("ar", "rtl"), ("en", "ltr"), ("", "auto")])
def test_a_line_that_begins_with_a_foreign_name_runs_as_its_language_does(locale: str, direction: str) -> None:
    line = Line(id="1-1", who="us", text=NEW_YORK, locale=locale)
    page = Page(Phrasebook.load(ROOT), Settings.from_env({}), []).show("en", "t" * 43, news=News([line], "", "", False))
    assert f'<p dir="{direction}"' in str(page.text)
    assert "<bdi>1-800-621-4673</bdi>" in str(page.text)
