"""Each fixed word of the desk has its sentence on the pages: nobody is shown a word of the code, or nothing."""

from typing import Any, get_args

from bot.handoff.on_duty import DutyState
from desk.admin.audit_log import AccountEvent, OrganisationEvent
from desk.auth.roles import ROLES, ConversationAction
from desk.web.handler_tools import NAVIGATION
from desk.web.page_templates import rendering
from desk.web.refusals import RefusalReason
from tests.every import every

say: Any = rendering().get_template("sentences.html").module


@every("why", get_args(RefusalReason))
def test_all_that_is_refused_is_explained(why: str) -> None:
    assert len(str(say.why(why, 300)).strip()) > 15


@every("event", [*get_args(AccountEvent), *get_args(OrganisationEvent), *get_args(ConversationAction)])
def test_what_was_done_is_said_in_words(event: str) -> None:
    assert "_" not in str(say.event(event)).strip()


def test_pages_roles_and_duties_have_names() -> None:
    named = [say.place(path) for path, _ in NAVIGATION]
    named += [say.role(role) for role in ROLES]
    named += [say.duty(state) for state in get_args(DutyState)]
    assert [name for name in named if not str(name).strip()] == []


@every(("seconds", "told"), [(1, "1 minute,"), (60, "1 minute,"), (61, "2 minutes,"), (900, "15 minutes,")])
def test_a_wait_is_told_in_minutes_rounded_up(seconds: int, told: str) -> None:
    assert told in str(say.why("too_many", seconds))
