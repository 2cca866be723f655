"""Parsers of what organisations, operators' browsers, a translator and source pages send: each as one function of bytes."""

import json

from bot.conversation import way_back
from bot.reporting import change_requests
from channels.web.organisations.page_language import page_language
from desk.localization.desk_languages import DESK_LANGUAGES, wanted
from desk.notifications.push_subscriptions import PushSubscription, PushSubscriptions
from desk.shifts.handover_notes import NotForAShift, checked
from desk.shifts.shift_swaps import ShiftDay
from desk.translation import translator
from desk.translation.emergency_words import has_emergency, has_number
from resources_directory.model.hsds import Phone, Service
from resources_directory.stewards.verification import CheckRefused
from resources_directory.upkeep.asked_changes import asked_facts
from resources_directory.upkeep.source_pages import has_number as stands_on

NO_TRANSLATION = (ValueError, RecursionError)
NO_FORM = (NotForAShift, ValueError)
_HOSTS = ("fcm.googleapis.com", "push.apple.com")
_PHONE = Phone(number="914 35 41 34", e164="+34914354134")
_ENTRY = Service.model_validate(
    {
        "id": "es-ley",
        "name": "Ley",
        "status": "active",
        "verified": False,
        "kinds": ["legal_aid"],
        "phones": [{"number": "914 35 41 34", "e164": "+34914354134", "type": "voice"}],
        "sources": ["https://example.org/"],
    }
)


def words_from_before(content: bytes) -> None:
    found = way_back.typed(_text(content))
    assert found is None or set(found.split()) <= set(way_back.words())


def subscription(content: bytes) -> None:
    endpoint, p256dh, auth, *_ = [*_text(content).split("\n"), "", "", ""]
    subscriptions = PushSubscriptions(None, ("fcm.googleapis.com", "*.push.apple.com"))  # type: ignore[arg-type]
    subscriptions.check(PushSubscription(endpoint, p256dh, auth, 1))
    host = endpoint.removeprefix("https://").partition("/")[0].removesuffix(":443")
    assert host.lower().endswith(_HOSTS), "a host of somebody's choice"


def translation(content: bytes) -> None:
    found = translator._read(json.loads(content), 1)
    has_number(found[0]), has_emergency(found[0])


def change_request(content: bytes) -> None:
    token, *fields = [*_text(content).split("\n", 3), "", "", ""][:4]
    hours, numbers, languages = (field[:200] for field in fields)  # as they are kept
    assert change_requests._TOKEN.fullmatch(token) is None or len(token) > 50
    shown = page_language(token, hours, languages)
    wanted_ = {"hours": hours, "numbers": numbers.replace(";", "\n"), "languages": shown.meant(languages), "url": hours}
    refused = []
    for name, value in wanted_.items():
        try:
            asked_facts({name: value}, _ENTRY, "ES")
        except CheckRefused as refusal:
            refused.append(str(refusal))
    assert max(map(len, refused), default=0) < 4_000


def source_page(content: bytes) -> None:
    stands_on(_text(content), [_PHONE])


def desk_forms(content: bytes) -> None:
    text = _text(content)
    assert wanted(text) in DESK_LANGUAGES
    ShiftDay.of(text[:80])
    checked(text)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


WORDS = (b"kite lemon river apple", "KITE,\tLemon\u2003river. apple".encode())
SUBSCRIPTIONS = (
    f"https://fcm.googleapis.com/fcm/send/abc\n{'A' * 87}\n{'B' * 22}".encode(),
    f"https://web.push.apple.com:443/abc\n{'A' * 87}=\n{'B' * 22}==".encode(),
    rb"https://127.0.0.1\.push.apple.com/" + f"\n{'A' * 87}\n{'B' * 22}".encode(),
    f"https:/\r/fcm.googleapis.com/fcm/send/abc\n{'A' * 87}\n{'B' * 22}".encode(),  # found once
    f"https://a@b.push.apple.com@[::1]/\n{'A' * 87}\n{'B' * 22}".encode(),
)
TRANSLATIONS = (b'{"translatedText": ["hola, 1 1 2"]}', b'{"translatedText": "hola"}', b"[[[]]]")
CHANGES = (
    f"es-ley.{'0' * 16}.{'a' * 32}\nMo-Fr 09:00-17:00; PH off\n914 35 41 34;+34 600 000 000\nSpanish, ar, interpreters".encode(),
    "x\n24/7\n٩١٤\nespañol، árabe；mul".encode(),
    b"fr\nhttps://example.org/a?b\n112",
)
PAGES = (
    b'<p>Call <a href="tel:+34914354134">914&nbsp;35-41 34</a> wa.me/34914354134',
    "<<<< ٩١٤ ٣٥ ٤١ ٣٤ %20 &#160;".encode(),
)
FORMS = (
    b"es-MX,ar;q=0.8,*;q=nan",
    b"0123456789abcdef0123456789abcdef 2027-01-18",
    b"ana (at) gmail dot com on 2027-01-18",
)
