"""What a reader sees at a glance and a statistical detector misses in a single word: letters, cries for help, Arabizi.

The words are few, and our own choice. They only help with single words; in a sentence the detectors are better.
"""

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Letters that few languages use, and the languages that do.
_LETTERS_OF = {
    "ñ": "es tl", "¿¡": "es", "ß": "de", "ä": "de", "ö": "de hu tr", "ü": "de hu tr es", "őű": "hu",
    "ă": "ro vi", "șț": "ro", "ţ": "ro", "ş": "tr ro", "ğı": "tr", "ąęłżźśćń": "pl", "ãõ": "pt vi",
    "ç": "fr pt sq tr", "ë": "sq fr nl", "œûï": "fr", "ê": "fr pt vi", "ô": "fr pt vi", "î": "fr ro tr",
    "è": "fr it ht vi yo", "ò": "it ht vi yo", "ù": "fr it vi yo", "ơưđ": "vi", "ɗɓƙƴ": "ha",
    "ṣẹọ": "yo vi", "іїєґ": "uk", "ыэё": "ru mn", "өү": "mn", "щ": "ru uk bg", "ъ": "bg ru mn",
    "يىةكإأ": "ar", "کی": "fa ur", "پچژگ": "fa ur", "ٹڈڑںےہھ": "ur", "\u093cड़ढ़": "hi",
    "ኣሓሒሑዒኸኹኺኻኼኽኾቐቑቒቓቔቕቖ": "ti", "ኘኞቷኃ": "am",
}  # fmt: skip
LETTERS = {letter: frozenset(codes.split()) for letters, codes in _LETTERS_OF.items() for letter in letters}
_VIETNAMESE = range(0x1EA0, 0x1EFA)  # letters with two marks; Yoruba shares ẹ and ọ

# What people write first, and when there is time for only one word.
_WORDS_OF = {
    "en": "help hello hi please police sos yes thanks trapped afraid scared hurt danger need who what i'm",
    "es": "ayuda socorro hola auxilio ayúdame ayudame ayúdenme ayudenme policía policia gracias sí miedo peligro "
    "necesito favor quiero quién trabajo jefe pasaporte papeles dinero deuda estoy puedo quitaron salir",
    "ar": "مساعدة النجدة ساعدوني ساعدني مرحبا الشرطة انقذوني أنقذوني خائف خائفة نعم شكرا السلام",
    "fr": "aide secours bonjour aidez-moi aidez bonsoir peur merci oui",
    "pt": "ajuda socorro olá ola polícia ajude-me obrigado obrigada medo sim oi",
    "ro": "ajutor salut poliția bună mulțumesc frică",
    "de": "hilfe hallo polizei bitte danke angst",
    "it": "aiuto ciao aiutatemi aiutami polizia grazie paura",
    "nl": "help hulp hallo politie bang",
    "pl": "pomocy pomoc cześć policja dziękuję boję",
    "tr": "yardım imdat merhaba polis lütfen yardim",
    "vi": "cứu giúp chào",
    "tl": "tulong saklolo kumusta pulis",
    "id": "tolong halo polisi takut bantuan",
    "sq": "ndihmë ndihme përshëndetje policia",
    "hu": "segítség segitseg szia rendőrség segítsen",
    "so": "caawimaad caawi icaawi caawiya",
    "sw": "msaada nisaidie jambo habari polisi",
    "ht": "èd ede bonjou mwen tanpri",
    "ha": "taimako sannu",
    "yo": "ìrànlọ́wọ́ iranlowo gbà",
    "uk": "допоможіть допомога привіт поліція",
    "ru": "помогите помощь привет полиция",
    "bg": "помощ помогнете здравей полиция",
    "mn": "тусламж туслаач",
    "fa": "کمک سلام پلیس",
    "ur": "مدد سلام پولیس",
    "hi": "मदद बचाओ नमस्ते पुलिस",
    "ne": "मद्दत सहयोग नमस्ते गुहार",
    "am": "እርዳታ እርዱኝ ሰላም",
    "ti": "ሓገዝ ሓግዙኒ ሰላም",
}
WORDS: dict[str, frozenset[str]] = {
    word: frozenset(code for code, words in _WORDS_OF.items() if word in words.split())
    for words in _WORDS_OF.values()
    for word in words.split()
}

# Used all over the world: they say nothing about a language, whatever a detector makes of them.
UNIVERSAL = _set("ok okay oke k kk lol haha hmm hm mm sms whatsapp telegram stop ah oh eh")
# English words that people of all languages begin with: no sign of English if the phone is set to another language.
HELLOS = _set("hello hi hey hallo helo")

# Words that hold an English sentence together, also in Pidgin. Who mixes English into another language borrows nouns, and few
# of these.
_ENGLISH = _set(
    "i my they them she we you your and with from come came back what who where when because want need dem abeg wetin oga"
)
_ENGLISH_AT_LEAST, _ENGLISH_SHARE = 3, 0.4


def is_plain_english(words: list[str]) -> bool:
    """Tell whether so many words are of an English sentence that it is no other language in Latin letters."""
    known = [word for word in words if word in _ENGLISH]
    return len(set(known)) >= _ENGLISH_AT_LEAST and len(known) >= _ENGLISH_SHARE * len(words)


# Arabic typed with Latin letters writes 2 3 5 7 9 for ء ع خ ح ق. A digit inside a word is the best sign; at its start
# it may be a count, so words that follow a count in English or Spanish are left out.
_DIGIT_INSIDE = re.compile(r"[a-z]+[235679][a-z']+")
_DIGIT_FIRST = re.compile(r"[23579][a-z']{3,}")
_AFTER_A_COUNT = re.compile(
    r"\d(?:nd|rd|th|st|am|pm|k[gm]?s?|m[lm]?|ever|day|days|nite|night|nights|morrow|more|hrs?|hours?|mins?|minutes?|secs?|"
    r"weeks?|months?|years?|times|people|girls|men|women|kids|horas?|d[ií]as?|meses|semanas?|veces|euros?|pesos|personas?)"
)
_LEET = re.compile(r"h3lp|s3x|gr3at|pl3ase|m8|b4|l8r|pa55\w*|p2p|b2b|mp3\w*|w3\w*")
_ARABIZI = _set(
    "ana enta enti inta inti msh mish mesh mafi momken mumkin khayef khayfa khayfe khaif shoghl shughl floos flous "
    "habibi habibti wallah walla inshallah yalla kifak keefak shou wein feen fein baddi biddi bidi ayez ayza aywa "
    "kteer kteir ktir awi awy leish lesh leh meen ezayak ezay izayak marhaba salam bokra bukra la2 law ma3ak "
    "samaht sho2 andi shorta al el bas kaman dilwa2ty hon hena min fi fe ma"
)


def arabizi(cleaned: str) -> float:
    """Return the evidence for Arabic in Latin letters, as a logarithm; 0 if no word has a digit."""
    words = re.findall(r"[a-z0-9']+", cleaned)
    digits = sum(_digit_evidence(word) for word in words)
    return min(digits + 1.5 * sum(word in _ARABIZI for word in words), 14.0) if digits else 0.0


def _digit_evidence(word: str) -> float:
    if _LEET.fullmatch(word) or _AFTER_A_COUNT.fullmatch(word):
        return 0.0
    if _DIGIT_INSIDE.fullmatch(word):
        return 6.0
    return 5.0 if _DIGIT_FIRST.fullmatch(word) else 0.0


def foreign_letters(cleaned: str, language: str) -> int:
    """Count the different telling letters of a text that this language does not use."""
    return sum(language not in writers for letter in set(cleaned) if (writers := _writers(letter)))


def _writers(letter: str) -> frozenset[str]:
    known = LETTERS.get(letter)
    if known is None and ord(letter) in _VIETNAMESE:
        return _VIETNAMESE_ONLY
    return known or frozenset()


_VIETNAMESE_ONLY = frozenset(("vi",))


def known_words(words: list[str], language: str) -> int:
    """Count the words that are on this language's short list."""
    return sum(language in WORDS.get(word, ()) for word in words)
