"""The one action of the small hotline, which breaks where it is told to."""

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.engine.turn import current


class Broken(Exception):
    """What an action raises, with the person's text in it, as careless code has it."""


class Answer(Action):
    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        understood = current().understood
        label = understood.intent or ""
        begun = current().record.situation == "talk" or label in _ALWAYS
        answer = _ANSWERS.get(label, _menu) if begun else _before_talk
        answer(dispatcher, [one["value"] for one in understood.entities if one["entity"] == "country"])
        return []


def _before_talk(dispatcher: CollectingDispatcher, _: list[str]) -> None:
    current().record.situation = "talk"
    dispatcher.utter_message(response="utter_safe")


def _danger(dispatcher: CollectingDispatcher, _: list[str]) -> None:
    current().forget = True
    current().new_locale = "es"
    current().complaints += ["es-a", *current().suspended]
    current().unmet.append({"need": "find_shelter", "country": "ES", "region": "", "locale": "en"})
    dispatcher.utter_message(response="utter_danger")


def _hello(dispatcher: CollectingDispatcher, _: list[str]) -> None:
    dispatcher.utter_message(response="utter_hello")


def _place(dispatcher: CollectingDispatcher, countries: list[str]) -> None:
    current().record.country = countries[0] if countries else None
    dispatcher.utter_message(response="utter_place", country=current().record.country)


def _break(dispatcher: CollectingDispatcher, _: list[str]) -> None:
    """Say something first: half an answer must not go out."""
    current().record.country = "XX"
    dispatcher.utter_message(response="utter_hello")
    raise Broken(current().text)


def _say_what_nobody_wrote(dispatcher: CollectingDispatcher, _: list[str]) -> None:
    current().record.country = "XX"
    dispatcher.utter_message(response="utter_hello")
    dispatcher.utter_message(response="utter_that_nobody_wrote")


def _menu(dispatcher: CollectingDispatcher, _: list[str]) -> None:
    dispatcher.utter_message(response="utter_menu")


def _no_files(dispatcher: CollectingDispatcher, _: list[str]) -> None:
    dispatcher.utter_message(response="utter_no_files")


_ALWAYS = ("immediate_danger", "no_files")
_ANSWERS: Mapping[str, Callable[[CollectingDispatcher, list[str]], None]] = {
    "immediate_danger": _danger,
    "greet": _hello,
    "provide_location": _place,
    "thanks": _break,
    "goodbye": _say_what_nobody_wrote,
    "no_files": _no_files,
}
ACTIONS = (Answer(),)
