"""Who may read the file of a secret: its owner, or the group that a container or systemd gives it to."""

import os

from bot.crypto.private_files import is_loose
from tests.every import every

US, OUR_GROUP, ROOT, ANOTHER_GROUP = 1000, 1000, 0, 4


def found(mode: int, user: int, group: int) -> os.stat_result:
    return os.stat_result((0o100000 | mode, 0, 0, 1, user, group, 0, 0, 0, 0))


@every(
    ("mode", "user", "group", "loose"),
    [
        (0o600, US, OUR_GROUP, False),
        (0o400, US, OUR_GROUP, False),
        (0o640, US, OUR_GROUP, True),  # ours: we can make it narrower
        (0o644, US, OUR_GROUP, True),
        (0o440, ROOT, OUR_GROUP, False),  # a secret as containers mount it
        (0o640, ROOT, OUR_GROUP, False),
        (0o440, ROOT, ROOT, False),  # as systemd hands one over, with an access list
        (0o444, ROOT, ROOT, True),
        (0o640, US, ROOT, True),
        (0o660, ROOT, OUR_GROUP, True),
        (0o444, ROOT, OUR_GROUP, True),
        (0o444, ROOT, ANOTHER_GROUP, True),
        (0o440, ROOT, ANOTHER_GROUP, True),
    ],
)
def test_only_its_owner_or_our_group_may_read_a_secret(mode: int, user: int, group: int, loose: bool) -> None:
    assert is_loose(found(mode, user, group), US, {OUR_GROUP}) is loose
