"""Which Kepi this is."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@cache
def find_version() -> str:
    """Return the installed version, or what the source beside it says; empty: nobody knows."""
    try:
        return version("kepi")
    except PackageNotFoundError:
        pass
    try:
        held = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
        return str(held["project"]["version"])
    except (OSError, KeyError, ValueError):
        return ""
