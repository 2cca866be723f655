"""The machine checks of `quietline doctor`: key, ports, model, directory, time zones, desk address, alarms and disk."""

import asyncio
import fcntl
import shutil
import socket
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.crypto.vault import BadKeyFile, read_key_file
from bot.settings import Settings
from bot.storage.store import StoreAway
from channels.engine_client import EngineClient
from commands.directory import hotline_state
from commands.doctor.check_result import CheckResult, bad, ok, warn
from commands.runtime.ports import is_alive, near, taken, twice, wanted
from commands.runtime.production import is_safe_on_the_way
from commands.training.train import fingerprint, is_whole
from resources_directory.files.entries_folder import BadEntry
from resources_directory.search.directory_build import is_current
from resources_directory.stewards.due import Due, due

_LITTLE, _TOO_LITTLE = 2_000, 500  # MB on the disk
# Reasons that are urgent: people are offered less today.
_AT_ONCE = ("complaint", "suspended", "second_steward", "soon_gone")


def own_key(settings: Settings) -> Iterator[CheckResult]:
    """Check the key that a demonstration has generated for itself."""
    if settings.key_file_given or not settings.key_file.exists():
        return
    try:
        read_key_file(settings.key_file)
    except BadKeyFile as error:
        yield bad("own key", str(error), f"It lies at {settings.key_file}.")


def ports(settings: Settings) -> Iterator[CheckResult]:
    """Check that each port is free, or served by the running hotline. Engines of ENGINE_URLS have theirs elsewhere."""
    asked = [one for one in wanted(settings) if one[0] != "ENGINE_PORTS" or not settings.engine_urls]
    if same := list(twice(asked)):
        yield from same
        return
    running = is_running(settings.var) or is_alive(settings)
    faults = [fault for one in asked for fault in (_silent(*one) if running else taken(*one))]
    shown = ", ".join(str(port) for _, _, port in asked)
    yield from faults or [ok("ports", f"The hotline runs, on {shown}." if running else f"Free: {shown}.")]


async def engines(settings: Settings) -> list[CheckResult]:
    """Check that the engines of ENGINE_URLS answer, where a hotline runs that asks them."""
    if not settings.engine_urls or not await asyncio.to_thread(is_alive, settings):
        return []
    client = EngineClient(settings.engine_urls, token="")  # a health check needs none
    await client.start()
    try:
        away = [url for url in settings.engine_urls if not await client.healthy(url)]
    finally:
        await client.stop()
    do = "It is still starting, or its log says why it ended. Whoever is answered by it is told so, with a number."
    found = [bad("engines", f"None answers at {url}.", do) for url in away]
    return found or [ok("engines", f"They answer: {len(settings.engine_urls)}.")]


def is_running(var: Path) -> bool:
    """Return whether a running hotline holds the lock on this folder of run-time files."""
    try:
        with (var / "running").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _silent(name: str, host: str, port: int) -> Iterator[CheckResult]:
    try:
        socket.create_connection((near(host), port), timeout=2).close()
    except OSError:
        says = f"{name}: a hotline runs here, and nothing listens on port {port}."
        yield bad("ports", says, "It is still starting, or was started with other settings: start it again.")


def model(settings: Settings) -> Iterator[CheckResult]:
    """Check that there is a model, trained on the current texts."""
    models = settings.var / "models"
    wanted = models / f"{fingerprint()}.tar.gz"
    if wanted.exists() and not is_whole(wanted):
        yield bad("model", "The file of the model is damaged.", "quietline train makes it anew; a start does it too.")
    elif wanted.exists():
        made = datetime.fromtimestamp(wanted.stat().st_mtime, UTC)
        yield ok("model", f"Trained on {made:%Y-%m-%d}, from the texts as they are now.")
    elif any(models.glob("*.tar.gz")):
        says = "The model is older than the texts that it learns from."
        yield warn("model", says, "quietline train, before the next start: that would wait for it.")
    else:
        says = "There is no model: nothing is understood yet."
        yield bad("model", says, "quietline train: half a minute the first time. `make run` does it too.")


def directory(settings: Settings) -> Iterator[CheckResult]:
    """Check that the compiled directory matches the entries, and report what stewards have to check."""
    if not settings.directory_file.exists():
        yield warn("directory", "It is not compiled yet.", "quietline directory build; a start does it too.")
    elif not is_current(settings.directory_file):
        yield warn("directory", "An entry was changed since it was compiled.", "quietline directory build")
    else:
        yield ok("directory", "It is compiled from the entries as they are now.")
    try:
        yield from _due(due(datetime.now(UTC).date(), _complaints(settings)), settings.home_country)
    except BadEntry:
        yield bad("directory", "An entry can not be read.", "quietline directory check")


def _complaints(settings: Settings) -> dict[str, int]:
    try:
        return hotline_state.waiting(settings)
    except StoreAway:
        return {}  # the Redis check reports it


def _due(found: Iterable[Due], country: str) -> Iterator[CheckResult]:
    rows = [row for row in found if country in ("", row.country)]
    where = f" in {country}" if country else ""
    if not rows:
        yield ok("checks due", f"None{where}.")
        return
    urgent = sum(row.why in _AT_ONCE for row in rows)
    hurry = f", {urgent} of them today" if urgent else ""
    do = "quietline directory due" + (f" --country {country}" if country else "")
    yield warn("checks due", f"Services{where} that wait for a steward: {len(rows)}{hurry}.", do)


def time_zones(settings: Settings) -> Iterator[CheckResult]:
    """Check that the machine has time zone data: opening hours depend on it."""
    try:
        ZoneInfo("America/Mexico_City")
    except (ZoneInfoNotFoundError, OSError):
        says = "This machine has no data of time zones: whether a service is open can not be told."
        yield bad("time zones", says, "apt-get install tzdata")
        return
    yield ok("time zones", f"Known; the calendar of duty follows {settings.time_zone}.")


def desk(settings: Settings) -> Iterator[CheckResult]:
    """Check the address at which operators reach the desk."""
    if not settings.desk_url:
        says = f"DESK_URL is not set: invitations lead to port {settings.desk_port} of this machine."
        yield warn("desk", says, "Put a front with TLS before it, for your people only (docs/deploy.md).")
    elif not is_safe_on_the_way(settings.desk_url):
        says = "DESK_URL begins with http://: passwords and talks would be readable on the way."
        yield bad("desk", says, "Put a front with TLS before it, and write https://.")
    elif settings.desk_url.startswith("https://") and not settings.desk_front:
        says = "DESK_FRONT is not set: tries to sign in are counted by account alone, whoever makes them."
        yield warn("desk", says, "Set it to the address of your front, as the desk sees it (docs/deploy.md).")
    else:
        yield ok("desk", "Its address is set, and nobody can read along on the way to it.")


def alarms(settings: Settings) -> Iterator[CheckResult]:
    """Check that someone is alerted when a person is waiting and no desk page is open."""
    if settings.alarm_webhook or settings.alarm_mail_to:
        yield ok("alarms", "Somebody is called. Try it before you need it (docs/deploy.md).")
    else:
        says = "Nobody is called when somebody waits and no page of the desk is open."
        yield warn("alarms", says, "Set ALARM_WEBHOOK_URL, or ALARM_MAIL_TO with SMTP_HOST.")


def disk(settings: Settings) -> Iterator[CheckResult]:
    """Check that the disk has room for Redis to keep writing messages."""
    there = next(folder for folder in (settings.var, *settings.var.parents) if folder.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    if free >= _LITTLE:
        yield ok("disk", f"{free / 1000:.1f} GB are free.")
        return
    do = "Make room below QUIETLINE_VAR: a full disk means that no message can be taken."
    yield (bad if free < _TOO_LITTLE else warn)("disk", f"Only {free} MB are free.", do)
