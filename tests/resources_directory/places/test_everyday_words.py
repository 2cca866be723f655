"""Names of places that are everyday words too, and states and provinces, which a word beside them shows to be such."""

import pytest

from commands.bench.places_heard import heard_of_class
from resources_directory.places.gazetteer import Gazetteer
from resources_directory.places.mentions import mentions
from resources_directory.places.reading.role_words import RoleWords


def heard(gazetteer: Gazetteer, text: str, locale: str, country: str | None) -> list[tuple[str, str]]:
    """Return (name, role) of each place."""
    return [(one.found[0].name, one.role) for one in mentions(text, locale, country, gazetteer.names)]


@pytest.mark.parametrize(
    ("text", "locale", "country"),
    [
        ("mai puch raha hu ki paisa kab milega", "hi", "IN"),  # Raha, Assam
        ("ab bol sakti hu, wo chala gaya", "hi", "IN"),
        ("thane me koi sunta nahi", "hi", "IN"),
        ("mere gale me kharash hai", "ur", "PK"),
        ("chade kapor dite gele malik chillay", "bn", "BD"),
        ("nasa simbahan kami kanina", "tl", "PH"),
        ("me dejó en la orilla y se fue", "es", "MX"),
        ("no sé qué hacer", "es", "MX"),
        ("pará pará, no sigas", "es", "AR"),
        ("tenho medo, ele tá no portão", "pt", "BR"),
        ("m-a lasat la marginea drumului", "ro", "RO"),
        ("je dors derrière la gare", "fr", "FR"),
        ("he locked me in the barn until spring", "en", "US"),
        ("у теплиці дихати нічим", "uk", "UA"),
        ("je suis au centre du problème", "fr", "CM"),
    ],
)
def test_an_everyday_word_is_no_place_though_the_country_is_known(
    gazetteer: Gazetteer, text: str, locale: str, country: str
) -> None:
    assert heard(gazetteer, text, locale, country) == []


@pytest.mark.parametrize(
    ("text", "locale", "country", "place"),
    [
        ("I am in Spring, near Houston", "en", "US", "Spring"),
        ("main Thane me hu", "hi", "IN", "Thāne"),
        ("moro em natal", "pt", "BR", "Natal"),
        ("jaipur ke paas hu", "hi", "IN", "Jaipur"),
        ("itarsi me hu", "hi", "IN", "Itārsi"),
        ("je suis à la gare de Rennes là", "fr", "FR", "Rennes"),
        ("انا في صور بشتغل ببيت", "ar", "LB", "Tyre"),
        ("لیڈز میں ہوں", "ur", "PK", "Leeds"),
    ],
)
def test_a_capital_or_a_large_town_makes_it_a_place(
    gazetteer: Gazetteer, text: str, locale: str, country: str, place: str
) -> None:
    assert (place, "here") in heard(gazetteer, text, locale, country)


@pytest.mark.parametrize(
    ("text", "locale", "region"),
    [
        ("numa carvoaria no interior do pará", "pt", "Pará"),
        ("to numa fazenda no sertão da paraíba", "pt", "Paraíba"),
        ("haryana ke kisi gaon me band karke rakha hai", "hi", "Haryana"),
        ("हमें झारखंड के किसी गांव में रखा है", "hi", "Jharkhand"),
        ("держат нас на ферме в тверской области", "ru", "Tverskaya oblast'"),
        ("ми на полтавщині, збираємо буряк", "uk", "Poltavska oblast"),
        ("ми в мазовецькому воєводстві на складі", "uk", "Mazowieckie"),
        ("nasa probinsya ng quezon kami", "tl", "Calabarzon"),
        ("minh bi nhot o tinh tay ninh", "vi", "Tây Ninh"),
        ("ถูกขังอยู่ในรัฐกะเหรี่ยง", "th", "Kayin"),
        ("estoy en el interior de chiapas", "es", "Chiapas"),
        ("suba kpk me kaam kar raha hu", "ur", "Khyber Pakhtunkhwa"),
    ],
)
def test_a_state_or_province_is_heard_with_a_word_that_says_so(
    gazetteer: Gazetteer, text: str, locale: str, region: str
) -> None:
    assert heard(gazetteer, text, locale, None) == [(region, "here")]


def test_without_its_mark_the_name_of_a_state_is_the_word(gazetteer: Gazetteer) -> None:
    assert heard(gazetteer, "trabalho para comer, não me pagam", "pt", "BR") == []


def test_of_160_messages_with_and_without_a_state_nine_in_ten_are_right(gazetteer: Gazetteer) -> None:
    found = [one for judged in heard_of_class("regions", gazetteer.names).values() for one in judged]
    assert sum(one.right for one in found) >= 0.9 * len(found)


@pytest.mark.parametrize("locale", ["en", "es", "fr", "pt", "ro", "tl", "vi", "ru", "uk"])
def test_everyday_words_are_counted_in_languages_with_capitals(locale: str) -> None:
    assert len(RoleWords.load(locale).counted) > 50
