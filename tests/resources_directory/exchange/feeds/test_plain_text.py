"""Words of a feed are compared as names of places are, and each word of a phrase as a whole."""

from resources_directory.exchange.feeds.plain_text import spaced
from tests.every import every


@every(
    ("text", "compared"),
    [
        ("Women's Shelter", " women s shelter "),
        ("L’hébergement (d'urgence)", " l hebergement d urgence "),
        ("الاتجار بالبشر", " الاتجار بالبشر "),
        ("الاتـجار بالبشر", " الاتجار بالبشر "),
        ("فارسی", spaced("فارسي")),
        ("", "  "),
    ],
)
def test_words_of_a_feed_are_compared_without_what_people_write_in_two_ways(text: str, compared: str) -> None:
    assert spaced(text) == compared
