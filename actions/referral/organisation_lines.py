"""Numbers of the organisation itself, and what can be given though nobody has said in which country they are.

Nobody's country is guessed: what is given without one has the name of the home country behind its own, and the
number for danger stays the one that works nearly everywhere.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from actions.policy.scene import Scene
from actions.referral import country_numbers, directory_client
from actions.referral.service_replies import national, reader
from bot.organisation import Organisation
from bot.phrases.phrases import RIGHT_TO_LEFT
from resources_directory.model.line import PhoneLine
from resources_directory.model.opening_hours import Hours
from resources_directory.model.own_line import OwnLine
from resources_directory.places.country_names import country_name


def own_lines(scene: Scene) -> list[OwnLine]:
    """Give the own numbers that nobody in this talk could not reach."""
    saved = scene.turn.organisation
    change = saved.changes.get("own_numbers")
    if not (saved.name and saved.home_country and change):
        return []
    rung = datetime.fromtimestamp(change.when, UTC).date()
    found = zip(saved.own_ids(), saved.own_numbers, strict=True)
    lines = [OwnLine(id, saved.name, one.number, _hours(saved, one.hours), rung) for id, one in found]
    reached = [line for line in lines if line.id not in scene.record.complained]
    # A text message costs and shows on a bill.
    return reached[:1] if scene.turn.channel == "sms" else reached


def here(scene: Scene) -> list[OwnLine]:
    """Give the own numbers where the person is in the home country."""
    at_home = scene.record.country is not None and scene.record.country == scene.turn.organisation.home_country
    return own_lines(scene) if at_home else []


def reply(scene: Scene, line: PhoneLine | OwnLine) -> dict[str, Any]:
    """Give the phrase that says a line."""
    if not isinstance(line, OwnLine):
        return national(scene, line)
    # In right-to-left text of a message that has no signs for it, groups of digits would change places.
    return line.reply(reader(scene), together=scene.turn.channel == "sms" and scene.turn.locale in RIGHT_TO_LEFT)


def without_country(scene: Scene) -> list[dict[str, Any]]:
    """Give the number for danger, and lines of the home country with its name behind theirs: own ones, or else a national one."""
    found = [country_numbers.UNKNOWN]
    home = scene.turn.organisation.home_country
    if not home:
        return found
    lines: list[PhoneLine | OwnLine] = [*own_lines(scene)] or [*country_numbers.lines(home, (), limit=1)]
    where = country_name(home, scene.names_in)
    return [*found, *(reply(scene, replace(line, name=f"{line.name} ({where})")) for line in lines)]


def _hours(saved: Organisation, hours: str) -> Hours:
    return Hours(hours, saved.time_zone or directory_client.source().zone, saved.home_country)
