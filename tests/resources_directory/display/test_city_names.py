"""Cities in the reader's language."""

from babel import Locale

from resources_directory.display.city_names import city_name
from tests.every import every


@every(
    ("city", "country", "locale", "said"),
    [
        ("New York City", "US", "ar", "نيويورك"),
        ("São Paulo", "BR", "ru", "Сан-Паулу"),
        ("Kathmandu", "NP", "zh_Hans", "加德满都"),
        ("Kyiv", "UA", "uk", "Київ"),
        ("Houston", "US", "ar", "Houston"),  # CLDR has no name for it
        ("London", "CA", "ar", "London"),  # not the one that CLDR names
        ("London", "GB", "en", "London"),
    ],
)
def test_a_city_is_named_as_the_reader_writes_it_where_that_is_known(
    city: str, country: str, locale: str, said: str
) -> None:
    assert city_name(city, country, Locale.parse(locale)) == said
