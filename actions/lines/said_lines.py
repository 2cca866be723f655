"""How lines to call are said: of which country they are, one a message by SMS, and that there is none."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from actions.policy.scene import Scene
from actions.referral import country_numbers, directory_client, organisation_lines, wishes
from actions.referral.fitting.needs_of_labels import NEEDS_OF
from actions.replies.reply_draft import ReplyDraft
from bot.conversation.record import Record
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.model.own_line import OwnLine
from resources_directory.places.country_names import country_name

NO_LINES = "utter_no_lines"  # told, and the phrase
_ASSUMED = "assumed"  # told, with the country: that the numbers are of one that is only assumed


def say_known_lines(scene: Scene, found: Sequence[PhoneLine | OwnLine]) -> None:
    """Say lines to call, or the emergency number where there is none, and remember which."""
    record = scene.record
    short = scene.turn.channel == "sms" and _assumes(scene)  # with the country there is room for one
    found = found[:1] if short or scene.after_hush else found
    new = {line.id for line in found} - set(record.referred)
    record.give({line.id: line.name for line in found})
    if not found:
        say_no_lines(scene)
        return
    if scene.after_hush:  # whoever reads now is shown no name (Safety 0.12)
        scene.say("utter_call", number=found[0].number)
        scene.drafts[-1].undo = partial(not_given, record, found[0].id, found[0].id in new)
        return
    unfit = all(isinstance(line, PhoneLine) and not line.fits for line in found)
    pages = all(isinstance(line, PhoneLine) and line.is_a_page for line in found)
    head = [phrase("utter_none_for_it")] if unfit and not pages and scene.turn.channel != "sms" else []
    undo = [partial(not_given, record, line.id, line.id in new) for line in found]
    said = [
        line.short(record.country) if short and isinstance(line, PhoneLine) else organisation_lines.reply(scene, line)
        for line in found
    ]
    there = any(isinstance(line, OwnLine) or not line.worldwide for line in found)
    say_lines(scene, said, head, undo, there=there, words="utter_pages" if pages else "utter_lines")


def say_no_lines(scene: Scene) -> None:
    """Say so, with the consulate where foreigners have nobody else, and no number of the police to who fears them."""
    needs = NEEDS_OF.get(scene.record.need or scene.label, ())
    floor = directory_client.directory().floor(
        scene.country, needs, wishes.people(scene), avoid_police=wishes.avoids_police(scene)
    )
    feared = floor.emergency is None and country_numbers.emergency(scene.country) is not None
    scene.note(NO_LINES)
    scene.say(NO_LINES, emergency="" if feared else country_numbers.emergency_line(scene))
    if floor.consulate:
        scene.say("utter_floor_consulate")


def not_given(record: Record, id: str, new: bool) -> None:
    """Forget a line that found no room: it may be given later."""
    record.given.pop(id, None)
    record.since_safe = [known for known in record.since_safe if known != id]
    if new and id in record.referred:
        record.referred.remove(id)


def own_first(scene: Scene, found: Sequence[PhoneLine]) -> list[PhoneLine | OwnLine]:
    """Put the organisation's own numbers before lines of its country; of those one stays at least."""
    own = organisation_lines.here(scene)
    return [*own, *found[: max(len(found) - len(own), 1)]]


def say_lines(
    scene: Scene,
    found: list[dict[str, Any]],
    head: Sequence[dict[str, Any]] = (),
    undo: Sequence[Callable[[], None]] = (),
    there: bool = True,
    words: str = "utter_lines",
) -> None:
    """Say lines to call: in one message, but by SMS one line a message, for their length. `undo`: for each that finds no room.

    words: the phrase, utter_pages where nobody can be called.
    there: whether any of them is of the country that is only assumed; else nothing is said of it.
    """
    assumed, undone = _assumed(scene) if there else [], list(undo) or [_nothing] * len(found)
    together = 1 if scene.turn.channel == "sms" else len(found)
    shown = [*assumed, *head, *found[:together]]
    each = [*[None] * (len(shown) - together), *undone[:together]]
    forget_country = None
    if assumed:
        scene.note(_assumption(scene))
        forget_country = partial(scene.unnote, _assumption(scene))
    if assumed and scene.turn.channel == "sms":
        scene.drafts.append(ReplyDraft("utter_line", {"line": shown}, undo=forget_country, each=each))
        return
    scene.drafts.append(ReplyDraft(words, {"lines": shown}, undo=forget_country, each=each))
    for line, forget in zip(found[together:], undone[together:], strict=False):
        scene.drafts.append(ReplyDraft("utter_line", {"line": line}, undo=forget))


def _nothing() -> None:
    """Undo nothing."""


def _assumed(scene: Scene) -> list[dict[str, Any]]:
    """Say of which country the numbers are, once, where it is only that of the phone's number, or was only named."""
    if not _assumes(scene):
        return []
    named = country_name(scene.assumed_country or "", scene.names_in)
    return [phrase("utter_assumed" if scene.turn.phone_country else "utter_assumed_named", country=named)]


def _assumes(scene: Scene) -> bool:
    """Tell whether it is still to be said that the country is only assumed."""
    assumed = not scene.record.country and scene.assumed_country is not None
    return assumed and _assumption(scene) not in scene.record.told


def _assumption(scene: Scene) -> str:
    return f"{_ASSUMED} {scene.assumed_country}"
