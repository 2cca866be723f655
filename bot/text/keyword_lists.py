"""Keywords of each language that decide something on their own: data/words/<locale>.yml, read once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "data" / "words"
ANY = "any"  # the file of keywords that belong to no language


@cache
def own_words() -> Mapping[str, Mapping[str, Any]]:
    """Return the lists by locale, `any` first."""
    files = sorted(FOLDER.glob("*.yml"), key=lambda file: (file.stem != ANY, file.stem))
    return {file.stem: yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader) for file in files}


def every(*path: str) -> frozenset[str]:
    """Return the words under one key in all languages: every("stranger", "whole")."""
    found: set[str] = set()
    for lists in own_words().values():
        below: Any = lists
        for name in path:
            below = (below.get(name) if isinstance(below, Mapping) else None) or {}
        found.update(map(str, below))
    return frozenset(found)
