"""Names by sound: the same name in two scripts, and words that only look like names."""

import pytest

from resources_directory.places.by_sound.sounds import distance, keys, sound
from resources_directory.places.gazetteer import Gazetteer
from resources_directory.places.mentions import mentions


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        ("वेरोना", "Verona", "IT"),
        ("ব্রেশিয়া", "Brescia", "IT"),
        ("малага", "Málaga", "ES"),
        ("بریشیا", "Brescia", "IT"),
        ("ग्दान्स्क", "Gdańsk", "PL"),
        ("แทกู", "Daegu", "KR"),
        ("щецін", "Szczecin", "PL"),
        ("хихон", "Gijón", "ES"),
        ("الجبيل", "Al Jubayl", "SA"),
    ],
)
def test_a_name_sounds_alike_in_two_scripts(written: str, name: str, country: str) -> None:
    one, other = sound(written), sound(name, country)
    assert set(keys(one)) & set(keys(other))
    assert distance(one, other, "\u0600" <= written[0] <= "\u06ff") <= 1


@pytest.mark.parametrize(
    ("text", "locale", "place"),
    [
        ("আমি কুয়েতের ফাহাহিলে আছি", "bn", "Al Faḩāḩīl"),
        ("मैं इटली के क्रेमोना में हूं", "hi", "Cremona"),
        ("я у малазі, прибираю в готелі", "uk", "Málaga"),
        ("ami ipoh e asi bhai", "bn", "Ipoh"),
        ("im at a farm outside wexford", "en", "Wexford"),
        ("ando en gdl sin papeles", "es", "Guadalajara"),
        ("人在罗兰岗", "zh-Hans", "Rowland Heights"),
    ],
)
def test_a_town_is_heard_however_it_is_written(gazetteer: Gazetteer, text: str, locale: str, place: str) -> None:
    said = gazetteer.whereabouts(text, locale, None, asked=False)
    assert said.place is not None
    assert said.place.name == place


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("मैं कमरे में हूं", "hi"),
        ("আমি রান্নাঘরে আছি", "bn"),
        ("میں کارخانے میں ہوں", "ur"),
        ("я в подвале сижу", "ru"),
        ("i am in the kitchen of the house", "en"),
        ("در انبار هستم", "fa"),
    ],
)
def test_a_word_that_people_write_is_no_town_that_sounds_like_it(gazetteer: Gazetteer, text: str, locale: str) -> None:
    assert mentions(text, locale, None, gazetteer.names) == []


@pytest.mark.parametrize("text", ["", "ь", "्", "अ" * 400, "ก์", "ا" * 300, "\u0981\u09cd", "ъъъъ в ъъъъ"])
def test_no_letters_break_the_sounds(gazetteer: Gazetteer, text: str) -> None:
    assert keys(sound(text))
    assert mentions(f"я в {text}", "ru", None, gazetteer.names) == []


def test_a_word_is_known_in_another_form_of_it(gazetteer: Gazetteer) -> None:
    assert not gazetteer.names.is_said("фабрикою")
    assert gazetteer.names.is_inflected("фабрикою")
