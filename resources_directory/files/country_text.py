"""Edits to the text of a country file: every byte that is not touched stays as somebody wrote it.

Parsing and rewriting the whole file would break its long lines elsewhere, and a steward could no longer see in the diff
what a check has changed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from resources_directory.files.entries_folder import BadEntry, PlainLoader
from resources_directory.files.plain_entry import ORDER, Paragraphs, plain
from resources_directory.model.hsds import Organization, emergency_id
from resources_directory.places.country_names import country_name

_WIDTH = 110


class CountryText:
    """The text of one file, parsed once; edits are collected and applied together."""

    def __init__(self, text: str) -> None:
        self._lacks_end = not text.endswith("\n")
        self._text = f"{text}\n" if self._lacks_end else text
        root = yaml.compose(text, PlainLoader)
        self._organizations = _field(root, "organizations")
        self._by_name = {_scalar(one, "name"): one for one in _entries(self._organizations)}
        self._by_id = {
            _scalar(service, "id"): service
            for organization in _entries(self._organizations)
            for service in _entries(_field(organization, "services"))
        }
        self._by_id |= dict(_emergency(root))
        self._edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """Return the text with all edits."""
        found = self._text
        # From the end, so that earlier positions stay valid; insertions at the same position keep their order.
        added = [(begin, begin < end, number, end, new) for number, (begin, end, new) in enumerate(self._edits)]
        for begin, _, _, end, new in sorted(added, reverse=True):
            found = found[:begin] + new + found[end:]
        reached = any(end == len(self._text) for _, end, _ in self._edits)
        return found[:-1] if self._lacks_end and not reached else found

    def change(self, service: str, fields: Mapping[str, Any]) -> None:
        """Change fields of a service, or add them where they belong; None removes a field. Raise BadEntry."""
        node = self._by_id.get(service)
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise BadEntry(f"{service}: write this service with one field a line, then it can be changed.")
        there = {key.value: (key, content) for key, content in node.value}
        for name in sorted(fields, key=_place):
            if name in there:
                self._replace(*there[name], fields[name])
            elif fields[name] is not None:
                before = ORDER[: _place(name)]
                _, neighbour = there[next(other for other in reversed(before) if other in there)]
                written = _written({name: fields[name]}, node.value[0][0].start_mark.column)
                self._insert(self._next_line(self._end(neighbour)), written)

    def add_organization(self, organization: Organization) -> None:
        """Append an organization, or append its services to the organization that already has that name."""
        there = self._by_name.get(organization.name)
        if there is not None:
            self._append(_field(there, "services"), [plain(service) for service in organization.services])
        elif self._organizations is None:
            title = "" if self._edits else "organizations:\n"
            self._insert(len(self._text), title + _written([plain(organization)], 2))
        else:
            self._append(self._organizations, [plain(organization)])

    def _replace(self, key: yaml.Node, old: yaml.Node, value: Any) -> None:
        begin, end = key.end_mark.index, self._end(old)
        if value is None:
            self._edits.append((self._text.rfind("\n", 0, begin) + 1, self._next_line(end), ""))
        else:
            column = key.start_mark.column
            written = _written({key.value: value}, column)
            self._edits.append((begin, end, written[column + len(key.value) :].rstrip("\n")))

    def _append(self, node: yaml.Node | None, entries: list[dict[str, Any]]) -> None:
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            raise BadEntry(
                "A country file has a list of entries in one line: write one a line, then others can be added."
            )
        self._insert(self._next_line(self._end(node)), _written(entries, node.value[0].start_mark.column - 2))

    def _insert(self, at: int, written: str) -> None:
        self._edits.append((at, at, written))

    def _end(self, node: yaml.Node) -> int:
        """Return where a value ends. The parser ends a block only where the next node begins, after the comments."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        return len(self._text[: node.end_mark.index].rstrip())

    def _next_line(self, at: int) -> int:
        return self._text.find("\n", at) + 1


def empty(country: str) -> str:
    """Return the text of a file for a country that has none yet."""
    name = country_name(country, "en")
    return f"# {name}: numbers to call. docs/directory.md says what each field means.\ncountry: '{country}'\n"


class _Dumper(yaml.SafeDumper):
    """A YAML dumper in the style of the country files: lists of words on one line, lists of entries one below another."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the entries of a list below its key."""
        super().increase_indent(flow, False)

    def represent_entries(self, entries: list[Any]) -> yaml.Node:
        """Keep a list of words on one line."""
        words = not isinstance(entries, Paragraphs) and not any(isinstance(entry, dict | list) for entry in entries)
        return self.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=words)


_Dumper.add_representer(list, _Dumper.represent_entries)
_Dumper.add_representer(Paragraphs, _Dumper.represent_entries)


def _written(value: Any, column: int) -> str:
    written = yaml.dump(value, Dumper=_Dumper, width=_WIDTH - column, allow_unicode=True, sort_keys=False)
    return "".join(f"{' ' * column}{line}\n" for line in written.splitlines())


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _emergency(root: yaml.Node | None) -> Iterator[tuple[str | None, yaml.Node]]:
    """Yield the rows of emergency numbers, each with the name that it is checked under."""
    country = _scalar(root, "country") if root else None
    for row in _entries(_field(root, "emergency")):
        reaches = [str(reach.value) for reach in _entries(_field(row, "reaches"))]
        yield emergency_id(country or "", _scalar(row, "number") or "", reaches), row


def _entries(node: yaml.Node | None) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _scalar(node: yaml.Node, name: str) -> str | None:
    found = _field(node, name)
    return str(found.value) if found is not None else None


def _field(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((content for key, content in node.value if key.value == name), None)
