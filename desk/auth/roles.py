"""Who may do what at the desk: one table, read by every page and compared with docs/operators.md by a test.

Nobody reads a closed conversation, or one in which nobody asked for an operator (P27). Whoever manages
accounts sees no conversation: no role and no account has both powers.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal, get_args

Role = Literal["administrator", "supervisor", "operator", "steward"]
ConversationAction = Literal[
    "see_waiting", "claim", "read", "write", "note", "release", "transfer", "close", "keep_open", "block", "join", "leave",
    "take_over", "rank", "hold", "safe_again",
]  # fmt: skip
DeskAction = Literal[
    "see_load", "lead_shift", "search_directory", "check_directory", "see_complaints", "invite", "disable", "see_people",
    "lift_block", "see_audit", "set_organisation", "practise",
]  # fmt: skip
Action = ConversationAction | DeskAction
# How a conversation relates to one person of the desk.
Standing = Literal["own", "joined", "waiting", "others", "bot", "closed"]


class Reach(IntEnum):
    """How far an action reaches; each level includes those before it."""

    NONE = 0
    OWN = 1  # the conversations they have claimed
    WAITING = 2  # … and those that wait for an operator
    ALL = 3  # … and open conversations of others. For an action on no conversation: yes


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
    "keep_open": (_NONE, _ALL, _OWN, _NONE),
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
    "practise": (_NONE, _ALL, _ALL, _NONE),
}
# "bot" and "closed" are missing: nobody reaches those. In a conversation they joined, people write as in their own.
_FIRST_REACH: dict[Standing, Reach] = {"own": _OWN, "joined": _OWN, "waiting": _WAITING, "others": _ALL}


def reach(roles: Iterable[Role], action: Action) -> Reach:
    """Return how far somebody with these roles reaches: the widest counts."""
    row = dict(zip(ROLES, MATRIX[action], strict=True))
    return max((row[role] for role in roles), default=Reach.NONE)


def answers_people(roles: Iterable[Role]) -> bool:
    """Whether somebody answers people, so their languages and their being on duty count."""
    return reach(roles, "claim") is not Reach.NONE


def separate(roles: Iterable[Role]) -> bool:
    """Whether one account can hold these roles: whoever gives roles reads no conversation."""
    roles = tuple(roles)
    return not (may(roles, "invite") and _reads(roles))


def guarded(role: Role) -> bool:
    """Whether giving a role takes a second administrator: with it, somebody reads conversations or gives roles."""
    return may([role], "invite") or _reads([role])


def may(roles: Iterable[Role], action: DeskAction) -> bool:
    """Whether somebody may do something that touches no conversation."""
    # A caller that forgets to say which conversation it is about must be refused, whatever the role.
    return action in get_args(DeskAction) and reach(roles, action) is Reach.ALL


def may_with(roles: Iterable[Role], action: ConversationAction, standing: Standing) -> bool:
    """Whether somebody may do this with a conversation that relates to them in this way."""
    # Whoever joined as a supervisor, and no longer is a supervisor, has no more rights there.
    if standing == "joined" and reach(roles, "join") < Reach.ALL:
        return False
    needed = _FIRST_REACH.get(standing)
    return needed is not None and reach(roles, action) >= needed


def _reads(roles: Iterable[Role]) -> bool:
    return reach(roles, "read") is not Reach.NONE
