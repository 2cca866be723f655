"""The check for text that could lead somebody to the door of a hidden place.

Nobody can list the streets of the world, so it works the other way around: in text about a hidden place, every number gives
a door away unless it clearly does not (an age, an hour, a phone number, a count of days), and so does every link. That costs
a harmless sentence now and then. A door costs more.
"""

import regex
from phonenumbers import Leniency, PhoneNumberMatcher

_ANY_CASE = regex.IGNORECASE
_NUMBER = regex.compile(r"\p{N}|[〇一二三四五六七八九十百]+\s*(?:丁目|番|號|号|巷|弄|樓|楼|段)")
_LINK = regex.compile(r"(?:https?:|www\.|geo:|///)\S+|\b[\w-]{2,}(?:\.[\w-]+)*\.[a-z]{2,}\b")
_MAP = regex.compile(
    r"\bmaps?\b|goo\.gl|openstreetmap|\bosm\b|waze|2gis|what3words|w3w|plus\.codes|wikimapia|wego\.here|\d[.,]\d{3,}",
    _ANY_CASE,
)
_POINT_ON_A_MAP = regex.compile(r"(?<![\d.])\d{1,3}[.,]\d{3,}(?![\d.,])")
# Beside any number these give a door away, even if the number looks like an hour: "24/7 Sukhumvit Road" is a house.
_STREET = regex.compile(
    r"\b(?:street|st\.|road|rd\.?|avenue|ave?\.?|lane|drive|boulevard|blvd|bd|square|court|close|terrace|crescent|floor|suite|"
    r"apt|rue|calle|c/|avenida|carrer|via|viale|piazza|rua|praça|platz|weg|allee|ulica|ul\.|strada|str\.|sokak|sokağı|sk\.|"
    r"cadde\w*|mahalle\w*|utca|útja?|tér|jalan|jl\.?|gang|soi|đường|phố|hẻm|οδός|οδ\.|λεωφόρος|улица|ул\.|вулиця|вул\.|просп\w*\.?|"
    r"пр\.|бульвар|бул\.|переулок|пер\.|провулок|شارع|طريق|زقاق|خیابان|کوچه|गली|मार्ग|सड़क|রোড|سڑک|گلی)(?!\w)"
    r"|stra(?:ß|ss)e|str\.|straat|gasse|gatan|[街路巷弄]|丁目|番地|ถนน|ซอย|ตรอก",
    _ANY_CASE,
)
# A street name, even without a number, is halfway to the door.
_NAMED_STREET = regex.compile(
    r"\p{Lu}[\p{L}'’-]+\s(?:Street|St\.|Road|Rd|Avenue|Ave|Lane|Terrace|Crescent|Boulevard|Blvd|Sokak|Sokağı|Caddesi|utca|tér)\b"
    r"|\b(?:[Cc]alle|[Rr]ue|[Aa]v(?:enida|\.)|[Bb](?:oulevar)?d|[Vv]iale|[Pp]iazza|[Rr]ua|[Uu]l(?:ica|\.)|[Ss]tr(?:ada|\.)|[Jj]alan|"
    r"[Đđ]ường|[Οο]δός|[Уу]л(?:ица|\.)|[Вв]ул(?:иця|\.)|[Пп]росп(?:ект|\.))\s\p{Lu}"
    r"|\b\p{Lu}\p{Ll}+(?:stra(?:ß|ss)e|str\.|gasse|platz|weg|allee|straat|gatan)\b|ถนน|ซอย|丁目"
)
_WORDS_OF_TIME = (
    "years?|yrs?|months?|weeks?|days?|nights?|hours?|hrs?|año|años|anos|mes|meses|semanas?|d[ií]as?|noches|noites|horas?|ans|mois|"
    "semaines?|jours?|nuits?|heures?|jahren?|jährige[nr]?|monaten?|wochen?|tagen?|tage|nächten?|stunden?|uhr|anni|mesi|settiman[ae]|"
    "giorn[io]|notti|or[ea]|jaar|maanden|weken|dagen|nachten|uur|lata?|miesi\\w+|tygodni\\w*|dni|godz\\w*|ani|luni|săptămâni|zile|nopți|"
    "ore|лет|года?|рок[иі]в?|месяц\\w*|місяц\\w*|недел\\w*|тижн\\w*|дн[ейяі]\\w*|сут\\w+|діб|час\\w*|годин\\w*|ετών|χρόνων|ημέρες|"
    "ώρες|μήνες|yaş\\w*|gün\\w*|hafta|saat\\w*|éves|nap\\w*|óra|år|dagar|dager|timmar|timer|سنة|سنوات|عاما?|أيام|يوما?|ساعة|ساعات|شهرا?|"
    "أشهر|سال|روز|ساعت|ماه|साल|वर्ष|दिन|घंटे|tuổi|ngày|giờ|tháng|tahun|hari|jam|bulan|taon|araw|oras"
)
_UNSPACED_TIME = "岁|歲|歳|才|天|日間|小时|小時|時間|시간|세|살|일|개월|个月|個月|ปี|วัน|ชั่วโมง|เดือน"
_RANGE = r"(?<![\d.,/])\d{1,3}(?:[-–]\d{1,3}|\s(?:to|bis|a|à|до|til|tot)\s\d{1,3})?"
_CLOCK = r"(?:[01]?\d|2[0-4])"
_NO_DOOR = regex.compile(
    rf"{_RANGE}\+?[\s-]?(?:(?:{_WORDS_OF_TIME})(?!\w)|{_UNSPACED_TIME})"
    r"|\bage[sd]?:?\s(?:of\s|from\s|over\s|under\s)?\d{1,3}(?:(?:\s?[-–]\s?|\s(?:to|and)\s)\d{1,3})?(?!\w)"
    r"|(?<![\w.,/])\d{1,2}\s?\+(?!\w)|\b\d{1,2}\s(?:and|or)\s(?:over|older|above|up|under|younger)\b"
    r"|\b(?:over|under)\s(?:the\sage\sof\s)?\d{1,2}(?=\s*(?:[.;!)]|$|and\b|or\b|with\b|who\b))"
    r"|(?<![\d/])(?:24/7|24/24|7/7|24\s?h/24|7\s?j(?:ours)?/7)(?![\d/])"
    rf"|(?<![\d.,:/]){_CLOCK}[:h][0-5]\d(?!\d)"
    # "12h" alone is a house number in Germany.
    rf"|(?<![\d.,:/])(?:{_CLOCK}h?\s?(?:[-–]|a|à)\s?{_CLOCK}|24|48|72)\s?(?-i:hs?)(?!\w)"
    rf"|(?<![\d.,:/])(?:{_CLOCK}(?:[.:]\d\d)?\s?[-–]\s?)?{_CLOCK}(?:[.:]\d\d)?"
    r"(?:[ap]\.?m\.?(?!\w)|\s[ap]\.?m\.?(?=\s*(?:[-–.,;)]|$|to\b|and\b|until\b|on\b|daily\b|every\b)))"
    r"|\b(?:ext|extension|press|option)\.?\s\d{1,6}(?=\W*$|[.,;)])",
    _ANY_CASE,
)
# "A21" is a name. "12 Elm House" is a door.
_PART_OF_A_NAME = regex.compile(r"(?<!\w)[A-Z]{1,3}\d{1,3}(?!\w)")


def reveals_address(text: str, country: str) -> bool:
    """Whether a sentence about a hidden place could lead to its door."""
    if _LINK.search(text) or _POINT_ON_A_MAP.search(text) or _NAMED_STREET.search(text):
        return True
    without_phones = _without_phones(text, country)
    if _NUMBER.search(without_phones) and _STREET.search(without_phones):
        return True
    return bool(_NUMBER.search(_NO_DOOR.sub(" ", without_phones)))


def name_reveals_address(name: str, country: str) -> bool:
    """Whether the name of a hidden place, its organization or its town could lead to its door."""
    return reveals_address(_PART_OF_A_NAME.sub("", name), country)


def is_map_link(url: str) -> bool:
    """Whether a URL leads to a map."""
    return bool(_MAP.search(url))


def _without_phones(text: str, country: str) -> str:
    found = PhoneNumberMatcher(text, country, Leniency.VALID)
    for match in reversed(list(found)):
        text = f"{text[: match.start]} {text[match.end :]}"
    return text
