"""Charts are drawn beside the loop: by processes that may break and are replaced."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from charts_awkward import BARS, LINE

from kpis.charts.draw import draw
from kpis.charts.workers import ChartFailed, ChartWorkers

ROOT = Path(__file__).resolve().parents[2]
PNG = b"\x89PNG"


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_worker_draws_what_this_process_would_and_nothing_else():
    async with ChartWorkers(2) as workers:
        await workers.warm()
        assert len(set(workers.pids)) == 2
        drawn = await asyncio.gather(*(workers.draw(it) for it in (LINE, BARS, LINE, BARS)))
    assert drawn == [draw(LINE), draw(BARS)] * 2


async def test_the_loop_goes_on_while_charts_are_drawn():
    """Were they drawn on the loop, it would come round a few times at most."""
    async with ChartWorkers(1) as workers:
        await workers.warm()
        drawing = asyncio.gather(*(workers.draw(LINE) for _ in range(5)))
        rounds = 0
        while not drawing.done():
            await asyncio.sleep(0)
            rounds += 1
        await drawing
    assert rounds > 200


async def test_a_killed_worker_fails_its_call_and_is_replaced():
    async with ChartWorkers(1) as workers:
        await workers.warm()
        (pid,) = workers.pids
        os.kill(pid, signal.SIGSTOP)  # The chart is in the making for as long as we like.
        call = asyncio.create_task(workers.draw(LINE))
        await asyncio.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ChartFailed):
            await call
        assert (await workers.draw(BARS)).startswith(PNG)
        assert workers.pids != [pid]
        assert not lives(pid)


async def test_a_worker_that_hangs_is_ended_after_the_timeout():
    async with ChartWorkers(1, timeout=0.3) as workers:
        await workers.warm()
        (pid,) = workers.pids
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(ChartFailed, match=r"within 0\.3 s"):
            await workers.draw(LINE)
        assert not lives(pid)


async def test_a_cancelled_call_leaves_nothing_for_the_next_one():
    async with ChartWorkers(1) as workers:
        await workers.warm()
        os.kill(workers.pids[0], signal.SIGSTOP)
        call = asyncio.create_task(workers.draw(LINE))
        await asyncio.sleep(0.05)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert await workers.draw(BARS) == draw(BARS)


async def test_what_cannot_be_drawn_fails_and_the_worker_stays():
    async with ChartWorkers(1) as workers:
        await workers.warm()
        before = list(workers.pids)
        with pytest.raises(ChartFailed, match="kind"):
            await workers.draw(None)  # type: ignore[arg-type]
        assert (await workers.draw(LINE)).startswith(PNG)
        assert list(workers.pids) == before


async def test_only_so_many_may_wait_and_closing_fails_them_and_leaves_no_process():
    workers = ChartWorkers(1, queue=2)
    await workers.warm()
    (pid,) = workers.pids
    os.kill(pid, signal.SIGSTOP)
    waiting = [asyncio.create_task(workers.draw(LINE)) for _ in range(2)]
    await asyncio.sleep(0.05)
    with pytest.raises(ChartFailed, match="waiting"):
        await workers.draw(LINE)
    await workers.close()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(it) for it in results] == [ChartFailed, ChartFailed]
    assert not lives(pid)
    assert list(workers.pids) == []
    with pytest.raises(ChartFailed, match="closed"):
        await workers.draw(LINE)


async def test_closing_while_workers_start_leaves_no_process():
    workers = ChartWorkers(2)
    warming = asyncio.create_task(workers.warm())
    await asyncio.sleep(0.05)
    born = list(workers.pids)
    await workers.close()
    with pytest.raises(ChartFailed):
        await warming
    assert not [pid for pid in [*born, *workers.pids] if lives(pid)]


async def test_ctrl_c_and_secrets_are_the_parents_alone(monkeypatch):
    """The worker is in a session of its own, outlives SIGINT, and sees no token."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    async with ChartWorkers(1) as workers:
        await workers.warm()
        (pid,) = workers.pids
        assert os.getsid(pid) != os.getsid(0)
        os.kill(pid, signal.SIGINT)
        assert (await workers.draw(LINE)).startswith(PNG)
        assert list(workers.pids) == [pid]
        seen = Path(f"/proc/{pid}/environ")
        if seen.exists():
            assert b"xoxb-secret" not in seen.read_bytes()


async def test_workers_end_when_their_parent_is_killed():
    program = """
        import asyncio
        from kpis.charts.workers import ChartWorkers
        async def main():
            workers = ChartWorkers(1)
            await workers.warm()
            print(workers.pids[0], flush=True)
            await asyncio.sleep(60)
        asyncio.run(main())
    """
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _flush_left(program), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert lives(pid)
    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()
    await asyncio.to_thread(_wait_until_gone, pid)


def test_the_parent_never_loads_matplotlib():
    program = """
        import sys
        import kpis.charts.compose, kpis.charts.workers
        print([it for it in ("matplotlib", "numpy", "fontTools", "PIL") if it in sys.modules])
    """
    done = subprocess.run(
        [sys.executable, "-c", _flush_left(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def _flush_left(program: str) -> str:
    return "\n".join(line[8:] for line in program.splitlines())


def _wait_until_gone(pid: int) -> None:
    """Wait for as long as a loaded machine may need, and fail after that."""
    for _ in range(1000):
        if not lives(pid) or _is_zombie(pid):
            return
        time.sleep(0.02)
    pytest.fail(f"process {pid} outlived its parent")


def _is_zombie(pid: int) -> bool:
    """Whether it has ended and only waits for whoever took over to notice."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z"
