"""A workspace and processes that send into it, each with a clock of its own, over real sockets."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest

from commands import writers
from tests.outbox.street import Street, open_street, with_words

Open = Callable[..., AbstractAsyncContextManager[Street]]


@pytest.fixture(autouse=True)
def words_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a kind of message that only these tests send."""
    known = with_words()
    monkeypatch.setattr(writers, "writers", lambda: known)


@pytest.fixture
def street(tmp_path: Path) -> Open:
    """Open a workspace with a database of a kind, and as many processes as are asked for."""
    return partial(open_street, tmp_path)
