"""A service as it is said to the person of a scene, short enough for their channel."""

from functools import cache
from pathlib import Path
from typing import Any

from actions.policy.scene import Scene
from actions.referral.directory_client import source
from bot.language.language_names import cldr_locale
from bot.phrases.phrases import Phrasebook
from resources_directory.model import service_lines
from resources_directory.model.search_query import Referral
from resources_directory.model.service_lines import ServiceReader


def service(scene: Scene, found: Referral, head: list[Any]) -> dict[str, Any]:
    """Return the arguments of utter_service."""
    short = _book().fitting("utter_service", scene.turn.locale, scene.turn.channel)
    return service_lines.service(found, reader(scene), head, short)


def reader(scene: Scene) -> ServiceReader:
    """Return who reads it, and when."""
    return ServiceReader(scene.names_in, cldr_locale(scene.names_in), source().now(), scene.record.country)


@cache
def _book() -> Phrasebook:
    return Phrasebook.load(Path(__file__).parents[2])
