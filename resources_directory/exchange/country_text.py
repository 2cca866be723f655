"""Writes entries into the text of a country file: every byte that is not touched stays as somebody wrote it."""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import yaml

from resources_directory.entries_folder import PlainLoader
from resources_directory.exchange.refusal import Refused
from resources_directory.resource import Organization, Part, Service

_WIDTH = 110
# The order of fields in the files: facts first, proof last.
_ORDER = (
    "id", "hsds_id", "name", "kinds", "description", "phones", "schedules", "languages", "service_area", "locations",
    "cost", "eligibility", "before_you_call", "before_you_call_note", "url", "chat", "email", "status", "verified",
    "last_seen", "checked_on", "checked_by", "confirmed_by", "doubt", "evidence", "sources",
)  # fmt: skip
_PARAGRAPHS = ("sources",)  # one a line, however short


class _Dumper(yaml.SafeDumper):
    """Writes as the files are written: lists of words in one line, lists of entries below each other."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Let the entries of a list stand further in than its name."""
        super().increase_indent(flow, False)

    def represent_words(self, entries: tuple[Any, ...]) -> yaml.Node:
        """Keep a list of words in one line."""
        return self.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=True)


_Dumper.add_representer(tuple, _Dumper.represent_words)


class CountryText:
    """The text of one file, read once; changes are gathered, and put in together."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
        self._organizations = _field(yaml.compose(text, PlainLoader), "organizations")
        self._by_name = {_scalar(one, "name"): one for one in _entries(self._organizations)}
        self._by_id = {
            _scalar(service, "id"): service
            for organization in _entries(self._organizations)
            for service in _entries(_field(organization, "services"))
        }
        self._edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """Give the text with all changes."""
        found = self._text
        added = [(begin, number, end, written) for number, (begin, end, written) in enumerate(self._edits)]
        for begin, _, end, written in sorted(added, reverse=True):
            gap = "\n" if begin and found[begin - 1] != "\n" and begin == end else ""
            found = found[:begin] + gap + written + found[end:]
        return found

    def add_organization(self, organization: Organization) -> None:
        """Add an organization at the end of the file, or its services to the one of that name that is there."""
        there = self._by_name.get(organization.name)
        if there is not None:
            self._append(_field(there, "services"), [plain(service) for service in organization.services])
        elif self._organizations is None:
            title = "" if self._edits else "organizations:\n"
            self._edits.append((len(self._text), len(self._text), title + _written([plain(organization)], 2)))
        else:
            self._append(self._organizations, [plain(organization)])

    def change(self, service: str, fields: Mapping[str, Any]) -> None:
        """Change fields of a service, or add them where they belong."""
        node = self._by_id.get(service)
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise Refused(f"{service}: write this service with one field a line, then it can be changed.")
        there = {key.value: (key, content) for key, content in node.value}
        column = node.value[0][0].start_mark.column
        for name in sorted(fields, key=_ORDER.index):
            written = _written({name: plain_value(name, fields[name])}, column)
            if name in there:
                key, content = there[name]
                # What stands before a field on its line, a hyphen, stays.
                self._edits.append((self._at(key.start_mark), self._behind(content), written.lstrip(" ")))
            else:
                before = _ORDER[: _ORDER.index(name)]
                _, neighbour = there[next(other for other in reversed(before) if other in there)]
                self._edits.append((self._behind(neighbour), self._behind(neighbour), written))

    def _append(self, node: yaml.Node | None, entries: list[dict[str, Any]]) -> None:
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            raise Refused(
                "A country file has a list of entries in one line: write one a line, then others can be added."
            )
        at = self._behind(node)
        self._edits.append((at, at, _written(entries, node.value[0].start_mark.column - 2)))

    def _behind(self, node: yaml.Node) -> int:
        """Find the line behind a value: the parser ends a block only where the next thing begins, behind the comments."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        end = len(self._text[: self._at(node.end_mark)].rstrip())
        return self._text.find("\n", end) + 1 or len(self._text)

    def _at(self, mark: yaml.Mark) -> int:
        return self._lines[mark.line] + mark.column


def plain(part: Part) -> dict[str, Any]:
    """Give a part as it stands in a file: without what says nothing, in the order of the files."""
    fields = type(part).model_fields
    kept = {name: plain_value(name, getattr(part, name)) for name in fields if _says(part, name)}
    if isinstance(part, Service):
        return {name: kept[name] for name in _ORDER if name in kept}
    return kept


def _says(part: Part, name: str) -> bool:
    field, value = type(part).model_fields[name], getattr(part, name)
    # Whether somebody has seen a page of it is always said.
    return field.is_required() or name == "verified" or value != field.default


def plain_value(name: str, value: Any) -> Any:
    """Give one field as it stands in a file."""
    if isinstance(value, Part):
        return plain(value)
    if isinstance(value, tuple) and (name in _PARAGRAPHS or any(isinstance(one, Part) for one in value)):
        return [plain(one) if isinstance(one, Part) else one for one in value]
    return value


def _written(value: Any, column: int) -> str:
    written = yaml.dump(value, Dumper=_Dumper, width=_WIDTH - column, allow_unicode=True, sort_keys=False)
    return "".join(f"{' ' * column}{line}\n" for line in written.splitlines())


def _entries(node: yaml.Node | None) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _scalar(node: yaml.Node, name: str) -> str | None:
    found = _field(node, name)
    return str(found.value) if found is not None else None


def _field(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((content for key, content in node.value if key.value == name), None)
