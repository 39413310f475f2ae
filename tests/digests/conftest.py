"""A week of the sample workspace, begun on Sunday 22 November 2026, 18:00 UTC."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest

from tests.digests.weeks import Week, open_week

Open = Callable[..., AbstractAsyncContextManager[Week]]


@pytest.fixture
async def week(tmp_path: Path) -> AsyncIterator[Week]:
    """The bot with sample data; nothing is set up."""
    async with open_week(tmp_path) as ready:
        yield ready


@pytest.fixture
def open_a_week(tmp_path: Path) -> Open:
    """Begin a week at another moment, or without data."""
    return partial(open_week, tmp_path)
