"""Every setting, read once from the environment in quietline.py and passed in.

A secret can be given as `NAME_FILE`, the path of a file that holds it. A bad value stops the start with a sentence.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from bot import setting_types as kinds

_TELEGRAM_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TWILIO_SENDER = re.compile(r"\+[1-9][0-9]{6,14}|MG[0-9a-f]{32}")
# A field is read from the variable of its name in capitals, but these.
_NAMED_OTHERWISE = {
    "production": "QUIETLINE_ENV",
    "var": "QUIETLINE_VAR",
    "key_file": "HOTLINE_KEY_FILE",
    "old_key_file": "HOTLINE_OLD_KEY_FILE",
    "time_zone": "DESK_TIME_ZONE",
    "most_severe": "MOST_SEVERE_TALKS",
    "alarm_webhook": "ALARM_WEBHOOK_URL",
    "keep_web": "KEEP_WEB_SECONDS",
    "keep_phone": "KEEP_PHONE_SECONDS",
    "keep_seen": "KEEP_SEEN_SECONDS",
    "twilio_account": "TWILIO_ACCOUNT_SID",
    "twilio_token": "TWILIO_AUTH_TOKEN",
}
_SECRETS = (
    *("REDIS_URL", "REDIS_PASSWORD", "ALARM_WEBHOOK_URL", "SMTP_PASSWORD"),
    *("TELEGRAM_TOKEN", "TELEGRAM_SECRET", "TWILIO_AUTH_TOKEN"),
)


class BadSetting(ValueError):
    """A setting that nothing can start with; the message says which, and what is expected."""


@dataclass(frozen=True)
class Settings:
    """What the deployer decides. Times are in seconds and follow the table in docs/privacy.md."""

    var: kinds.FullPath  # run-time files: model, reader, key, Redis' files, sockets
    directory_file: kinds.FullPath  # the compiled directory
    key_file: Path  # the master key; created at the first start on a developer's machine
    key_file_given: bool
    engine_key_file: Path  # the key of the engines, which is derived from the master key and opens nothing
    # The keys of the present, in memory (bot/crypto/epochs.py); None: erased talks can be read from the disk with the master key.
    epoch_folder: kinds.FullPathOrOff
    # For demonstrations: services no steward has checked are shown, marked as unchecked.
    directory_unchecked: Annotated[bool, kinds.switch("show", "hide", on="show")]
    # Whether the gateway publishes the directory to anybody over HTTP (docs/api.md).
    directory_api: Annotated[bool, kinds.switch("off", "on", on="on")] = False
    # People in need can reach it: weak settings are refused (commands/runtime/production.py).
    production: Annotated[bool, kinds.switch("demonstration", "production", on="production")] = False
    old_key_file: Path | None = None  # the master key of before, while it is being changed
    redis_url: str = ""  # empty: our own Redis under var
    home_country: kinds.CountryCode = ""  # ISO 3166-1 alpha-2 code of the country that comes first; empty: none does
    accept_drafted: kinds.LanguageTags = ()  # to answer in before people from the field have reviewed them
    host: str = "127.0.0.1"
    port: kinds.Port = 8080
    # Private by default: whoever opens the desk to others puts a TLS proxy or a tunnel in front of it.
    desk_host: str = "127.0.0.1"
    desk_port: kinds.Port = 8081
    desk_front: kinds.Address = ""  # of the reverse proxy before the desk, which is believed who it speaks for
    desk_url: kinds.BareUrl = ""  # where the people at the desk reach it; empty: this machine only
    time_zone: kinds.Zone = "UTC"  # of the duty calendar
    duty_hours: kinds.DutyHours = ""  # when somebody is usually on duty, while the calendar is empty
    confirm_shifts: Annotated[bool, kinds.switch("no", "yes", on="yes")] = False  # a supervisor confirms who signs up
    # More at once, or more that is severe, harms both the operators and the people they answer.
    most_talks: Annotated[int, kinds.whole(2, 3)] = 3  # of one operator at once, a P0 counted as two
    most_severe: Annotated[int, kinds.whole(1, 12)] = 6  # P0 and P1 of one operator in a twelve-hour shift
    # Seconds from taking a conversation to the first line, by priority, P0 first; then it returns to the queue. Empty: never.
    answer_within: kinds.WaitsByPriority = (60, 120, 300, 600)
    translate_url: kinds.NearUrl = ""  # our own LibreTranslate, for what operators read; empty: nothing is translated
    # Of the makers of browsers, which then learn that a device of an operator is called, and when; empty: nobody is notified.
    push_services: kinds.PushServices = ()
    push_contact: kinds.FirstMail = ""  # for those services
    # Called when something needs a supervisor; empty: nothing is called. Whoever has the address can call it.
    alarm_webhook: kinds.ExactUrl = ""
    alarm_mail_to: kinds.Mails = ()  # gets an e-mail as well
    alarm_mail_from: kinds.FirstMail = ""
    # Whether those two are also told once a week how much is to be checked in the directory.
    directory_reminder: Annotated[bool, kinds.switch("weekly", "off", on="weekly")] = True
    smtp_host: str = ""
    smtp_port: kinds.Port = 587
    smtp_security: Annotated[str, kinds.one_of("starttls", "tls", "none")] = "starttls"  # none: on this machine
    smtp_user: str = ""
    smtp_password: str = ""
    engine_ports: kinds.Ports = (5005,)  # of the engines started here
    engine_host: str = "127.0.0.1"  # the address that an engine started on its own listens on
    engine_urls: kinds.NearUrls = ()  # engines that run elsewhere
    public_url: kinds.BareUrl = ""
    exit_url: kinds.BareUrl = "https://www.bbc.com/weather"  # where the page's exit button leads: somewhere dull
    frame_hosts: kinds.Origins = ()  # origins of the sites that can show the page in a frame
    onion_location: kinds.Onion = ""  # this page's onion address, for Tor Browser
    # Whether `quietline directory look` may fetch the pages that entries rest on.
    source_look: Annotated[bool, kinds.switch("on", "off", on="on")] = False
    # Whether stewards can send organisations a link to ask for changes of their own entry.
    organisation_links: Annotated[bool, kinds.switch("on", "off", on="on")] = False
    privacy_contact: str = ""  # how to reach the organisation, as the privacy notice says it
    log_level: Annotated[str, kinds.one_of("debug", "info", "warning", "error")] = "info"
    # Keeping data longer would break what people are told, so these are upper limits too (P40).
    keep_web: Annotated[int, kinds.whole(60, 900)] = 900  # after the page was last open
    keep_phone: Annotated[int, kinds.whole(600, 86_400)] = 86_400  # SMS and Telegram: after the last message
    keep_seen: Annotated[int, kinds.whole(86_400, 172_800)] = 172_800  # ids of messages accepted, as keyed hashes
    way_back_hours: Annotated[int, kinds.whole(1, 72)] = (
        24  # in which four words lead back to a web chat, where asked for
    )
    telegram_token: str = ""  # of the bot; empty: the channel is off
    telegram_secret: str = ""  # of the webhook; empty: derived from the master key
    telegram_api_url: kinds.BareUrl = "https://api.telegram.org"
    twilio_account: str = ""  # empty: the channel is off
    twilio_token: str = ""
    twilio_sender: str = ""  # a phone number in E.164, or the SID of a messaging service
    # Whose numbers are answered by text, beside HOME_COUNTRY and the country of our own number; ("all",): any country's.
    sms_countries: kinds.CountryCodes = ()
    # Parts of text messages in an hour, before only answers to a crisis and the words of operators go out.
    sms_parts_each: Annotated[int, kinds.whole(30, 10_000)] = 200  # to one number
    sms_parts_all: Annotated[int, kinds.whole(100, 100_000)] = 1_000  # to all numbers together
    twilio_api_url: kinds.BareUrl = "https://api.twilio.com"
    secret_files: tuple[tuple[str, Path], ...] = ()  # files that secrets were read from, by the name of the setting

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings from an environment; raises BadSetting with a sentence."""
        env = os.environ if env is None else env
        texts = {name: _text(env, name) for name in (*_VARIABLES.values(), "REDIS_PASSWORD")}
        files = {f"{name}_FILE": Path(path) for name in _SECRETS if (path := _text(env, f"{name}_FILE"))}
        texts |= {name.removesuffix("_FILE"): _content(name, path) for name, path in files.items()}
        texts["REDIS_URL"] = _with_password(texts["REDIS_URL"], texts["REDIS_PASSWORD"])
        given = {field: texts[name] for field, name in _VARIABLES.items() if texts[name]}
        origin = {"key_file_given": "key_file" in given, "secret_files": tuple(files.items())}
        try:
            return _parser().validate_python({**_dependent(given), **given, **origin}).checked()
        except ValidationError as error:
            raise BadSetting(_sentence(error)) from None

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
        if self.twilio_sender.startswith("MG") and not (self.sms_countries or self.home_country):
            raise BadSetting(
                "SMS_COUNTRIES must name the countries whose numbers are answered, like MX,GT, where HOME_COUNTRY is empty."
            )
        if self.alarm_mail_to and not (self.alarm_mail_from and self.smtp_host):
            raise BadSetting("ALARM_MAIL_TO, ALARM_MAIL_FROM and SMTP_HOST belong together: set all or none.")
        if bool(self.push_services) != bool(self.push_contact):
            raise BadSetting("PUSH_SERVICES and PUSH_CONTACT belong together: set both or none.")
        return self

    @property
    def engines(self) -> tuple[str, ...]:
        """URLs of the engines: those that run elsewhere, otherwise those on this machine."""
        return self.engine_urls or tuple(f"http://127.0.0.1:{port}" for port in self.engine_ports)

    def keep(self, channel: str) -> int:
        """Return how many seconds a conversation on this channel outlives its last message."""
        return self.keep_web if channel == "web" else self.keep_phone


# The variable of each field that is read.
_VARIABLES = {
    field.name: _NAMED_OTHERWISE.get(field.name, field.name.upper())
    for field in fields(Settings)
    if field.name not in ("key_file_given", "secret_files")
}


@cache
def _parser() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)


def _text(env: Mapping[str, str], name: str) -> str:
    return env.get(name, "").strip()


def _content(name: str, path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{name} names a file that cannot be read ({type(error).__name__}).") from None


def _with_password(url: str, password: str) -> str:
    # The password can be given separately, so the address can be kept where everybody can read it.
    scheme, separator, rest = url.partition("://")
    user, at, host = rest.rpartition("@")
    if not password or not separator or ":" in user:
        return url
    return f"{scheme}://{user}:{quote(password, safe='')}@{host if at else rest}"


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    says = cause if isinstance(cause, kinds.Unfit) else "cannot be read."  # another message may repeat the text
    return f"{_VARIABLES[str(first['loc'][0])]} {says}"


def _dependent(given: Mapping[str, str]) -> dict[str, str]:
    """Return the defaults that depend on other settings."""
    var = Path(given.get("var", "var")).resolve()
    memory = Path("/dev/shm")  # noqa: S108 - it is in memory, which is the point; the folder itself is ours alone
    own = f"quietline-{os.geteuid()}-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"
    # Without a key file this is a developer's machine, and nobody's life depends on a number.
    hidden = "key_file" in given or "engine_key_file" in given or given.get("production", "").lower() == "production"
    return {
        "var": str(var),
        "key_file": str(var / "master.key"),
        "engine_key_file": str(var / "engine.key"),
        "epoch_folder": str(memory / own if memory.is_dir() else var / "epochs"),
        "directory_file": str(var / "directory.sqlite"),
        "directory_unchecked": "hide" if hidden else "show",
    }
