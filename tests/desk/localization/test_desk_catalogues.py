"""What a translation may do to a sentence of the desk, and what happens when it is missing or wrong."""

from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from desk.localization.desk_catalogues import differs, gettext, ngettext
from desk.localization.desk_formats import languages_by_name
from desk.localization.desk_languages import speak


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en")


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    speak("ar")
    assert gettext("No such %(thing)s in any catalogue", thing="sentence") == "No such sentence in any catalogue"
    assert ngettext("%(num)s thing", "%(num)s things", 3) == "3 things"


def test_languages_stand_in_the_order_of_their_names_whatever_their_accents() -> None:
    speak("es")
    assert languages_by_name(["vi", "bn", "ar"]) == ["ar", "bn", "vi"]  # árabe, bengalí, vietnamita


@pytest.mark.parametrize(
    ("english", "translation", "fault"),
    [
        ("%(name)s is typing …", "%(name)s escribe …", ""),
        ("%(name)s is typing …", "%(nombre)s escribe …", "%(name)s, %(nombre)s"),
        ("<b>Practice.</b> Nobody is behind this.", "<b>Práctica.</b> No hay nadie detrás.", ""),
        ("<b>Practice.</b> Nobody is behind this.", "Práctica. No hay nadie detrás.", "<b>, </b>"),
        ("Practice", '<script src="//elsewhere.example">', '<script src="//elsewhere.example">'),
        ("Practice", 'Prác"tica', '"'),
        ("Practice", "Prác < tica", "<"),
        ('Say "yes"', 'Di "sí" <SCRIPT>', "<"),
        ("100%% done", "100 % done", "%%"),
        (("%(num)s line", "%(num)s lines"), ("Una línea", "%(num)s líneas"), ""),
        (("%(num)s line", "%(num)s lines"), ("Una línea", "%(lines)s líneas"), "%(lines)s"),
        ("Practice", "", ""),
    ],
)
def test_a_translation_keeps_names_and_tags_and_breaks_no_page(
    english: str | tuple[str, ...], translation: str | tuple[str, ...], fault: str
) -> None:
    assert differs(Message(english, translation)) == fault
