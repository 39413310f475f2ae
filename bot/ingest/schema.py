"""The JSON Schema of what may be sent, made from the models that check it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.json_schema import models_json_schema

from bot.ingest.fields import Day
from bot.ingest.kinds import INGESTS, MOST_ROWS, Ingest

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = "#/$defs/{model}"
NULL = {"type": "null"}


class Plain(BaseModel):
    """A body that has rows alone."""

    model_config = ConfigDict(extra="forbid")


class Watched(Plain):
    """A body that may say of which days it is."""

    start: Day | None = Field(None, description="The first day that the rows were read for.")
    end: Day | None = Field(None, description="The first day after the last.")


@cache
def body_of(it: Ingest) -> type[BaseModel]:
    rows: Any = (list[it.row], Field(max_length=MOST_ROWS))  # type: ignore[name-defined]
    words = f"The body of POST /ingest/v1/{it.name}."
    base = Watched if it.is_watched else Plain
    return create_model(it.name, __base__=base, __doc__=words, rows=rows)


@cache
def whole_schema() -> dict[str, Any]:
    """Return the schema of every kind; a body of orders is ``#/$defs/orders``."""
    _, made = models_json_schema(
        [(body_of(it), "validation") for it in INGESTS.values()], ref_template=REFERENCE
    )
    return {
        "$schema": DIALECT,
        "title": "Kepi ingest, version 1",
        "description": "Bodies of POST /ingest/v1/<kind>, a definition each. Times are UTC or "
        "have their offset; a field that is null is the same as one that is left out.",
        "$defs": {name: allow_null(it) for name, it in sorted(made["$defs"].items())},
    }


@cache
def schema_of(kind: str) -> dict[str, Any] | None:
    """Return the schema of one kind's body, or nothing where there is no such kind."""
    if kind not in INGESTS:
        return None
    made = body_of(INGESTS[kind]).model_json_schema(ref_template=REFERENCE)
    named = made.pop("$defs")
    definitions = {name: allow_null(it) for name, it in named.items()}
    return {"$schema": DIALECT, **allow_null(made), "$defs": definitions}


def allow_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return an object's schema in which every field that may be left out may be null."""
    needed = schema.get("required", ())
    fields = {
        name: plain(it) if name in needed else nullable(plain(it))
        for name, it in schema.get("properties", {}).items()
    }
    return {**plain(schema), "properties": fields} if fields else schema


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without what pydantic makes up: titles from names, defaults."""
    return {name: it for name, it in schema.items() if name not in ("title", "default")}


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that takes null as well."""
    said = {name: it for name, it in schema.items() if name == "description"}
    kept = {name: it for name, it in schema.items() if name != "description"}
    choices = [it for it in flatten(kept) if it != NULL]
    if len(choices) == 1 and isinstance(choices[0].get("type"), str) and "enum" not in choices[0]:
        return {**choices[0], "type": [choices[0]["type"], "null"], **said}
    return {"anyOf": [*choices, NULL], **said}


def flatten(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the choices of a schema, those of a choice among them."""
    if set(schema) != {"anyOf"}:
        return [schema]
    return [it for choice in schema["anyOf"] for it in flatten(choice)]


def write_schema(kind: str = "") -> str:
    """Return the schema as text."""
    schema = schema_of(kind) if kind else whole_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False)
