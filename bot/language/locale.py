"""The language a person writes in, and which of the languages we serve to answer in.

Script first, then three detectors on the languages it leaves, then the channel's hints and the
conversation so far. Nothing falls back to English by accident: if unsure, we ask in two languages.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.language.detectors import LanguageChances, combine, detectors
from bot.language.language_hints import CLIENT_ENGLISH, HOME, client_language, prior, spoken_in
from bot.language.language_markers import HELLOS, UNIVERSAL, arabizi, foreign_letters, is_plain_english, known_words
from bot.language.letter_runs import ROMANISED, letter_runs
from bot.language.scripts_of_text import (
    ARABIC,
    CYRILLIC,
    DEVANAGARI,
    ETHIOPIC,
    HAN,
    LATIN,
    chinese_variant,
    clean,
    count_words,
    letters_only,
    possible_languages,
)
from bot.messaging.message import Hints
from bot.served_languages import SERVED

MODELLED = (*LATIN, *CYRILLIC, *ARABIC, *DEVANAGARI, *ETHIOPIC)  # the script does not settle these

NO_HINTS = Hints()
SURE = 0.8  # enough to answer without asking
_LIKELIER = 0.65  # enough between two languages that are one in speech
SURE_TO_CHANGE, WORDS_TO_CHANGE = 0.9, 3  # what it takes to leave a settled language
_WORDS_WHEN_HINTED = 2  # if the app or browser is set to the other language
# In Latin letters, from or to a language of another alphabet: these are typed with English words and names in them.
_WORDS_OF_ANOTHER_SCRIPT = 5
_HELLO_IN_ENGLISH = 0.7  # of English, relative to the language of the app
_REST = 1.9  # the weight of all languages that no hint names, together
_HINTS_AT_MOST = 0.6  # a client's language is right for about six in ten
_POSSIBLE = 0.05  # chance of a language that a hint is believed of
_BOTH = 2  # languages of one reply while it is unknown which is read
_NAMED, _NAMED_AT_LEAST = 3, 0.03  # candidates shown at most, and the probability it takes to be shown
_TABLE = 0.5  # weight of our own table of letters beside the detectors
# The evidence it takes for a language of another alphabet in Latin letters, and how far it then leads.
_ONE_IN_SPEECH = ("hi-Latn", "ur-Latn")
_FEW = 4  # words: with one of our telling words among so few, it is not romanized
_ROMANISED_AT_LEAST, _ROMANISED_LEAD, _TRACE = 0.9, 3.0, 0.02
_TELLING = 3  # words: one may be a foreign word that everybody knows ("passport"), so it leads less
_WORD, _LETTER = 2.5, 2.0  # log evidence of a word on the short lists, of a letter that a language lacks


@dataclass(frozen=True)
class Detection:
    """The language of a text as a BCP 47 tag, served or not; None if there is nothing to go on."""

    locale: str | None
    confidence: float
    candidates: list[str]  # likeliest first; all served languages if there is nothing to go on
    chances: Mapping[str, float] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class SettledLanguage:
    """The language to go on in; `asked` if the reply must come in all candidates, with a choice."""

    locale: str | None
    asked: bool
    candidates: list[str]


def detect(text: str, hints: Hints = NO_HINTS, settled: str | None = None) -> Detection:
    """Return the language of a text. Any string is fine; the same input gives the same answer."""
    before = prior(hints, settled)
    cleaned = clean(text)
    written = letters_only(cleaned)
    letters = _without_hellos(written, hints)
    if _tells_nothing(letters) and not arabizi(cleaned):
        return _from_hints(before if letters == written else _or_english(before))
    possible, share = possible_languages(letters)
    if not possible:
        return _from_hints(before)
    if possible is HAN:
        return _chinese(letters, before)
    if len(possible) == 1:
        return Detection(possible[0], round(min(share, 0.99), 3), [possible[0]], {possible[0]: 1.0})
    return _named(_weigh(cleaned, letters, possible, before), share)


def served(detection: Detection) -> str | None:
    """Return the detected language if we serve it and the detector is sure."""
    sure = detection.locale in SERVED and _served_chance(detection, str(detection.locale)) >= SURE
    return detection.locale if sure else None


def settle(text: str, hints: Hints = NO_HINTS, settled: str | None = None) -> SettledLanguage:
    """Decide which language to go on in, or which languages to ask in."""
    detection = detect(text, hints, settled)
    if settled in SERVED:
        return _keep_or_change(text, hints, detection, str(settled))
    if detection.locale is None:
        return _asked(text, hints, detection)
    if locale := served(detection) or _one_in_speech(detection):
        return SettledLanguage(locale, False, [locale])
    if detection.locale not in SERVED and _all_served(detection) <= 1 - SURE:
        return _instead(hints, detection)
    return _asked(text, hints, detection)


def _asked(text: str, hints: Hints, detection: Detection) -> SettledLanguage:
    """Return two languages and a choice, those first that the door speaks for; that of the phone's country alone, if likeliest.

    A few letters without accents are often nearer to a neighbour of the language that they are written in, but people abroad
    have the number of another country.
    """
    order = _likeliest_served(detection)
    likely = [language for language in order if detection.chances.get(language, 0.0) >= _POSSIBLE]
    at_home = [language for language, factor in spoken_in(hints.country or "").items() if factor == HOME]
    long = count_words(clean(text)) >= WORDS_TO_CHANGE
    if long and at_home == order[:1] and at_home[0] in likely and at_home[0] != "en":
        return SettledLanguage(at_home[0], False, at_home)
    hinted = [one for one in likely if prior(hints, None).get(one, 1.0) > 1.0]
    return SettledLanguage(None, True, list(dict.fromkeys([*hinted, *order]))[:_BOTH])


def _one_in_speech(detection: Detection) -> str | None:
    """Return the likelier of Hindi and Urdu: in speech they are nearly one, so a hint of the country is enough to choose."""
    two = set(detection.candidates[:_BOTH]) == {"hi", "ur"}
    return detection.locale if two and detection.confidence >= _LIKELIER else None


def _keep_or_change(text: str, hints: Hints, detection: Detection, settled: str) -> SettledLanguage:
    found = detection.locale
    if found == settled or found not in SERVED:
        return SettledLanguage(settled, False, [settled])
    cleaned = clean(text)
    # It has already won against the settled language's own weight, so this is the sureness of the text alone.
    sureness = _served_chance(detect(text, hints), str(found))
    needed = _WORDS_WHEN_HINTED if client_language(hints) == found else WORDS_TO_CHANGE
    possible, share = possible_languages(cleaned)
    if (settled in LATIN) != (found in LATIN) and possible is LATIN:
        needed = max(needed, _WORDS_OF_ANOTHER_SCRIPT)
    if count_words(_without_names(text)) >= needed and sureness >= SURE_TO_CHANGE:
        return SettledLanguage(str(found), False, [str(found)])
    if possible and possible is not LATIN and settled not in possible and share >= 0.9:
        # Latin words are quoted everywhere, but somebody who writes in another alphabet may not read ours at all.
        return SettledLanguage(settled, True, [settled, str(found)])
    return SettledLanguage(settled, False, [settled])


def _without_names(text: str) -> str:
    """Return a text without capitalized words: "New York City Hotel" answers where, and is not a change to English."""
    if text.isupper():
        return clean(text)
    return clean(" ".join(word for word in text.split() if not word[0].isupper()))


def _instead(hints: Hints, detection: Detection) -> SettledLanguage:
    """Return what to go on in instead of a language we do not serve: the best hint, otherwise two languages and a choice.

    A browser or app in English proves no English, least of all beside a message in something else.
    """
    hinted = prior(hints, None)
    best = max(SERVED, key=lambda language: hinted.get(language, 1.0))
    if hinted.get(best, 1.0) > (CLIENT_ENGLISH if best == "en" else 1.0):
        return SettledLanguage(best, False, [best])
    likeliest = [language for language in _likeliest_served(detection) if language != best]
    return SettledLanguage(None, True, [best, *likeliest][:_BOTH])


def _likeliest_served(detection: Detection) -> list[str]:
    return sorted(SERVED, key=lambda language: -detection.chances.get(language, 0.0))


def _served_chance(detection: Detection, locale: str) -> float:
    """Return the probability of a language among the served languages, if those are at all likely.

    Telling Spanish from Portuguese makes no difference while we can answer in only one of them.
    """
    all_served = _all_served(detection)
    return detection.chances.get(locale, 0.0) / all_served if all_served >= 0.5 else 0.0


def _all_served(detection: Detection) -> float:
    return sum(detection.chances.get(language, 0.0) for language in SERVED)


def _tells_nothing(letters: str) -> bool:
    return all((len(word) < 2 and ord(word) < 0x1000) or word in UNIVERSAL for word in letters.split())


def _without_hellos(letters: str, hints: Hints) -> str:
    """Leave out "hello" if the app or browser is set to another language than English: people write it in all of them.

    The country of a number is no such hint: somebody who works abroad may begin in English for that very reason.
    """
    if client_language(hints) in (None, "en"):
        return letters
    return " ".join(word for word in letters.split() if word not in HELLOS)


def _or_english(before: Mapping[str, float]) -> dict[str, float]:
    """Return the prior of a lone "hello", which is answered in the language of the app and in English."""
    return {**before, "en": _HELLO_IN_ENGLISH * max(before.values())}


def _from_hints(before: Mapping[str, float]) -> Detection:
    if not before:
        return Detection(None, 0.0, list(SERVED))
    # All languages that no hint names share one weight: the more languages we serve, the less likely each of them is.
    rest = [language for language in SERVED if language not in before]
    factors = {**before, **{language: _REST / len(rest) for language in rest}}
    total = sum(factors.values())
    return _named({language: factor / total for language, factor in factors.items()}, 1.0, _HINTS_AT_MOST)


def _chinese(letters: str, before: Mapping[str, float]) -> Detection:
    found = chinese_variant(letters)
    hinted = max(HAN, key=lambda language: before.get(language, 1.0))
    if before.get("ja", 1.0) > max(before.get("zh-Hans", 1.0), before.get("zh-Hant", 1.0)):
        found = "ja"
    locale = found or (hinted if hinted in before else "zh-Hans")
    confidence = 0.97 if found else 0.75 if hinted in before else 0.6
    other = "zh-Hant" if locale == "zh-Hans" else "zh-Hans"
    return Detection(locale, confidence, [locale, other], {locale: confidence, other: 1 - confidence})


def _weigh(cleaned: str, letters: str, possible: Sequence[str], before: Mapping[str, float]) -> dict[str, float]:
    """Return probabilities from detectors, telling marks and prior."""
    votes: list[tuple[float, LanguageChances]] = detectors(MODELLED).chances(letters)
    scores = combine(votes, possible)
    table = letter_runs().chances(letters)
    _add_table(scores, table)
    words = letters.split()
    for language in scores:
        scores[language] += _WORD * min(known_words(words, language), 2)
        scores[language] -= _LETTER * min(foreign_letters(letters, language), 3)
    if possible is LATIN:
        few = len(words) <= _FEW and any(known_words(words, language) for language in LATIN)
        if not few and not is_plain_english(words):
            _add_romanised(scores, table, len(words))
        if evidence := arabizi(cleaned):
            digits = evidence + math.log(0.02) * sum(weight for weight, _ in votes)
            scores["ar"] = max(scores.get("ar", digits), digits)
    for language in scores:
        scores[language] += math.log(before.get(language, 1.0))
    return _softmax(scores)


def _add_table(scores: dict[str, float], table: LanguageChances) -> None:
    """Add what our own table of letters says, unless the detectors see a language it does not know."""
    likeliest = max(scores, key=lambda language: scores[language])
    if likeliest not in table:
        return
    known = sum(table.get(language, 0.0) for language in scores) or 1.0
    for language in scores:
        chance = table[language] / known if language in table else 0.3 / len(scores)
        scores[language] += _TABLE * math.log(chance + 0.02)


def _add_romanised(scores: dict[str, float], table: LanguageChances, words: int) -> None:
    """Prefer a language of another alphabet if its Latin spelling is nearly certain: one English word is not enough."""
    romanised = {tag: chance for tag, chance in table.items() if tag.endswith(ROMANISED)}
    if sum(romanised.values()) < _ROMANISED_AT_LEAST:
        return
    # One spoken language with two alphabets: Latin letters cannot tell them apart, only the phone or the person can.
    either = sum(romanised.get(tag, 0.0) for tag in _ONE_IN_SPEECH) / len(_ONE_IN_SPEECH)
    romanised.update(dict.fromkeys(_ONE_IN_SPEECH, either))
    top = max(scores.values())
    lead = _ROMANISED_LEAD * min(words - 1, _TELLING - 1) / (_TELLING - 1)
    for tag, chance in romanised.items():
        if chance > _TRACE:
            scores[tag.removesuffix(ROMANISED)] = top + lead + math.log(chance)


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values())
    powers = {language: math.exp(score - top) for language, score in scores.items()}
    total = sum(powers.values())
    return {language: power / total for language, power in powers.items()}


def _named(chances: Mapping[str, float], share: float, at_most: float = 1.0) -> Detection:
    order = sorted(chances, key=lambda language: -chances[language])
    candidates = [order[0], *(language for language in order[1:_NAMED] if chances[language] >= _NAMED_AT_LEAST)]
    confidence = min(chances[order[0]] * share, at_most)
    return Detection(order[0], round(confidence, 3), candidates, chances)
