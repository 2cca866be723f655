"""Three statistical language detectors, each asked for the probabilities of the languages that the script left.

langdetect's profiles are scored exactly, each n-gram once, while langdetect itself samples n-grams at random until
three letters look certain; py3langid and CLD2 are used as they are. All are loaded on first use.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

import langdetect
import numpy as np
import pycld2
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.ngram import NGram
from py3langid.langid import MODEL_FILE, LanguageIdentifier

LanguageChances = Mapping[str, float]
_UNSEEN = 5e-5  # probability of an n-gram that a profile lacks; langdetect's own alpha / base frequency


class Profiles:
    """langdetect's profiles of our languages as one table: a row of log probabilities for each n-gram."""

    def __init__(self, languages: Sequence[str]) -> None:
        folder = Path(langdetect.__file__).parent / "profiles"
        files = [folder / language for language in languages if (folder / language).is_file()]
        factory = DetectorFactory()
        factory.load_json_profile([file.read_text(encoding="utf-8") for file in files])
        self.languages: list[str] = list(factory.langlist)
        self._row = {gram: row for row, gram in enumerate(factory.word_lang_prob_map)}
        table = np.array(list(factory.word_lang_prob_map.values()), dtype=np.float32)
        self._logs = np.log(table + np.float32(_UNSEEN))

    def chances(self, text: str) -> LanguageChances:
        """Return exact naive Bayes probabilities; logs are halved, because neighboring n-grams overlap."""
        rows = [row for gram in _grams(text) if (row := self._row.get(gram)) is not None]
        if not rows:
            return {}
        scores = self._logs[rows].sum(axis=0) / 2
        chances = np.exp(scores - scores.max())
        return dict(zip(self.languages, (chances / chances.sum()).tolist(), strict=True))


_normal = lru_cache(maxsize=8192)(NGram.normalize)


def _grams(text: str) -> list[str]:
    """Return langdetect's n-grams of a text: one to three letters, never across two words."""
    grams: list[str] = []
    for word in "".join(map(_normal, text)).split():
        padded = f" {word} "
        grams += word
        grams += [padded[at : at + 2] for at in range(len(padded) - 1)]
        grams += [padded[at : at + 3] for at in range(len(padded) - 2)]
    return grams


class Detectors:
    """All three detectors, restricted to some languages."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = tuple(languages)
        self._profiles = Profiles(languages)
        self._langid = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        self._langid.set_languages([language for language in languages if language in self._langid.labels])

    def chances(self, text: str) -> list[tuple[float, LanguageChances]]:
        """Return each detector's weight and what it says; weights as measured on short messages."""
        return [
            (0.15, self._profiles.chances(text)),
            (1.0, dict(self._langid.rank(text))),
            (0.6, self._cld2(text)),
        ]

    def _cld2(self, text: str) -> LanguageChances:
        """Ask CLD2, which names up to three languages with their share of the text; it knows the others too, so they get 0."""
        try:
            _, _, found = pycld2.detect(text, isPlainText=True, bestEffort=True)
        except (pycld2.error, ValueError):
            return {}
        named = {code: percent / 100 for _, code, percent, _ in found if code != "un" and percent}
        return {**dict.fromkeys(self._languages, 0.0), **named} if named else {}


_lock = Lock()
_loaded: dict[tuple[str, ...], Detectors] = {}


def detectors(languages: tuple[str, ...]) -> Detectors:
    """Return the detectors, loaded once even if several threads ask at the same moment."""
    with _lock:
        if languages not in _loaded:
            _loaded[languages] = Detectors(languages)
        return _loaded[languages]


def combine(votes: list[tuple[float, LanguageChances]], candidates: Sequence[str]) -> dict[str, float]:
    """Add up the weighted log probabilities of the candidates; a language that a detector does not know gets 0.3/n, not 0."""
    scores = dict.fromkeys(candidates, 0.0)
    for weight, chances in votes:
        share = _among(chances, candidates)
        for language in candidates:
            scores[language] += weight * math.log(share(language) + 0.02)
    return scores


def _among(chances: LanguageChances, candidates: Sequence[str]) -> Callable[[str], float]:
    total = sum(chances.get(language, 0.0) for language in candidates)
    unknown = 0.3 / len(candidates)
    if total <= 0:
        return lambda language: 1 / len(candidates)
    return lambda language: chances[language] / total if language in chances else unknown
