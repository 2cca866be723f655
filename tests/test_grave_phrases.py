"""Phrases that would hurt somebody if they were read the wrong way round, held in every language."""

import re
from pathlib import Path
from unicodedata import normalize

import pytest

from bot.phrases import Phrasebook

BOOK = Phrasebook.load(Path(__file__).parent.parent)

# A language whose word for what was done is also its word for work: "forced work is not punished" would be the
# opposite of the law. So the sentence names who was forced.
WHO_IS_NOT_PUNISHED = {
    "ar": "من كان مجبرا|الإنسان على جرائم كان مجبرا",
    "bn": "যাকে দিয়ে জোর করে",
    "fa": "کسی را که مجبورش کرده‌اند|مردم را برای (کاری|جرمی) که به آن مجبور شده‌اند",
    "hi": "जिससे जबरदस्ती",
    "ur": "جس سے زبردستی",
}
ON_PUNISHMENT = ("utter_ask_police", "utter_form_crime", "utter_crime_forced", "utter_law_eu_forced")


def variants(locale: str, *names: str) -> dict[str, str]:
    """Return the texts of phrases on every channel that has its own."""
    texts = BOOK.texts[locale].items()
    # Bengali letters with a dot are written as one character or as two.
    return {name: normalize("NFC", text) for name, text in texts if name.partition("|")[0] in names}


@pytest.mark.parametrize("locale", WHO_IS_NOT_PUNISHED)
def test_the_law_spares_the_person_who_was_forced_and_not_the_forcing(locale: str) -> None:
    who = re.compile(normalize("NFC", WHO_IS_NOT_PUNISHED[locale]))
    said = variants(locale, *ON_PUNISHMENT)
    assert [name for name, text in said.items() if not who.search(text)] == []
