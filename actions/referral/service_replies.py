"""A service as it is said to the person of a scene, short enough for their channel."""

from functools import cache
from pathlib import Path
from typing import Any

from actions.policy.scene import Scene
from actions.referral.directory_client import source
from bot.language.language_names import cldr_locale
from bot.phrases.phrases import Phrasebook
from resources_directory.model import service_lines
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.model.search_query import Referral
from resources_directory.model.service_lines import ServiceReader


def service(scene: Scene, found: Referral, head: list[Any]) -> dict[str, Any]:
    """Return the arguments of utter_service."""
    short = _book().fitting("utter_service", scene.turn.locale, scene.turn.channel)
    return service_lines.service(found, reader(scene), head, short)


def national(scene: Scene, line: PhoneLine) -> dict[str, Any]:
    """Return the phrase that says a line of a country; in a text message that is too long without what is least urgent."""
    said = line.reply(scene.names_in, scene.record.country)
    short = _book().fitting("utter_pages" if line.is_a_page else "utter_lines", scene.turn.locale, scene.turn.channel)
    if short is None:
        return said
    facts = said["arguments"]
    left = [fact for fact in facts["warning"] if fact["say"] not in _LEFT_OUT]
    tries = (said, phrase(said["say"], **facts | {"seen": ""}), phrase(said["say"], **facts | {"warning": left}))
    return next((one for one in tries if short({"lines": [one]})), tries[-1])


def reader(scene: Scene) -> ServiceReader:
    """Return who reads it, and when."""
    return ServiceReader(scene.names_in, cldr_locale(scene.names_in), source().now(), scene.record.country)


_LEFT_OUT = frozenset({"line_languages", "line_number_in"})


@cache
def _book() -> Phrasebook:
    return Phrasebook.load(Path(__file__).parents[2])
