"""The benchmarks work, at tiny sizes and without their peers; no time is asserted anywhere."""

from datetime import date
from pathlib import Path

import pytest

from tests.benchmarks.board import Board
from tests.benchmarks.page import as_page, as_text, write_page
from tests.benchmarks.plan import Plan
from tests.benchmarks.rounds import Times, percentile, race
from tests.benchmarks.sections import SECTIONS, choose

DAY = date(2026, 11, 22)
ROWS = set(range(1, 22))
"""Of the targets; 14 is that replaying the ledger costs the same an entry, however long it is, and
from 15 on those of the whole catalogue: attribution, heat map, sentiment, records; 19 is Home, and
20 many workspaces."""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="they read /proc: Linux alone")
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_every_section_reports_every_row_it_promises(section, tmp_path):
    """A row that cannot be measured here is said so, and never left out."""
    board = Board()
    section.measure(Plan.tiny(tmp_path), board)
    assert {check.row for check in board.checks} == set(section.rows)
    measured = [check for check in board.checks if check.measured != "not measured"]
    assert measured
    assert all(check.note for check in board.checks if check not in measured)


def test_the_sections_together_promise_every_row_of_the_targets():
    """Adding a row to the design without measuring it would be noticed here."""
    rows = [row for section in SECTIONS for row in section.rows]
    assert sorted(rows) == sorted(ROWS)


def test_sections_are_chosen_by_name_and_a_wrong_name_is_told_what_works():
    """``BENCHMARKS="query import"``: the order of the run stays."""
    assert [it.name for it in choose(["import", "query"])] == ["query", "importing"]
    assert choose([]) == list(SECTIONS)
    with pytest.raises(ValueError, match=r"no section speed.*start, query"):
        choose(["speed"])


def test_a_target_is_met_at_its_limit_and_missed_beyond_it():
    """“At most” and “at least” are not the same way round."""
    board = Board()
    board.at_most(1, "a", 0.5, 0.5)
    board.at_most(1, "b", 0.51, 0.5)
    board.at_least(6, "c", 2.5, 2.5)
    board.at_least(6, "d", 2.4, 2.5)
    board.show(6, "e", 9.0)
    board.skip(6, "f", "no Chromium")
    assert [check.met for check in board.checks] == [True, False, True, False, None, None]
    assert [check.what for check in board.missed()] == ["b", "d"]


def test_the_page_names_the_machine_every_check_and_every_miss(tmp_path):
    """What is missed is said again under a heading of its own, with its figure."""
    board = Board()
    board.at_most(1, "CPU an echo", 0.71, 0.5)
    board.at_least(8, "pandas", 58.0, 10)
    board.skip(6, "plotly", "no Chromium here")
    board.tell("Queries, median", "a", 0.033, "ms")
    page = as_page(board, SECTIONS, DAY)
    assert "2026-11-22" in page
    assert "SQLite" in page
    assert "| 1 | CPU an echo | ≤ 0.5× | 0.71× | NOT MET |" in page
    assert "| 8 | pandas | ≥ 10.0× | 58.0× | met |" in page
    assert "no Chromium here" in page
    assert "- **Row 1.** CPU an echo: 0.71× (≤ 0.5×)" in page
    assert "| a | 0.033 ms |" in page
    assert "NOT MET" in as_text(board)


def test_a_part_of_the_sections_leaves_the_page_alone(tmp_path):
    """Half a run would throw the other rows away."""
    path = tmp_path / "docs" / "benchmarks.md"
    assert not write_page(path, Board(), SECTIONS[:2], DAY)
    assert not path.exists()
    assert write_page(path, Board(), SECTIONS, DAY)
    assert path.read_text().startswith("# Benchmarks\n")


def test_contenders_take_turns_and_each_begins_a_round():
    """Whoever always ran first, or always last, would meet other noise than the rest."""
    turns: list[str] = []
    race({name: lambda name=name: turns.append(name) for name in "ab"}, 4, repeat=False)
    assert "".join(turns) == "abbaabba"


def test_a_ratio_is_that_of_the_rounds_and_not_of_the_medians():
    """A slow minute of the machine slows both, and leaves the ratio alone."""
    times = Times({"ours": [2.0, 20.0, 4.0], "peer": [1.0, 10.0, 2.0]})
    assert times.ratio("ours", "peer") == 2.0
    assert times.median("ours") == 4.0
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.99) == 4.0


def test_tiny_runs_keep_their_files_where_they_are_told(tmp_path):
    """The tests must not fill the folder of the real runs."""
    assert Plan.tiny(tmp_path).folder == Path(tmp_path)
