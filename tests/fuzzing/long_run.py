"""The long run, `make fuzz`: libFuzzer, led by coverage of our code (atheris), on one parser after the other.

`python -m tests.fuzzing.long_run SECONDS [TARGET ...]`. What is found lies below var/fuzz/found/, by target and fault; the corpus
stays for the next run. `python -m tests.fuzzing.long_run TARGET FILE` reads one such file again.
"""

import logging
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path

FOLDER = Path("var/fuzz")
_OURS = ("bot", "actions", "channels", "desk", "resources_directory", "commands")
_LONGEST = 8_192  # bytes of one input
_PATIENCE = 20  # seconds for one input; more is a fault


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which libFuzzer ends."""
    import atheris

    logging.disable()
    with atheris.instrument_imports(include=list(_OURS)):
        from tests.fuzzing.targets import BY_NAME
    target, corpus, known = BY_NAME[name], FOLDER / "corpus" / name, set[str]()
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)

    def take(content: bytes) -> None:
        try:
            target.take(content)
        except Exception as fault:  # any is what we look for; the run goes on
            _keep(name, fault, content, known)

    limits = (f"-max_total_time={seconds}", f"-timeout={_PATIENCE}", f"-max_len={_LONGEST}", "-rss_limit_mb=2048")
    artifacts = FOLDER / "found" / name
    artifacts.mkdir(parents=True, exist_ok=True)
    atheris.Setup([name, *limits, "-print_final_stats=1", f"-artifact_prefix={artifacts}/", str(corpus)], take)
    atheris.Fuzz()


def _keep(name: str, fault: Exception, content: bytes, known: set[str]) -> None:
    """Write down a fault once: by its kind and the line that raised it."""
    place = traceback.extract_tb(fault.__traceback__)[-1]
    label = f"{type(fault).__name__}-{Path(place.filename).stem}-{place.lineno}"
    if label not in known:
        known.add(label)
        (FOLDER / "found" / name / label).write_bytes(content)
        print(f"FOUND {name} {label}", file=sys.stderr, flush=True)


def _row(name: str, seconds: int) -> tuple[str, bool]:
    """Return a row of the table of one run, and whether nothing was found."""
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.fuzzing.long_run", "--in-process", name, str(seconds)]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    inputs = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr)
    slowest = re.search(r"stat::slowest_unit_time_sec:\s*(\d+)", done.stderr)
    found = sorted(set(re.findall(r"FOUND \S+ (\S+)", done.stderr)))
    if done.returncode:
        found.append(f"ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
    told = [inputs[1] if inputs else "?", f"{time.monotonic() - began:.0f}", slowest[1] if slowest else "?"]
    return f"| {name} | {' | '.join(told)} | {', '.join(found) or 'nothing'} |", not found


def main(arguments: list[str]) -> int:
    """Run what is asked for; return 1 if anything was found."""
    if arguments[0] == "--in-process":
        fuzz(arguments[1], int(arguments[2]))
        return 0
    from tests.fuzzing.targets import BY_NAME

    if not arguments[0].isdigit():
        BY_NAME[arguments[0]].take(Path(arguments[1]).read_bytes())
        return 0
    print("| target | inputs | seconds | slowest, whole seconds | found |\n|---|--:|--:|--:|---|", flush=True)
    clean = True
    for name in arguments[1:] or BY_NAME:
        row, nothing = _row(name, int(arguments[0]))
        print(row, flush=True)
        clean &= nothing
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
