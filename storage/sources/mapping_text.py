"""A mapping written as the file that ``--mapping`` reads."""

from __future__ import annotations

import json
import re

from storage.sources.mapping import Mapping

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_mapping(mapping: Mapping, about: str = "") -> str:
    """Return the TOML of a mapping, with ``about`` as a remark above it."""
    file = mapping.file.model_dump(exclude_defaults=True, mode="json")
    parts = [
        ("file", file),
        ("columns", mapping.columns),
        ("measures", mapping.measures),
        ("always", mapping.always),
    ]
    remark = "".join(it if it.isprintable() else " " for it in about).strip()
    lines = [f"# {remark}"] if remark else []
    for title, values in parts:
        if values:
            lines += ["", f"[{title}]"] if lines else [f"[{title}]"]
            lines += [f"{_key(key)} = {_value(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: object) -> str:
    """Return a value as TOML writes it: JSON, but for the one sign that JSON leaves bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
