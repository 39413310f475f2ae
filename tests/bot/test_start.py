"""A start is quick: what only an answer needs is loaded with the first answer."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["storage.tables", "kpis.asking", "support.tracker", "holidays"])
def test_a_start_does_not_load(module: str) -> None:
    """Tables are loaded while Slack answers; the others later still."""
    program = f"import sys, bot.serve; print({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
