"""What Slack checks of a message's blocks or a view as a whole (slack-platform §5, §8).

Block types not modelled here (video, file, data_table, card and the like) are refused. Tables and
markdown are refused in views: no source says that they work there.
"""

from __future__ import annotations

import copy
import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from bot.playground.block_grammar import Check, boolean, complain, listing, plain, shape, string
from bot.playground.block_kinds import MESSAGE_BLOCK, VIEW_BLOCK
from bot.playground.refusals import Refusal, refuse_blocks
from bot.playground.world import Json

MARKDOWN_TOTAL = 12_000
VIEW_BYTES = 250_000
FileCheck = Callable[[Json], bool]


def accept_blocks(raw: Any, may_show: FileCheck | None) -> list[Json]:
    """Return a message's blocks with ids filled in, or raise the refusal Slack would answer.

    `may_show` says whether a `slack_file` is processed and visible to the poster; None refuses all
    of them, as in ephemeral messages and through response_url (§4).
    """
    if not isinstance(raw, list):
        raise Refusal("invalid_blocks_format")
    found: list[str] = []
    listing(MESSAGE_BLOCK, 50, 0)(raw, "/blocks", found)
    _check_together(raw, "/blocks", found)
    for at, file in _shown_files(raw, "/blocks"):
        if may_show is None or not may_show(file):
            complain(found, "invalid slack file", at)
    if found:
        raise refuse_blocks(found)
    if sum(block["type"] == "table" for block in raw) > 1:
        raise Refusal("invalid_attachments", messages=["[ERROR] only_one_table_allowed"])
    if sum(len(b["text"]) for b in raw if b["type"] == "markdown") > MARKDOWN_TOTAL:
        raise Refusal("msg_blocks_too_long")
    if sum(block["type"] == "data_visualization" for block in raw) > 2:
        raise refuse_blocks(["no more than 2 data_visualization blocks [json-pointer:/blocks]"])
    return with_ids(raw)


def accept_view(raw: Any, kinds: tuple[str, ...], may_show: FileCheck) -> Json:
    """Return a view with ids filled in, or raise Slack's refusal; pointers start at /view."""
    if not isinstance(raw, dict):
        raise refuse_blocks(["must be an object [json-pointer:/view]"], "invalid_arguments")
    if len(json.dumps(raw, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise Refusal("view_too_large")
    found: list[str] = []
    kind = raw.get("type")
    if kind not in kinds:
        complain(found, f"must be one of {', '.join(kinds)}", "/view/type")
    else:
        (MODAL if kind == "modal" else HOME)(raw, "/view", found)
        _check_submit(raw, found)
    blocks = raw.get("blocks")
    _check_together(blocks, "/view/blocks", found)
    for at, file in _shown_files(blocks, "/view/blocks"):
        if not may_show(file):
            complain(found, "invalid slack file", at)
    if found:
        raise refuse_blocks(found, "invalid_arguments")
    return {**raw, "blocks": with_ids(raw["blocks"])}


SHARED: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
BLOCKS: dict[str, Check] = {"blocks": listing(VIEW_BLOCK, 100, 0)}
HOME = shape(BLOCKS, SHARED)
MODAL = shape(
    {"title": plain(24), **BLOCKS},
    {
        **SHARED,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)


def _check_submit(view: Json, found: list[str]) -> None:
    """A modal with inputs needs a submit button."""
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(b, dict) and b.get("type") == "input" for b in blocks
    )
    if view["type"] == "modal" and has_input and "submit" not in view:
        complain(found, "`submit` is required when input blocks are present", "/view")


def _check_together(blocks: Any, at: str, found: list[str]) -> None:
    """No two blocks share a block_id, no two elements of a block an action_id."""
    if not isinstance(blocks, list):
        return
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id in seen:
            complain(found, f"`block_id` {block_id} already exists", f"{at}/{index}/block_id")
        seen.add(str(block_id))
        _check_action_ids(block, f"{at}/{index}", found)


def _check_action_ids(block: Json, at: str, found: list[str]) -> None:
    inside = block.get("elements")
    seen: set[str] = set()
    for index, element in enumerate(inside if isinstance(inside, list) else []):
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if action_id is not None and action_id in seen:
            where = f"{at}/elements/{index}/action_id"
            complain(found, f"`action_id` {action_id} already exists", where)
        seen.add(str(action_id))


def _shown_files(blocks: Any, at: str) -> Iterator[tuple[str, Json]]:
    """Yield every slack_file with its pointer."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if not isinstance(block, dict):
            continue
        here = f"{at}/{index}"
        places = [(here, block), (f"{here}/accessory", block.get("accessory"))]
        inside = block.get("elements")
        for number, element in enumerate(inside if isinstance(inside, list) else []):
            places.append((f"{here}/elements/{number}", element))
        for where, thing in places:
            if isinstance(thing, dict) and isinstance(thing.get("slack_file"), dict):
                yield f"{where}/slack_file", thing["slack_file"]


def with_ids(blocks: list[Json]) -> list[Json]:
    """Return a copy in which every block and element has the id Slack would give it."""
    filled = copy.deepcopy(blocks)
    for block in filled:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for key in ("accessory", "element"):
            _fill_action(block.get(key))
        for element in block.get("elements", []):
            _fill_action(element)
    return filled


def _fill_action(element: Any) -> None:
    """Give an interactive element an action_id; texts and images have none."""
    passive = {"image", "plain_text", "mrkdwn"}
    if not isinstance(element, dict):
        return
    kind = str(element.get("type", ""))
    if kind not in passive and not kind.startswith("rich_text"):
        element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
