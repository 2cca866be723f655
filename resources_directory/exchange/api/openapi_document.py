"""The description of the read API as OpenAPI 3.1: the paths of HSDS 3.0, what we add or leave out, and its schemas."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from resources_directory.exchange.api.parameters import OF_LISTING, OF_ONE, PARAMETERS
from resources_directory.exchange.api.publication import PublishedTable

HSDS_VERSION = "3.0"
PROFILE = "https://docs.openreferral.org"
SCHEMAS = Path(__file__).parent / "hsds"
_OBJECT: Mapping[PublishedTable, str] = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
_FLAGS, _COUNTS = ("first_page", "last_page", "empty"), ("total_items", "total_pages", "page_number", "size")
_REFUSALS = {
    "301": "The service was merged into another: Location says where that is.",
    "400": "A parameter is not known or cannot be read; the error says which.",
    "404": "There is no such object, or no such path.",
    "429": "Too many requests: ask again after the seconds in Retry-After.",
    "503": "The directory cannot be read just now, or too many answers are under way.",
}
_ABOUT = ("version", "profile", "openapi_url")


def document(address: str) -> dict[str, Any]:
    """Return the document for an API at this address."""
    paths: dict[str, Any] = {"/": {"get": _about()}}
    for table, name in _OBJECT.items():
        paths[f"/{table}"] = {"get": _listing(table, name)}
        paths[f"/{table}/{{id}}"] = {"get": _one(table, name)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Directory of services for people in forced labour",
            "version": "1.0",
            "description": f"The paths of HSDS {HSDS_VERSION} to read what may be given to anybody today. `country` is "
            "ours; `postcode` and `proximity` are left out, since no place is finer than its city.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address}],
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths,
        "components": {
            "schemas": {**_schemas(), "Page": _page(), "Error": _object({"error": {"type": "string"}})},
            "parameters": {name: _parameter(name) for name in PARAMETERS},
            "responses": {status: _answer(says, _ref("schemas", "Error")) for status, says in _REFUSALS.items()},
        },
    }


def _about() -> dict[str, Any]:
    says = "The version of HSDS, and where this document is."
    fields = {name: {"type": "string"} | ({} if name == "version" else {"format": "uri"}) for name in _ABOUT}
    return _operation("getAPIMetaInformation", says, (), _answer(says, _object(fields)), "400")


def _listing(table: PublishedTable, name: str) -> dict[str, Any]:
    item = _ref("schemas", name)
    contents = {"properties": {"contents": {"type": "array", "items": item}}, "required": ["contents"]}
    answer = _answer("One page.", {"allOf": [_ref("schemas", "Page")], **contents})
    answer["content"]["application/x-ndjson"] = {"schema": {}}
    return _operation(f"list_{table}", f"Paginated listing of {table}.", OF_LISTING[table], answer, "400")


def _one(table: PublishedTable, name: str) -> dict[str, Any]:
    answer = _answer(f"The {name} with all that belongs to it.", _ref("schemas", name))
    known = OF_ONE.get(table, ())
    moved = ("301",) if table == "services" else ()
    found = _operation(f"get_{name}", f"A fully nested {name} by its id.", known, answer, *moved, "400", "404")
    id_ = {"in": "path", "name": "id", "required": True, "schema": {"type": "string"}}
    return found | {"parameters": [id_, *found["parameters"]]}


def _operation(
    id_: str, summary: str, known: tuple[str, ...], answer: dict[str, Any], *refusals: str
) -> dict[str, Any]:
    refused = {status: _ref("responses", status) for status in (*refusals, "429", "503")}
    parameters = [_ref("parameters", name) for name in known]
    return {"operationId": id_, "summary": summary, "parameters": parameters, "responses": {"200": answer, **refused}}


def _parameter(name: str) -> dict[str, Any]:
    parameter = PARAMETERS[name]
    told = {"description": parameter.says, "schema": dict(parameter.schema)}
    return {"name": name, "in": "query", "required": False, **told}


def _page() -> dict[str, Any]:
    return _object({name: {"type": "integer"} for name in _COUNTS} | {name: {"type": "boolean"} for name in _FLAGS})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _answer(says: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _ref(kind: str, name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _schemas() -> dict[str, Any]:
    return {path.stem: _within(json.loads(path.read_text("utf-8"))) for path in sorted(SCHEMAS.glob("*.json"))}


def _within(schema: Any) -> Any:
    """Return a schema whose references, to files beside it, point into this document."""
    if isinstance(schema, list):
        return [_within(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    file = schema.get("$ref")
    inner = {name: _within(value) for name, value in schema.items()}
    return inner | (_ref("schemas", file.removesuffix(".json")) if isinstance(file, str) else {})
