"""``import`` reads what somebody matched, says so, and reads the same by the mapping file of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from storage import column_matches
from storage.database import Database
from storage.schema import migrate
from storage.sources.mapping import check_mapping
from storage.sources.mapping_text import write_mapping
from storage.workspaces import only_workspace
from tests.bot.test_command_line import Shell

TABLE = "Made by a tool\n\nRef,Went out,Hearts,Hearts\np1,2026-11-03,10,7\np2,2026-11-04,20,8\n"
SAID = {
    "file": {"grain": "post", "platform": "instagram", "account": "nova"},
    "columns": {"id": "Ref", "published": "Went out"},
    "measures": {"likes": "Hearts (1)", "comments": "Hearts (2)"},
}


def test_the_command_line_reads_what_was_matched(tmp_path: Path) -> None:
    """Unknown before; then read and said so; the exported mapping file adds nothing to it."""
    kepi = Shell(tmp_path)
    file, mapping = tmp_path / "tool.csv", tmp_path / "map.toml"
    file.write_text(TABLE, encoding="utf-8")
    mapping.write_text(write_mapping(check_mapping(SAID)), encoding="utf-8")
    database = Database(kepi.environment["DATABASE_URL"])
    migrate(database)
    unknown = kepi("import", str(file))
    assert unknown.returncode == 1
    assert "“Ref”, “Went out”, “Hearts”" in unknown.stderr
    assert "A mapping file can say what they mean" in unknown.stderr

    with database.write() as connection:
        row = column_matches.remember(
            connection,
            only_workspace(connection).id,
            header=("Ref", "Went out", "Hearts", "Hearts"),
            name="tool.csv",
            mapping=check_mapping(SAID),
            by="U1",
            at=datetime(2026, 11, 12, tzinfo=UTC),
            version=0,
        )
    note = "Read as its columns were matched on 2026-11-12 (“tool.csv”)."
    dry = kepi("import", str(file), "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "2 new" in dry.stdout
    assert note in dry.stdout
    assert used(database, row.id) is None
    done = kepi("import", str(file))
    assert "2 added" in done.stdout
    assert note in done.stdout
    assert used(database, row.id) is not None
    assert "\n15" in kepi("ask", "comments nova 2026-11").stdout  # 7 + 8
    again = kepi("import", str(file), "--mapping", str(mapping))
    assert "nothing new" in again.stdout
    assert note not in again.stdout
    database.close()


def used(database: Database, number: int) -> datetime | None:
    with database.read() as connection:
        row = column_matches.find_row(connection, only_workspace(connection).id, number)
    assert row is not None
    return row.used
