"""The bot beside a local Slack, for attacks over real sockets; only they load it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.slack.conftest import Enter, Town


@pytest.fixture
def enter(tmp_path: Path) -> Enter:
    """Start a town of one's own."""
    from tests.slack.conftest import enter_town

    def enter_one(mode: str = "socket", **choices: Any) -> AbstractAsyncContextManager[Town]:
        return enter_town(tmp_path, mode, **choices)

    return enter_one
