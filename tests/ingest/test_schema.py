"""The published schema says what the door takes."""

from __future__ import annotations

import io
import json
import random
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from bot.ingest.bodies import BadBody, parse, read_body
from bot.ingest.kinds import INGESTS
from bot.ingest.schema import schema_of, whole_schema
from bot.verbs.token import print_schema
from tests.ingest.conftest import NOW, Sender
from tests.ingest.distorted import distort
from tests.ingest.json_schema import is_valid
from tests.ingest.samples import BODIES

DOCS = Path(__file__).parents[2] / "docs"


async def test_the_schema_is_there_for_everybody(sqlite_shop: Sender) -> None:
    """Without a token, whole or of one kind; of no kind it says which there are."""
    url = f"{sqlite_shop.url}/ingest/v1/schema"
    async with sqlite_shop.http.get(url) as answer:
        assert answer.status == 200
        assert await answer.json(content_type=None) == whole_schema()
    async with sqlite_shop.http.get(f"{url}?kind=orders") as answer:
        assert await answer.json(content_type=None) == schema_of("orders")
    async with sqlite_shop.http.get(f"{url}?kind=invoices") as answer:
        assert answer.status == 404
        assert "orders" in (await answer.json())["error"]


def test_what_the_door_takes_is_as_the_schema_says() -> None:
    """Of every kind, drawn bodies: what is stored is valid, what is invalid is refused.

    The schema cannot say all that is wrong (a day that no calendar has), so it may allow more.
    """
    schemas = {kind: schema_of(kind) for kind in INGESTS}
    generator, taken, invalid = random.Random(3), 0, 0
    bodies = [(kind, json.dumps({"rows": rows}).encode()) for kind, rows in BODIES.items()]
    for kind, raw in [*bodies, *(distort(generator) for _ in range(1500))]:
        try:
            sent = without_null(parse(raw))
        except BadBody:
            continue
        fits = is_valid(sent, schemas[kind], schemas[kind])
        try:
            is_taken = not read_body(raw, INGESTS[kind], NOW).bad
        except BadBody:
            is_taken = False
        assert fits or not is_taken, (kind, raw)
        taken, invalid = taken + is_taken, invalid + (not fits)
    assert taken > 50
    assert invalid > 500


def without_null(value: Any) -> Any:
    """Return JSON in which fields of rows that are null are left out."""
    if not isinstance(value, dict) or not isinstance(value.get("rows"), list):
        return value
    rows = [
        {name: it for name, it in row.items() if it is not None} if isinstance(row, dict) else row
        for row in value["rows"]
    ]
    return value | {"rows": rows}


def test_null_is_allowed_where_a_field_may_be_left_out() -> None:
    """And nowhere else."""
    for kind, ingest in INGESTS.items():
        schema = schema_of(kind)
        assert schema is not None
        fields = schema["$defs"][ingest.row.__name__]
        for name, it in fields["properties"].items():
            assert is_valid(None, it, schema) == (name not in fields["required"]), (kind, name)


def test_the_page_holds_the_schema() -> None:
    """Made by ``python -m bot ingest-schema > docs/ingest.schema.json``."""
    said = io.StringIO()
    with redirect_stdout(said):
        print_schema("")
    assert (DOCS / "ingest.schema.json").read_text(encoding="utf-8") == said.getvalue()


def test_the_page_names_every_kind_and_field() -> None:
    """What may be sent is told where people read it."""
    page = (DOCS / "ingest.md").read_text(encoding="utf-8")
    for kind, ingest in INGESTS.items():
        assert f"`{kind}`" in page
        for name in ingest.row.model_fields:
            assert name in page, (kind, name)
