"""Bodies that are wrong somewhere, or most likely."""

from __future__ import annotations

import json
import random
from typing import Any

from tests.ingest.samples import BODIES

STRANGE: tuple[object, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        10**30,
        1.5,
        -0.0,
        "",
        " ",
        "\0",
        "\ud83d",
        "nan",
        "１２",
        "x" * 400,
    ),
    *([], {}, [[]], {"a": 1}, "=1+1", "<!channel>", "2026-13-01", "0001-01-01T00:00:00+23:59"),
    *("9999-12-31T23:59:59-23:59", "2026-11-20", "-", "\u202e", "a\nb", 2**63, 5.0, 1e300),
)


def distort(generator: random.Random) -> tuple[str, bytes]:
    """Return a body of some kind that is certainly wrong, or only most likely."""
    kind = generator.choice(sorted(BODIES))
    rows: list[Any] = json.loads(json.dumps(BODIES[kind]))
    for _ in range(generator.randint(1, 3)):
        row = generator.choice(rows)
        if not isinstance(row, dict):
            continue
        field = generator.choice([*row, "rows", "workspace", "import_id"])
        if generator.random() < 0.2:
            row.pop(field, None)
        else:
            row[field] = generator.choice(STRANGE)
    if generator.random() < 0.1:
        rows[generator.randrange(len(rows))] = generator.choice(STRANGE)
    body: Any = {"rows": rows}
    if generator.random() < 0.1:
        body = generator.choice([rows, {"rows": {}}, {"rows": None}, {"Rows": rows}, None, 1, "x"])
    if generator.random() < 0.1:
        body = {"rows": rows, generator.choice(["start", "end", "more"]): generator.choice(STRANGE)}
    raw = json.dumps(body).encode()
    if generator.random() < 0.2:
        cut = generator.randrange(len(raw))
        noise = bytes(generator.randrange(256) for _ in range(generator.randint(0, 4)))
        raw = raw[:cut] + noise + raw[cut + generator.randint(0, 3) :]
    return kind, raw
