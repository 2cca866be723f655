"""What the entry of a line says to each question about it, as phrases: languages, hours, cost, who runs it.

What a call costs is not what the help costs: the first is known by the kind of number, the second by the entry.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from actions.policy.scene import Scene
from actions.referral.service_replies import reader
from resources_directory.display.call_cost import call_cost
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.model.service_lines import languages
from resources_directory.places.country_names import country_name

ALL = "all"  # whatever the entry says
Facts = Callable[[Scene, PhoneLine], Iterator[dict[str, Any]]]


def facts(scene: Scene, line: PhoneLine, asked: str) -> list[dict[str, Any]]:
    """Return what the entry says to a question; nothing where it does not say."""
    return [said for one in _FACTS.get(asked, ()) for said in one(scene, line)]


def _languages(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    yield from languages(line.languages, reader(scene))
    if "mul" not in line.languages and "know_interpreters" in line.notices:
        yield phrase("know_interpreters")


def _hours(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    if line.always_open:
        yield phrase("line_open_always")


def _audience(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    yield from line.audience(scene.names_in)


def _in_writing(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    if line.sms and line.sms_word:
        yield phrase("line_text_word", number=line.sms, word=line.sms_word)
    elif line.sms:
        yield phrase("line_text", number=line.sms)


def _from_abroad(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    if line.from_abroad:
        yield phrase("line_short", name=line.name, number=line.from_abroad)


def _cost(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    if line.is_a_page:
        return
    if line.cost == "free":
        yield phrase("line_free")
    elif line.cost == "paid" or "know_may_cost" in line.notices:
        yield phrase("know_may_cost")
    cost = "charged" if line.worldwide else call_cost(line.number, line.country)
    if cost == "free":
        yield phrase("line_call_free", country=country_name(line.country, scene.names_in))
    elif cost == "more":
        yield phrase("line_call_more")
    elif cost or line.cost == "local_call":
        yield phrase("line_call_charged")
    elif line.cost == "free":
        yield phrase("line_call_unknown")
    if line.worldwide or (cost and cost != "free" and scene.country not in (None, line.country)):
        yield phrase("line_call_abroad")


def _who(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    """Say who runs it, and whether they are the police or the state: the first thing to know for those who fear both."""
    if line.run_by and line.run_by.casefold() != line.name.casefold():
        yield phrase("line_run_by", name=line.run_by)
    if line.of_police or "line_warn_police" in line.notices:
        yield phrase("line_warn_police")
    elif line.operated_by == "state":
        yield phrase("line_warn_state")
    elif line.operated_by == "ngo":
        yield phrase("line_not_state")


def _notices(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    yield from (phrase(notice) for notice in line.notices)


_FACTS: Mapping[str, tuple[Facts, ...]] = {
    "language": (_languages,),
    "open_now": (_hours,),
    "tonight": (_hours,),
    "free": (_cost,),
    "who_runs": (_who,),
    "what_they_ask": (_notices,),
    "need_id": (_notices,),
    "men": (_audience,),
    "women": (_audience,),
    "teen": (_audience,),
    "in_writing": (_in_writing,),
    "which_country": (_from_abroad,),
    "no_papers": (_notices,),
    ALL: (_hours, _languages, _notices),
}
