"""A post of a program as flat fields, whatever mixture of text, attachments and blocks it is.

A field's name is its path: ``text``, ``username``, ``attachments.0.author_name``,
``blocks.1.text``, ``blocks.2.elements.0.url``. What stands beside a label, in a field of an
attachment or as ``*Label:* value`` in a block, is also ``labels.label``, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

LONGEST = 4_000
MOST_FIELDS = 120
MOST_PIECES = 40
"""Attachments, blocks, elements and lines looked at, each."""

ATTACHED = (
    "pretext",
    "author_name",
    "author_subname",
    "author_link",
    "title",
    "title_link",
    "text",
    "from_url",
    "service_name",
    "footer",
    "ts",
    "fallback",
)
BOLD_LABEL = re.compile(r"^\s*\*([^*\n:]{1,40}):?\*:?\s*(.*)$", re.DOTALL)
PLAIN_LABEL = re.compile(r"^\s*([^\W\d_][^*\n:<>@/]{0,29}):\s+(\S.*)$")


def fields_of(post: Mapping[str, Any]) -> dict[str, str]:
    """Return the readable fields of a message object, in the order in which people see them."""
    found: dict[str, str] = {}
    for path, value in walk(post):
        text = value[:LONGEST].strip()
        if text and path not in found and len(found) < MOST_FIELDS:
            found[path] = text
    return found


def walk(post: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("username", "text"):
        yield name, words(post.get(name))
    yield from lines_with_labels(words(post.get("text")))
    for number, attachment in enumerate(maps(post.get("attachments"))):
        yield from walk_attachment(f"attachments.{number}", attachment)
    yield from walk_blocks("blocks", post.get("blocks"))
    metadata = post.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, Mapping) else None
    if isinstance(payload, Mapping):
        for name, value in list(payload.items())[:MOST_PIECES]:
            yield f"metadata.{name}", words(value)


def walk_attachment(path: str, attachment: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ATTACHED:
        yield f"{path}.{name}", words(attachment.get(name))
    for field in maps(attachment.get("fields")):
        label, value = words(field.get("title")), words(field.get("value"))
        if label:
            yield label_path(label), value
    yield from lines_with_labels(words(attachment.get("text")))
    yield from walk_blocks(f"{path}.blocks", attachment.get("blocks"))


def walk_blocks(path: str, blocks: Any) -> Iterator[tuple[str, str]]:
    for number, block in enumerate(maps(blocks)):
        here = f"{path}.{number}"
        text = text_of(block)
        yield f"{here}.text", text
        yield from lines_with_labels(text)
        for place, field in enumerate(sequence(block.get("fields"))):
            yield from walk_field(f"{here}.fields.{place}", words(field))
        for place, element in enumerate(sequence(block.get("elements"))):
            if isinstance(element, Mapping) and block.get("type") != "rich_text":
                yield f"{here}.elements.{place}", text_of(element)
                yield f"{here}.elements.{place}.url", words(element.get("url"))
        accessory = block.get("accessory")
        if isinstance(accessory, Mapping):
            yield f"{here}.accessory.url", words(accessory.get("url"))


def walk_field(path: str, text: str) -> Iterator[tuple[str, str]]:
    yield path, text
    labelled = BOLD_LABEL.match(text) or PLAIN_LABEL.match(text)
    if labelled:
        yield label_path(labelled[1]), labelled[2]


def lines_with_labels(text: str) -> Iterator[tuple[str, str]]:
    """Give ``*Label:* value`` and ``Label: value`` lines of a text.

    What stands below a label that is alone on its line is its value.
    """
    lines = text[:LONGEST].splitlines()[:MOST_PIECES]
    for number, line in enumerate(lines):
        labelled = BOLD_LABEL.match(line) or PLAIN_LABEL.match(line)
        if labelled is None:
            continue
        value = labelled[2].strip()
        if not value:
            below = takewhile(lambda it: not BOLD_LABEL.match(it), lines[number + 1 :])
            value = "\n".join(below).strip()
        yield label_path(labelled[1]), value


def label_path(label: str) -> str:
    return f"labels.{label.strip(' :*_').casefold()[:40]}"


def text_of(block: Mapping[str, Any]) -> str:
    """Return the words of a block or element; rich text as Slack would mark it up."""
    if block.get("type") == "rich_text":
        return "\n".join(rich(it) for it in maps(block.get("elements")))
    return words(block.get("text"))


def rich(piece: Mapping[str, Any], depth: int = 0) -> str:
    """Return a piece of rich text: sections, lists and quotes hold pieces of their own."""
    if depth > 4:
        return ""
    kind = piece.get("type")
    if kind == "link":
        url, label = words(piece.get("url")), words(piece.get("text"))
        return f"<{url}|{label}>" if label else f"<{url}>"
    if kind == "user":
        return f"<@{words(piece.get('user_id'))}>"
    if kind == "emoji":
        return f":{words(piece.get('name'))}:"
    if "elements" in piece:
        inner = "".join(rich(it, depth + 1) for it in maps(piece.get("elements")))
        return f"&gt; {inner}" if kind == "rich_text_quote" else inner
    return words(piece.get("text"))


def words(value: Any) -> str:
    """Return a text, a text object's text or a number; nothing for all else."""
    if isinstance(value, Mapping):
        value = value.get("text")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[: LONGEST * 2]


def maps(value: Any) -> list[Mapping[str, Any]]:
    return [it for it in sequence(value) if isinstance(it, Mapping)]


def sequence(value: Any) -> Sequence[Any]:
    return value[:MOST_PIECES] if isinstance(value, list | tuple) else ()
