"""What the desk refuses, and why as a fixed word: pages and commands have the sentences for it."""

from typing import Literal

RefusalReason = Literal[
    "bad_name",  # not 2 to 40 letters, digits, spaces and hyphens
    "name_taken",
    "already_active",
    "link_dead",  # used, older than a day, or another one was made since
    "too_short",
    "too_long",
    "too_common",
    "wrong_code",
    "wrong",  # name, password or code: which one is nobody's business
    "too_many",  # tries
    "unknown",
    "yourself",  # nobody shuts themselves out, or gives their own administration away
    "no_role",
    "bad_end",  # of the audit log, as somebody noted it down
]


class Refused(Exception):
    """Something that the desk does not do for who asks."""

    def __init__(self, why: RefusalReason, wait: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait  # seconds until it is worth another try
