"""The page that the front shows while the gateway is away."""

from bot.phrases.phrases import Phrasebook
from commands.deploy.away_page import page
from commands.runtime.composition import ROOT


def test_it_gives_a_number_in_every_language_and_names_no_topic() -> None:
    shown, locales = page(), Phrasebook.load(ROOT).locales
    said = {locale: shown.partition(f'<p lang="{locale}"')[2].partition("</p>")[0] for locale in locales}
    assert [locale for locale, sentence in said.items() if "112" not in sentence] == []
    assert [word for word in ("traffick", "hotline", "abuse", "police") if word in shown.lower()] == []


def test_it_loads_nothing_from_anywhere() -> None:
    shown = page()
    assert [word for word in ("src=", "href=", "url(", "@import", "<script") if word in shown] == []
