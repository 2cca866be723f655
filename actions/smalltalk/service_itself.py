"""Questions about this service: who answers, what it costs, its languages, what it can do."""

from collections.abc import Iterator
from typing import Any

from actions.policy.scene import Scene, choice
from actions.privacy import opening
from actions.replies.reply_draft import BOTH
from bot.served_languages import SERVED

_BEHIND_US = frozenset({"ask_bot/are_you_police", "ask_bot/who_runs", "ask_bot/where", "ask_bot/can_i_trust"})
_ASKED = 0.3  # chance of one of these from which it is asked
_SHOWN = 8  # languages of one list; a text message holds no more


def change_language(scene: Scene) -> None:
    """Go on in the language that was named, and say again what was said last; else offer the languages."""
    if not scene.languages:
        _offer(scene, "utter_choose_language", 0)
        return
    wanted = scene.languages[-1]
    if wanted not in SERVED:
        _offer(scene, "utter_language_missing", 0)
        return
    scene.turn.new_locale = wanted
    if scene.record.situation == "quiet":
        scene.say("utter_neutral")
        return
    if scene.record.situation in ("new", "asked_safe") and scene.record.question in (None, "safe"):
        opening.ask_first(scene)
        return
    _say_again(scene)


def more_languages(scene: Scene) -> None:
    """Offer those that found no room in the first list."""
    _offer(scene, "utter_choose_language", _SHOWN)


def _offer(scene: Scene, phrase: str, start: int) -> None:
    shown = [opening.language_choice(tag) for tag in SERVED[start : start + _SHOWN]]
    more = [choice("choice_more", "step to=languages")] if len(SERVED) > start + _SHOWN else []
    scene.say(phrase, choices=[*shown, *more])


def _say_again(scene: Scene) -> None:
    """Say the last replies in the new language; before them, once, what must have been understood (P31)."""
    record = scene.record
    record.spoken = {}  # no text was said in this language yet
    said = [part for reply in record.said for part in _parts(reply)]
    if "intro" in record.told and all(reply["say"] != "utter_intro" for reply in said):
        scene.say("utter_intro")
    if not said:
        scene.say("utter_menu")
    for reply in said:
        scene.say(reply["say"], choices=reply["choices"], **reply["arguments"])


def _parts(reply: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the phrases of a reply: one that joins two has both, with the choices below the second."""
    if reply["say"] != BOTH:
        yield {"choices": [], **reply}
        return
    first, second = reply["arguments"]["first"], reply["arguments"]["second"]
    yield from _parts({**first, "choices": []})
    yield from _parts({**second, "choices": reply["choices"]})


def ask_bot(scene: Scene) -> None:
    """Say what answers, at once and truly."""
    if scene.record.situation == "quiet":
        scene.say("utter_neutral")
        return
    first, asks_more = opening.is_first_contact(scene), _asks_more(scene)
    again = "utter_ask_bot_again" if scene.times("ask_bot") else "utter_ask_bot"
    police = scene.many.get("ask_bot/are_you_police", 0.0) >= _ASKED
    scene.say("utter_opening_no_office" if first and police else again)
    if first and scene.record.want is None and asks_more:
        scene.wait_with("ask_bot")  # the whole answer, once it is known to be safe
    opening.ask_again(scene)


def _asks_more(scene: Scene) -> bool:
    """Tell whether more is asked than what answers: whether it is the police, who runs it, where it is."""
    return any(chance >= _ASKED for label, chance in scene.many.items() if label in _BEHIND_US)


def ask_cost(scene: Scene) -> None:
    """Say what is true of the cost."""
    scene.say("utter_ask_cost_again" if scene.times("ask_cost") else "utter_ask_cost")
