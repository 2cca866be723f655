"""What the code may not contain: fields that name a person, keys that no page tells of, ways out, and ways to take texts away."""

import ast
import re
from collections.abc import Iterator

import pytest

from bot.phrases.phrases import Phrasebook
from bot.reporting.cell_suppression import LEAST
from bot.settings import _VARIABLES, BadSetting, Settings
from quietline import app
from tests.every import every
from tests.hotline import ROOT

pytestmark = pytest.mark.privacy

PACKAGES = ("bot", "actions", "channels", "desk", "resources_directory", "commands")
DATA_MAP = (ROOT / "docs" / "privacy.md").read_text("utf-8")


def modules(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def fields(*packages: str) -> set[tuple[str, str]]:
    """Each class and field that is declared with its kind."""
    return {
        (node.name, line.target.id)
        for _, tree in modules(*packages)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }


# P01: what no model of somebody who writes may have a field for.
NAMING = re.compile(
    r"(^|_)((first|last|full|given|family|sur|user)_?names?|name|birth\w*|dob|street|postal\w*|address(es)?|e?mails?"
    r"|phones?|telephone|mobile|msisdn|number|nationality|citizenship|passport|visa|immigration\w*|iban|cards?|photos?"
    r"|picture|selfie|gender|sex|religion|ethnicity|ip|user_agent|refer+er)(_|$)"
)
# Those that have one, and what it is.
NAMES_NOBODY = {
    ("Message", "address"): "where the answer goes; sealed at once (bot/messaging/intake.py)",
    ("Farewell", "address"): "where the last line goes; sealed",
    ("PersonGone", "address"): "of a copy to delete; in memory",
    ("Turn", "phone_country"): "the country of a prefix; in memory for one turn",
    ("Organisation", "name"): "of the organisation",
    ("OwnNumber", "number"): "of the organisation",
    ("Settings", "keep_phone"): "seconds",
    ("Settings", "alarm_mail_to"): "of supervisors",
    ("Settings", "alarm_mail_from"): "of the organisation",
    ("City", "name"): "of a city",
    **dict.fromkeys((("Translation", "name"), ("Queue", "name"), ("JobPart", "name"), ("Ask", "name")), "of ours"),
    **dict.fromkeys((("Flow", "name"), ("Sends", "name"), ("ShowsTyping", "name"), ("Particular", "name")), "of ours"),
    **dict.fromkeys((("Cell", "number"), ("_Part", "number")), "a count or a sum"),
}


def test_an_order_for_names_meets_no_model_of_a_person_with_a_field_for_one() -> None:
    found = {(owner, field) for owner, field in fields("bot", "actions", "channels") if NAMING.search(field)}
    assert found == set(NAMES_NOBODY)


# P37, P18: every key in Redis stands in the data map; so does everybody who is called.
KEY_IN_CODE = re.compile(r"""f"([a-z_]+):\{|'([a-z_]+):(?:'|\{)|\bkey\("([a-z_]+)", """)
NO_KEYS = {"file", "web", "port", "mailto"}  # an address of SQLite or of a mailbox, a door, a place in a sentence


def kinds_of_keys() -> set[str]:
    scripts = ROOT / "bot" / "storage" / "scripts"
    kinds = re.search(r"KINDS = {(.*?)}", (scripts / "functions.lua").read_text(), re.DOTALL)
    assert kinds
    sources = [*scripts.glob("*.lua"), *(ROOT / "bot").rglob("*.py"), *(ROOT / "desk").rglob("*.py")]
    texts = [path.read_text("utf-8") for path in sources if path.name != "rename_keys.lua"]  # of an older version
    named = {name for text in texts for parts in KEY_IN_CODE.findall(text) for name in parts if name}
    return (named | set(re.findall(r"'(\w+)'", kinds[1]))) - NO_KEYS


def test_a_key_that_the_data_map_does_not_tell_of_is_seen() -> None:
    told = set(re.findall(r"`([a-z_]+)[:`]", DATA_MAP))
    assert kinds_of_keys() - told == set()
    assert len(kinds_of_keys()) > 35


CALLERS = {
    "bot/storage/store.py": "Redis",
    "bot/storage/signals.py": "Redis",
    "channels/engine_client.py": "the engines",
    "channels/sms/adapter.py": "Twilio",
    "channels/telegram/adapter.py": "Telegram",
    "desk/alarms/alarm_channels.py": "the alarm's webhook and mail server",
    "desk/notifications/web_push.py": "the push services of browsers' makers",
    "desk/translation/translator.py": "the organisation's own translator",
}
CALLING = {
    "smtplib", "urllib.request", "http.client", "requests", "httpx", "twilio.rest", "telegram", "redis", "socket",
    "ftplib", "imaplib", "paramiko", "websockets", "boto3", "sentry_sdk", "aiosmtplib", "grpc",
}  # fmt: skip


def calls_out(tree: ast.Module) -> bool:
    """Whether a module imports what opens connections to others; aiohttp also serves, so there it is the client that counts."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(name == one or name.startswith(f"{one}.") for name in names for one in CALLING):
            return True
        if isinstance(node, ast.Attribute) and node.attr in ("ClientSession", "open_connection", "create_connection"):
            return True
    return False


def test_whoever_would_send_a_talk_to_the_police_or_to_a_model_elsewhere_has_to_add_a_caller_here() -> None:
    # P18, P19, P20: nothing else in what serves people can open a connection, so there is no report and no hand-over.
    serving = modules("bot", "actions", "channels", "desk", "resources_directory")
    found = {name for name, tree in serving if calls_out(tree)}
    # Telegram's other module and Rasa's own server of the engine use types of the libraries only.
    assert found - {"channels/telegram/polling.py", "bot/rasa/locks.py"} == set(CALLERS)


ADDRESSES = {"url", "urls", "webhook", "host", "to"}
# Addresses that we listen on, or that only stand in a page: nothing of ours calls them.
NOT_CALLED = {"host", "desk_host", "engine_host", "desk_url", "public_url", "exit_url", "frame_hosts", "onion_location"}


def test_a_host_that_the_data_map_does_not_tell_of_is_seen() -> None:
    called = {name for name in _VARIABLES if name.rpartition("_")[2] in ADDRESSES} - NOT_CALLED
    rows = DATA_MAP.partition("## Whom it calls")[2]
    assert {name for name in called if f"`{_VARIABLES[name]}`" not in rows} == set()
    assert called >= {"redis_url", "telegram_api_url", "twilio_api_url", "translate_url", "smtp_host"}


# P22, P23: who reads what was said, and what could carry it away.
READERS = {
    "bot/conversation/way_back.py",  # reads none: it adds the question that comes first
    "bot/messaging/outbox.py", "bot/rasa/handoff_bridge.py", "channels/delivery/dispatcher.py",
    "channels/delivery/open_turn.py", "channels/delivery/rendering.py", "channels/web/page.py",
    "channels/web/page_updates.py", "desk/console/canned_replies.py",
    "desk/console/conversation_access.py", "desk/translation/incoming.py",
    "desk/translation/outgoing.py",
    "desk/transcript/line_groups.py", "desk/transcript/picked_choices.py",
}  # fmt: skip


def test_an_export_or_a_training_set_of_talks_would_need_a_new_reader_of_transcripts() -> None:
    found = {
        name
        for name, tree in modules(*PACKAGES)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and ("bot.messaging.transcript" in (node.module or "") or "transcript" in [alias.name for alias in node.names])
    }
    assert found == READERS


def test_no_page_of_the_desk_offers_a_talk_as_a_file_or_on_paper() -> None:
    leads_out = re.compile(
        r"Content-Disposition|attachment|\bdownload\b|window\.print|text/csv|createObjectURL", re.IGNORECASE
    )
    sources = (path for path in (ROOT / "desk").rglob("*") if path.suffix in (".py", ".js", ".html", ".css"))
    # The counts of a month, which say nothing of anybody, are the one file that the desk gives out.
    found = {
        path.relative_to(ROOT / "desk").as_posix() for path in sources if leads_out.search(path.read_text("utf-8"))
    }
    assert found == {"admin/counts_pages.py", "templates/counts/page.html"}


def test_no_command_prints_or_exports_what_people_wrote() -> None:
    # One that is new has to be thought about: `chat`, `rehearse` and `understand` read invented persons only.
    names = {str(command.name or command.callback.__name__) for command in app.registered_commands if command.callback}
    assert names == {
        "run", "gateway", "engine", "chat", "rehearse", "understand", "detect", "evaluate", "train", "key", "metrics",
        "erase", "bench", "setup", "doctor",
    }  # fmt: skip
    assert {group.name for group in app.registered_groups} == {"directory", "languages", "operators"}


# P02
def test_whoever_reads_the_log_of_the_front_learns_nobodys_address() -> None:
    lines = [line.strip() for line in (ROOT / "deploy" / "Caddyfile").read_text().splitlines()]
    code = [line for line in lines if line and line[0] != "#"]
    at = code.index("log {")
    # The only log is that of Caddy itself, without what "http" says of requests; no site turns on one of its own.
    assert code[at : at + 3] == ["log {", "exclude http", "}"]
    writes = ("log", "log_append", "log_name", "debug", "tracing", "metrics")
    assert [line for line in code if line.split()[0] in writes] == ["log {"]
    assert "header_up -X-Forwarded-For" in code


# P40
def test_no_setting_makes_a_report_tell_more_or_keeps_a_talk_longer() -> None:
    assert LEAST == 10
    assert [name for name in _VARIABLES if re.search(r"(^|_)(least|cell|counts?|suppress\w*)(_|$)", name)] == []


@every(
    ("name", "value"),
    [("KEEP_WEB_SECONDS", "901"), ("KEEP_PHONE_SECONDS", "86401"), ("KEEP_SEEN_SECONDS", "172801"),
     ("WAY_BACK_HOURS", "73"),
     ("TELEGRAM_API_URL", "ftp://x"), ("TRANSLATE_URL", "http://translate.example"), ("ALARM_WEBHOOK_URL", "x")],
)  # fmt: skip
def test_a_looser_value_is_refused(name: str, value: str) -> None:
    refused = ""
    try:
        Settings.from_env({name: value})
    except BadSetting as error:
        refused = str(error)
    assert name in refused


BOOK = Phrasebook.load(ROOT)
# P32: whom each channel's text names, in English, as keeping something that we cannot delete.
KEEPER = {"sms": "phone company", "telegram": "Telegram", "web": "phone or computer"}


@every("channel", list(KEEPER))
@every("locale", BOOK.locales)
def test_asked_about_anonymity_each_channel_answers_in_each_language_with_a_text_of_its_own(
    locale: str, channel: str
) -> None:
    said = {name: BOOK.render("utter_ask_anonymity", {}, locale, name) for name in KEEPER}
    assert said[channel].strip()
    assert len(set(said.values())) == len(KEEPER)
    assert locale != "en" or KEEPER[channel].casefold() in said[channel].casefold()
    assert locale == "en" or said[channel] != BOOK.render("utter_ask_anonymity", {}, "en", channel)


def test_a_text_message_that_says_anonymous_says_who_sees_it_too() -> None:
    # P33, in every English phrase that a text message can carry.
    said = {name: BOOK.render(name, {}, "en", "sms") for name in BOOK.texts["en"] if name.startswith("utter_")}
    claims = {name: text for name, text in said.items() if "anonym" in text.casefold()}
    assert [name for name, text in claims.items() if "phone company" not in text.casefold()] == []


VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


def grade(text: str) -> float:
    """The school grade by Flesch and Kincaid, with syllables counted by their vowels."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    syllables = sum(max(1, len(VOWELS.findall(re.sub(r"e\b|es\b|ed\b", "", word)))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_a_child_of_ten_can_read_the_summary_and_what_is_said_in_a_chat() -> None:
    # P34 and P31, in English; other languages have no such measure here.
    texts = [
        BOOK.render("page_privacy_text", {}, "en"),
        *(BOOK.render("utter_intro", {}, "en", door) for door in KEEPER),
    ]
    texts += [BOOK.render("utter_ask_anonymity", {}, "en", door) for door in KEEPER]
    assert [(text, grade(text)) for text in texts if grade(text) > 5.9] == []
