"""`python -m commands.deploy.advisories FILE [IGNORED …]`: holds uv.lock against a file of known holes.

It is for where OSV itself cannot be asked: `make audit ADVISORIES=FILE` calls it. The file is in OSV's form: the archive that OSV
gives out for PyPI, or a folder such as a copy of the Python Packaging Advisory Database. None is part of this project
(docs/security.md says where to get one).
"""

import json
import re
import sys
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from packaging.version import InvalidVersion, Version

Advisory: TypeAlias = Mapping[str, Any]
_FORMS = (".json", ".yaml")
_LOCK = Path(__file__).parents[2] / "uv.lock"
# An older file says nothing of what was found since, and a list without a hit would be taken for a good sign.
_FRESH = timedelta(days=60)
_GET_ONE = "docs/security.md says where to get a newer one."


class NoAdvisories(Exception):
    """Nothing can be said with this file; the text says why."""


def locked(lock: Path) -> dict[str, list[str]]:
    """Return each package of a lock that comes from an index, with its versions: for some systems it can be another."""
    packages = defaultdict[str, list[str]](list)
    for each in tomllib.loads(lock.read_text("utf-8"))["package"]:
        if "registry" in each["source"]:
            packages[_normal(each["name"])].append(each["version"])
    return packages


def read(path: Path) -> Iterator[Advisory]:
    """Yield the advisories about PyPI's packages in an archive, a folder or one file. Raises NoAdvisories."""
    try:
        for name, raw in _files(path):
            if b"PyPI" in raw:
                found = json.loads(raw) if name.endswith(".json") else yaml.load(raw, yaml.CSafeLoader)
                if isinstance(found, dict) and {"id", "affected"} <= found.keys() and "withdrawn" not in found:
                    yield found
    except (OSError, zipfile.BadZipFile, ValueError, RecursionError, yaml.YAMLError) as error:
        raise NoAdvisories(f"{path} cannot be read ({type(error).__name__}).") from None


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        yield from ((each.name, each.read_bytes()) for each in sorted(path.rglob("*")) if each.suffix in _FORMS)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(_FORMS)]
            yield from ((name, archive.read(name)) for name in names)
    else:
        yield path.name, path.read_bytes()


def holes(
    advisories: Iterable[Advisory], packages: Mapping[str, Iterable[str]]
) -> dict[tuple[str, str], list[Advisory]]:
    """Return the advisories that concern a package in a version, by both; of several about one hole, the first."""
    found = defaultdict[tuple[str, str], list[Advisory]](list)
    for advisory in advisories:
        for affected in advisory["affected"]:
            package = affected.get("package", {})
            name = _normal(package.get("name", ""))
            for version in packages.get(name, ()) if package.get("ecosystem") == "PyPI" else ():
                if _affects(affected, version) and not _named(advisory, found[name, version]):
                    found[name, version].append(advisory)
    return {at: some for at, some in sorted(found.items()) if some}


def _named(advisory: Advisory, before: Iterable[Advisory]) -> bool:
    names = {advisory["id"], *advisory.get("aliases", ())}
    return any(names & {each["id"], *each.get("aliases", ())} for each in before)


def _affects(affected: Mapping[str, Any], version: str) -> bool:
    try:
        if version in affected.get("versions", ()):
            return True
        ranges = [each for each in affected.get("ranges", ()) if each.get("type") == "ECOSYSTEM"]
        return any(_within(each["events"], Version(version)) for each in ranges)
    except (InvalidVersion, KeyError):
        return True  # what cannot be compared is for a person to read


def _within(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    """Return whether a version is in a range of OSV: after the newest `introduced` that it has reached came no fix that it has."""
    inside = False
    for kind, at in sorted((pair for event in events for pair in event.items()), key=lambda pair: Version(pair[1])):
        if kind == "introduced" and (at == "0" or version >= Version(at)):
            inside = True
        elif (kind == "fixed" and version >= Version(at)) or (kind == "last_affected" and version > Version(at)):
            inside = False
    return inside


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def audit(path: Path, lock: Path, now: datetime, ignored: Iterable[str] = ()) -> tuple[int, list[str]]:
    """Return 1 if a package has a known hole or the file can't tell, and what to say. Raises NoAdvisories.

    `ignored`: advisories that somebody has read and judged, by any of their names.
    """
    known = [{"id": name} for name in ignored]
    advisories = list(read(path))
    if not advisories:
        raise NoAdvisories(f"{path} holds no advisory about a package of PyPI.")
    packages = locked(lock)
    newest = max(str(each.get("modified", "")) for each in advisories)[:10]
    judged = [each for each in advisories if not _named(each, known)]
    found, count = holes(judged, packages), sum(map(len, packages.values()))
    told = [_line(*at, each) for at, some in found.items() for each in some]
    told.append(f"{count} packages, {len(advisories)} advisories up to {newest}: {len(found)} with a known hole.")
    old = newest < f"{now - _FRESH:%Y-%m-%d}"
    if old:
        told.append(
            f"That is more than {_FRESH.days} days ago, so nothing is known of what was found since: {_GET_ONE}"
        )
    return int(bool(found) or old), told


def _line(name: str, version: str, advisory: Advisory) -> str:
    aliases = ", ".join(advisory.get("aliases", ()))
    about = str(advisory.get("summary") or advisory.get("details") or "").strip().partition("\n")[0][:120]
    return f"{name} {version}: {advisory['id']}{f' ({aliases})' if aliases else ''} {about}".rstrip()


def main(path: Path, *ignored: str) -> int:
    """Print what was found. Return 1 if that is anything, or nothing could be told."""
    try:
        code, told = audit(path, _LOCK, datetime.now(UTC), ignored)
    except NoAdvisories as error:
        code, told = 1, [f"{error} Nothing was checked: {_GET_ONE}"]
    print(*told, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
