"""A language is found when it is asked for, not when somebody says that they do not speak it."""

from bot.language.language_names import languages
from tests.every import every


@every(
    ("text", "tags"),
    [
        ("english please", ["en"]),
        ("no, english", ["en"]),
        ("en español por favor", ["es"]),
        ("Spanish", ["es"]),
        ("castellano", ["es"]),
        ("ممكن بالعربي", ["ar"]),
        ("العربية", ["ar"]),
        ("arabe", ["ar"]),
        ("no hablo ingles, español por favor", ["es"]),
        ("I don't speak English", []),
        ("ما بعرف انجليزي", []),
        ("hello", []),
        ("có ai nói tiếng Anh không", ["en"]),
        ("co ai noi tieng bo dao nha khong", ["pt"]),
        ("anh ba cho tôi vay tiền", []),
        ("ok lang po, opo", []),
        ("hindi ko po alam", []),
        ("do they speak hindi", ["hi"]),
        ("можно по-русски? po russki", ["ru"]),
    ],
)
def test_a_language_is_found_by_its_names(text: str, tags: list[str]) -> None:
    assert languages(text) == tags
