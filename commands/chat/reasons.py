"""Why something was answered, in lines that a person reads below a reply: `quietline chat --why`."""

from collections.abc import Mapping
from typing import Any


def readable(why: Mapping[str, Any]) -> list[str]:
    """Return the lines; one alone where no engine was asked, as for a quick word."""
    if not why:
        return ["answered at once, without the engine"]
    before, record = why["before"], why["record"]
    remembered = ", ".join(f"{name}={value}" for name, value in record.items())
    return [
        f"heard: {_labels(why)} · crisis {'yes' if why['crisis'] else 'no'} · {' and '.join(why['locales'])}",
        *([f"named: {', '.join(map(_entity, why['entities']))}"] if why["entities"] else []),
        f"answered by: {why['answered_by'] or 'nothing'} · before: {before['situation']}, asked: {before['question'] or 'nothing'}",
        f"remembers: {remembered or 'nothing'}",
    ]


def _labels(why: Mapping[str, Any]) -> str:
    if why["chosen"]:
        return f"picked or sent: {why['labels'][0]['name']}"
    return (
        ", ".join(f"{label['name']} {_sureness(label['confidence'])}".strip() for label in why["labels"]) or "nothing"
    )


def _sureness(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.2f}"


def _entity(entity: Mapping[str, Any]) -> str:
    return f"{entity.get('entity')} {entity.get('value')}"
