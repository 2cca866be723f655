"""Every parser that takes bytes from outside, each as one function of bytes that may only refuse in the way it says it does.

tests/fuzzing/test_any_bytes.py gives each some hundred inputs with every run of the tests; `make fuzz` gives them millions.
"""

import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import parse_qsl

from redis.asyncio import Redis

from bot.crypto.vault import SealBroken, Vault
from bot.encoder.tokens import Tokens
from bot.engine.protocol import BadQuestion, Decision, Question
from bot.language.language_hints import client_region, prior
from bot.language.locale import settle
from bot.language.scripts_of_text import TEXT_READ
from bot.language.scripts_of_text import clean as clean_for_detection
from bot.messaging.message import Hints, Message, kept
from bot.messaging.text_budget import TextBudget
from bot.settings import BadSetting, Settings
from bot.storage.store import Store
from bot.text.cleaning import clean, folded, has_letters, words
from bot.text.message_parts import parts
from bot.understanding.offline_checks import OfflineChecks
from channels.contract import BadPayload, Event, NotGenuine, Payload, PersonGone, Receipt
from channels.sms.adapter import Sms, TwilioAccount
from channels.sms.texted_countries import ALL
from channels.telegram.adapter import Telegram
from channels.web.page_form import _checked
from commands.setup import settings_file
from desk.auth.people import cleaned
from desk.auth.second_factor import marks, step_of
from desk.auth.sessions import form_owner, form_token
from desk.notifications.push_subscriptions import NoSubscription
from desk.web.refusals import Refused
from resources_directory.exchange.api import listing, parameters
from resources_directory.exchange.api.publication import PublishedItem
from resources_directory.exchange.feeds import feed
from resources_directory.exchange.feeds.mapping import Mapping as SheetMapping
from resources_directory.exchange.feeds.mapping import read_mapping
from resources_directory.exchange.feeds.options import Options
from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.model.opening_hours import is_readable
from tests.fuzzing import later_targets as later
from tests.fuzzing import seeds
from tests.platforms import ACCOUNT, AUTH, OUR_NUMBER, SECRET, TOKEN

_VAULT = Vault(bytes(range(32)))
_SHEET = SheetMapping.model_validate({"columns": {"service": "a", "phones": "b", "hours": "c"}, "country": "US"})
_OTHERS_PURPOSE = "an invented purpose"


@dataclass(frozen=True)
class Target:
    """A parser, inputs that it takes, and the refusals that are right."""

    name: str
    reads: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    refuses: tuple[type[Exception], ...] = ()

    def take(self, content: bytes) -> None:
        """Let the parser read it. Whatever is raised here is a fault."""
        try:
            self.reads(content)
        except self.refuses as refusal:
            # What a refusal of ours says ends up in answers.
            assert type(refusal).__module__ == "builtins" or len(str(refusal)) < 1_000


class QuietTelegram(Telegram):
    """The adapter without its calls to Telegram, which need a loop and a network."""

    def _aside(self, call: Coroutine[Any, Any, Any]) -> None:
        call.close()


@cache
def _telegram() -> Telegram:
    return QuietTelegram(TOKEN, SECRET, "http://127.0.0.1:1", "", lambda _: {})


@cache
def _sms() -> Sms:
    account = TwilioAccount(ACCOUNT, AUTH, OUR_NUMBER, "http://127.0.0.1:1")
    nobody = Store(Redis(), Vault(bytes(32)))  # what is parsed is neither answered nor paid for
    budget = TextBudget(nobody, Settings.from_env({}))
    return Sms(account, "https://example.org", frozenset({ALL}), budget, lambda text, _: text)


def telegram_update(content: bytes) -> None:
    _fit_to_store(_telegram().parse(Payload("/telegram", "", {}, content)))


def twilio_form(content: bytes) -> None:
    payload = Payload("/sms", "https://example.org/sms", {}, content)
    _fit_to_store(_sms().parse(payload))
    for outcome in ("kept", "away", "full"):
        _sms().answer(outcome, payload)


def webhook_signatures(content: bytes) -> None:
    first, second, body = _split(content, 3)
    headers = {
        "x-twilio-signature": first.decode("latin-1"),
        "x-twilio-webhooks-signature-settings": second.decode("utf-8", "surrogateescape"),
        "x-telegram-bot-api-secret-token": first.decode("utf-8", "surrogateescape"),
    }
    for adapter in (_sms(), _telegram()):
        try:
            adapter.verify(Payload("/", "https://example.org/", headers, body))
        except NotGenuine:
            continue
        assert first == SECRET.encode(), "a forged request was let in"


def page_form(content: bytes) -> None:
    # As aiohttp reads it: one charset, blank values kept.
    form = _checked(dict(parse_qsl(content.decode("utf-8", "surrogateescape"), keep_blank_values=True)))
    assert len(form.id) <= 64 and len(form.token) == 43
    kept(form.text)


def language_header(content: bytes) -> None:
    header, tag = (part.decode("utf-8", "surrogateescape") for part in _split(content, 2))
    hints = Hints(accept=header, telegram=tag)
    client_region(hints)
    assert all(factor > 0 for factor in prior(hints, None).values())


def tokens_of_pages(content: bytes) -> None:
    text = content.decode("utf-8", "surrogateescape")
    assert form_owner(_VAULT, "a session's token", text) is None
    assert form_token(_VAULT, text, "a" * 32)
    _VAULT.keyed("session", text), _VAULT.keyed("invitation", text)
    marks(_VAULT, "a" * 32, [text])
    step_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", text, 1_790_000_000)
    cleaned(text)


def sealed_bytes(content: bytes) -> None:
    for opens in (lambda: _VAULT.unwrap("c", content), lambda: _VAULT.desk.open(content, _OTHERS_PURPOSE)):
        try:
            opens()
        except SealBroken:
            continue
        raise AssertionError("bytes that we did not seal were opened")


class _Gauge:
    """The reader's measure of a text, without what reads it."""

    def measured(self, text: str) -> tuple[int, float]:
        return _tokens().measured(text)

    def is_garbage(self, text: str, measured: tuple[int, float]) -> bool:
        return measured[1] < -5.0 * len(text)


def gate(content: bytes) -> None:
    text = kept(content.decode("utf-8", "surrogatepass"))
    seen = clean(text)
    assert clean(seen) == clean(clean(seen))
    folded(seen), words(seen), has_letters(seen)
    assert parts(seen, _Gauge(), lambda part: len(part) % 2 == 0)
    ids = _tokens().ids(seen)
    assert len(ids) <= 512 and ids[0] == 0 and ids[-1] == 2


def quick_words(content: bytes) -> None:
    OfflineChecks.load().urgency(kept(content.decode("utf-8", "surrogatepass")))


def detectors(content: bytes) -> None:
    text = kept(content.decode("utf-8", "surrogatepass"))
    assert settle(text).candidates
    # Small letters can be two for one large one.
    assert len(clean_for_detection(text)) <= 2 * TEXT_READ


def feeds(content: bytes) -> None:
    feed.read(content, Options(seeds.TODAY, "US", mapping=_SHEET))


def mapping_file(content: bytes) -> None:
    read_mapping(content)


def listing_query(content: bytes) -> None:
    query = parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True)
    when, asked = datetime(2026, 11, 25, tzinfo=UTC), parameters.read(query, parameters.PARAMETERS)
    item = PublishedItem("a", {"full": b"{}"}, " hope", "US", "b", frozenset("c"), when)
    found = listing.found([item], "services", asked)
    listing.page(found, listing.form_of("services", asked), asked)


def opening_hours(content: bytes) -> None:
    is_readable(content.decode("utf-8", "replace"))


def file_of_settings(content: bytes) -> None:
    path = _folder() / "settings"
    path.write_bytes(content)
    found = settings_file.read(path)
    Settings.from_env({name: value for name, value in found.items() if not name.endswith("_FILE")})


def question(content: bytes) -> None:
    asked = Question.of(_json(content))
    assert asked.conversation and asked.turn
    Question.of(asked.plain())


def decision(content: bytes) -> None:
    Decision.of(_json(content)).plain()


def _fit_to_store(events: Any) -> None:
    for event in events:
        assert isinstance(event, Event)
        if isinstance(event, Message):
            kept(event.text).encode()
            assert all(isinstance(part, str) for part in (event.address, event.provider_id, event.kind))
            prior(event.hints, None)
        elif isinstance(event, Receipt | PersonGone):
            json.dumps(vars(event))


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise BadQuestion("json") from None


def _split(content: bytes, parts: int) -> list[bytes]:
    found = content.split(b"\n", parts - 1)
    return found + [b""] * (parts - len(found))


@cache
def _folder() -> Path:
    return Path(mkdtemp())


@cache
def _tokens() -> Tokens:
    """A small vocabulary: letters, pairs, and characters that become others, as in the real one."""
    letters = [chr(code) for code in (*range(0x20, 0x7F), *range(0x620, 0x64B), 0x2581)]
    pieces_ = ["<s>", "<pad>", "</s>", "<unk>", *letters, *(f"▁{letter}" for letter in letters)]
    plain: Mapping[str, Any] = {
        "pieces": pieces_,
        "scores": [-float(place % 17) for place, _ in enumerate(pieces_)],
        "characters": {"160": " ", "8230": "...", "173": ""},
    }
    (_folder() / "tokens.json").write_text(json.dumps(plain), "utf-8")
    return Tokens(_folder())


TARGETS = (
    Target("telegram", telegram_update, seeds.TELEGRAM, (BadPayload,)),
    Target("twilio", twilio_form, seeds.TWILIO, (BadPayload,)),
    Target("signatures", webhook_signatures, seeds.SIGNATURES, (BadPayload,)),
    Target("page", page_form, seeds.PAGE, (BadPayload,)),
    Target("headers", language_header, seeds.HEADERS),
    Target("tokens", tokens_of_pages, seeds.TOKENS, (Refused,)),
    Target("seals", sealed_bytes, seeds.SEALS),
    Target("gate", gate, seeds.TEXTS, (UnicodeDecodeError,)),
    Target("quick", quick_words, seeds.TEXTS, (UnicodeDecodeError,)),
    Target("detectors", detectors, seeds.TEXTS, (UnicodeDecodeError,)),
    Target("feeds", feeds, seeds.FEEDS, (FeedRefused,)),
    Target("mapping", mapping_file, seeds.MAPPINGS, (FeedRefused,)),
    Target("listing", listing_query, seeds.QUERIES, (parameters.BadParameter,)),
    Target("hours", opening_hours, seeds.HOURS),
    Target("settings", file_of_settings, seeds.SETTINGS, (settings_file.BadSettingsFile, BadSetting)),
    Target("question", question, seeds.QUESTIONS, (BadQuestion,)),
    Target("words", later.words_from_before, later.WORDS),
    Target("subscription", later.subscription, later.SUBSCRIPTIONS, (NoSubscription,)),
    Target("translation", later.translation, later.TRANSLATIONS, later.NO_TRANSLATION),
    Target("change", later.change_request, later.CHANGES),
    Target("source", later.source_page, later.PAGES),
    Target("desk", later.desk_forms, later.FORMS, later.NO_FORM),
    Target("decision", decision, seeds.DECISIONS, (BadQuestion, KeyError, TypeError, ValueError, AttributeError)),
)
BY_NAME = {target.name: target for target in TARGETS}
