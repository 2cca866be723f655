"""Names of the languages that a service speaks, in the reader's own."""

from collections.abc import Iterable

from babel import Locale

_MOST = 4  # at most this many are named
_COMMA = {"ar": "، ", "fa": "، ", "ur": "، ", "zh-Hans": "、"}  # between names; other locales use ", "
_SAME = {"fil": "tl"}


def languages_named(spoken: Iterable[str], locale: str, names: Locale | None = None, most: int = _MOST) -> str:
    """Return the names of languages, the reader's own and then the first few; empty where none has a name.

    spoken: ISO 639 codes. locale: of the reader, BCP 47; names: the same language in CLDR, where it is at hand.
    """
    known = (names or Locale.parse(locale, sep="-")).languages
    own = locale.partition("-")[0]
    tags = sorted((_SAME.get(tag, tag) for tag in spoken), key=lambda tag: tag != own)
    named = [str(known[tag]) for tag in tags if tag in known and tag != "mul"]
    return _COMMA.get(locale, ", ").join(named[:most])


def language_named(language: str, locale: str) -> str:
    """Return the name of a language (BCP 47) for a reader; its code where it has none there."""
    return languages_named([language.partition("-")[0]], locale) or language
