"""A practice conversation as the page shows it: with the case card and the ready-made replies of the real desk."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.conversation.record import Record
from bot.handoff.case_card import Case
from bot.handoff.pending_end import MOST_TAGS, OUTCOMES, TAGS
from bot.phrases.phrases import SOURCE, Phrasebook
from desk.console import canned_replies
from desk.console.case_card_view import Card
from desk.console.notes import Note
from desk.localization.desk_catalogues import gettext
from desk.localization.desk_formats import country
from desk.practice.play import Play, PlayLine, person_line
from desk.practice.script_model import Script


def begun(name: str, script: Script, locale: str, alias: str, book: Phrasebook) -> Play:
    """Return a practice conversation that has just been taken, with the opening words ready to be sent."""
    play = Play(name, locale, secrets.token_hex(4), script.start, script.priority, dict(script.card))
    for line in script.before:
        if line.person:
            play.lines.append(person_line(line.person, locale))
        else:
            text, english = (book.render(line.computer, {}, each, script.channel) for each in (locale, SOURCE))
            play.lines.append(PlayLine("computer", text, english if english != text else ""))
    play.enter(script, script.start)
    play.quiet = _record(play).hushed
    if not play.quiet:
        play.draft = canned_replies.opening(book, alias, list(_record(play).answered), (locale, script.channel))
    return play


def context(play: Play, script: Script, book: Phrasebook, now: float) -> Mapping[str, Any]:
    """Return what the templates show."""
    heard = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
    kind = {"channel": script.channel, "locale": play.locale}
    case = Case.of(_record(play), id="", started=heard, last_heard=heard, **kind)
    notes = [Note(gettext("You"), text, now) for text in play.notes]
    if play.called:
        notes.append(Note(gettext("A supervisor (practice)"), gettext(script.supervisor), now))
    return {
        "play": play,
        "script": script,
        "card": Card.of(case),
        # As much of a conversation as the real case card reads.
        "talk": {"handoff": {"priority": play.priority}, "locale": play.locale, "notes": notes},
        "answers": (),
        "place": country(case.country),
        "now": now,
        "ready": canned_replies.groups(book, play.locale, script.channel),
        "outcomes": OUTCOMES,
        "tags": TAGS,
        "most_tags": MOST_TAGS,
    }


def _record(play: Play) -> Record:
    record = Record(**play.card)
    if play.quiet:
        record.situation, record.question = "quiet", None
    elif play.alone:
        record.heard_safe()
    return record
