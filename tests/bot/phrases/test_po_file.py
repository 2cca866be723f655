"""What is read from a PO file, and what is not."""

from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from bot.phrases.po_file import Translation, translations

BOOK = """\
# Phrases of a test.
msgid ""
msgstr ""
"Language: es\\n"
"X-Review: drafted\\n"

#. review: reviewed by AB, 2027-01-15
#. mild on purpose
msgctxt "utter_hello"
msgid "Hello."
msgstr ""
"Hola.\\n"
"Buenas."

#. review: drafted
msgctxt "utter_hello|sms"
msgid "Hello."
msgstr ""

#~ msgctxt "utter_gone"
#~ msgid "Gone."
#~ msgstr "Ido."
"""


def read(folder: Path, text: str) -> list[Translation]:
    (folder / "es.po").write_text(text)
    return list(translations(folder / "es.po"))


def test_entries_come_in_order_with_their_reviews_and_without_what_is_obsolete(tmp_path: Path) -> None:
    assert read(tmp_path, BOOK) == [
        Translation("utter_hello", "Hello.", "Hola.\nBuenas.", reviewed=True),
        Translation("utter_hello|sms", "Hello.", "", reviewed=False),
    ]


def test_a_file_that_is_broken_is_not_read_in_part(tmp_path: Path) -> None:
    with pytest.raises(PoFileError):
        read(tmp_path, BOOK.replace('msgstr ""\n\n', 'mgstr ""\n\n'))
