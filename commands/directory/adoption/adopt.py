"""`quietline directory adopt`: the calls by which a steward takes over a country, for the screen, for paper, or for a colleague."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.storage.store import StoreAway
from commands.directory import hotline_state
from commands.directory.renewal import AWAY
from commands.directory.steward import StewardSession
from commands.directory.steward_input import refused_or, steward_name
from commands.runtime.preparation import directory_built
from desk.web.page_templates import rendering
from resources_directory.calls.call_attempts import attempts_of
from resources_directory.calls.call_list import CallFacts, CallProgress, StewardCall, calls_of
from resources_directory.calls.wanted_calls import wanted_calls
from resources_directory.files import change_log
from resources_directory.files.entries_folder import BadEntry, file_of, read_file
from resources_directory.model.hsds import CountryEntries
from resources_directory.search.database import NoDirectory
from resources_directory.search.directory_build import BuildFailed
from resources_directory.search.finder import Finder
from resources_directory.stewards.verification import CheckRefused

_CSS = Path(__file__).parents[3] / "desk" / "static" / "calls_on_paper.css"


@dataclass(frozen=True)
class CallChoice:
    """Which calls are wanted, and as what."""

    country: str
    language: str = ""  # that is spoken there; empty: any
    now: bool = False  # only those that can be made now
    limit: int = 1_000
    form: str = "text"  # or html
    out: Path | None = None  # None: the screen
    assign: str = ""  # a steward's desk name; empty: to nobody


def adopt(desk: StewardSession, choice: CallChoice) -> int:
    """Print or write the calls of a country; return 0, or 1 if it was refused."""
    return refused_or(lambda: _adopt(desk, choice))


def entries_of(desk: StewardSession, country: str) -> CountryEntries:
    """Return the entries of a country; raise CheckRefused."""
    path = desk.folder / file_of(country)
    if not country.isalnum() or not path.is_file():
        raise CheckRefused(f"The directory has no country {country!r}; give its two-letter code.")
    return read_file(path)


def facts_of(desk: StewardSession) -> CallFacts:
    """Return what the calls are worked out from; what the hotline knows is left out if it does not answer."""
    log = change_log.read(desk.folder)
    try:
        counts, names = hotline_state.waiting(desk.settings), hotline_state.assigned_calls(desk.settings)
    except StoreAway:
        print(AWAY, file=sys.stderr)
        counts, names = {}, {}
    return CallFacts(desk.now, _finder(desk), counts, attempts_of(log), names, wanted_calls(log))


def _adopt(desk: StewardSession, choice: CallChoice) -> None:
    if choice.form not in ("text", "html"):
        raise CheckRefused(f"There is no form {choice.form!r}: text or html.")
    facts = facts_of(desk)
    calls, progress = calls_of(entries_of(desk, choice.country), facts)
    fitting = (call for call in calls if not choice.language or choice.language in call.languages)
    able = [call for call in fitting if not choice.now or call.is_for(choice.assign, desk.now)]
    chosen = able[: choice.limit]
    if choice.assign:
        chosen = _assigned(
            desk, [call for call in able if call.assigned in ("", choice.assign)][: choice.limit], choice
        )
    text = _as_html(chosen, progress, choice, desk) if choice.form == "html" else "\n".join(_lines(chosen, progress))
    if choice.out is None:
        print(text)
        return
    choice.out.write_text(f"{text}\n", "utf-8")
    print(f"{len(chosen)} calls were written to {choice.out.name}.")


def _assigned(desk: StewardSession, calls: list[StewardCall], choice: CallChoice) -> list[StewardCall]:
    name = steward_name(choice.assign)
    try:
        hotline_state.assign_calls(desk.settings, [call.key for call in calls], name)
    except StoreAway:
        raise CheckRefused(f"Nothing was assigned. {AWAY}") from None
    return calls


def _lines(calls: Sequence[StewardCall], progress: CallProgress) -> Iterator[str]:
    words = rendering().get_template("directory_words.html").module
    for number, call in enumerate(calls, 1):
        there = call.clock.there.strftime("; %H:%M there") if call.clock.there else ""
        yield f"{number}. {call.phone.number}  {str(words.call_time(call.clock)).strip()}{there}"  # type: ignore[attr-defined]  # a macro
        yield f"   {', '.join(call.languages) or 'language not known'}{f'; for {call.assigned}' if call.assigned else ''}"
        for row in call.rows:
            city = f", {row.service.locations[0].city}" if row.service.locations else ""
            why = str(words.because(row.due)).strip() if row.is_due else "Checked lately"  # type: ignore[attr-defined]
            yield f"   [ ] {row.service.name}{city} ({row.service.id}): {why}."
            if row.service.doubt:
                yield f"       Doubt: {row.service.doubt}"
        if call.attempts:
            yield f"   {call.attempts.outcome.replace('_', ' ')}, {call.attempts.who}, {call.attempts.when:%d %b %H:%M} UTC"
        yield ""
    yield f"{progress.done} of {progress.total} numbers checked, {progress.today} left today."


def _as_html(calls: Sequence[StewardCall], progress: CallProgress, choice: CallChoice, desk: StewardSession) -> str:
    facts = {"calls": calls, "progress": progress, "country": choice.country.upper(), "made": desk.now}
    return rendering().get_template("calls/sheet.html").render(**facts, inline=_CSS.read_text("utf-8"))


def _finder(desk: StewardSession) -> Finder | None:
    """Return the clocks of places; without them only day and night is known."""
    try:
        return Finder(directory_built(desk.settings, desk.folder))
    except (BadEntry, BuildFailed, NoDirectory, OSError) as error:
        print(f"When somebody answers is not known: {error}", file=sys.stderr)
        return None
