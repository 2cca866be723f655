"""What follows from the places of a message for where the writer is."""

import pytest

from resources_directory.places.gazetteer import Gazetteer
from resources_directory.places.mentions import corrects, mentions
from resources_directory.places.whereabouts import Whereabouts, whereabouts


def where(
    gazetteer: Gazetteer, text: str, locale: str = "en", country: str | None = None, asked: bool = False
) -> Whereabouts:
    """Return where the writer of a message is."""
    found = mentions(text, locale, country, gazetteer.names)
    return whereabouts(found, country=country, asked=asked, corrected=corrects(text, locale))


def test_who_says_to_be_somewhere_is_there(gazetteer: Gazetteer) -> None:
    found = where(gazetteer, "We are locked up in Houston")
    assert (found.country, found.place and found.place.name, found.sure) == ("US", "Houston", True)


@pytest.mark.parametrize(
    "text",
    [
        "They promised me a job in Dubai",
        "My sister is in Dubai",
        "The agent from Dubai has my passport",
        "I called the embassy of the UAE",
        "I came from Dubai",
    ],
)
def test_a_destination_or_the_place_of_another_is_not_where_the_writer_is(gazetteer: Gazetteer, text: str) -> None:
    found = where(gazetteer, text)
    assert (found.country, found.place, found.likely) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("My sister is in Dubai", "AE"),
        ("they keep my cousin in Houston, my aunt is in Houston too", "US"),
        ("my brother is in Libya and my uncle in Canada", None),
        ("I am in Dubai", None),
    ],
)
def test_where_somebody_else_is_said_to_be_is_kept_apart(gazetteer: Gazetteer, text: str, country: str | None) -> None:
    assert where(gazetteer, text).theirs == country


@pytest.mark.parametrize("text", ["I came through Libya", "from Sudan, by boat", "we were in Dubai before"])
def test_where_somebody_was_is_no_answer_to_where_they_are(gazetteer: Gazetteer, text: str) -> None:
    assert where(gazetteer, text, asked=True) == Whereabouts()


def test_a_name_of_two_countries_is_asked_about(gazetteer: Gazetteer) -> None:
    found = where(gazetteer, "I am in Birmingham")
    assert (found.country, {one.country for one in found.choices}) == (None, {"GB", "US"})


def test_a_namesake_with_a_hundredth_of_the_people_is_not_asked_about(gazetteer: Gazetteer) -> None:
    assert where(gazetteer, "I am in Moscow").country == "RU"


def test_the_known_country_decides(gazetteer: Gazetteer) -> None:
    assert where(gazetteer, "I am in Birmingham", country="US").country == "US"


def test_a_town_that_is_said_to_be_here_outweighs_the_known_country(gazetteer: Gazetteer) -> None:
    assert where(gazetteer, "I am in Doha", country="US").country == "QA"


def test_a_town_in_passing_and_the_known_country_are_both_asked_about(gazetteer: Gazetteer) -> None:
    found = where(gazetteer, "need shelter tonight please anything works Doha", country="US")
    assert [one.country for one in found.choices] == ["QA", "US"]


@pytest.mark.parametrize(
    ("text", "locale", "place"),
    [
        ("no, Dallas", "en", "Dallas"),
        ("I mean Jeddah", "en", "Jeddah"),
        ("not Manama, Muharraq", "en", "Al Muharraq"),
        ("не Самара, а Саратов", "ru", "Saratov"),
        ("لا، قصدي جدة", "ar", "Jeddah"),
        ("不是广州，是佛山", "zh-Hans", "Foshan"),
        ("दिल्ली नहीं, लखनऊ", "hi", "Lucknow"),
    ],
)
def test_a_correction_replaces_what_was_known(gazetteer: Gazetteer, text: str, locale: str, place: str) -> None:
    found = where(gazetteer, text, locale, country="GB")
    assert found.place is not None
    assert found.place.name == place


def test_where_we_asked_any_place_is_the_answer(gazetteer: Gazetteer) -> None:
    assert where(gazetteer, "going to Doha", asked=True).country == "QA"


def test_where_we_asked_an_embassy_is_still_no_answer(gazetteer: Gazetteer) -> None:
    assert where(gazetteer, "the embassy of Kenya", asked=True) == Whereabouts()


def test_a_town_and_its_country_in_one_message_are_one_place(gazetteer: Gazetteer) -> None:
    found = where(gazetteer, "I am in Spain, in Almería")
    assert (found.country, found.place and found.place.name) == ("ES", "Almería")


def test_a_word_that_is_nearly_a_city_is_believed_only_when_we_asked(gazetteer: Gazetteer) -> None:
    assert where(gazetteer, "Istambull").country is None
    assert where(gazetteer, "Istambull", asked=True).country == "TR"


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("we are two Indians and a Bangladeshi", "en"),
        ("aquí hay filipinas y una rumana", "es"),
        ("mere sath do nepali aur ek bangladeshi hai", "hi"),
        ("والشغالات فلبينيات", "ar"),
        ("宿舍里有三个越南女孩", "zh-Hans"),
    ],
)
def test_people_of_a_country_do_not_say_where_the_writer_is(gazetteer: Gazetteer, text: str, locale: str) -> None:
    assert where(gazetteer, text, locale) == Whereabouts()


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("I came via Libya", "en"),
        ("I was eight months in Russia", "en"),
        ("estuve dos años en Chile", "es"),
        ("am fost la Londra", "ro"),
        ("я полгода была в Турции", "ru"),
        ("লিবিয়া হইয়া আইছি", "bn"),
        ("我在缅甸待过半年", "zh-Hans"),
    ],
)
def test_a_stay_that_is_over_is_not_where_the_writer_is(gazetteer: Gazetteer, text: str, locale: str) -> None:
    assert where(gazetteer, text, locale) == Whereabouts()


@pytest.mark.parametrize(
    ("text", "locale", "country"),
    [
        ("I am at the port of Piraeus, shall I call my agency in Manila?", "en", "GR"),
        ("আমি মাস্কাটে আছি, বউ কুমিল্লায়", "bn", "OM"),
        ("nasa Jeddah ako, yung agency ko nasa Manila", "tl", "SA"),
        ("المكتب بالفلبين وانا بالرياض", "ar", "SA"),
    ],
)
def test_an_own_place_outweighs_that_of_somebody_else(
    gazetteer: Gazetteer, text: str, locale: str, country: str
) -> None:
    assert where(gazetteer, text, locale).country == country


def test_a_name_in_passing_is_never_sure(gazetteer: Gazetteer) -> None:
    assert not where(gazetteer, "they gave us rice and water today Mumbai again").sure


def test_a_country_in_passing_is_an_assumption(gazetteer: Gazetteer) -> None:
    assert where(gazetteer, "they gave us rice and water today Libya again") == Whereabouts(likely="LY")


@pytest.mark.parametrize(
    ("text", "locale", "country"),
    [
        ("they brought me from Benin to Oman to clean", "en", "OM"),
        ("they brought me from Benin to Oman and will not let me go", "en", "OM"),
        ("मैं कतर में हूँ नेपाल से", "hi", "QA"),
        ("میں دمام میں ڈرائیور ہوں پاکستان سے", "ur", "SA"),
        ("we will be moved from Dubai to Muscat", "en", None),
        ("my salary was sent to Nepal", "en", None),
        ("they took me from Nepal to India to Kuwait", "en", "KW"),
        ("she was sent from Manila to Oman and left me here", "en", None),
        ("they brought me from Benin last year", "en", None),
        ("i am in Douala, they brought me from Benin", "en", "CM"),
        ("my cousin was taken from Benin to Oman", "en", None),
        ("they want to send me from Benin to Oman", "en", None),
        ("the agency sent us from Manila to Muscat", "en", "OM"),
        ("we are kept in a house 30 km from Muscat", "en", "OM"),
        ("nos llevaron de Asunción a Rosario", "es", "AR"),
        ("ils nous ont emmenées du Bénin au Koweït", "fr", "KW"),
        ("нас привезли из Бишкека в Минск", "ru", "BY"),
        ("नेपाल से कुवैत ले आए हमें", "hi", "KW"),
    ],
)
def test_whoever_was_brought_is_where_the_way_led_and_not_where_it_began(
    gazetteer: Gazetteer, text: str, locale: str, country: str | None
) -> None:
    assert where(gazetteer, text, locale).country == country


@pytest.mark.parametrize(
    ("text", "locale", "country"),
    [
        ("we need a Barbados number on that poster", "en", "BB"),
        ("shall i take the bus from Amarillo to Lubbock", "en", "US"),
        ("the bus from Amarillo to Monterrey is late", "en", None),  # across a border: either
        ("i was in Libya before", "en", None),
        ("my sister lives in Canada", "en", None),
    ],
)
def test_the_only_country_that_is_named_is_likely(
    gazetteer: Gazetteer, text: str, locale: str, country: str | None
) -> None:
    found = where(gazetteer, text, locale)
    assert (found.country, found.likely) == (None, country)


@pytest.mark.parametrize(
    ("text", "locale", "country"),
    [
        ("i am a maid here in Cebu since last year", "en", "PH"),
        ("estoy en Portugal, antes en Francia, y en Francia me pagaban", "es", "PT"),
        ("en grecia, en patras. antes estuve en serbia y en serbia me hicieron un contrato", "es", "GR"),
    ],
)
def test_where_the_writer_is_outweighs_where_they_were(
    gazetteer: Gazetteer, text: str, locale: str, country: str
) -> None:
    assert where(gazetteer, text, locale).country == country


@pytest.mark.parametrize(
    ("text", "locale", "place"),
    [
        ("stau la soroca acum", "ro", "Soroca"),
        ("firozpur me hu", "hi", "Firozpur"),
        ("ত্রিয়েস্তে থাকি", "bn", "Trieste"),
        ("i live in soroca", "en", "Soroca"),
    ],
)
def test_a_town_in_small_letters_is_heard_where_somebody_says_to_live_there(
    gazetteer: Gazetteer, text: str, locale: str, place: str
) -> None:
    found = where(gazetteer, text, locale).place
    assert found and found.name == place


def test_a_name_that_is_the_whole_message_is_sure(gazetteer: Gazetteer) -> None:
    assert where(gazetteer, "Kuwait").sure


@pytest.mark.parametrize(
    ("text", "locale", "country"),
    [
        ("Що ви на це скажете? Житомир, гуртожиток. Я тут уже третій тиждень", "uk", "UA"),
        ("Помогите советом. Саратов, склад у вокзала, нас тут девять человек", "ru", "RU"),
        ("Bună. Suceava, o fermă de vaci, suntem trei și nu ne plătește nimeni", "ro", "RO"),
    ],
)
def test_a_town_between_points_and_commas_is_where_somebody_may_be_also_at_the_head_of_a_sentence(
    gazetteer: Gazetteer, text: str, locale: str, country: str
) -> None:
    found = where(gazetteer, text, locale)
    assert (found.country, found.sure) == (country, False)
