"""The requirements of a production start: each weak setting is refused with a sentence and what to do about it.

`QUIETLINE_ENV=production` says that people in need may reach this hotline. Things that are fine on a developer's
machine, such as a self-generated key or unchecked services, can then cost a life.
"""

import stat
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from redis.connection import parse_url

from bot.crypto.private_files import is_open_to_others
from bot.crypto.vault import BadKeyFile, read_key_file
from bot.settings import Settings
from commands.doctor.check_result import CheckResult, bad
from commands.doctor.doctor_memory import is_in_memory, on_disk
from commands.languages.language_table import drafted
from commands.setup import settings_file

_HARD_ENOUGH = 3  # out of zxcvbn's 4: it takes at least 10^8 guesses
_KNOWN = ["redis", "valkey", "foobared", "quietline", "hotline"]
_LONG_ENOUGH = 72  # characters of a password that are checked
_FEWEST_BYTES = 16  # distinct bytes among the 32 of a random key: fewer never happen by chance
_ALONE = "Let only the hotline read it: chmod 600, or root's with mode 440 and the hotline's group (docs/deploy.md)."


class NotFit(Exception):
    """A production start is refused; the text has one line per reason."""


def demand(settings: Settings) -> None:
    """Raise NotFit if a production start has weak settings; a demonstration may have them."""
    found = list(refusals(settings)) if settings.production else []
    if found:
        lines = "\n".join(f"- {one.says} {one.do}" for one in found)
        raise NotFit(f"A hotline in production does not start like this:\n{lines}")


def refusals(settings: Settings) -> Iterator[CheckResult]:
    """Yield every weak setting."""
    yield from _key(settings)
    if settings.epoch_folder and not is_in_memory(settings.epoch_folder):
        yield on_disk(settings)
    yield from _open_files(settings)
    yield from _passwords(settings)
    yield from _public_address(settings)
    yield from _languages(settings)
    yield from _demonstration(settings)


def _key(settings: Settings) -> Iterator[CheckResult]:
    if not settings.key_file_given:
        says = "No file of a master key is named: HOTLINE_KEY_FILE is empty."
        yield bad("key", says, "Make one with `quietline setup`, or (umask 077; quietline key > FILE), and name it.")
        return
    try:
        key = read_key_file(settings.key_file)
    except BadKeyFile as error:
        yield bad("key", str(error), _ALONE)
        return
    if len(set(key)) < _FEWEST_BYTES:
        says = "The master key is not a random one: anybody can guess it."
        yield bad("key", says, "Make another: (umask 077; quietline key > FILE). Talks under this one end with it.")


def _open_files(settings: Settings) -> Iterator[CheckResult]:
    files = list(settings.secret_files)
    own = settings_file.where()
    for name, path in [*files, ("file of settings", own)] if own.is_file() else files:
        if is_open_to_others(path):
            what = f"The file of {name}" if name.isupper() else f"The {name} ({path.name})"
            yield bad("secret files", f"{what} is open to others.", _ALONE)


def _passwords(settings: Settings) -> Iterator[CheckResult]:
    if not settings.redis_url:
        return  # our own Redis, on a socket that no one else can open
    do = "Give it a long random one (requirepass, or an ACL user), and write it into REDIS_URL or the file of REDIS_URL_FILE."
    try:
        where: dict[str, Any] = dict(parse_url(settings.redis_url))  # type: ignore[no-untyped-call]  # redis leaves it untyped
    except ValueError:
        says = "REDIS_URL is no address of a Redis."
        yield bad("Redis password", says, "Write it like redis://:PASSWORD@HOST:6379/0, rediss:// with TLS.")
        return
    password = where.get("password") or ""
    if not password and not _is_own_socket(where.get("path")):
        yield bad("Redis password", "Redis is reached without a password: anybody near it can erase talks.", do)
    elif password and _is_guessed_first(password):
        yield bad("Redis password", "The password of Redis is a default, or one that is guessed first.", do)


def _is_own_socket(path: str | None) -> bool:
    if path is None:
        return False
    try:
        return not stat.S_IMODE(Path(path).stat().st_mode) & 0o007
    except OSError:
        return True  # not there yet: its creator decides, and `doctor` reports that Redis does not answer


def _is_guessed_first(password: str) -> bool:
    from zxcvbn import zxcvbn  # its word lists take a moment to load

    judged = zxcvbn(password[:_LONG_ENOUGH], _KNOWN, max_length=_LONG_ENOUGH)
    return bool(judged["score"] < _HARD_ENOUGH)


def _public_address(settings: Settings) -> Iterator[CheckResult]:
    if not settings.public_url:
        says = "PUBLIC_URL is missing: webhooks have nowhere to come to, and no signature can be checked."
        yield bad("public address", says, "Set it to the address that the world reaches you at: https://chat.example.")
    elif not is_safe_on_the_way(settings.public_url):
        says = "PUBLIC_URL begins with http://: what people write would be readable on the way."
        yield bad("public address", says, "Put a front with TLS before the hotline, and write https://.")


def is_safe_on_the_way(url: str) -> bool:
    """Return whether no one in between can read along: TLS, an onion address, or this machine itself."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost" or host.endswith(".onion"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _languages(settings: Settings) -> Iterator[CheckResult]:
    waiting = [tag for tag in drafted() if tag not in settings.accept_drafted]
    if waiting:
        says = f"Nobody from the field has read the crisis phrases of these languages: {', '.join(waiting)}."
        do = "Let two people read them (docs/translators.md), or accept each by name, knowing that: ACCEPT_DRAFTED="
        yield bad("languages", says, f"{do}{','.join((*settings.accept_drafted, *waiting))}")


def _demonstration(settings: Settings) -> Iterator[CheckResult]:
    if settings.directory_unchecked:
        says = "Places that nobody has checked are given out: DIRECTORY_UNCHECKED is show, as in a demonstration."
        do = "Set it to hide, and let stewards check the services of your country (docs/stewards.md)."
        yield bad("demonstration directory", says, do)
