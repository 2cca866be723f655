"""A phone line as it is shown: facts from the directory, no sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

from resources_directory.model.hsds import ABOUT_POLICE, IMMIGRATION, Notice, Service

# Callers need a listener before an investigator, and an open door before one that needs a referral: these rank last in a kind.
_DISTANCE: dict[Notice, int] = {"know_by_referral": 1, "line_warn_state": 1, "line_warn_police": 2, IMMIGRATION: 3}


def phrase(say: str, **arguments: Any) -> dict[str, Any]:
    """Return a phrase by name; an argument is a string, a phrase or a list of phrases."""
    return {"say": say, "arguments": arguments}


@dataclass(frozen=True)
class PhoneLine:
    """A number that somebody answers. Dates and hours are given only as far as a source states them."""

    id: str
    name: str
    number: str
    kind: str
    kinds: tuple[str, ...]
    always_open: bool | None  # None: not known, so nothing is said
    last_seen: str | None  # 2025, 2025-11 or 2025-11-25
    notices: tuple[Notice, ...]  # phrases to read before calling
    languages: tuple[str, ...]
    sms: str | None
    sms_word: str | None  # the word to text, if the line asks for one
    from_abroad: str | None
    region: str | None  # set if the line serves only this part of the country
    rank: tuple[int, int, int]

    @property
    def about_police(self) -> bool:
        """Whether the police or immigration enforcement hear of a call, or have to refer those who come."""
        return not ABOUT_POLICE.isdisjoint(self.notices)

    @property
    def enforces_immigration(self) -> bool:
        """Whether those who answer also act against people without papers."""
        return IMMIGRATION in self.notices

    def as_kind(self, kind: str) -> Self:
        """Return the line, labeled with the kind it was chosen for."""
        return replace(self, kind=kind)

    def short(self) -> dict[str, Any]:
        """Return the phrase with name and number alone: for a crisis, where every letter counts."""
        return phrase("line_short", name=self.name, number=self.number)

    def reply(self) -> dict[str, Any]:
        """Return the phrase with its arguments."""
        seen = phrase("line_seen", date=self.last_seen) if self.last_seen else phrase("line_seen_unknown")
        return phrase(
            "line_national",
            name=f"{self.name} ({self.region})" if self.region else self.name,
            number=self.number,
            open=phrase("line_open_always") if self.always_open else "",
            seen=seen,
            warning=[phrase(notice) for notice in self.notices],
        )


def lines_of(services: Iterable[Service]) -> Iterator[PhoneLine]:
    """Yield the lines among an organization's services that may be shown: national, verified and in service."""
    for service in services:
        if service.national and service.trusted:
            yield _line(service)


def _line(service: Service) -> PhoneLine:
    called = service.called
    text, abroad = service.phone("text"), service.phone("voice", from_abroad=True)
    regional = service.service_area.extent_type == "region"
    always = any(schedule.always for schedule in service.schedules)
    distance = max((_DISTANCE.get(notice, 0) for notice in service.before_you_call), default=0)
    return PhoneLine(
        id=service.id,
        name=f"{service.name}{called.mark}",
        number=called.number,
        kind=service.kinds[0],
        kinds=service.kinds,
        always_open=True if always else None,
        last_seen=service.checked_on or service.last_seen,
        notices=service.before_you_call,
        languages=service.languages,
        sms=text.number if text else None,
        sms_word=text.word if text else None,
        from_abroad=(abroad.e164 or abroad.number) if abroad else None,
        region=service.service_area.name if regional else None,
        rank=(distance, int(regional), 0 if always else 1),
    )
