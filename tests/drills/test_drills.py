"""Every drill in its quick form: a few seconds each; the sizes of reliability §3 are in
``make drills``."""

from pathlib import Path

import pytest

from commands import writers
from tests.drills.drill import Drill, Scale, find_drills

DRILLS = find_drills()


@pytest.mark.parametrize("drill", DRILLS.values(), ids=list(DRILLS))
def test_the_promises_hold(drill: Drill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the fault does stays within the pass mark."""
    # Drills that send words of their own put a writer there; it goes when they have ended.
    monkeypatch.setattr(writers, "writers", writers.writers)
    rows = drill.run(Scale(tmp_path))
    assert rows, "a drill reports something"
    assert [row for row in rows if not row.passed] == []
