"""Nothing is done at the desk without a line in the audit log: where the line cannot be written, nothing has changed.

The routes are those that the desk has. A new one fails here until somebody has sent it a form that does something, or has
written down why it leaves no line.
"""

import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest

from bot.messaging import blocks
from bot.reporting import change_requests
from bot.settings import Settings
from bot.storage.store import Store, StoreAway
from desk.alarms.alarms import Alarms
from desk.directory.directory_changes import mark
from desk.duty.duty_calendar import Duty
from desk.shifts.handover_notes import HandoverNotes
from desk.shifts.shift_swaps import ShiftDay, ShiftSwaps
from desk.web import app
from resources_directory.files import change_log
from resources_directory.upkeep.asked_changes import facts_of_organisation
from resources_directory.upkeep.source_looks import SourceLook, file_beside, keep_looks
from tests.desk.admin.test_organisation_pages import HAVEN, fields_of
from tests.desk.colleagues import PASSWORD, Clock
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.directory.steps import NEW, NUMBER
from tests.desk.directory.test_emergency_pages import ROW
from tests.desk.directory.upkeep.test_import_pages import BATCH, arrives
from tests.desk.directory_folder import SPAIN, TWIN, compiled, entries, filled, service
from tests.desk.notifications.push_service import PushService
from tests.desk.talking import Lines

SHUT = TWIN.replace("es-ley-dos", "es-otra").replace("914354134", "913199399").replace("active", "closed")
LOOK = SourceLook("es-casa", "https://casa.example/contact", "gone", "2027-01-10")
ROLES = {"boss": "administrator", "cam": "supervisor", "ana": "operator", "heron": "steward"}
# Nobody's work: sessions and who is there, what is counted to slow down guessing, and the log itself.
BESIDE = ("session:", "audit", "operators", "sign_in", "signing", "attempts", "tries:")

WITHOUT_A_LINE = {
    "/sign-in": "its line comes between the proof and the session: test_audit_log.py",
    "/still-here": "a sign of life",
    "/on-duty": "who comes, pauses and goes is kept by nobody: breaks are not watched",
    "/you/desk-language": "in which language the pages speak to oneself",
    "/you/wishes": "how the pages look and sound to oneself",
    "/desk/view": "whom of the queue one sees oneself",
    "/log/verify": "changes nothing",
    "/directory/search": "changes nothing, and what is looked for is not kept",
    "/desk/talk/{id}/draft": "nobody is told anything before it is sent",
    "/desk/talk/{id}/add": "the same",
    "/desk/talk/{id}/translate": "the same",
    "/desk/talk/{id}/find": "changes nothing; reading is noted: test_reading_is_noted.py",
    **dict.fromkeys(
        (f"/practice/{act}" for act in ("take", "leave", "write", "add", "note", "call", "safe-again", "end")),
        "nobody is behind it, and what is done there is for its operator alone",
    ),
}


@dataclass(frozen=True)
class Form:
    """A form that does something: who sends it, and what it holds; "@" marks a name of the scene."""

    who: str
    fields: Mapping[str, str] = field(default_factory=dict)
    about: str = ""  # a name of the scene for each part of the path in braces
    shown: str = ""  # the name of a form of the scene that it begins with


def _talk(name: str, who: str = "ana", about: str = "own", **fields: str) -> tuple[str, Form]:
    return f"/desk/talk/{{id}}/{name}", Form(who, fields, about)


def _entry(act: str, about: str = "ley", shown: str = "", /, **fields: str) -> tuple[str, Form]:
    return f"/directory/entry/{{id}}/{act}", Form("heron", fields, about, shown)


def _call(name: str, **fields: str) -> tuple[str, Form]:
    return f"/directory/calls/entry/{{id}}/{name}", Form(
        "heron", {"row.es-ley": "1", "seen.es-ley": "", **fields}, "ley"
    )


FORMS = {
    "/sign-out": Form("ana"),
    "/invitation/{token}": Form("ana", {"name": "Newt", "password": PASSWORD, "code": "@newt_code"}, "newt_token"),
    "/you/languages": Form("ana", {"language_es": "yes"}),
    "/you/alias": Form("ana"),
    "/you/administration": Form("heron", {"name": "Heron of the keys"}),
    "/you/password": Form("ana", {"old_password": PASSWORD, "new_password": "nine loud trumpets"}),
    "/you/recovery-codes": Form("ana", {"password": PASSWORD, "code": "@ana_code"}),
    "/people": Form("boss", {"name": "Nova", "role_operator": "yes"}),
    "/people/{account}/roles": Form("boss", {"role_steward": "yes"}, "ana"),
    "/people/{account}/confirm": Form("boss", {"role_operator": "yes", "role_supervisor": "yes"}, "ben"),
    "/people/{account}/languages": Form("boss", {"language_es": "yes"}, "ana"),
    "/people/{account}/link": Form("boss", {}, "newt"),
    "/people/{account}/disable": Form("boss", {}, "ana"),
    "/organisation": Form("boss", {**HAVEN, "step": "save", "rung": "yes"}, "", "organisation"),
    "/blocks/{block}/lift": Form("boss", {}, "block"),
    "/notices/call": Form("ana", {"step": "withdraw"}),
    "/debrief/call": Form("ana"),
    **dict([
        _talk("claim", about="waiting"), _talk("join", "cam"), _talk("leave", "cam"), _talk("take-over", "cam"),
        _talk("release", agreed="yes"), _talk("close"), _talk("keep-open"), _talk("offer", to="@ben"), _talk("queue"),
        _talk("rank", "cam", priority="P1"), _talk("hold", "cam", why="asked"), _talk("call"), _talk("block"),
        _talk("note", text="hello"), _talk("write", text="hello"), _talk("safe-again"),
        ("/desk/talk/{id}/write-translated", Form("ana", {}, "own", "translated")),
    ]),
    "/load/alarm": Form("cam", {"alarm": "@alarm", "step": "end"}),
    "/load/talk/{id}/rank": Form("cam", {"priority": "P1"}, "own"),
    "/load/talk/{id}/offer": Form("cam", {"to": "@ben"}, "own"),
    "/load/talk/{id}/queue": Form("cam", {}, "own"),
    "/load/operator/{id}/end": Form("cam", {}, "ana"),
    "/load/operator/{id}/lift-break": Form("cam", {}, "ana"),
    "/load/operator/{id}/lift-measure": Form("cam", {}, "ana"),
    "/duty": Form("cam", {"account": "@ana", "day": "2027-01-16", "from": "08:00", "until": "12:00"}),
    "/duty/{shift}/take-out": Form("cam", {}, "her_shift"),
    "/duty/{shift}/sign-up": Form("ana", {}, "open_shift"),
    "/duty/{shift}/offer": Form("ana", {"day": "2027-01-18"}, "her_shift"),
    "/duty/{shift}/keep": Form("ana", {}, "her_shift"),
    "/duty/{shift}/withdraw": Form("ana", {}, "asked_shift"),
    "/duty/{shift}/answer": Form("cam", {"account": "@ana", "step": "confirm"}, "asked_shift"),
    "/duty/swaps": Form("ana", {"gives": "@her_day", "takes": "@his_day"}),
    "/duty/swaps/{swap}/accept": Form("ana", {}, "swap"),
    "/duty/swaps/{swap}/end": Form("ana", {}, "swap"),
    "/duty/swaps/{swap}/answer": Form("cam", {"step": "confirm"}, "agreed_swap"),
    "/duty/holidays": Form("cam", {"day": "2027-02-01", "name": "Feast"}),
    "/duty/calendar": Form("ana", {"step": "make"}),
    "/handover": Form("ana", {"text": "The printer is empty."}),
    "/handover/{note}/read": Form("ana", {}, "handover"),
    "/handover/{note}/remove": Form("cam", {}, "handover"),
    "/push/subscribe": Form("ana", {}, "", "push"),
    "/push/end": Form("ana"),
    "/directory/calls/next": Form("heron", {"country": "ES"}),
    "/directory/calls/assign": Form("heron", {"country": "ES", "to": "heron", "call.es-casa": "1"}),
    **dict([
        _call("take"), _call("give-back"), _call("confirmed"), _call("gone", reason="Ended."), _call("no-answer"),
        _call("left-message"),
    ]),
    **dict([
        _entry("checked"), _entry("suspend", reason="Full."), _entry("close", reason="Ended."),
        _entry("reopen", "otra", reason="Rang."), _entry("edit", "ley", "edit", name="Leyes"),
        _entry("link"), _entry("revoke-link"),
    ]),
    "/directory/new": Form("heron", {}, "", "new"),
    "/directory/compile": Form("heron"),
    "/directory/emergency/{id}/checked": Form("heron", {}, "emergency"),
    "/directory/imports": Form("heron", {**BATCH, "answer": "accept", "all": "1"}),
    "/directory/imports/gone": Form("heron", {**BATCH, "answer": "leave", "all": "1"}),
    "/directory/looks/{id}/call": Form("heron", {"url": LOOK.url}, "casa"),
    "/directory/merge/{keep}/{other}": Form(
        "heron", {"reason": "One office.", "seen.es-ley": "", "seen.es-ley-dos": "", "pick.languages": "both"}, "ley dos"
    ),
    "/directory/requests/{id}/accept": Form("heron", {}, "ley", "request"),
    "/directory/requests/{id}/decline": Form("heron", {}, "ley", "request"),
}  # fmt: skip


class LoglessStore(Store):
    """A store that takes no line of the audit log once it is shut."""

    shut = False
    refused = 0  # lines

    async def run(self, script: str, keys: Sequence[str] = (), **given: Any) -> Any:
        if self.shut and script == "append_audit":
            self.refused += 1
            raise StoreAway("no line")
        return await super().run(script, keys, **given)

    async def work(self) -> dict[bytes, bytes]:
        """All that the desk has done so far, as it stands here."""
        names = [name for name in await self.call("KEYS", "*") if not name.decode().startswith(BESIDE)]
        return {name: await self.call("DUMP", name) for name in names}


@dataclass
class Scene:
    """A desk on which every form finds something to do."""

    store: LoglessStore
    folder: Path
    seats: Mapping[str, Seat]
    names: Mapping[str, str]
    shown: Mapping[str, Mapping[str, str]]

    async def sends(self, path: str, form: Form) -> str:
        """Send a form while no line can be written; what is wrong with what came of it."""
        before, said, refused = await self.store.work(), self._files(), self.store.refused
        parts = iter(form.about.split())
        where = re.sub(r"{\w+}", lambda _: self.names[next(parts)], path)
        fields = {
            name: self.names.get(value.removeprefix("@"), value) if value[:1] == "@" else value
            for name, value in form.fields.items()
        }
        status, answer = await self.seats[form.who].sends(where, **{**self.shown.get(form.shown, {}), **fields})
        if self.store.refused == refused:
            return f"{path}: no line ({status}) {answer[:80] if status < 400 else ''}"
        after = await self.store.work()
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        return f"{path}: done before its line: {changed}" if changed or self._files() != said else ""

    def _files(self) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file() and path.suffix != ".lock"
        }


@pytest.fixture
def store(store: Store) -> LoglessStore:
    return LoglessStore(store.redis, store.vault)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = entries(tmp_path / "entries")
    (made / "es.yml").write_text(SPAIN.replace("organizations:\n", f"{ROW}organizations:\n", 1) + TWIN + SHUT, "utf-8")
    arrives(made, "913 19 93 90")
    gone = change_log.read(made)[0].model_copy(update={"what": "unlisted", "before": {}, "after": {}})
    change_log.append(gone, made)
    return made


@pytest.fixture
async def site(desk_site: DeskSite, folder: Path, tmp_path: Path) -> AsyncIterator[DeskSite]:
    origin = PushService(port=1).origin
    links = replace(desk_site.services.settings, organisation_links=True, public_url="https://chat.example")
    settings = replace(links, push_services=(origin,))
    file = compiled(tmp_path / "made" / "directory.sqlite", folder)
    keep_looks(file_beside(file), [LOOK], [(LOOK.service, LOOK.url)])
    services = replace(desk_site.services, directory_file=file, entries=folder, settings=settings)
    async with DeskSite(services, desk_site.clock).open() as site:
        yield site


@pytest.fixture
async def scene(
    site: DeskSite, store: LoglessStore, settings: Settings, clock: Clock, folder: Path
) -> AsyncIterator[Scene]:
    people = {name: await site.hires(name, role) for name, role in ROLES.items()}  # type: ignore[arg-type]
    desk = site.services.accounts
    names = {name: (await who.account()).id for name, who in people.items()}
    names |= await _colleagues(site, names) | await _talks(site, store, settings, people, names)
    names |= await _shifts(store, clock, names["ana"], names["ben"]) | {
        "ley": "es-ley",
        "dos": "es-ley-dos",
        "otra": "es-otra",
        "casa": LOOK.service,
    }
    names |= {
        "emergency": "es-emergency-112-all",
        "handover": (await HandoverNotes(store, clock).add(names["cam"], "Hi.")).id,
    }
    await desk.people.change(names["heron"], lambda now: now.with_(parted=True))
    await _asks(store, clock, folder)
    async with AsyncExitStack() as stack:
        seats = {name: await stack.enter_async_context(site.seat(who)) for name, who in people.items()}
        names["ana_code"] = people["ana"].code()
        shown = {
            "organisation": fields_of((await seats["boss"].opens("/organisation"))[1]),
            "request": dict(
                re.findall(
                    r'name="(\w+)" value="([^"]*)"', (await seats["heron"].opens("/directory/requests/es-ley"))[1]
                )
            ),
            "translated": _translated(store, names),
            "push": PushService(port=1).subscription(),
            "edit": filled(service(folder, "es-ley"), seen=mark(service(folder, "es-ley"))),
            "new": {**filled(None, name="Nido", **{"kinds.medical": "yes"}, **NUMBER), **NEW},
        }
        # A click in one's own conversation is a sign that somebody is there, which is no act.
        await site.services.handoffs.attend(names["own"], names["ana"], clock())
        names["newt_code"] = await _code(site, names["newt_token"])
        yield Scene(store, folder, seats, names, shown)


def _translated(store: Store, names: Mapping[str, str]) -> dict[str, str]:
    """A reply with the proof that a translator gave it."""
    words = ("I am here.", "Aquí estoy.")
    proof = store.vault.keyed("translated reply", json.dumps([names["own"], names["ana"], *words]))
    return {"original": words[0], "translation": words[1], "proof": proof}


async def _colleagues(site: DeskSite, names: Mapping[str, str]) -> dict[str, str]:
    """One who waits for a role that another administrator asked for, and one who is invited."""
    desk = site.services.accounts
    ben, owl = await site.hires("Ben"), await site.hires("Owl", "administrator")
    await desk.give_roles(await ben.account(), ("supervisor", "operator"), (await owl.account()).id)
    token = await desk.invitations.invite("Newt", ("operator",))
    return {"ben": (await ben.account()).id, "newt_token": token, "newt": (await desk.invitations.look(token)).id}


async def _code(site: DeskSite, token: str) -> str:
    return pyotp.TOTP((await site.services.accounts.invitations.look(token)).secret).at(int(site.clock.now))


async def _talks(
    site: DeskSite, store: Store, settings: Settings, people: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, str]:
    lines = Lines(store, settings, site.clock)
    ana = await people["ana"].account()
    await lines.works(ana, await people["cam"].account())
    blocked = await lines.waits("+3")
    await blocks.block(store, blocked, 3_600)
    alarm = await Alarms(store, site.clock).call(names["ana"])
    own, waiting = await lines.has(ana, "+1"), await lines.waits("+2")
    (block,) = await blocks.in_force(store)
    return {"own": own, "waiting": waiting, "block": block.id, "alarm": alarm.id}


async def _shifts(store: Store, clock: Clock, ana: str, ben: str) -> dict[str, str]:
    duty = Duty(store, clock)
    hers = await duty.add(ana, datetime(2027, 1, 18, 8), 240)
    free, asked = await duty.add("", datetime(2027, 1, 19, 8), 240), await duty.add("", datetime(2027, 1, 20, 8), 240)
    await duty.change(asked.id, lambda shift: replace(shift, asked=ana))
    his = [ShiftDay((await duty.add(ben, datetime(2027, 1, day, 8), 240)).id, f"2027-01-{day}") for day in (21, 22)]
    her = ShiftDay(hers.id, "2027-01-18")
    swaps = ShiftSwaps(store, duty, confirm=True)
    asked_by_ben = await swaps.ask(ben, his[0], her, clock())
    agreed = await swaps.ask(ben, his[1], her, clock())
    await swaps.accept(agreed.id, ana, clock())
    days = {"her_day": f"{hers.id} 2027-01-18", "his_day": f"{his[0].shift} 2027-01-21"}
    swap_ids = {"swap": asked_by_ben.id, "agreed_swap": agreed.id}
    return {"her_shift": hers.id, "open_shift": free.id, "asked_shift": asked.id, **days, **swap_ids}


async def _asks(store: Store, clock: Clock, folder: Path) -> None:
    """An organisation asks for other hours."""
    ley = service(folder, "es-ley")
    token = await change_requests.create(store, (ley.id, ley.name, facts_of_organisation(ley)), "a" * 32, clock())
    link = await change_requests.find(store, token)
    assert link
    assert await change_requests.submit(store, link, {**link.facts, "hours": "Mo-Fr 10:00-18:00"}, clock()) == "sent"


def test_every_form_is_sent_or_its_silence_has_a_reason(desk_site: DeskSite) -> None:
    every = app.build(desk_site.services).router.routes()
    posts = {route.resource.canonical for route in every if route.resource and route.method == "POST"}
    assert posts == {*FORMS, *WITHOUT_A_LINE}
    assert not {*FORMS} & {*WITHOUT_A_LINE}


async def test_where_no_line_can_be_written_no_form_does_anything(scene: Scene) -> None:
    scene.store.shut = True
    assert [wrong for path, form in FORMS.items() if (wrong := await scene.sends(path, form))] == []
