"""Why the desk refuses something, as a fixed word; pages and commands have the sentences for it."""

from typing import Literal

RefusalReason = Literal[
    "bad_name",  # not 2 to 40 letters, digits, spaces and hyphens
    "name_taken",
    "already_active",
    "link_dead",  # used, older than a day, or replaced by a newer link
    "too_short",
    "too_long",
    "too_common",
    "wrong_code",
    "wrong",  # name, password or code; which of them is never said
    "too_many",  # attempts
    "unknown",
    "yourself",  # nobody locks themselves out, or changes their own roles
    "no_role",
    "both_powers",  # nobody both gives roles and reads conversations
    "asked_otherwise",  # the roles that wait are not those that were shown, or none wait
    "second_person",  # whoever asked for roles, or gets them, does not confirm them
    "not_in_yet",  # an account whose roles are confirmed before anybody has come by its link
    "bad_end",  # what was typed as the noted end of the audit log is none
]


class Refused(Exception):
    """A request that the desk refuses."""

    def __init__(self, why: RefusalReason, wait: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait  # seconds until another attempt is worthwhile
