"""Whether a service speaks a reader's language, whichever code its steward and the reader use for it."""

from collections.abc import Collection

# One language can have several codes: a service and a reader need not use the same code.
ALSO = {"tl": "fil", "fil": "tl", "fa": "prs", "prs": "fa", "zh": "cmn", "cmn": "zh", "no": "nb", "nb": "no"}
INTERPRETED = 1  # foreignness of a service that has an interpreter
ONLY_OTHERS = 3  # foreignness of a service that speaks other languages and has no interpreter
_EVERYWHERE = "en"
MANY = "mul"  # interpreters, or many more languages


def codes_of(language: str) -> tuple[str, str]:
    """Return the codes under which a language (BCP 47 or ISO 639) may stand."""
    base = language.partition("-")[0]
    return base, ALSO.get(base, base)


def is_for_speakers_of_others(languages: Collection[str], language: str, official: Collection[str]) -> bool:
    """Whether a line was made for people who speak certain foreign languages, and this reader writes another one.

    A line in the language of the country (`official`) or in English can be called with somebody who interprets.
    """
    own = {code for one in (*official, _EVERYWHERE) for code in codes_of(one)}
    return foreignness(languages, language) == ONLY_OTHERS and own.isdisjoint(languages)


def foreignness(languages: Collection[str], language: str) -> int:
    """Return 0 if the language is spoken, 1 with an interpreter or many languages, 2 if no language is known, 3 if only others."""
    if any(code in languages for code in codes_of(language)):
        return 0
    if MANY in languages:
        return 1
    return ONLY_OTHERS if languages else 2
