"""Who may do what at the desk: one table, read by every page and compared with docs/operators.md by a test.

Nobody reads a closed conversation, and nobody reads one that no operator was asked for (P27). Who looks
after the accounts sees no conversation: the two powers are never in one role.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal, get_args

Role = Literal["administrator", "supervisor", "operator", "steward"]
ConversationAction = Literal[
    "see_waiting", "claim", "read", "write", "note", "release", "transfer", "close", "block", "join", "leave", "take_over",
    "rank", "hold", "safe_again",
]  # fmt: skip
DeskAction = Literal[
    "see_load", "lead_shift", "search_directory", "check_directory", "see_complaints", "invite", "disable", "see_people",
    "lift_block", "see_audit", "set_organisation",
]  # fmt: skip
Action = ConversationAction | DeskAction
# How a conversation stands to one person of the desk.
Standing = Literal["own", "joined", "waiting", "others", "bot", "closed"]


class Reach(IntEnum):
    """How far an action reaches; each holds the ones before it."""

    NONE = 0
    OWN = 1  # the conversations that the person has claimed
    WAITING = 2  # … and those that wait for somebody
    ALL = 3  # … and those of others: open ones only. For what is no conversation: yes


ROLES: tuple[Role, ...] = get_args(Role)
_NONE, _OWN, _WAITING, _ALL = Reach
MATRIX: dict[Action, tuple[Reach, Reach, Reach, Reach]] = {
    # administrator, supervisor, operator, steward
    "see_waiting": (_NONE, _ALL, _WAITING, _NONE),
    "claim": (_NONE, _WAITING, _WAITING, _NONE),
    "read": (_NONE, _ALL, _OWN, _NONE),
    "write": (_NONE, _OWN, _OWN, _NONE),
    "note": (_NONE, _ALL, _OWN, _NONE),
    "safe_again": (_NONE, _OWN, _OWN, _NONE),
    "release": (_NONE, _ALL, _OWN, _NONE),
    "transfer": (_NONE, _ALL, _OWN, _NONE),
    "close": (_NONE, _ALL, _OWN, _NONE),
    "block": (_NONE, _ALL, _OWN, _NONE),
    "join": (_NONE, _ALL, _NONE, _NONE),
    "leave": (_NONE, _ALL, _NONE, _NONE),
    "take_over": (_NONE, _ALL, _NONE, _NONE),
    "rank": (_NONE, _ALL, _NONE, _NONE),
    "hold": (_NONE, _ALL, _NONE, _NONE),
    "see_load": (_NONE, _ALL, _NONE, _NONE),
    "lead_shift": (_NONE, _ALL, _NONE, _NONE),
    "search_directory": (_NONE, _ALL, _ALL, _ALL),
    "check_directory": (_NONE, _NONE, _NONE, _ALL),
    "see_complaints": (_NONE, _ALL, _NONE, _ALL),
    "invite": (_ALL, _NONE, _NONE, _NONE),
    "disable": (_ALL, _NONE, _NONE, _NONE),
    "see_people": (_ALL, _ALL, _NONE, _NONE),
    "lift_block": (_ALL, _ALL, _NONE, _NONE),
    "see_audit": (_ALL, _ALL, _NONE, _NONE),
    "set_organisation": (_ALL, _NONE, _NONE, _NONE),
}
# "bot" and "closed" are missing: nobody reaches those. In what one has joined one writes as in one's own.
_FIRST_REACH: dict[Standing, Reach] = {"own": _OWN, "joined": _OWN, "waiting": _WAITING, "others": _ALL}


def reach(roles: Iterable[Role], action: Action) -> Reach:
    """Give how far somebody with these roles reaches: the widest counts."""
    row = dict(zip(ROLES, MATRIX[action], strict=True))
    return max((row[role] for role in roles), default=Reach.NONE)


def may(roles: Iterable[Role], action: DeskAction) -> bool:
    """Tell whether somebody may do what touches no conversation."""
    # Whoever forgets to say which conversation it is about must be refused, whatever their role.
    return action in get_args(DeskAction) and reach(roles, action) is Reach.ALL


def may_with(roles: Iterable[Role], action: ConversationAction, standing: Standing) -> bool:
    """Tell whether somebody may do this with a conversation that stands to them like that."""
    # Who has joined as a supervisor, and is none any more, has nothing left there.
    if standing == "joined" and reach(roles, "join") < Reach.ALL:
        return False
    needed = _FIRST_REACH.get(standing)
    return needed is not None and reach(roles, action) >= needed
