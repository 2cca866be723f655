"""Keeps memory off the disk when a process crashes: no core dump is written of what holds keys or texts."""

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4
# Not zero: where Linux hands dumps to a program (systemd-coredump, apport), it ignores a limit of zero, but writes nothing at a
# limit of one byte. No file is that small either.
_LEAST = 1


def forbid() -> None:
    """Let no core be written of this process, nor of what it starts (Redis, engines), and let nobody attach to it but root."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    limit = _LEAST if most == resource.RLIM_INFINITY else min(_LEAST, most)
    resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
    if sys.platform == "linux":
        # A program that a process becomes by exec is dumpable again, so each of ours comes here.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
