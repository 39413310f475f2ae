"""Rules of each block type (slack-platform §5)."""

from __future__ import annotations

from typing import Any

from bot.playground.block_elements import (
    ACCESSORY,
    ACTION_ELEMENT,
    CONTEXT_ACTION,
    CONTEXT_ELEMENT,
    IDENT,
    INPUT_ELEMENT,
    slack_file,
)
from bot.playground.block_grammar import (
    Check,
    at_least_one,
    boolean,
    both,
    complain,
    exactly_one,
    listing,
    number,
    one_of,
    plain,
    rich,
    shape,
    string,
    typed,
)

STYLE = shape({}, {"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean})
INLINE = typed(
    {
        "text": shape({"text": string(12_000)}, {"style": STYLE}),
        "link": shape({"url": string(3000)}, {"text": string(12_000), "style": STYLE}),
        "emoji": shape({"name": string(255)}, {"unicode": string(64), "skin_tone": number(1, 6)}),
        "user": shape({"user_id": IDENT}, {"style": STYLE}),
        "channel": shape({"channel_id": IDENT}, {"style": STYLE}),
        "usergroup": shape({"usergroup_id": IDENT}, {"style": STYLE}),
        "broadcast": shape({"range": one_of("here", "channel", "everyone")}, {"style": STYLE}),
        "date": shape(
            {"timestamp": number(0, 2**40), "format": string(255)},
            {"url": string(3000), "fallback": string(3000), "style": STYLE},
        ),
    }
)
RICH_SECTION = shape({"elements": listing(INLINE, 1000, 0)}, {})
RICH_ELEMENT = typed(
    {
        "rich_text_section": RICH_SECTION,
        "rich_text_preformatted": shape(
            {"elements": listing(INLINE, 1000)}, {"border": number(0, 1)}
        ),
        "rich_text_quote": shape({"elements": listing(INLINE, 1000)}, {"border": number(0, 1)}),
        "rich_text_list": shape(
            {
                "elements": listing(typed({"rich_text_section": RICH_SECTION}), 1000),
                "style": one_of("bullet", "ordered"),
            },
            {"indent": number(0, 8), "offset": number(0, 10_000), "border": number(0, 1)},
        ),
    }
)
RICH_TEXT = shape({"elements": listing(RICH_ELEMENT, 1000)}, {"block_id": IDENT})
CELL = typed(
    {
        "raw_text": shape({"text": string(12_000)}, {}),
        "raw_number": shape({"value": number(-1e300, 1e300), "text": string(12_000)}, {}),
        "rich_text": RICH_TEXT,
    }
)


def _column(value: Any, at: str, found: list[str]) -> None:
    """A column setting may be null: that column has the defaults."""
    if value is not None:
        shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})(
            value, at, found
        )


def _even_rows(value: Any, at: str, found: list[str]) -> None:
    """All rows of a table have as many cells."""
    rows = value.get("rows") if isinstance(value, dict) else None
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        complain(found, "all rows must have the same number of cells", f"{at}/rows")


def _block(required: dict[str, Check], optional: dict[str, Check]) -> Check:
    return shape(required, {"block_id": IDENT, **optional})


LABELLED = string(20)
SERIES = shape(
    {
        "name": LABELLED,
        "data": listing(shape({"label": LABELLED, "value": number(-1e300, 1e300)}, {}), 20),
    },
    {},
)
AXIS = shape({"categories": listing(LABELLED, 20)}, {"x_label": string(50), "y_label": string(50)})
SERIES_CHART = shape({"series": listing(SERIES, 12), "axis_config": AXIS}, {})
SEGMENT = shape({"label": LABELLED, "value": number(1e-300, 1e300)}, {})
CHART = typed(
    {
        "line": SERIES_CHART,
        "bar": SERIES_CHART,
        "area": SERIES_CHART,
        "pie": shape({"segments": listing(SEGMENT, 12)}, {}),
    }
)

EVERYWHERE: dict[str, Check] = {
    "section": both(
        _block(
            {},
            {
                "text": rich(3000),
                "fields": listing(rich(2000), 10),
                "accessory": ACCESSORY,
                "expand": boolean,
            },
        ),
        at_least_one("text", "fields"),
    ),
    "header": _block({"text": plain(150)}, {}),
    "divider": _block({}, {}),
    "context": _block({"elements": listing(CONTEXT_ELEMENT, 10)}, {}),
    "actions": _block({"elements": listing(ACTION_ELEMENT, 25)}, {}),
    "image": both(
        _block(
            {"alt_text": string(2000)},
            {"image_url": string(3000), "slack_file": slack_file, "title": plain(2000)},
        ),
        exactly_one("image_url", "slack_file"),
    ),
    "input": _block(
        {"label": plain(2000), "element": INPUT_ELEMENT},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": RICH_TEXT,
}
MESSAGE_ONLY: dict[str, Check] = {
    "markdown": _block({"text": string(12_000)}, {}),
    "context_actions": _block({"elements": listing(CONTEXT_ACTION, 5)}, {}),
    "table": both(
        _block(
            {"rows": listing(listing(CELL, 20), 100)},
            {"column_settings": listing(_column, 20, 0)},
        ),
        _even_rows,
    ),
    "data_visualization": _block({"title": string(50), "chart": CHART}, {}),
}

MESSAGE_BLOCK = typed({**EVERYWHERE, **MESSAGE_ONLY})
VIEW_BLOCK = typed(EVERYWHERE)
