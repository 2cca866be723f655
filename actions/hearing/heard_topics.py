"""Topics that a message names by its meaning, whatever its words: data/heard_topics.yml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[2] / "data" / "heard_topics.yml"
_SURE = 0.6  # chance from which a fine label names a topic


def heard_topics(labels: Mapping[str, float]) -> tuple[str, ...]:
    """Return the topics of the fine labels that are likely enough, the likeliest first. `labels`: the head `many`."""
    chances: dict[str, float] = {}
    for label, chance in labels.items():
        if topic := topics().get(_family(label)):
            chances[topic] = chances.get(topic, 0.0) + chance
    return tuple(
        sorted((topic for topic, chance in chances.items() if chance >= _SURE), key=lambda topic: -chances[topic])
    )


@cache
def topics() -> Mapping[str, str]:
    """Return the topic of each fine label."""
    found: Mapping[str, str] = yaml.load(_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    return found


def _family(label: str) -> str:
    family, _, name = label.partition("/")
    return f"find/{name}" if family.startswith("find_") else label
