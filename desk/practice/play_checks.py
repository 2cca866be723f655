"""The debrief of a practice conversation: what was done well and what was missed, each with the rule that it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.localization.desk_catalogues import gettext
from desk.practice.play import Deed, Play
from desk.practice.script_model import PracticeCheck

_LAST = 3  # messages


@dataclass(frozen=True)
class Finding:
    """What a check found."""

    well: bool
    rule: str
    text: str


def findings(play: Play, checks: Sequence[PracticeCheck]) -> list[Finding]:
    """Return what all checks found that apply to how it went."""
    asked = [check for check in checks if not check.scene or check.scene in play.visited]
    return [
        Finding(kept, check.rule, gettext(check.well if kept else check.missed))
        for check in asked
        for kept in [_kept(play, check)]
    ]


def _kept(play: Play, check: PracticeCheck) -> bool:
    if check.act:
        return any(deed.act == check.act for deed in play.deeds) == (check.check == "did")
    if check.check == "ended":
        return bool(play.deeds) and play.deeds[-1].outcome in check.outcomes
    return _written([deed for deed in play.deeds if deed.act == "write"], check)


def _written(messages: Sequence[Deed], check: PracticeCheck) -> bool:
    having = [at for at, deed in enumerate(messages) if check.topic in deed.topics]
    others = [at for at, deed in enumerate(messages) if check.than and check.than in deed.topics]
    return {
        "first": having[:1] == [0],
        "said": bool(having),
        "never": not having,
        "never_quiet": not any(messages[at].quiet for at in having),
        "before": bool(having) and having[0] <= min(others, default=having[0]),
        "near_end": bool(having) and having[-1] >= len(messages) - _LAST,
    }[check.check]
