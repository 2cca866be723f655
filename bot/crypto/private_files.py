"""Whether a file that holds a secret is open to others than this hotline."""

import os
import stat
from collections.abc import Collection
from pathlib import Path

_OTHERS = 0o077  # anything for the group or for everybody
_ROOT = 0  # who is in its group reads everything anyhow
_MORE_THAN_READ_BY_GROUP = 0o037


def is_open_to_others(path: Path) -> bool:
    """Tell whether somebody else can read or change it; raises OSError where it cannot be looked at."""
    return is_loose(path.stat(), os.geteuid(), {os.getegid(), *os.getgroups()})


def is_loose(found: os.stat_result, user: int, groups: Collection[int]) -> bool:
    """Tell the same of what `stat` found, for a process of this user and these groups."""
    mode = stat.S_IMODE(found.st_mode)
    if found.st_uid != user and found.st_gid in {*groups, _ROOT}:
        # Containers hand a secret over as a file of root that our group may read, systemd as one of root's group that an
        # access list opens for us: there is no narrower way.
        return bool(mode & _MORE_THAN_READ_BY_GROUP)
    return bool(mode & _OTHERS)
