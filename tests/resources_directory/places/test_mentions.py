"""Places in a message, each with its role: where the writer is, was or will be, or where somebody else is."""

import pytest

from commands.bench.places_heard import FOLDERS, UNSEEN, UNSEEN_LED, heard, heard_of_class, locales
from resources_directory.places.gazetteer import Gazetteer
from resources_directory.places.mentions import Mention, mentions
from resources_directory.places.reading.role_words import FOLDER, RoleWords


def said(gazetteer: Gazetteer, text: str, locale: str = "en", country: str | None = None) -> list[tuple[str, str]]:
    """Return (name or country, role) of each place."""
    found = mentions(text, locale, country, gazetteer.names)
    return [(one.found[0].name or one.found[0].country, one.role) for one in found]


@pytest.mark.parametrize(
    ("text", "locale", "place"),
    [
        ("we sleep in a container near Sharjah", "en", "Sharjah"),
        ("nasa Khor Fakkan po kami", "tl", "Khawr Fakkān"),  # a way to spell it of many
        ("trabajo limpiando casas en Torrevieja", "es", "Torrevieja"),
        ("je dors dans une cave à Bobigny", "fr", "Bobigny"),
        ("moro numa pensão em Setúbal", "pt", "Setúbal"),
        ("lucrez la Suceava la o fermă", "ro", "Suceava"),
        ("живу под Тверью в бараке", "ru", "Tver"),
        ("працюю в Ужгороді на складі", "uk", "Uzhhorod"),
        ("أنا بالدمام مع كفيل", "ar", "Dammam"),
        ("در شیراز کار می‌کنم", "fa", "Shiraz"),
        ("میں کراچی میں ہوں", "ur", "Karachi"),
        ("मैं जयपुर में हूं", "hi", "Jaipur"),
        ("আমি রাজশাহীতে আছি", "bn", "Rajshahi"),
        ("หนูอยู่ที่ชลบุรี", "th", "Chon Buri"),
        ("nasa Baguio ako ngayon", "tl", "Baguio"),
        ("em đang ở Nha Trang", "vi", "Nha Trang"),
        ("我在青岛打工", "zh-Hans", "Qingdao"),
    ],
)
def test_where_the_writer_is_is_heard_in_every_language(
    gazetteer: Gazetteer, text: str, locale: str, place: str
) -> None:
    assert (place, "here") in said(gazetteer, text, locale)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("They promised me a job in Canada", "will"),
        ("they want to send me to Canada", "will"),
        ("I was born in Canada", "was"),
        ("I am not in Canada", "was"),
        ("my brother lives in Canada", "other"),
        ("the agent is from Canada", "was"),
        ("the embassy of Canada is closed", "name"),
        ("I am in Canada", "here"),
        ("Canada", "here"),
    ],
)
def test_the_words_around_a_place_say_what_it_is_to_the_writer(gazetteer: Gazetteer, text: str, role: str) -> None:
    assert [one for _, one in said(gazetteer, text)] == [role]


def test_two_places_of_one_message_have_their_own_roles(gazetteer: Gazetteer) -> None:
    text = "My recruiter is in Mumbai, they promised us Canada, but now we are in Muscat"
    assert said(gazetteer, text) == [("Mumbai", "other"), ("CA", "will"), ("Muscat", "here")]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("nice to hear from you, I was reading in the bath", "en"),
        ("the police came with a van and a mobile", "en"),
        ("la señora dijo que la mesa y el corral son de ella", "es"),
        ("je suis seul et j'ai mal à la tête", "fr"),
        ("у нас мира нет, час назад он ушёл", "ru"),
        ("มันตากแดดนานมาก แล้วก็ไม่ได้กินข้าวเลย", "th"),
        ("明天大家一起说", "zh-Hans"),
        ("anh ấy đi ba lần, áo em rách", "vi"),
        ("давай", "ru"),
    ],
)
def test_ordinary_words_are_no_places(gazetteer: Gazetteer, text: str, locale: str) -> None:
    assert [one for one in mentions(text, locale, None, gazetteer.names) if one.sure] == []


def test_a_country_beside_a_town_tells_which_one_it_is(gazetteer: Gazetteer) -> None:
    (tripoli,) = mentions("I am in Tripoli, Lebanon", "en", None, gazetteer.names)
    assert [(one.name, one.country) for one in tripoli.found] == [("Tripoli", "LB")]


def test_the_known_country_decides_between_two_towns_of_one_name(gazetteer: Gazetteer) -> None:
    (hyderabad,) = mentions("I am in Hyderabad", "en", "PK", gazetteer.names)
    assert {one.country for one in hyderabad.found} == {"PK"}


def test_a_small_town_counts_where_the_country_is_known(gazetteer: Gazetteer) -> None:
    assert said(gazetteer, "we are at a farm in immokalee", country="US") == [("Immokalee", "here")]


def test_a_mention_says_where_its_words_stand(gazetteer: Gazetteer) -> None:
    (mention,) = mentions("I am in New York", "en", None, gazetteer.names)
    assert (mention.words, mention.start, mention.sure) == ("New York", 8, True)


def test_an_empty_message_names_nothing(gazetteer: Gazetteer) -> None:
    assert mentions(" …", "en", None, gazetteer.names) == []


@pytest.mark.parametrize("locale", locales())
def test_nearly_all_places_of_the_measured_set_are_heard(gazetteer: Gazetteer, locale: str) -> None:
    found = heard(locale, gazetteer.names)
    assert sum(one.right for one in found) >= 0.85 * len(found)


def test_hardly_anybody_is_taken_to_be_where_they_are_not(gazetteer: Gazetteer) -> None:
    found = [one for locale in locales() for one in heard(locale, gazetteer.names)]
    assert sum(one.wrong_here for one in found) <= 0.01 * len(found)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_tempts_to_a_wrong_here_hardly_ever_does(gazetteer: Gazetteer, folder: str) -> None:
    found = [one for judged in heard_of_class(folder, gazetteer.names).values() for one in judged]
    assert sum(one.wrong_here for one in found) <= 0.05 * len(found)


def test_names_in_another_script_short_names_and_small_towns_are_heard(gazetteer: Gazetteer) -> None:
    found = [one for judged in heard_of_class("wider", gazetteer.names).values() for one in judged]
    assert sum(one.right for one in found) >= 0.85 * len(found)
    assert sum(one.country for one in found) >= 0.88 * len(found)


def test_of_ten_places_in_the_words_of_others_seven_are_heard(gazetteer: Gazetteer) -> None:
    found = [one for judged in heard_of_class(UNSEEN, gazetteer.names).values() for one in judged]
    assert sum(one.right for one in found) >= 0.71 * len(found)
    assert sum(one.wrong_here for one in found) <= 0.06 * len(found)


def test_of_people_who_were_brought_somewhere_few_are_taken_to_be_where_they_are_not(gazetteer: Gazetteer) -> None:
    found = [one for judged in heard_of_class(UNSEEN_LED, gazetteer.names).values() for one in judged]
    assert sum(one.right for one in found) >= 0.7 * len(found)
    assert sum(one.wrong_here for one in found) <= 0.09 * len(found)


@pytest.mark.parametrize("locale", sorted(path.stem for path in FOLDER.glob("*.yml")))
def test_every_name_that_we_add_leads_to_a_place(gazetteer: Gazetteer, locale: str) -> None:
    unknown = [
        name for name in RoleWords.load(locale).called if not any(one.found for one in _alone(name, locale, gazetteer))
    ]
    assert unknown == []


def test_words_that_name_nothing_cost_no_queries(gazetteer: Gazetteer) -> None:
    def queries(text: str) -> int:
        asked: list[str] = []
        gazetteer.names.connection.set_trace_callback(asked.append)
        mentions(text, "en", None, gazetteer.names)
        gazetteer.names.connection.set_trace_callback(None)
        return len(asked)

    text = "The boss keeps us in a house near Houston and my sister is in Doha. "
    assert 0 < queries(text + "and we do not know what will happen or whom to ask " * 10) == queries(text) < 15


def _alone(name: str, locale: str, gazetteer: Gazetteer) -> list[Mention]:
    return mentions(name, locale, None, gazetteer.names)
