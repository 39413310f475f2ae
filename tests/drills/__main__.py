"""``python -m tests.drills [NAME…] [--quick]``: make the faults, print and write what happened."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests import databases
from tests.drills.drill import Drill, Row, Scale, find_drills
from tests.drills.page import Kept, as_text, write_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "drills.md"
KEPT = ROOT / "var" / "drills" / "results.json"


def main() -> int:
    """Run what the command line names; 1 where a promise was broken."""
    arguments = read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what it started ends with it
    drills = find_drills()
    unknown = sorted(set(arguments.names) - set(drills))
    if unknown:
        print(f"No such drill: {', '.join(unknown)}. There are: {', '.join(drills)}.")
        return 2
    if arguments.alone:
        return run_alone(drills[arguments.names[0]], is_long=not arguments.quick)
    chosen = arguments.names or list(drills)
    kept = Kept.read(KEPT)
    done: list[Row] = []
    for name in chosen:
        began = time.monotonic()
        print(f"{name} …", file=sys.stderr, flush=True)
        rows = run_apart(drills[name], is_long=not arguments.quick)
        took = time.monotonic() - began
        print(f"  {took:.0f} s", file=sys.stderr, flush=True)
        done += rows
        if not arguments.quick:
            kept.put(name, rows, took, datetime.now(UTC).date())
            kept.write(KEPT)
    print(as_text(done))
    if not arguments.quick:
        if write_page(PAGE, kept, list(drills)):
            print(f"Written: {PAGE.relative_to(ROOT)}")
        else:
            print("The page is written once every drill has run.")
    return 0 if done and all(row.passed for row in done) else 1


def run_apart(drill: Drill, *, is_long: bool) -> list[Row]:
    """Run a drill as a process of its own, which is ended where it takes too long."""
    command = [sys.executable, "-m", "tests.drills", "--alone", drill.name]
    command += [] if is_long else ["--quick"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=drill.seconds)
    except subprocess.TimeoutExpired:
        return [broken(drill, f"not done after {drill.seconds:.0f} s")]
    finally:
        end(process)
    lines = said.strip().splitlines()
    try:
        return [Row(**each) for each in json.loads(lines[-1])]
    except (IndexError, ValueError, TypeError):
        return [broken(drill, f"ended with code {process.returncode}")]


def end(process: subprocess.Popen[str]) -> None:
    """End a drill and whatever it has left running: they share its process group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def broken(drill: Drill, why: str) -> Row:
    return Row(0, f"the drill “{drill.name}” itself", "it ends by itself", why, False)


def run_alone(drill: Drill, *, is_long: bool) -> int:
    """Run a drill here; the last line of what is printed is its rows as JSON."""
    with tempfile.TemporaryDirectory(prefix="kepi-drill-") as folder:
        try:
            rows = drill.run(Scale(Path(folder), is_long))
        finally:
            databases.stop_servers()
    print(json.dumps([asdict(row) for row in rows]), flush=True)
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    parser.add_argument("names", nargs="*", help="which; all of them where none is named")
    parser.add_argument("--quick", action="store_true", help="small sizes, as in the tests")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
