"""Writes entries into the text of a country file: every byte that is not touched stays as somebody wrote it."""

from collections.abc import Mapping
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


def with_organization(text: str, organization: Organization) -> str:
    """Add an organization at the end of a file, or its services to the one of that name that is there."""
    node = _organizations(text)
    there = next((one for one in node.value if _name(one) == organization.name), None) if node is not None else None
    if there is None:
        return _appended(text, node, organization)
    services = _field(there, "services")
    if not isinstance(services, yaml.SequenceNode) or services.flow_style:
        raise Refused(f"{organization.name}: write its services one a line, then others can be added.")
    column = services.value[0].start_mark.column - 2
    written = "".join(_entry(plain(service), column) for service in organization.services)
    return _inserted(text, services, written)


def with_fields(text: str, service: str, fields: Mapping[str, Any]) -> str:
    """Change fields of a service."""
    for name in sorted(fields, key=_ORDER.index):
        text = _with_field(text, service, name, fields[name])
    return text


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


def _appended(text: str, node: yaml.SequenceNode | None, organization: Organization) -> str:
    if node is None:
        return f"{text.rstrip()}\norganizations:\n{_entry(plain(organization), 2)}"
    if node.flow_style or not node.value:
        raise Refused("A country file lists its organizations in one line: write one a line, then others can be added.")
    return _inserted(text, node, _entry(plain(organization), node.value[0].start_mark.column - 2))


def _entry(entry: dict[str, Any], column: int) -> str:
    written = yaml.dump([entry], Dumper=_Dumper, width=_WIDTH - column, allow_unicode=True, sort_keys=False)
    return "".join(f"{' ' * column}{line}\n" for line in written.splitlines())


def _inserted(text: str, behind: yaml.Node, written: str) -> str:
    at = _next_line(text, _end(text, behind))
    gap = "" if text[:at].endswith("\n") else "\n"
    return text[:at] + gap + written + text[at:]


def _with_field(text: str, service: str, name: str, value: Any) -> str:
    node = _service(text, service)
    if node is None or node.flow_style:
        raise Refused(f"{service}: write this service with one field a line, then it can be changed.")
    fields = {key.value: (key, content) for key, content in node.value}
    column = node.value[0][0].start_mark.column
    shown = plain_value(name, value)
    written = "" if shown in (None, (), [], {}) else _lines(name, shown, column)
    if name in fields:
        key, content = fields[name]
        start = _offset(text, key.start_mark)
        end = _next_line(text, _end(text, content))
        return text[:start] + written.lstrip(" ") + text[end:]
    before = _ORDER[: _ORDER.index(name)]
    _, neighbour = fields[next(other for other in reversed(before) if other in fields)]
    return _inserted(text, neighbour, written)


def _lines(name: str, value: Any, column: int) -> str:
    written = yaml.dump({name: value}, Dumper=_Dumper, width=_WIDTH - column, allow_unicode=True, sort_keys=False)
    return "".join(f"{' ' * column}{line}\n" for line in written.splitlines())


def _organizations(text: str) -> yaml.SequenceNode | None:
    node = yaml.compose(text, PlainLoader)
    found = _field(node, "organizations") if node is not None else None
    return found if isinstance(found, yaml.SequenceNode) else None


def _service(text: str, name: str) -> yaml.MappingNode | None:
    for organization in getattr(_organizations(text), "value", []):
        services = _field(organization, "services")
        for service in getattr(services, "value", []):
            found = _field(service, "id")
            if found is not None and found.value == name:
                return service if isinstance(service, yaml.MappingNode) else None
    return None


def _name(node: yaml.Node) -> str | None:
    found = _field(node, "name")
    return str(found.value) if found is not None else None


def _field(node: yaml.Node, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((content for key, content in node.value if key.value == name), None)


def _end(text: str, node: yaml.Node) -> int:
    """Find the end of a value: the parser ends a block only where the next thing begins, behind the comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return len(text[: _offset(text, node.end_mark)].rstrip())


def _offset(text: str, mark: yaml.Mark) -> int:
    at = 0
    for _ in range(mark.line):
        at = text.index("\n", at) + 1
    return at + mark.column


def _next_line(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)
