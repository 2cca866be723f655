"""The table of docs/operators.md, cell by cell: what stands there is what the desk does."""

import re
from pathlib import Path
from typing import get_args

from desk.auth.roles import MATRIX, ROLES, ConversationAction, DeskAction, Role, Standing, may, may_with
from tests.every import every

DOCS = (Path(__file__).parents[3] / "docs" / "operators.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(\w+)` \|[^|]*\| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$", DOCS, re.MULTILINE)
CELLS = [(action, role, cell) for action, *cells in ROWS for role, cell in zip(ROLES, cells, strict=True)]
CONVERSATION_CELLS = [cell for cell in CELLS if cell[0] in get_args(ConversationAction)]
DESK_CELLS = [cell for cell in CELLS if cell[0] in get_args(DeskAction)]
REACHED: dict[str, set[Standing]] = {
    "no": set(),
    "own": {"own"},
    "waiting": {"own", "waiting"},
    "all": {"own", "waiting", "others"},
}
JOINS = {role for action, role, cell in CELLS if action == "join" and cell == "all"}


@every("standing", get_args(Standing))
@every(("action", "role", "cell"), CONVERSATION_CELLS)
def test_a_role_reaches_the_conversations_that_the_table_says(
    action: ConversationAction, role: Role, cell: str, standing: Standing
) -> None:
    reached = REACHED[cell] | ({"joined"} if role in JOINS and "own" in REACHED[cell] else set())
    assert may_with([role], action, standing) is (standing in reached)


@every(("action", "role", "cell"), DESK_CELLS)
def test_a_role_may_do_at_the_desk_what_the_table_says(action: DeskAction, role: Role, cell: str) -> None:
    assert may([role], action) is {"yes": True, "no": False}[cell]


def test_the_table_has_every_action_once() -> None:
    assert sorted(row[0] for row in ROWS) == sorted(MATRIX)
    assert set(MATRIX) == {*get_args(ConversationAction), *get_args(DeskAction)}


@every("action", get_args(ConversationAction))
@every("standing", ["closed", "bot"])
def test_nobody_reaches_a_closed_conversation_or_one_that_no_operator_was_asked_for(
    action: ConversationAction, standing: Standing
) -> None:
    assert not may_with(ROLES, action, standing)


def test_an_operator_reads_what_they_have_claimed_and_sees_what_waits() -> None:
    assert may_with(["operator"], "see_waiting", "waiting")
    assert may_with(["operator"], "read", "own")
    assert not may_with(["operator"], "read", "waiting")
    assert not may_with(["operator"], "read", "others")


def test_what_a_supervisor_has_joined_is_written_in_as_ones_own_and_not_after_the_role_was_taken() -> None:
    assert may_with(["supervisor"], "write", "joined")
    assert not may_with(["supervisor"], "write", "others")
    assert not may_with(["operator"], "write", "joined")
    assert not may_with(["operator"], "read", "joined")


def test_two_roles_reach_as_far_as_the_wider_one() -> None:
    assert may_with(["operator", "supervisor"], "read", "others")
    assert may(["operator", "steward"], "check_directory")


def test_without_a_role_nothing_is_allowed() -> None:
    assert not any(may_with([], action, "own") for action in get_args(ConversationAction))
    assert not any(may([], action) for action in get_args(DeskAction))


@every("action", get_args(ConversationAction))
def test_who_forgets_to_say_which_conversation_is_refused(action: DeskAction) -> None:
    assert not may(ROLES, action)
