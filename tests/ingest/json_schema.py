"""JSON Schema 2020-12, as much of it as ours uses, written from its specification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

Json = Any
KNOWN = {"$ref", "type", "enum", "const", "anyOf", "oneOf", "not", "required", "properties"}
KNOWN |= {"additionalProperties", "items", "pattern", "dependentRequired", "minimum", "maximum"}
KNOWN |= {"minLength", "maxLength", "minItems", "maxItems"}
SILENT = frozenset(["$schema", "$defs", "title", "description", "format"])
"""Words that allow everything; a format is no more than a remark."""


def is_valid(value: Json, schema: Json, whole: Json) -> bool:
    """Say whether a value is as a schema wants it; a word that is unknown here is a mistake."""
    strange = schema.keys() - KNOWN - SILENT
    assert not strange, strange
    return all(check(value, schema, whole))


def check(value: Json, schema: Json, whole: Json) -> Iterator[bool]:
    if "$ref" in schema:
        yield is_valid(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "type" in schema:
        kinds = schema["type"]
        yield any(is_of(value, it) for it in ([kinds] if isinstance(kinds, str) else kinds))
    if "enum" in schema:
        yield value in schema["enum"]
    if "const" in schema:
        yield value == schema["const"]
    for word, fits in (("anyOf", lambda n: n >= 1), ("oneOf", lambda n: n == 1)):
        if word in schema:
            yield fits(sum(is_valid(value, it, whole) for it in schema[word]))
    if "not" in schema:
        yield not is_valid(value, schema["not"], whole)
    if isinstance(value, dict):
        yield from check_object(value, schema, whole)
    elif isinstance(value, list):
        yield len(value) >= schema.get("minItems", 0)
        yield len(value) <= schema.get("maxItems", len(value))
        yield all(is_valid(it, schema.get("items", {}), whole) for it in value)
    elif isinstance(value, str):
        yield len(value) >= schema.get("minLength", 0)
        yield len(value) <= schema.get("maxLength", len(value))
        yield "pattern" not in schema or bool(re.search(schema["pattern"], value))
    elif is_of(value, "number"):
        yield value >= schema.get("minimum", value)
        yield value <= schema.get("maximum", value)


def check_object(value: dict[str, Json], schema: Json, whole: Json) -> Iterator[bool]:
    fields = schema.get("properties", {})
    yield all(it in value for it in schema.get("required", ()))
    yield all(is_valid(it, fields[name], whole) for name, it in value.items() if name in fields)
    yield schema.get("additionalProperties", True) or value.keys() <= fields.keys()
    for name, needed in schema.get("dependentRequired", {}).items():
        yield name not in value or all(it in value for it in needed)


def is_of(value: Json, kind: str) -> bool:
    if kind == "null":
        return value is None
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in ("number", "integer"):
        is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        return is_number and (kind == "number" or value == int(value))
    return isinstance(value, {"object": dict, "array": list, "string": str}[kind])
