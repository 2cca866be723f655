"""What every talk has to keep: for each invariant a talk that keeps it, and one that breaks it."""

import re
from collections.abc import Iterable
from typing import Any

from commands.rehearsal.checks.invariants import BrokenInvariant, broken, invariants
from commands.rehearsal.checks.number_checks import KnownNumbers
from commands.rehearsal.played_talk import Played
from commands.runtime.composition import ROOT
from tests.commands.played_talks import OPENING, bubble, talk, turn
from tests.every import every

KNOWN = KnownNumbers(
    {"US": frozenset({"911"}), "GB": frozenset({"999", "112"}), "FR": frozenset({"15", "17"})},
    {"US": frozenset({"988", "1-888-373-7888"}), "FR": frozenset({"119"})},
)
AT_HOME: dict[str, Any] = {"record": {"country": "US"}}
CRISIS: dict[str, Any] = {"crisis": True, "labels": [{"name": "immediate_danger", "confidence": 0.99}]}
NEED: dict[str, Any] = {"labels": [{"name": "find_shelter", "confidence": 0.9}]}
DANGER = bubble("utter_danger", "If you are in danger now, call 911 if you can.")
SPANISH = "mi jefe me quitó el pasaporte y no me deja salir de la casa"
MENU = bubble("utter_menu", "What would help you most now?")

KEPT: dict[str, list[Played]] = {
    "silence": [
        talk(turn(1, OPENING)),
        talk(turn(1, bubble("utter_stopped")), turn(2)),
        talk(turn(1, what="PT3H", act="wait")),
    ],
    "unasked": [talk(turn(2, what="PT3H", act="wait"), turn(2, OPENING))],
    "breakdown": [talk(turn(1, OPENING))],
    "opening": [talk(turn(1, OPENING)), talk(turn(1, DANGER)), talk(turn(1, bubble("utter_cover")))],
    "asked_again": [
        talk(turn(1, OPENING), turn(2, what="PT3H", act="wait"), turn(2, bubble("utter_safe_again"))),
        talk(turn(1, OPENING), turn(2, bubble("utter_cannot_talk")), turn(3, bubble("utter_safe_again"))),
        talk(turn(1, OPENING), turn(2, bubble("utter_deleted"), state="gone"), turn(3, OPENING)),
    ],
    "neutral": [talk(turn(1, bubble("utter_ok"), state="quiet"), turn(2, bubble("utter_neutral"), state="quiet"))],
    "language": [
        talk(turn(1, MENU, what=SPANISH, locales=["es"])),
        talk(turn(1, MENU, what="hola", locales=["en", "es"])),
        talk(turn(1, MENU, what=SPANISH, locales=["fr"], asked_for="fr"), turn(2, MENU, what=SPANISH, locales=["fr"])),
        talk(turn(1, MENU, what=SPANISH, locales=[])),
        talk(turn(1, MENU, what=SPANISH, locales=["es"]), turn(2, MENU, what="can she stay with you", locales=["en"])),
    ],
    "pair": [talk(*(turn(number, MENU, what="123", locales=["en", "ar"]) for number in (1, 2, 3)))],
    "bubbles": [
        talk(turn(1, *[MENU] * 3)),
        talk(turn(1, DANGER, MENU)),
        talk(turn(1, DANGER, MENU, MENU), channel="sms"),
    ],
    "letters": [
        talk(turn(1, bubble("utter_intro", "a" * 500))),
        talk(turn(1, bubble("utter_danger", "a" * 250))),
        talk(turn(1, bubble("utter_intro", "a" * 900)), channel="sms"),
    ],
    "text_message": [
        talk(turn(1, bubble("utter_intro", "a" * 306)), channel="sms"),
        talk(turn(1, bubble("utter_intro", "ب" * 201)), channel="sms"),
        talk(turn(1, bubble("utter_intro", "a" * 400))),
    ],
    "third_time": [
        talk(turn(1, MENU), turn(2, MENU)),
        talk(*(turn(number, bubble("utter_neutral")) for number in range(1, 9))),
        talk(turn(1, MENU), turn(2, MENU, state="gone"), turn(3, MENU)),
    ],
    "third_question": [talk(turn(1, bubble("utter_which_country")), turn(2, bubble("utter_which_country_again")))],
    "questions": [
        talk(turn(1, bubble("utter_menu", "What now??"))),
        talk(turn(1, bubble("utter_menu", "What now?\n\n¿Y ahora?"), locales=["en", "es"])),
    ],
    "screening": [
        talk(*(turn(number, bubble(f"utter_ask_{sign}")) for number, sign in enumerate(["cannot_quit"] * 4)))
    ],
    "plain_text": [talk(turn(1, bubble("utter_intro", "Thank you.")))],
    "no_person": [
        talk(turn(1, bubble("utter_person_asked")), on_duty=True),
        talk(turn(1, bubble("utter_no_person"))),
    ],
    "foreign_number": [
        talk(turn(1, DANGER, **AT_HOME)),
        talk(turn(1, DANGER, phone_country="US")),
        talk(turn(1, bubble("utter_danger_112", "Call 112 if you can."))),
        talk(turn(1, bubble("utter_lines", "A line for children: 119"), record={"country": "FR"})),
        talk(turn(1, bubble("utter_law_eu_time", "There are 999 pages."), **AT_HOME)),
        talk(turn(1, bubble("utter_lines", "A line: 0800 999 111, or +1-911-555-0100."), record={"country": "FR"})),
    ],
    "no_number": [
        talk(turn(1, DANGER, **AT_HOME, **CRISIS)),
        talk(turn(1, bubble("utter_lines", "Call 1-888-373-7888."), **AT_HOME, **NEED)),
        talk(turn(1, bubble("utter_which_town"), **NEED)),
        talk(turn(1, OPENING, **AT_HOME, **NEED)),
        talk(turn(1, bubble("utter_self_harm"), **AT_HOME, **CRISIS)),
    ],
    "number_first": [
        talk(turn(1, DANGER, MENU, **CRISIS)),
        talk(turn(1, bubble("utter_self_harm"), **CRISIS)),
        talk(turn(1, bubble("utter_self_harm_stay"))),
    ],
}
BROKEN: dict[str, list[Played]] = {
    "silence": [talk(turn(1)), talk(turn(1, OPENING), turn(2, what="picture", act="sent"))],
    "unasked": [talk(turn(1, OPENING), turn(2, MENU, what="PT3H", act="wait"))],
    "breakdown": [talk(turn(1, bubble("utter_away")))],
    "opening": [talk(turn(1, bubble("utter_disclose_debt_bondage")))],
    "asked_again": [
        talk(turn(1, OPENING), turn(2, bubble("utter_safe_again"))),
        talk(turn(1, OPENING), turn(2, what="PT10M", act="wait"), turn(2, bubble("utter_safe_again"))),
    ],
    "neutral": [talk(turn(1, bubble("utter_ok"), state="quiet"), turn(2, MENU, state="quiet"))],
    "language": [
        talk(turn(1, MENU, what=SPANISH, locales=["en"])),
        talk(turn(1, MENU, what=SPANISH, locales=["es"]), turn(2, MENU, what="taxi ok", locales=["en"])),
        talk(turn(1, MENU, what=SPANISH, locales=["fr"], asked_for="fr"), turn(2, MENU, what=SPANISH, locales=["es"])),
    ],
    "pair": [
        talk(*(turn(number, MENU, what="123", locales=[locale]) for number, locale in enumerate(["en", "en", "fr"])))
    ],
    "bubbles": [
        talk(turn(1, *[MENU] * 4)),
        talk(turn(1, DANGER, MENU, MENU)),
        talk(turn(1, *[MENU] * 4), channel="sms"),
    ],
    "letters": [
        talk(turn(1, bubble("utter_intro", "a" * 300), bubble("utter_intro", "a" * 201))),
        talk(turn(1, bubble("utter_danger", "a" * 251))),
    ],
    "text_message": [
        talk(turn(1, bubble("utter_intro", "a" * 307)), channel="sms"),
        talk(turn(1, bubble("utter_intro", "ب" * 202)), channel="sms"),
    ],
    "third_time": [talk(*(turn(number, MENU) for number in (1, 2, 3)))],
    "third_question": [talk(*(turn(number, bubble("utter_which_country_again", str(number))) for number in (1, 2, 3)))],
    "questions": [
        talk(turn(1, bubble("utter_menu", "What now? And where?"))),
        talk(turn(1, bubble("utter_menu", "ماذا؟"), bubble("utter_who", "من؟"), locales=["ar"])),
        talk(turn(1, bubble("utter_menu", "ต้องการอะไร"), bubble("utter_who", "ใคร"), locales=["th"])),
    ],
    "screening": [talk(*(turn(number, bubble("utter_ask_threat_self")) for number in range(5)))],
    "plain_text": [talk(turn(1, bubble("utter_intro", "Thank you!"))), talk(turn(1, bubble("utter_intro", "OK 🙂")))],
    "no_person": [talk(turn(1, bubble("utter_person_asked_unknown")))],
    "foreign_number": [
        talk(turn(1, DANGER, record={"country": "FR"})),
        talk(turn(1, DANGER)),
        talk(turn(1, bubble("utter_emergency", "In danger now: call 999."), **AT_HOME)),
    ],
    "no_number": [
        talk(turn(1, bubble("utter_danger_more"), **AT_HOME, **CRISIS)),
        talk(turn(1, bubble("utter_which_town"), **NEED, phone_country="US")),
    ],
    "number_first": [talk(turn(1, MENU, DANGER, **CRISIS)), talk(turn(1, bubble("utter_danger"), **CRISIS))],
}


def cases(talks: dict[str, list[Played]]) -> Iterable[tuple[str, Played]]:
    return [(name, played) for name, some in talks.items() for played in some]


def found(name: str, played: Played) -> list[BrokenInvariant]:
    return [each for each in broken([played], KNOWN) if each.invariant == name]


@every(("name", "played"), cases(KEPT))
def test_a_talk_that_keeps_it_is_left_in_peace(name: str, played: Played) -> None:
    assert found(name, played) == []


@every(("name", "played"), cases(BROKEN))
def test_a_talk_that_breaks_it_is_found_at_its_last_line(name: str, played: Played) -> None:
    assert [each.turn for each in found(name, played)] == [played.turns[-1].turn]


def test_there_are_talks_for_each_invariant() -> None:
    assert set(KEPT) == set(BROKEN) == set(invariants(KNOWN))


@every("name", invariants(KNOWN))
def test_each_is_described(name: str) -> None:
    assert re.search(
        rf"^\| `{name}` \| .{{20,}} \|$", (ROOT / "docs" / "rehearsal.md").read_text("utf-8"), re.MULTILINE
    )


def test_what_is_broken_reads_as_a_line() -> None:
    first = broken([talk(turn(1, OPENING), turn(2, what="picture", act="sent"))], KNOWN)[0]
    assert str(first) == "some-talk T2: nothing was said back."
    assert first.plain() == {"id": "some-talk", "turn": 2, "invariant": "silence", "sentence": "nothing was said back."}
