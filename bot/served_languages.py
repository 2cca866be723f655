"""The languages we can answer in: English, and each that has a phrasebook. A new language is a new file, without new code."""

from pathlib import Path

_BOOKS = Path(__file__).parent / "phrases" / "phrasebook"
# By how many of the people who may write here read them; languages not listed follow, by code.
_ORDER = ("en", "es", "ar", "fr", "pt", "hi", "zh-Hans", "ru", "bn", "ur", "tl", "vi", "fa", "uk", "ro", "th")
_FOUND = {"en", *(path.stem for path in _BOOKS.glob("*.po"))}
SERVED: tuple[str, ...] = tuple(sorted(_FOUND, key=lambda tag: (_ORDER.index(tag) if tag in _ORDER else 99, tag)))

# As their own speakers write them: whoever looks for their language may read no other.
NAMES = {
    "en": "English",
    "es": "Español",
    "ar": "العربية",
    "fr": "Français",
    "pt": "Português",
    "hi": "हिन्दी",
    "zh-Hans": "中文",
    "ru": "Русский",
    "bn": "বাংলা",
    "ur": "اردو",
    "tl": "Tagalog",
    "vi": "Tiếng Việt",
    "fa": "فارسی",
    "uk": "Українська",
    "ro": "Română",
    "th": "ไทย",
}
