"""The practice room: conversations from files, in the look of the desk, behind which there is nobody.

It never touches the queue, a count or the audit log, and what is written there is for its operator alone.
"""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from aiohttp import web

from bot.handoff.pending_end import NOT_STATED, OUTCOMES
from bot.phrases.phrases import SOURCE, Phrasebook
from desk.auth.roles import may
from desk.practice.hearing import topics_in
from desk.practice.play import Play
from desk.practice.play_checks import findings
from desk.practice.practice_view import begun, context
from desk.practice.rooms import Rooms
from desk.practice.script_files import Library, load
from desk.practice.script_model import Script
from desk.web.handler_tools import form, needs, page, see_other, services, session

_LONGEST = 4_000  # letters in one message
_NOTE = 2_000
_TALK = "/practice/talk"
Handled = Callable[[web.Request, Play, Script], Awaitable[web.StreamResponse | None]]


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    acts: dict[str, Handled] = {
        "write": write, "add": add, "note": note, "call": call, "safe-again": safe_again, "end": end,
    }  # fmt: skip
    return [
        web.get("/practice", room),
        web.post("/practice/take", take),
        web.get(_TALK, talk),
        web.get("/practice/debrief", debrief),
        web.post("/practice/leave", leave),
        *(web.post(f"/practice/{name}", _act(act)) for name, act in acts.items()),
    ]


@needs("practise")
async def room(request: web.Request) -> web.Response:
    """Show which conversations there are to practise."""
    library, who = _library(services(request).book), session(request).account
    faults = library.faults if may(who.roles, "lead_shift") else ()
    play = await _rooms(request).find(session(request).id)
    shown: dict[str, Any] = {
        "scripts": library.scripts,
        "faults": faults,
        "play": play,
        "waiting": await _waiting(request),
    }
    return page(request, "practice/room.html", **shown)


@needs("practise")
async def take(request: web.Request) -> web.StreamResponse:
    """Begin a practice conversation; one that was open is over."""
    fields, given = await form(request), services(request)
    name, locale = fields.get("script", ""), fields.get("language", "")
    script = _library(given.book).scripts.get(name)
    if script is None or locale not in script.languages:
        raise web.HTTPBadRequest
    play = begun(name, script, locale, session(request).account.alias, given.book)
    await _rooms(request).keep(session(request).id, play)
    return see_other(_TALK)


@needs("practise")
async def talk(request: web.Request) -> web.StreamResponse:
    """Show the practice conversation of this session."""
    found = await _found(request)
    if found is None:
        return see_other("/practice")
    return see_other("/practice/debrief") if found[0].ended else await _shown(request, *found)


@needs("practise")
async def debrief(request: web.Request) -> web.StreamResponse:
    """Show what was done well and what was missed."""
    found = await _found(request)
    if found is None or not found[0].ended:
        return see_other("/practice" if found is None else _TALK)
    play, script = found
    checked = findings(play, _library(services(request).book).checks(script))
    return page(
        request, "practice/debrief.html", play=play, script=script, findings=checked, waiting=await _waiting(request)
    )


@needs("practise")
async def leave(request: web.Request) -> web.StreamResponse:
    """Delete the practice conversation."""
    await _rooms(request).drop(session(request).id)
    return see_other("/practice")


async def write(request: web.Request, play: Play, script: Script) -> web.StreamResponse | None:
    """Send a message to nobody; the script answers. In quiet mode it takes a second click, as at the desk."""
    fields, given = await form(request), services(request)
    text = fields.get("text", "").strip().replace("\r\n", "\n")
    if not text:
        return None
    play.draft = text[: 2 * _LONGEST]
    refused = "too_long" if len(text) > _LONGEST else "quiet" if play.quiet and fields.get("sure") != "yes" else ""
    if refused:
        await _rooms(request).keep(session(request).id, play)
        return await _shown(request, play, script, status=409, refused=refused)
    play.hears(script, text, topics_in(text, _library(given.book).topics, given.book, play.locale))
    return None


async def add(request: web.Request, play: Play, script: Script) -> None:
    """Append a ready-made reply to the draft, where no script does it in the page."""
    fields = await form(request)
    text = "\n\n".join(part for part in (fields.get("text", "").strip(), fields.get("add", "")) if part)
    play.draft = text[: 2 * _LONGEST]


async def note(request: web.Request, play: Play, script: Script) -> None:
    """Add a note for colleagues whom there are none of."""
    text = (await form(request)).get("text", "").strip()[:_NOTE]
    if text:
        play.does("note")
        play.notes.append(text)


async def call(request: web.Request, play: Play, script: Script) -> None:
    """Call a supervisor: nobody is called, and the script has what one would say."""
    play.does("call")
    play.called = True


async def safe_again(request: web.Request, play: Play, script: Script) -> web.StreamResponse | None:
    """End quiet mode, once they have written that they are alone."""
    if play.safe_again():
        return None
    await _rooms(request).keep(session(request).id, play)
    return await _shown(request, play, script, status=409, refused="not_alone")


async def end(request: web.Request, play: Play, script: Script) -> web.StreamResponse:
    """End it, and go to its debrief."""
    fields = await form(request)
    outcome = fields.get("outcome") or NOT_STATED
    if outcome not in (*OUTCOMES, NOT_STATED):
        raise web.HTTPBadRequest
    blocks = bool(fields.get("block"))
    play.does("block" if blocks else "end", outcome="abuse" if blocks else outcome)
    play.ended = True
    await _rooms(request).keep(session(request).id, play)
    return see_other("/practice/debrief")


def _act(act: Handled) -> Any:
    """Do something in the practice conversation of this session, unless the form is of an earlier moment of it."""

    @needs("practise")
    async def handler(request: web.Request) -> web.StreamResponse:
        found = await _found(request)
        if found is None or found[0].ended:
            return see_other("/practice" if found is None else "/practice/debrief")
        play, script = found
        # Sent twice, from another tab, or of a conversation before this one.
        stale = (await form(request)).get("turn") != f"{play.id} {play.turn}"
        if stale or (play.full and act is not end):
            return see_other(_TALK)
        answer = await act(request, play, script)
        if answer is None:
            await _rooms(request).keep(session(request).id, play)
        return answer or see_other(_TALK)

    return handler


async def _found(request: web.Request) -> tuple[Play, Script] | None:
    play = await _rooms(request).find(session(request).id)
    script = _library(services(request).book).scripts.get(play.script) if play else None
    # After an update a script may have no such scene any more.
    return (play, script) if play and script and play.scene in script.scenes else None


async def _shown(
    request: web.Request, play: Play, script: Script, status: int = 200, refused: str = ""
) -> web.Response:
    given = services(request)
    shown = context(play, script, given.book, given.clock())
    more = {"refused": refused, "armed": refused == "quiet", "waiting": await _waiting(request), **shown}
    return page(request, "practice/talk.html", status, **more)


async def _waiting(request: web.Request) -> int:
    """Return how many people really wait."""
    given = services(request)
    return len((await given.handoffs.look(given.clock())).waiting(given.clock()))


def _rooms(request: web.Request) -> Rooms:
    return Rooms(services(request).store)


def _library(book: Phrasebook) -> Library:
    return _loaded(frozenset(book.texts[SOURCE]))


@cache
def _loaded(phrases: frozenset[str]) -> Library:
    """Read the scripts once, when they are first asked for."""
    return load(phrases)
