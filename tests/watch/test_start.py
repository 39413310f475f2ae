"""A start does not load what only a machine's question needs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module", ["prometheus_client", "bot.metrics", "storage.outbox", "kpis.digests", "fpdf"]
)
def test_a_start_does_not_load(module: str) -> None:
    """Metrics are written when somebody asks, the outbox is read once Slack is connected."""
    program = f"import sys, bot.serve; print({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
