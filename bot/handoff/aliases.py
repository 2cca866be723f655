"""Names that reveal nothing about anybody, drawn at random: "Blue Heron" for a conversation, "Sam" for the operator."""

import secrets
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[2] / "data" / "aliases.yml"


def draw(most: int = 8) -> list[str]:
    """Return some names for a conversation; the first that no living conversation has is used."""
    words = _words()
    return [f"{secrets.choice(words['first'])} {secrets.choice(words['second'])}" for _ in range(most)]


def people() -> list[str]:
    """Return all names for people at the desk, in random order."""
    names = list(_words()["people"])
    return secrets.SystemRandom().sample(names, len(names))


@cache
def _words() -> dict[str, list[str]]:
    return dict(yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader))
