"""A process that crashes leaves no core dump, in which what people wrote would stand in clear."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import core_dumps
from tests.hotline import ROOT

pytestmark = [pytest.mark.process, pytest.mark.privacy]

MARK = "a marked sentence that nobody may find"
# A core may be as large as this machine lets it be, as on a server that nobody has looked after.
ALLOWED = "import resource as r; r.setrlimit(r.RLIMIT_CORE, (r.getrlimit(r.RLIMIT_CORE)[1],) * 2)"
FORBIDDEN = "from bot import core_dumps; core_dumps.forbid()"
# The text comes over a pipe, so that it is in the memory of the process and in nothing that started it.
READS = "import os, sys; held = sys.stdin.read()"
CRASHES = f"{READS}; os.abort()"
CHILD_CRASHES = (
    f"{READS}; import subprocess; subprocess.run([sys.executable, '-c', {CRASHES!r}], input=held, text=True)"
)


def crashed(folder: Path, first: str, body: str) -> tuple[bool, list[bytes]]:
    """Whether the kernel dumped the core of a process that crashed, and what lies in its folder then."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", f"{ALLOWED}\n{first}\n{body}"],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin
    process.stdin.write(MARK.encode())
    process.stdin.close()
    _, status = os.waitpid(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # it has been waited for
    return os.WCOREDUMP(status), [path.read_bytes() for path in folder.iterdir()]


def test_a_crash_writes_what_somebody_wrote_to_the_disk_where_nothing_forbids_it(tmp_path: Path) -> None:
    # What the tests below look for can be seen here; if not, they would show nothing.
    dumped, left = crashed(tmp_path, "", CRASHES)
    if not dumped:
        pytest.skip("This machine writes no core dumps at all.")
    assert not left or any(MARK.encode() in file for file in left)


def test_a_thief_of_disks_finds_no_core_of_a_process_that_crashed(tmp_path: Path) -> None:
    assert crashed(tmp_path, FORBIDDEN, CRASHES) == (False, [])


def test_a_thief_of_disks_finds_no_core_of_what_our_processes_start(tmp_path: Path) -> None:
    # Redis and the engines: the limit goes with them through exec, which the other protection does not.
    assert crashed(tmp_path, FORBIDDEN, CHILD_CRASHES) == (False, [])


@pytest.mark.parametrize("most", ["0", "1", "4096", "-1"])
def test_a_lower_limit_that_is_there_is_kept(most: str) -> None:
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_CORE, ({most}, {most}))\n{FORBIDDEN}\n"
        "print(*resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    limit = 0 if most == "0" else core_dumps._LEAST
    assert done.stdout.split() == [str(limit)] * 2


def test_a_process_is_not_to_be_looked_into_by_others_of_its_user() -> None:
    # Also the only protection where dumps go to a socket, which no limit binds.
    code = f"{FORBIDDEN}; import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"  # PR_GET_DUMPABLE
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
