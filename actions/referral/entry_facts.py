"""Questions about the number that was given last, answered by what its entry says: languages, hours, cost, what a caller must know.

What an entry does not say is not known, and is said to be so.
"""

from collections.abc import Callable, Mapping
from typing import Any

from actions.policy import next_steps
from actions.policy.scene import Scene, choice
from actions.referral import directory_client
from actions.referral.service_replies import reader
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.model.service_lines import languages

_LEAST = 0.35  # chance of a fine label from which it is such a question
_ANOTHER = choice("choice_another", "step to=another")
Facts = Callable[[Scene, PhoneLine], list[dict[str, Any]]]


def answer(scene: Scene) -> bool:
    """Answer a question about the line that was given last; tell whether it was one."""
    asked = _asked(scene)
    line = _line(scene) if asked else None
    if line is None:
        return False
    scene.because(f"entry: {asked}")
    told = _FACTS[asked](scene, line) if asked in _FACTS else []
    if told:
        scene.say("utter_follow_service", details=[phrase("line_short", name=line.name, number=line.number), *told])
    else:
        scene.say(f"utter_find_{asked}")
    next_steps.more(scene, scene.record.need or "find_hotline", first=[_ANOTHER], numbers=False)
    return True


def _asked(scene: Scene) -> str:
    """Return the name of the surest question about a service, or nothing."""
    heard: dict[str, float] = {}
    for label, chance in scene.many.items():
        family, _, name = label.partition("/")
        asked = name if family.startswith("find_") else _MEANT.get(label, "")
        if asked in _QUESTIONS:
            heard[asked] = heard.get(asked, 0.0) + chance  # which service it is about is known: the one that was given
    surest = max(heard, key=lambda name: heard[name], default="")
    return surest if heard.get(surest, 0.0) >= _LEAST else ""


def _line(scene: Scene) -> PhoneLine | None:
    """Return the national line that was given first in the last answer with numbers."""
    country = scene.country
    known = directory_client.directory().national.get(country, ()) if country else ()
    by_id = {line.id: line for line in known}
    return next((by_id[id] for id in scene.record.given if id in by_id), None)


def _languages(scene: Scene, line: PhoneLine) -> list[dict[str, Any]]:
    return list(languages(line.languages, reader(scene)))


def _hours(scene: Scene, line: PhoneLine) -> list[dict[str, Any]]:
    return [phrase("line_open_always")] if line.always_open else []


def _notices(scene: Scene, line: PhoneLine) -> list[dict[str, Any]]:
    return [phrase(notice) for notice in line.notices]


# Questions that other labels ask in the same words, when a number was just given.
_MEANT = {
    "ask_bot/speaks_my_language": "language",
    "ask_cost/service": "free",
    "ask_cost/lawyer": "free",
    "ask_cost/shelter": "free",
}
_QUESTIONS = frozenset({
    "language", "open_now", "what_they_ask", "need_id", "no_papers", "how_it_works", "can_come_along", "transport",
    "free", "tonight", "baby", "disability", "lgbt",
})  # fmt: skip
_FACTS: Mapping[str, Facts] = {
    "language": _languages,
    "open_now": _hours,
    "tonight": _hours,
    "what_they_ask": _notices,
    "need_id": _notices,
    "no_papers": _notices,
}
