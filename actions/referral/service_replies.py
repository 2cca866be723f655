"""A service as it is said to the person of a scene, short enough for their channel."""

from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from actions.policy.scene import Scene
from actions.referral.directory_client import source
from bot.language.language_names import cldr
from bot.phrases.phrases import Phrasebook
from bot.text.text_messages import fits
from resources_directory.model import service_lines
from resources_directory.model.search_query import Referral
from resources_directory.model.service_lines import Reader


def service(scene: Scene, found: Referral, head: list[Any]) -> dict[str, Any]:
    """Give the arguments of utter_service."""
    locale = scene.turn.locale
    reader = Reader(locale, names_of(locale), source().now())

    def short(arguments: dict[str, Any]) -> bool:
        return fits(_book().render("utter_service", arguments, locale, "sms"))

    return service_lines.service(found, reader, head, short if scene.turn.channel == "sms" else None)


@cache
def names_of(locale: str) -> Locale:
    """Give a language as CLDR knows it."""
    return Locale.parse(cldr(locale))


@cache
def _book() -> Phrasebook:
    return Phrasebook.load(Path(__file__).parents[2])
