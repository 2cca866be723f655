"""`quietline doctor --canary`: an invented person writes to the running hotline and leaves, and then nothing of them is found.

They come by the web page, ask for nobody and raise no alarm. Their conversation is taken out of the counts again, so all that
is left of them are the totals of `/metrics`, which say nothing, and which restart with the gateway (P39).
"""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import aiohttp
import redis

from bot.crypto import identity
from bot.crypto.vault import Vault
from bot.messaging import farewell
from bot.reporting.counts import Counted
from bot.settings import Settings
from bot.storage.store import Store, StoreAway, key
from channels.local_only import bearer
from commands.canary.canary_visit import AWAY, CanaryVisit, NoPage
from commands.canary.mark_search import Searched, files_below, held_by, in_files, in_values
from commands.canary.marks import Marks
from commands.doctor.check_result import CheckResult, bad, ok, warn
from commands.doctor.doctor_redis import connected
from commands.runtime.composition import open_gateway_vault
from commands.runtime.ports import near
from commands.runtime.redis_server import url_of

_DO = "Somebody's words would be found like this: switch off what wrote them there, and tell those who build Quietline."


async def canary(settings: Settings, logs: Sequence[Path] = (), at: str = "") -> list[CheckResult]:
    """Send the canary, and return what was found of it where. `at`: the front to go through, else this machine's own port."""
    vault, began, marks = open_gateway_vault(settings), time.time(), Marks.drawn()
    url = at.rstrip("/") or f"http://{near(settings.host)}:{settings.port}"
    store = Store.connect(url_of(settings), vault)
    try:
        async with CanaryVisit.begun(url, marks) as visit:
            marks = Marks({**marks.texts, "token of the page": visit.token})
            answered = await visit.writes(_sentence(marks))
            conversation = await store.find(_pointer(store, visit)) or ""
            counted = await _counted(store, conversation)
            living = _in_redis(settings, "Redis, while it lives", marks)
        erased = await _forgotten(store, visit, conversation, counted)
        searched = [living, _in_redis(settings, "Redis, erased", marks), await _in_metrics(settings, vault, marks)]
    except (*AWAY, NoPage):
        do = "Run it where the hotline runs, while it runs, or name its address: --at https://help.example.org"
        return [bad("page", f"No page of ours answers at {url}.", do)]
    except StoreAway:
        return [bad("Redis", "Redis does not answer.", "Is it running, and REDIS_URL right?")]
    finally:
        await store.close()
    searched += list(await asyncio.to_thread(lambda: list(_in_files(settings, logs, began, marks))))
    return [*_went(answered, conversation, erased), *map(_judged, searched), _elsewhere(marks)]


def _sentence(marks: Marks) -> str:
    # It asks for nobody and tells of no danger: nobody at the desk may be called for it.
    return f"hello, i am {marks['name']}, {marks['e-mail']}, +{marks['number']}, about the {marks['sentence']}"


def _pointer(store: Store, visit: CanaryVisit) -> str:
    return identity.address_key("web", visit.token, store.vault.pepper)


async def _counted(store: Store, conversation: str) -> Counted | None:
    seal = await store.seal_of(conversation) if conversation else None
    sealed = await store.call("GET", key("counted", conversation)) if seal else None
    return Counted(**json.loads(seal.open(sealed, "counted"))) if seal and sealed else None


async def _forgotten(store: Store, visit: CanaryVisit, conversation: str, counted: Counted | None) -> bool:
    """Return whether the exit has erased the conversation; remove what a person leaves behind for a while: no person was here."""
    erased = not conversation or not await store.call("KEYS", f"*{{{conversation}}}*")
    if not erased:
        await farewell.forget(store, conversation)
    if counted:
        for cell in counted.cells():
            await store.call("HINCRBY", f"counts:{counted.day[:7]}", cell, -1)
    seen = identity.message_key("web", f"{visit.token}:{visit.id}", store.vault.pepper)
    await store.call("DEL", f"seen:{seen}", f"left:{_pointer(store, visit)}")
    return erased


def _in_redis(settings: Settings, place: str, marks: Marks) -> Searched:
    url = url_of(settings)
    with closing(connected(url, decode=False)) as client:
        return in_values(place, held_by(client), marks)


async def _in_metrics(settings: Settings, vault: Vault, marks: Marks) -> Searched:
    where = f"http://{near(settings.host)}:{settings.port}/metrics"
    proof = {"Authorization": bearer(vault)}
    async with aiohttp.ClientSession(headers=proof) as session, session.get(where) as answer:
        lines = (await answer.read()).splitlines()
    return in_values("metrics", ((f"line {number}", line) for number, line in enumerate(lines, 1)), marks, "lines")


def _in_files(settings: Settings, logs: Sequence[Path], began: float, marks: Marks) -> Iterator[Searched]:
    yield in_files("logs named here", logs, marks)
    for folder in dict.fromkeys((settings.var, *_folder_of_redis(settings), Path(tempfile.gettempdir()), Path.cwd())):
        # What is older cannot hold them. Below the working folder only a core dump could: the rest is the program itself.
        below = files_below(folder, began) if folder != Path.cwd() else (p for p in folder.glob("core*") if p.is_file())
        yield in_files(str(folder), filter(_ours, below), marks)


def _ours(path: Path) -> bool:
    return path.stat().st_uid == os.getuid()


def _folder_of_redis(settings: Settings) -> list[Path]:
    """Return the folder of Redis' files, if it is on this machine and we may know it."""
    with suppress(redis.RedisError), closing(connected(settings.redis_url or "unix:///nonexistent")) as client:
        folder = Path(str(client.config_get("dir")["dir"]))
        return [folder] if folder.is_dir() and os.access(folder, os.R_OK) else []
    return []


def _went(answered: bool, conversation: str, erased: bool) -> Iterator[CheckResult]:
    if not answered:
        yield bad("page", "The canary wrote, and nothing answered.", "quietline doctor")
    elif not conversation:
        yield bad("page", "The canary was answered, and its conversation is not in this Redis.", "Is REDIS_URL right?")
    else:
        yield ok("page", "The canary wrote, and was answered.")
    if conversation and erased:
        yield ok("exit", "Its exit erased the conversation at once.")
    elif conversation:
        yield bad("exit", "Its exit left the conversation in Redis.", "Tell those who build Quietline.")


def _judged(searched: Searched) -> CheckResult:
    if searched.found:
        return bad(searched.place, f"{searched.much}: {'; '.join(searched.found)}.", _DO)
    return ok(searched.place, f"{searched.much}, and no mark.")


def _elsewhere(marks: Marks) -> CheckResult:
    words = "|".join(marks.texts.values())
    says = "Logs elsewhere (the front's, the containers', the machine's) were not looked at."
    return warn("elsewhere", says, f"This must find nothing: docker-compose logs --since 10m | grep -iE '{words}'")
