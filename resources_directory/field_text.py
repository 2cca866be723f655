"""Changes single fields of one service in the text of a country file; every other byte stays as somebody wrote it.

A file that is read and written anew as a whole has its long lines broken elsewhere, and a steward could no longer see
in the differences what a check has changed.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from resources_directory.entries_folder import BadEntry, PlainLoader

_WIDTH = 110
# Behind which field a new one goes: the first of these that is there.
_BEHIND = {
    "confirmed_by": ("checked_by",),
    "checked_by": ("checked_on",),
    "checked_on": ("last_seen", "verified", "status"),
    "verified": ("status",),
    "phones": ("description", "kinds"),
    "schedules": ("phones", "kinds"),
    "languages": ("schedules", "phones", "kinds"),
    "doubt": ("evidence", "verified", "status"),
}


class _Dumper(yaml.SafeDumper):
    """Writes as the country files are written: lists of words in one line, lists of entries below each other."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Let the entries of a list stand further in than its name."""
        super().increase_indent(flow, False)


def _list(dumper: _Dumper, entries: list[Any]) -> yaml.Node:
    """Keep a list of words in one line."""
    words = not any(isinstance(entry, dict | list) for entry in entries)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=words)


_Dumper.add_representer(list, _list)


def with_fields(text: str, service: str, fields: Mapping[str, Any]) -> str:
    """Give the text of a country file with these fields of a service; None takes a field out. Raises BadEntry."""
    for name, value in fields.items():
        text = _with_field(text, service, name, value)
    return text


def _with_field(text: str, service: str, name: str, value: Any) -> str:
    node = _find(yaml.compose(text, PlainLoader), service)
    if node is None or node.flow_style:
        raise BadEntry(f"{service}: write this service with one field a line, then it can be changed.")
    fields = {key.value: (key, content) for key, content in node.value}
    if name in fields:
        return _replaced(text, *fields[name], value)
    if value is None:
        return text
    behind = next(other for other in (*_BEHIND.get(name, ()), "id") if other in fields)
    return _added(text, *fields[behind], name, value)


def _replaced(text: str, key: yaml.Node, old: yaml.Node, value: Any) -> str:
    begin, end = _offset(text, key.end_mark), _end(text, old)
    if value is None:
        return text[: _line_begin(text, begin)] + text[_next_line(text, end) :]
    return text[:begin] + _dumped(key.value, value, key.start_mark.column)[len(key.value) :] + text[end:]


def _added(text: str, key: yaml.Node, neighbour: yaml.Node, name: str, value: Any) -> str:
    column = key.start_mark.column
    at = _next_line(text, _end(text, neighbour))
    line_end = "" if text[:at].endswith("\n") else "\n"
    return f"{text[:at]}{line_end}{' ' * column}{_dumped(name, value, column)}\n{text[at:]}"


def _dumped(name: str, value: Any, column: int) -> str:
    written = yaml.dump({name: value}, Dumper=_Dumper, width=_WIDTH - column, allow_unicode=True, sort_keys=False)
    return written.rstrip("\n").replace("\n", "\n" + " " * column)


def _find(node: yaml.Node | None, service: str) -> yaml.MappingNode | None:
    if isinstance(node, yaml.SequenceNode):
        return next((found for entry in node.value if (found := _find(entry, service))), None)
    if not isinstance(node, yaml.MappingNode):
        return None
    if any(key.value == "id" and content.value == service for key, content in node.value):
        return node
    return next((found for _, content in node.value if (found := _find(content, service))), None)


def _end(text: str, node: yaml.Node) -> int:
    """Find the end of a value. The parser ends a block only where the next thing begins, behind the comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return len(text[: _offset(text, node.end_mark)].rstrip())


def _offset(text: str, mark: yaml.Mark) -> int:
    at = 0
    for _ in range(mark.line):
        at = text.index("\n", at) + 1
    return at + mark.column


def _line_begin(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _next_line(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)
