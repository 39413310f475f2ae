"""``python -m tests.benchmarks [SECTION…] [--large]``: measure, print, write the page."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests import databases
from tests.benchmarks.board import Board
from tests.benchmarks.page import as_text, write_page
from tests.benchmarks.plan import Plan
from tests.benchmarks.sections import Section, choose

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> int:
    """Run what the command line names; a number that misses its target is no failure."""
    arguments = read_arguments()
    try:
        sections = choose(arguments.sections)
    except ValueError as fault:
        print(fault, file=sys.stderr)
        return 2
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    plan = Plan.tiny(folder) if arguments.tiny else Plan(folder, large=arguments.large)
    board = Board()
    try:
        for section in sections:
            run(section, plan, board)
    finally:
        databases.stop_servers()
    print(as_text(board))
    if not plan.is_tiny:
        written = write_page(PAGE, board, sections, datetime.now(UTC).date())
        print(f"Written: {PAGE.relative_to(ROOT)}" if written else "A part run writes no page.")
    return 0


def run(section: Section, plan: Plan, board: Board) -> None:
    """Measure one section, and say how long it took."""
    start = time.perf_counter()
    print(f"{section.title} …", file=sys.stderr, flush=True)
    section.measure(plan, board)
    print(f"  {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "sections",
        nargs="*",
        help="start, query, import, journal, replay, chart, attribution, heat, sentiment, "
        "records, dispatch",
    )
    parser.add_argument("--large", action="store_true", help="also 17.5 million facts (row 9)")
    parser.add_argument("--tiny", action="store_true", help="small sizes: does it work at all")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
