"""One line to call, as it is shown: facts of the directory, without a sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

from resources_directory.model.hsds import ABOUT_POLICE, IMMIGRATION, Notice, Service

# A caller needs an ear before an investigator, and a door before one that only others open: these stand last within a kind.
_DISTANCE: dict[Notice, int] = {"know_by_referral": 1, "line_warn_state": 1, "line_warn_police": 2, IMMIGRATION: 3}


@dataclass(frozen=True)
class PhoneLine:
    """A number that somebody answers. Dates and hours are given only as far as a source tells them."""

    id: str
    name: str
    number: str
    kind: str
    kinds: tuple[str, ...]
    always_open: bool | None  # None: not known, so nothing is said
    last_seen: str | None  # 2025, 2025-11 or 2025-11-25
    notices: tuple[Notice, ...]  # phrases to say before the number is called
    languages: tuple[str, ...]
    sms: str | None
    sms_word: str | None  # the word to text, where one is asked for
    from_abroad: str | None
    region: str | None  # the line serves this part of the country only
    rank: tuple[int, int, int]

    @property
    def about_police(self) -> bool:
        """Whether the police, or who enforces immigration law, hear of a call, or have to send who comes."""
        return not ABOUT_POLICE.isdisjoint(self.notices)

    @property
    def enforces_immigration(self) -> bool:
        """Whether those who answer also act against people without papers."""
        return IMMIGRATION in self.notices

    def as_kind(self, kind: str) -> Self:
        """Name the need for which the line was chosen."""
        return replace(self, kind=kind)

    def reply(self) -> dict[str, Any]:
        """Give the phrase to say with its arguments; an argument is a string or again a phrase."""
        seen = _phrase("line_seen", date=self.last_seen) if self.last_seen else _phrase("line_seen_unknown")
        return _phrase(
            "line_national",
            name=f"{self.name} ({self.region})" if self.region else self.name,
            number=self.number,
            open=_phrase("line_open_always") if self.always_open else "",
            seen=seen,
            warning=[_phrase(notice) for notice in self.notices],
        )


def _phrase(phrase: str, **arguments: Any) -> dict[str, Any]:
    return {"say": phrase, "arguments": arguments}


def lines_of(services: Iterable[Service]) -> Iterator[PhoneLine]:
    """Give what may be shown of an organization's services: national, verified, in service."""
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
