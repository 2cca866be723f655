"""Every setting, read once from the environment in quietline.py and passed in.

A secret can be given as `NAME_FILE`, the path of a file that holds it. A bad value stops the start with a sentence.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale

from bot.served_languages import SERVED

_TELEGRAM_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TWILIO_SENDER = re.compile(r"\+[1-9][0-9]{6,14}|MG[0-9a-f]{32}")
_MAIL = re.compile(r"[^\s@,<>]+@[^\s@,<>]+")
LOG_LEVELS = ("debug", "info", "warning", "error")
_ONION = r"[a-z2-7]{56}\.onion"
# Without TLS, somebody in between could put words of their own around the page; an onion address authenticates itself.
_ORIGIN = re.compile(rf"(https://[a-z0-9-]+(\.[a-z0-9-]+)*|http://(localhost|127\.0\.0\.1|{_ONION}))(:[0-9]{{1,5}})?")


class BadSetting(ValueError):
    """A setting that nothing can start with; the message says which, and what is expected."""


@dataclass(frozen=True)
class Settings:
    """What the deployer decides. Times are in seconds and follow the table in docs/privacy.md."""

    production: bool  # people in need can reach it: weak settings are refused (commands/runtime/production.py)
    var: Path  # run-time files: model, encoder, key, Redis' files, sockets
    directory_file: Path  # the compiled directory
    redis_url: str  # empty: our own Redis under var
    key_file: Path  # the master key; created at the first start on a developer's machine
    key_file_given: bool
    directory_unchecked: bool  # for demonstrations: services no steward has checked are shown, marked as unchecked
    home_country: str  # ISO 3166-1 alpha-2 code of the country that comes first; empty: none does
    accept_drafted: tuple[str, ...]  # languages to answer in before people from the field have reviewed them
    host: str
    port: int
    desk_host: str
    desk_port: int
    desk_front: str  # address of the reverse proxy before the desk, if it is not on this machine
    desk_url: str  # where the people at the desk reach it; empty: this machine only
    time_zone: str  # of the duty calendar
    duty_hours: str  # when somebody is usually on duty, while the calendar is empty; as OpenStreetMap's opening_hours
    most_talks: int  # conversations of one operator at once, a P0 counted as two
    most_severe: int  # P0 and P1 conversations of one operator in a twelve-hour shift
    translate_url: str  # our own LibreTranslate, for what operators read; empty: nothing is translated
    alarm_webhook: str  # called when something needs a supervisor; empty: nothing is called
    alarm_mail_to: tuple[str, ...]  # gets an e-mail as well
    alarm_mail_from: str
    smtp_host: str
    smtp_port: int
    smtp_security: str  # starttls, tls, or none for a server on this machine
    smtp_user: str
    smtp_password: str
    engine_ports: tuple[int, ...]  # of the engines started here
    engine_host: str  # the address that an engine started on its own listens on
    engine_urls: tuple[str, ...]  # engines that run elsewhere
    public_url: str
    exit_url: str  # where the exit button of the web page leads: somewhere dull
    frame_hosts: tuple[str, ...]  # origins of the sites that can show the page in a frame
    onion_location: str  # this page's onion address, for Tor Browser
    privacy_contact: str  # how to reach the organisation, as the privacy notice says it
    log_level: str
    keep_web: int  # after the page was last open
    keep_phone: int  # SMS and Telegram: after the last message
    keep_seen: int  # ids of messages already accepted, as keyed hashes
    telegram_token: str  # of the bot; empty: the channel is off
    telegram_secret: str  # of the webhook; empty: derived from the master key
    telegram_api_url: str
    twilio_account: str  # empty: the channel is off
    twilio_token: str
    twilio_sender: str  # a phone number in E.164, or the SID of a messaging service
    twilio_api_url: str
    secret_files: tuple[tuple[str, Path], ...] = ()  # files that secrets were read from, by the name of the setting

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings from an environment; raises BadSetting with a sentence."""
        read = _Reader(os.environ if env is None else env)
        return cls(
            **_kind_of_start(read),
            redis_url=read.redis_url(),
            home_country=read.country("HOME_COUNTRY"),
            accept_drafted=read.languages("ACCEPT_DRAFTED"),
            host=read.text("HOST", "127.0.0.1"),
            port=read.number("PORT", 8080, 1, 65_535),
            # Private by default: whoever opens the desk to others puts a TLS proxy or a tunnel in front of it.
            desk_host=read.text("DESK_HOST", "127.0.0.1"),
            desk_port=read.number("DESK_PORT", 8081, 1, 65_535),
            desk_front=read.address("DESK_FRONT"),
            desk_url=read.url("DESK_URL", ""),
            time_zone=read.zone("DESK_TIME_ZONE"),
            duty_hours=read.hours("DUTY_HOURS"),
            # More at once, or more that is severe, harms both the operators and the people they answer.
            most_talks=read.number("MOST_TALKS", 3, 2, 3),
            most_severe=read.number("MOST_SEVERE_TALKS", 6, 1, 12),
            translate_url=read.near_url("TRANSLATE_URL"),
            alarm_webhook=read.secret_url("ALARM_WEBHOOK_URL"),
            alarm_mail_to=read.mails("ALARM_MAIL_TO"),
            alarm_mail_from=next(iter(read.mails("ALARM_MAIL_FROM")), ""),
            smtp_host=read.text("SMTP_HOST", ""),
            smtp_port=read.number("SMTP_PORT", 587, 1, 65_535),
            smtp_security=read.one_of("SMTP_SECURITY", "starttls", ("starttls", "tls", "none")),
            smtp_user=read.text("SMTP_USER", ""),
            smtp_password=read.secret("SMTP_PASSWORD", ""),
            engine_ports=read.ports("ENGINE_PORTS", "5005"),
            engine_host=read.text("ENGINE_HOST", "127.0.0.1"),
            engine_urls=read.near_urls("ENGINE_URLS"),
            public_url=read.url("PUBLIC_URL", ""),
            exit_url=read.url("EXIT_URL", "https://www.bbc.com/weather"),
            frame_hosts=read.origins("FRAME_HOSTS"),
            onion_location=read.onion("ONION_LOCATION"),
            privacy_contact=read.text("PRIVACY_CONTACT", ""),
            log_level=read.one_of("LOG_LEVEL", "info", LOG_LEVELS),
            # Keeping data longer would break what people are told, so these are upper limits too (P40).
            keep_web=read.number("KEEP_WEB_SECONDS", 900, 60, 900),
            keep_phone=read.number("KEEP_PHONE_SECONDS", 86_400, 600, 86_400),
            keep_seen=read.number("KEEP_SEEN_SECONDS", 172_800, 86_400, 172_800),
            telegram_token=read.secret("TELEGRAM_TOKEN", ""),
            telegram_secret=read.secret("TELEGRAM_SECRET", ""),
            telegram_api_url=read.url("TELEGRAM_API_URL", "https://api.telegram.org"),
            twilio_account=read.text("TWILIO_ACCOUNT_SID", ""),
            twilio_token=read.secret("TWILIO_AUTH_TOKEN", ""),
            twilio_sender=read.text("TWILIO_SENDER", ""),
            twilio_api_url=read.url("TWILIO_API_URL", "https://api.twilio.com"),
            secret_files=tuple(read.secret_files.items()),
        ).checked()

    def checked(self) -> "Settings":
        """Return these settings if they are consistent; raises BadSetting with a sentence."""
        if self.telegram_token and not _TELEGRAM_TOKEN.fullmatch(self.telegram_token):
            raise BadSetting("TELEGRAM_TOKEN must be a bot's token, as BotFather gives it: digits, a colon, letters.")
        if self.telegram_secret and not _TELEGRAM_SECRET.fullmatch(self.telegram_secret):
            raise BadSetting("TELEGRAM_SECRET must be 16 to 256 letters of A-Z, a-z, 0-9, _ and -.")
        twilio = (self.twilio_account, self.twilio_token, self.twilio_sender)
        if any(twilio) and not (all(twilio) and self.public_url):
            raise BadSetting(
                "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_SENDER and PUBLIC_URL belong together: set all or none."
            )
        if self.twilio_sender and not _TWILIO_SENDER.fullmatch(self.twilio_sender):
            raise BadSetting(
                "TWILIO_SENDER must be a phone number like +15551234567, or a messaging service's SID (MG…)."
            )
        if self.alarm_mail_to and not (self.alarm_mail_from and self.smtp_host):
            raise BadSetting("ALARM_MAIL_TO, ALARM_MAIL_FROM and SMTP_HOST belong together: set all or none.")
        return self

    @property
    def engines(self) -> tuple[str, ...]:
        """URLs of the engines: those that run elsewhere, otherwise those on this machine."""
        return self.engine_urls or tuple(f"http://127.0.0.1:{port}" for port in self.engine_ports)

    def keep(self, channel: str) -> int:
        """Return how many seconds a conversation on this channel outlives its last message."""
        return self.keep_web if channel == "web" else self.keep_phone


class _Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self.secret_files: dict[str, Path] = {}

    def text(self, name: str, default: str) -> str:
        return self._env.get(name, "").strip() or default

    def secret(self, name: str, default: str) -> str:
        path = self.text(f"{name}_FILE", "")
        if not path:
            return self.text(name, default)
        self.secret_files[f"{name}_FILE"] = Path(path)
        try:
            return Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(f"{name}_FILE names a file that cannot be read ({type(error).__name__}).") from None

    def number(self, name: str, default: int, least: int, most: int) -> int:
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise BadSetting(f"{name} must be a whole number from {least} to {most}.")
        return int(text)

    def ports(self, name: str, default: str) -> tuple[int, ...]:
        parts = [part.strip() for part in self.text(name, default).split(",")]
        if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= 65_535 for part in parts):
            raise BadSetting(f"{name} must be port numbers, with commas between them.")
        return tuple(int(part) for part in parts)

    def url(self, name: str, default: str) -> str:
        text = self.text(name, default)
        if text and not text.startswith(("http://", "https://")):
            raise BadSetting(f"{name} must start with http:// or https://.")
        return text.rstrip("/")

    def redis_url(self) -> str:
        # The password can be given separately, so the address can be kept where everybody can read it.
        url, password = self.secret("REDIS_URL", ""), self.secret("REDIS_PASSWORD", "")
        scheme, separator, rest = url.partition("://")
        if not password or not separator or "@" in rest:
            return url
        return f"{scheme}://:{quote(password, safe='')}@{rest}"

    def address(self, name: str) -> str:
        text = self.text(name, "")
        try:
            return str(ip_address(text)) if text else ""
        except ValueError:
            raise BadSetting(f"{name} must be an internet address in numbers, like 10.0.0.1.") from None

    def near_urls(self, name: str) -> tuple[str, ...]:
        return tuple(
            self._near(name, part.strip().rstrip("/")) for part in self.text(name, "").split(",") if part.strip()
        )

    def near_url(self, name: str) -> str:
        return self._near(name, self.url(name, ""))

    @staticmethod
    def _near(name: str, text: str) -> str:
        # What a person wrote is sent there: over TLS, or within a private network.
        if text and not text.startswith(("http://", "https://")):
            raise BadSetting(f"{name} must start with http:// or https://.")
        host = urlsplit(text).hostname or ""
        if text.startswith("http://") and not (host == "localhost" or "." not in host or _is_near(host)):
            raise BadSetting(f"{name} must start with https://, or be on this machine or in a private network.")
        return text

    def secret_url(self, name: str) -> str:
        # Whoever has the address of a webhook can call it: it is as secret as a token.
        text = self.secret(name, "")
        if text and not text.startswith(("http://", "https://")):
            raise BadSetting(f"{name} must start with http:// or https://.")
        return text

    def mails(self, name: str) -> tuple[str, ...]:
        parts = [part.strip() for part in self.text(name, "").split(",") if part.strip()]
        if not all(_MAIL.fullmatch(part) for part in parts):
            raise BadSetting(f"{name} must be e-mail addresses, with commas between them.")
        return tuple(parts)

    def zone(self, name: str) -> str:
        text = self.text(name, "UTC")
        if text != "UTC":
            try:
                ZoneInfo(text)
            except (ValueError, OSError, ZoneInfoNotFoundError):
                raise BadSetting(f"{name} must be a time zone like Europe/Berlin that this machine knows.") from None
        return text

    def country(self, name: str) -> str:
        text = self.text(name, "").upper()
        if text and not (len(text) == 2 and text in Locale("en").territories):
            raise BadSetting(f"{name} must be a country's code of two letters, like MX.")
        return text

    def languages(self, name: str) -> tuple[str, ...]:
        known = {tag.lower(): tag for tag in SERVED}
        parts = [part.strip().lower() for part in self.text(name, "").split(",") if part.strip()]
        if not known.keys() >= set(parts):
            raise BadSetting(
                f"{name} must be languages that are served, with commas between them: {', '.join(SERVED)}."
            )
        return tuple(known[part] for part in parts)

    def hours(self, name: str) -> str:
        from opening_hours import validate  # a compiled library that most commands do not need

        text = self.text(name, "")
        if text and not validate(text):
            raise BadSetting(f"{name} must be hours like Mo-Fr 09:00-17:00; Sa 10:00-14:00, or 24/7.")
        return text

    def origins(self, name: str) -> tuple[str, ...]:
        parts = [part.strip().lower().rstrip("/") for part in self.text(name, "").split(",")]
        origins = tuple(dict.fromkeys(part for part in parts if part))
        if not all(_ORIGIN.fullmatch(origin) for origin in origins):
            raise BadSetting(f"{name} must be sites with https:// and no path, with commas between them.")
        return origins

    def onion(self, name: str) -> str:
        text = self.text(name, "").lower().rstrip("/")
        if text and not re.fullmatch(f"http://{_ONION}", text):
            raise BadSetting(f"{name} must be http:// and an onion address of 56 letters with .onion behind it.")
        return text

    def one_of(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        text = self.text(name, default).lower()
        if text not in allowed:
            raise BadSetting(f"{name} must be one of {', '.join(allowed)}.")
        return text


def _kind_of_start(read: _Reader) -> dict[str, Any]:
    """Read whether this is production, and the settings whose defaults depend on it."""
    production = read.one_of("QUIETLINE_ENV", "demonstration", ("demonstration", "production")) == "production"
    var, key_file = Path(read.text("QUIETLINE_VAR", "var")).resolve(), read.text("HOTLINE_KEY_FILE", "")
    # Without a key file of its own this is a developer's machine, and nobody's life depends on a number.
    unchecked = "hide" if key_file or production else "show"
    return {
        "production": production,
        "var": var,
        "key_file": Path(key_file) if key_file else var / "master.key",
        "key_file_given": bool(key_file),
        "directory_file": Path(read.text("DIRECTORY_FILE", str(var / "directory.sqlite"))).resolve(),
        "directory_unchecked": read.one_of("DIRECTORY_UNCHECKED", unchecked, ("show", "hide")) == "show",
    }


def _is_near(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private
