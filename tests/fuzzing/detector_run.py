"""The C++ of a language detector (CLD2) under libFuzzer and AddressSanitizer: `python -m tests.fuzzing.detector_run SECONDS`.

It reads what people write in the process that holds the keys, where Python's own fuzzing would not see a read past the end. Its
source is the one that uv.lock pins, checked by its hash. It needs clang++ with its runtime (Debian: clang, libclang-rt-dev).
"""

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tomllib
import urllib.request
from pathlib import Path

from tests.fuzzing.seeds import TEXTS

FOLDER = Path("var/fuzz/cld2")
# Libraries that come with tables for other builds; pycld2's setup.py lists those that it builds, and so does this.
_SOURCES = (
    *("cld2_generated_cjk_compatible", "cld2_generated_deltaocta0122", "cld2_generated_distinctocta0122"),
    *("cld2_generated_quad0122", "cld_generated_cjk_delta_bi_32", "cld_generated_cjk_uni_prop_80"),
    *(
        "cld_generated_score_quad_octa_0122",
        "cldutil",
        "cldutil_shared",
        "compact_lang_det",
        "compact_lang_det_hint_code",
    ),
    *("compact_lang_det_impl", "debug", "fixunicodevalue", "generated_distinct_bi_0", "generated_entities"),
    *("generated_language", "generated_ulscript", "getonescriptspan", "lang_script", "offsetmap", "scoreonescriptspan"),
    *("tote", "utf8statetable"),
)
_CHECKS = "-fsanitize=fuzzer,address,bounds,null,object-size,integer-divide-by-zero"


def source() -> Path:
    """Return the folder of the source that uv.lock pins, brought once."""
    packages = tomllib.loads(Path("uv.lock").read_text("utf-8"))["package"]
    [pinned] = [package for package in packages if package["name"] == "pycld2"]
    folder = FOLDER / f"pycld2-{pinned['version']}"
    if not folder.exists():
        with urllib.request.urlopen(pinned["sdist"]["url"]) as answer:
            content = answer.read()
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == pinned["sdist"]["hash"], (
            "another source than the lock pins"
        )
        with tarfile.open(fileobj=io.BytesIO(content)) as packed:
            packed.extractall(FOLDER, filter="data")
    return folder


def built() -> Path:
    """Return the program, built once."""
    program, inside = FOLDER / "cld2", source() / "cld2"
    compiler = shutil.which("clang++") or shutil.which("clang++-14")
    if not compiler:
        sys.exit("There is no clang++: apt-get install clang libclang-rt-dev")
    if not program.exists():
        files = [str(inside / "internal" / f"{name}.cc") for name in _SOURCES]
        flags = [
            "-std=c++14",
            "-w",
            "-O1",
            "-g",
            "-Wno-narrowing",
            _CHECKS,
            f"-I{inside}/internal",
            f"-I{inside}/public",
        ]
        subprocess.run([compiler, *flags, "tests/fuzzing/cld2.cc", *files, "-o", str(program)], check=True)
    return program


def main(seconds: str) -> int:
    """Fuzz for so many seconds; return libFuzzer's own code, 0 if nothing was found."""
    corpus, found = FOLDER / "corpus", FOLDER / "found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(TEXTS):
        (corpus / f"seed-{number}").write_bytes(text)
    limits = (f"-max_total_time={seconds}", "-max_len=4800", "-timeout=10", "-print_final_stats=1", "-verbosity=0")
    return subprocess.run([built(), *limits, f"-artifact_prefix={found}/", corpus], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
