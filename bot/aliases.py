"""Names by which operators speak of a conversation, like "Blue Heron": drawn at random, so that none tells anything."""

import secrets
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[1] / "data" / "aliases.yml"


def draw(most: int = 8) -> list[str]:
    """Draw some: the first that no living conversation has is taken."""
    first, second = _words()
    return [f"{secrets.choice(first)} {secrets.choice(second)}" for _ in range(most)]


@cache
def _words() -> tuple[list[str], list[str]]:
    lists = yaml.safe_load(_FILE.read_text("utf-8"))
    return lists["first"], lists["second"]
