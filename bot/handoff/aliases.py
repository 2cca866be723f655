"""Names that tell nothing of anybody, drawn at random: "Blue Heron" for a conversation, "Sam" for who answers it."""

import secrets
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[2] / "data" / "aliases.yml"


def draw(most: int = 8) -> list[str]:
    """Draw some for a conversation: the first that no living one has is taken."""
    words = _words()
    return [f"{secrets.choice(words['first'])} {secrets.choice(words['second'])}" for _ in range(most)]


def people() -> list[str]:
    """Give all names for people of the desk, in an order drawn anew."""
    names = list(_words()["people"])
    return secrets.SystemRandom().sample(names, len(names))


@cache
def _words() -> dict[str, list[str]]:
    return dict(yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader))
