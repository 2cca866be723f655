"""Inputs that each parser takes, from which mutations set out."""

import io
import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

from openpyxl import Workbook

from tests.platforms import ACCOUNT, CHAT, SECRET, THEIR_NUMBER
from tests.resources_directory.exchange.feed_files import package, service, table, zipped

TODAY = date(2026, 11, 25)
_WHO = {"id": CHAT, "type": "private", "first_name": "x"}
_FROM = {"id": CHAT, "is_bot": False, "first_name": "x", "language_code": "es"}


def _json(plain: Any) -> bytes:
    return json.dumps(plain, ensure_ascii=False).encode()


def _message(**more: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": 1_790_000_000, "chat": _WHO, "from": _FROM, **more}


def _book() -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in (["a", "b", "c"], ["Legal Aid", "+1 713 526 2100", "Mo-Fr 09:00-17:00"], ["Shelter", 7135262100, None]):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


_BUTTONS = {"inline_keyboard": [[{"text": "Yes / Sí", "callback_data": "1"}]]}
_PRESS = {"id": "9", "from": _FROM, "chat_instance": "1", "data": "1", "message": _message(reply_markup=_BUTTONS)}
_LEFT = {
    **{"chat": _WHO, "from": _FROM, "date": 1_790_000_000},
    **{side: {"user": _FROM, "status": status} for side, status in (("old_chat_member", "member"),)},
    "new_chat_member": {"user": _FROM, "status": "kicked", "until_date": 0},
}
TELEGRAM = tuple(
    _json({"update_id": 1, **update})
    for update in (
        {"message": _message(text="hola, /start no")},
        {"message": _message(text="/start abc", entities=[{"type": "bot_command", "offset": 0, "length": 6}])},
        {"message": _message(location={"latitude": 19.4, "longitude": -99.1})},
        {"message": _message(caption="x", photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}])},
        {"edited_message": _message(text="x", edit_date=1_790_000_001)},
        {"callback_query": _PRESS},
        {"my_chat_member": _LEFT},
        # Found once.
        {"message": _message(text="x") | {"date": 10**30}},
        {"message": _message(text="x") | {"from": {**_FROM, "language_code": 7}}},
    )
)
_TEXTED = {"MessageSid": "SM" + "0" * 32, "AccountSid": ACCOUNT, "From": THEIR_NUMBER, "NumMedia": "0"}
TWILIO = (
    urlencode({**_TEXTED, "Body": "ayuda, no sé"}).encode(),
    urlencode({**_TEXTED, "Body": "STOP", "NumMedia": "2", "MediaUrl0": "https://example.org"}).encode(),
    urlencode({**_TEXTED, "MessageStatus": "failed", "ErrorCode": "21610"}).encode(),
)
SIGNATURES = (
    b"rGqfqDO9S1mgkXLfO1wz2oCbUGc=\nalgorithm=SHA256&v=1\n" + TWILIO[0],
    b"\n{}\n" + TWILIO[1],
    SECRET.encode()[:-1] + b"\n\n",
)
_FORM = {"token": "A" * 43, "text": "hello", "after": "1790000000000-0", "id": "0" * 16, "locale": "es", "desk": "bot"}
PAGE = (urlencode(_FORM).encode(), urlencode({**_FORM, "choice": "Yes", "quiet": "1"}).encode(), b"token=" + b"_" * 43)
HEADERS = (b"de-AT,de;q=0.9,ar;q=0.8,*;q=0.5\nes-MX", b"zh-Hant-TW;q=1.000,fil\npt_BR")
TOKENS = (b"A" * 43, b"0" * 64 + b"a" * 32, b"123456", "Ana María".encode())
SEALS = (bytes(12 + 32 + 16), bytes(range(60)), b"")
TEXTS = tuple(
    text.encode()
    for text in (
        "they took my papers and I cannot leave!!! 😀👩\u200d👧",
        "صاحب العمل أخذ جواز سفري، سـاعدوني",
        "начальник забрал мой паспорт / начальник забрав мій паспорт",
        "मेरे मालिक ने मेरा पासपोर्ट ले लिया",
        "ﷺﷺ h\u0301\u0302\u0303\u0304elp heeeeelp \u202e\u2066",
        "请帮帮我，老板拿走了我的护照 ช่วยด้วย",
        "sa3dni ana 5ayfa, mera passport le liya",
        "hola. mi jefe me quitó el pasaporte\n1) sí\n2) no +52 55 1234 5678",
        "0",
        ".",
        "ﷺ" * 600,
    )
)
FEEDS = (
    _json(service()),
    _json({"contents": [service(), service(id="2")]}),
    b"a,b,c\nLegal Aid,(713) 526-2100,Mo-Fr 09:00-17:00\nShelter\n",  # a row that ends early was found once
    "a;b;c\nAyuda Legal México;+52 55 1234 5678;24/7\n".encode("utf-16"),
    package(),
    zipped({"services.csv": table([{"id": "1", "name": "Legal Aid"}])}),
    _book(),
)
MAPPINGS = (
    b"columns: {service: Name, phones: [Tel, Mobile]}\nconstants: {country: US}\nkinds: {law: labour}\nseparator: ';'\n",
    b"skip_lines: 2\nsheet: Sheet1\nencoding: cp1251\n",
)
QUERIES = (
    b"search=hope%20casa&page=1&per_page=50&format=ndjson&country=us&full=true&minimal=false",
    b"modified_after=0001-01-01T00:00:00.123456789%2B23:59&page=1000000&per_page=500",
    b"modified_after=9999-12-31T23:59:59-23:59",
    b"taxonomy_id=7c986785-0eb3-5045-bbba-3637ba616ef4&top_only=true&parent_id=7C986785-0EB3-5045-BBBA-3637BA616EF4",
)
HOURS = (
    b"Mo-Fr 09:00-17:00; PH off",
    b"24/7",
    b'Jan 01-Mar 31: sunrise-(sunset+01:00) || "call"',
    b"week 1-53/2 Fr[-1]",
)
SETTINGS = (
    b"# ours\nPORT=8080\nexport HOME_COUNTRY=MX\nDUTY_HOURS='Mo-Fr 09:00-17:00'\nDESK_TIME_ZONE=Europe/Paris\n",
    b"PUBLIC_URL=https://example.org\nFRAME_HOSTS=https://a.example https://b.example\nENGINE_PORTS=5005,5006\n",
    b"ALARM_MAIL_TO=a@example.org\nSMTP_HOST=localhost\nKEEP_WEB_SECONDS=600\nREDIS_URL=redis://:x@127.0.0.1:1/0\n",
)
QUESTIONS = (
    _json({"conversation": "a1b2", "turn": "c3-d4", "text": "hola", "locale": "es", "channel": "sms", "country": "MX"}),
    _json({"conversation": "a", "turn": "b", "text": "", "kind": "location", "place": "3530597", "unsure": "es,pt"}),
)
_REPLY = {
    **{"say": "utter_greet", "arguments": {"n": 1}, "always": True},
    "choices": [{"say": "choice_yes", "value": "affirm", "arguments": {}}],
}
DECISIONS = (
    _json({"replies": [_REPLY], "forget": False, "locale": "es", "intent": "greet", "crisis": True}),
    _json({"replies": [], "complaints": ["x"], "unmet": [{"need": "legal", "country": "MX"}], "hush": True}),
)
