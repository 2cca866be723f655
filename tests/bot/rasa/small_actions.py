"""The actions of the small hotline, some of which break."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.engine.turn import current


class Broken(Exception):
    """What an action raises, with the person's text in it, as careless code has it."""


class BeforeTalk(Action):
    def name(self) -> str:
        return "action_before_talk"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        current().record.situation = "talk"
        dispatcher.utter_message(response="utter_safe")
        return []


class Place(Action):
    def name(self) -> str:
        return "action_place"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        entities = (tracker.latest_message or {}).get("entities") or []
        codes = [entity["value"] for entity in entities if entity["entity"] == "country"]
        current().record.country = codes[0] if codes else None
        dispatcher.utter_message(response="utter_place", country=current().record.country)
        return []


class Danger(Action):
    def name(self) -> str:
        return "action_danger"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        current().forget = True
        current().new_locale = "es"
        current().complaints += ["es-a", *current().suspended]
        current().unmet.append({"need": "find_shelter", "country": "ES", "region": "", "locale": "en"})
        dispatcher.utter_message(response="utter_danger")
        return []


class Break(Action):
    """Says something first: half an answer must not go out."""

    def name(self) -> str:
        return "action_break"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        current().record.country = "XX"
        dispatcher.utter_message(response="utter_hello")
        label = (tracker.latest_message or {})["intent"]["name"]
        if label == "goodbye":
            dispatcher.utter_message(response="utter_that_nobody_wrote")
            return []
        raise Broken(current().text)


class NoFiles(Action):
    def name(self) -> str:
        return "action_no_files"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        dispatcher.utter_message(response="utter_no_files")
        return []


ACTIONS = (BeforeTalk(), Place(), Danger(), Break(), NoFiles())
