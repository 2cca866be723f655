"""Gives services that fit near a town, best first, and says how far the search had to go and what can be asked next.

Nobody is left with nothing: where no service is near, there are lines of the whole country. Nothing of what was given
is kept beyond the conversation, and what was not found is counted without it.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from actions.lines import said_lines
from actions.policy import next_steps
from actions.policy.scene import Scene, choice
from actions.referral import directory_client, referral, town, wishes
from actions.referral.service_replies import service
from actions.referral.wishes import ONCE, Asks
from actions.replies.reply_draft import ReplyDraft
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.model.needs import NEEDS
from resources_directory.model.place import Place
from resources_directory.model.search_query import FoundServices, Referral
from resources_directory.model.service_lines import FAR

_PLACE_SAID = "near "  # told: the number of the town that was named to the person
_IN_TOWN = 15  # km
_FEW = 2  # with fewer services lines of the country stand beside them
_ALL = 12  # lines of one country, more than any need has
WRONG = choice("choice_wrong", "step to=wrong")


def give(scene: Scene, label: str, once: Asks = ONCE) -> None:
    """Give what fits; where nothing is as it was asked for this once, the best without it."""
    found, like_that = _found(scene, label, once)
    if found is None or scene.after_hush:
        referral.give_numbers(scene, label)
        return
    referral.begin_giving(scene, label)
    if once.another and not found.services:
        _after_the_last(scene, label)
        return
    if not found.services:
        scene.turn.unmet.append(_unmet(scene, label))
    # "Not like that, these fit best" is said of services, and of nothing where there are none.
    head = _head(scene, town.known(scene), like_that or not found.services)
    # Who asks for another one was told of the nearest before.
    _say(scene, found, head if once.another else [*head, *_how_far(found)])
    # Lines are said with "you can first ask what they pass on"; services are not.
    phrase = "utter_after_service" if found.services else "utter_more"
    next_steps.after_numbers(scene, phrase, label, _next(found.services))


def _found(scene: Scene, label: str, once: Asks) -> tuple[FoundServices | None, bool]:
    """Search, and tell whether what was found is as it was asked for."""
    if label not in referral.NEAR:
        return None, True
    place = town.known(scene)
    found = directory_client.services_of(wishes.query(scene, label, place, once))
    if found is None or found.services or once.another or once == ONCE:
        return found, True
    return directory_client.services_of(wishes.query(scene, label, place, ONCE)), False


def _say(scene: Scene, found: FoundServices, head: list[Any]) -> None:
    # A text message costs and shows on a bill.
    most = 2 if scene.turn.channel == "sms" else 3
    services = found.services[:most]
    lines = _beside(scene, found, most - len(services))
    if services:
        new = {*(one.id for one in services), *(one.id for one in lines)} - set(scene.record.referred)
        _remember(scene, services, lines)
        for place, one in enumerate(services):
            _say_one(scene, "utter_service", one.id, new, **service(scene, one, [] if place else head))
        for other in lines:
            _say_one(scene, "utter_line", other.id, new, line=other.reply(scene.names_in, scene.record.country))
    else:
        scene.say("utter_only_lines", head=head)
        said_lines.say_known_lines(scene, said_lines.own_first(scene, lines))
        scene.record.nearest = None


def _say_one(scene: Scene, phrase: str, id: str, new: set[str], **arguments: Any) -> None:
    """Say one service, and forget that it was given where it finds no room."""
    scene.drafts.append(ReplyDraft(phrase, arguments, undo=partial(said_lines.not_given, scene.record, id, id in new)))


def _beside(scene: Scene, found: FoundServices, room: int) -> list[PhoneLine]:
    """Give lines of the country beside few services. One that did not work is still better than none."""
    if len(found.services) >= _FEW:
        return []
    known = [one for one in found.lines if one.id not in scene.record.complained] or list(found.lines)
    return (wishes.calm(scene, known) or known)[:room]


def _remember(scene: Scene, services: Sequence[Referral], lines: Sequence[PhoneLine]) -> None:
    record = scene.record
    record.give({one.id: one.name for one in services} | {one.id: one.name for one in lines})
    record.nearest = min(_distances(services), default=None)


def _head(scene: Scene, place: Place | None, like_that: bool) -> list[Any]:
    """Say where it was looked for, once for each town."""
    head = []
    told = f"{_PLACE_SAID}{place.id}" if place else ""
    if place and told not in scene.record.told:
        scene.record.told = [word for word in scene.record.told if not word.startswith(_PLACE_SAID)]
        scene.note(told)
        head.append(phrase("line_looked_near", place=directory_client.label(place, scene.names_in)))
    if not like_that:
        head.append(phrase("line_none_like_that"))
    return head


def _how_far(found: FoundServices) -> list[Any]:
    """Say how far the nearest is, where it is not in town; `reach` is that of the furthest."""
    distances = _distances(found.services)
    if not found.services or min(distances, default=_IN_TOWN) < _IN_TOWN:
        return []
    if distances:
        return [phrase("line_reach_near", kilometres=str(round(min(distances))))]
    reached = {"region": "line_reach_region", "country": "line_reach_country"}.get(found.reach or "")
    return [phrase(reached)] if reached else []


def _next(services: Sequence[Referral]) -> list[dict[str, Any]]:
    if not services:
        return [referral.NAME_TOWN, WRONG]
    far = min(_distances(services), default=0) >= FAR
    shut = any(not (one.open_now or one.always_open) for one in services)
    closer = [choice("choice_closer", "step to=closer")] if far else []
    open_now = [choice("choice_open_now", "step to=open")] if shut else []
    return [choice("choice_another", "step to=another"), *closer, *open_now, WRONG]


def _after_the_last(scene: Scene, label: str) -> None:
    """Give the lines of the country that were not given yet; after them, or where only the police is left, that is all."""
    known = wishes.lines(scene, NEEDS[label], _ALL)
    unsaid = [one for one in known if one.id not in scene.record.referred][:_FEW]
    if any(not one.about_police for one in unsaid):
        said_lines.say_known_lines(scene, wishes.calm(scene, unsaid))
    else:
        scene.say("utter_all_given")
    next_steps.after_numbers(scene, "utter_more", label, [referral.NAME_TOWN, next_steps.NUMBER, WRONG])


def _distances(services: Sequence[Referral]) -> list[float]:
    return [one.kilometres for one in services if one.kilometres is not None]


def _unmet(scene: Scene, label: str) -> dict[str, str]:
    where = {"country": scene.record.country or "", "region": scene.record.region or ""}
    return {"need": label, **where, "locale": scene.turn.locale}
