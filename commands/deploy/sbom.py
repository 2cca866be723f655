"""The licences of what runs: added to the bill of materials that uv writes from the lock, and held against a list.

`make sbom` calls this with the file. uv knows each package with its hashes; its licence stands only in what is installed.
"""

import json
import re
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

# As packages write them. What is missing here has to be read first, by a person; a new name goes in with the package.
ALLOWED = frozenset(
    {
        *("0BSD", "Apache 2.0", "Apache License 2.0", "Apache Software License", "Apache-2.0", "BSD", "BSD License"),
        *(
            "BSD-2-Clause",
            "BSD-3-Clause",
            "3-Clause BSD License",
            "CC0-1.0",
            "CNRI-Python",
            "ISC License (ISCL)",
            "MIT",
        ),
        *("MIT License", "MIT-0", "MIT-CMU", "PSF-2.0", "Public Domain", "Python Software Foundation License", "TCL"),
        "Zlib",
    }
)
# Copyleft: unmodified, and not part of any file of ours (docs/dependencies.md).
COPYLEFT = {
    "python-telegram-bot": "LGPL-3.0-only",
    "certifi": "Mozilla Public License 2.0 (MPL 2.0)",
    "tqdm": "MPL-2.0",
    "py-vapid": "MPL-2.0",
    "pywebpush": "MPL-2.0",
}


def licences(package: str) -> list[str] | None:
    """Return the names of a package's licences as it writes them itself; None if it is not installed here."""
    try:
        about = metadata(package)
    except PackageNotFoundError:
        return None
    classified = [
        name.rsplit(" :: ", 1)[1] for name in about.get_all("Classifier") or [] if name[:12] == "License :: O"
    ]
    stated = about.get("License-Expression") or ("" if classified else about.get("License") or "")
    return re.split(r" (?:AND|OR|and|or) ", stated) if stated else classified


def refused(packages: Iterable[str]) -> dict[str, list[str]]:
    """Return the packages whose licence nobody has allowed, with what it says."""
    told = {package: licences(package) for package in packages}
    return {package: names for package, names in told.items() if names is not None and not _allowed(package, names)}


def with_licences(sbom: dict[str, Any]) -> dict[str, Any]:
    """Return a bill of materials (CycloneDX) with the licences of what is installed here."""
    told = [(part, licences(part["name"])) for part in sbom["components"]]
    parts = [
        part | ({"licenses": [{"license": {"name": name}} for name in names]} if names else {}) for part, names in told
    ]
    return sbom | {"components": parts}


def _allowed(package: str, names: list[str]) -> bool:
    return bool(names) and {*names} - {COPYLEFT.get(package)} <= ALLOWED


def main(path: Path) -> int:
    """Complete the file; return 1 if a licence is not allowed."""
    sbom = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(with_licences(sbom), indent=2, ensure_ascii=False) + "\n", "utf-8")
    found = refused(part["name"] for part in sbom["components"])
    print(
        f"{path}: {len(sbom['components'])} packages.",
        *(f"Not allowed: {name} {why}" for name, why in found.items()),
        sep="\n",
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
