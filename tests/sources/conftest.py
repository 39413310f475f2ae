"""The data that the reading is checked against."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def shared() -> Callable[[str], bytes]:
    """Reads a file of the data that the project is checked against."""
    root = Path(__file__).parents[2].parent / "shared" / "data"

    def read_shared(name: str) -> bytes:
        if not (root / name).exists():
            pytest.skip(f"{name} is not beside this project")
        return (root / name).read_bytes()

    return read_shared
