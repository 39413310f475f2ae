"""``digest preview`` and ``digest send`` on the terminal."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.digests.weeks import Week, words_of

ROOT = Path(__file__).parents[2]
CLOCK = "2026-11-23T08:05:00+00:00"


async def run(week: Week, *words: str, token: bool = True) -> tuple[int, str, str]:
    """Run a verb in a process of its own, beside the bot."""
    told = {"DATABASE_URL": week.url, "KEPI_CLOCK": CLOCK, "PATH": "/usr/bin:/bin"}
    if token:
        told |= week.slack.environment
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "digest", *words,
        cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_a_preview_needs_no_slack_and_no_set_up(week: Week) -> None:
    """A channel never set up: the usual KPIs of the last whole week, on the terminal."""
    code, out, _ = await run(week, "preview", "#marketing", token=False)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "Acme · week 47 · 16–22 Nov"
    assert any(it.startswith("Followers ") for it in lines)
    assert week.said() == []


async def test_another_week_is_named_and_one_that_is_not_over_refused(week: Week) -> None:
    code, out, _ = await run(week, "preview", "#marketing", "--week", "2026-W44", token=False)
    assert (code, out.splitlines()[0][:14]) == (0, "Acme · week 44")
    code, out, err = await run(week, "preview", "#marketing", "--week", "2026-W48", token=False)
    assert code == 1
    assert "2026-W48 is not over yet. The last whole one is 2026-W47." in out + err


async def test_sending_delivers_once_through_the_outbox(week: Week) -> None:
    """Sent from the terminal at 08:05 UTC; the bot that starts later sends nothing more."""
    await week.digest()
    await week.stop()
    code, out, err = await run(week, "send", "#marketing")
    assert (code, out) == (0, "Week 47 is in #marketing.\n"), err
    code, out, _ = await run(week, "send", "marketing", "--week", "2026-W47")
    assert (code, out) == (0, "Week 47 is in marketing.\n")
    await week.jump(datetime(2026, 11, 23, 8, 10, tzinfo=UTC))
    await week.wake()
    (digest,) = week.said()
    assert "Late" not in words_of(digest)


async def test_what_cannot_be_sent_ends_with_one_and_a_line(week: Week) -> None:
    """No digest there, no such channel, an archived one: said, and nothing is posted."""
    code, out, err = await run(week, "send", "#marketing")
    assert code == 1
    assert "No digest is set up there. In Slack: /kpi digest setup" in out + err
    code, out, err = await run(week, "send", "#nowhere")
    assert code == 1
    assert "I see no channel “#nowhere”" in out + err
    await week.digest()
    await week.stop()
    week.slack.archive("#marketing")
    code, out, err = await run(week, "send", "#marketing")
    said = "the channel is archived. Choose another one: /kpi digest, /kpi alerts."
    assert (code, out) == (1, f"Week 47 was not sent: {said}\n"), err
