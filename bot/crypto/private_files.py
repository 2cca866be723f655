"""Whether a file that holds a secret is open to anybody but this hotline."""

import os
import stat
from collections.abc import Collection
from pathlib import Path

_OTHERS = 0o077  # anything for the group or for everybody
_ROOT = 0  # whoever is in its group can read everything anyway
_MORE_THAN_READ_BY_GROUP = 0o037


def is_open_to_others(path: Path) -> bool:
    """Whether somebody else can read or change it; raises OSError if it cannot be examined."""
    return is_loose(path.stat(), os.geteuid(), {os.getegid(), *os.getgroups()})


def is_loose(found: os.stat_result, user: int, groups: Collection[int]) -> bool:
    """Whether the same holds for a `stat` result and a process of this user and these groups."""
    mode = stat.S_IMODE(found.st_mode)
    if found.st_uid != user and found.st_gid in {*groups, _ROOT}:
        # Containers pass a secret as a file of root's that our group can read, systemd as a file of root's group that an
        # ACL opens for us: there is no narrower way.
        return bool(mode & _MORE_THAN_READ_BY_GROUP)
    return bool(mode & _OTHERS)
