"""Campaign and variant: words that people put on posts, kept and taken back with their import."""

from datetime import timedelta

from files_drawn import NOW, drawn, open_file
from sqlalchemy import text

from storage.database import Database
from storage.imports import store
from storage.sources import parse_mapping
from storage.undo import undo
from storage.workspaces import only_workspace

CAMPAIGNS = parse_mapping(
    """
    [file]
    grain = "post"
    platform = "instagram"
    account = "acme"
    [columns]
    id = "id"
    published = "when"
    campaign = "campaign"
    variant = "variant"
    [measures]
    likes = "likes"
    """
)
BOTH = """
    id | when       | campaign     | variant | likes
    a  | 2026-11-01 | Black  Week  | A       | 5
    b  | 2026-11-01 | Black Week   | B       | 6
    c  | 2026-11-02 | -            |         | 7
"""


def marks(database: Database) -> list[tuple[str, str, str]]:
    """Return each mark: its kind, its word and the post's own id."""
    query = (
        "SELECT kind, word, external_id FROM post_mark JOIN post ON post.id = post_mark.post"
        " ORDER BY kind, word, external_id"
    )
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def bring(database: Database, table: str, minutes: int) -> int | None:
    with database.write() as connection:
        workspace = only_workspace(connection).id
    batch = open_file(drawn(table), mapping=CAMPAIGNS)
    assert batch.bad == ()
    return store(database, workspace, batch, "U1", NOW + timedelta(minutes=minutes)).id


def test_marks_come_and_go_with_their_import(database: Database) -> None:
    """A blank says nothing: the campaign stays where a later file tells only the variant."""
    first = bring(database, BOTH, 0)
    both = [
        ("campaign", "Black Week", "a"), ("campaign", "Black Week", "b"),
        ("variant", "A", "a"), ("variant", "B", "b"),
    ]  # fmt: skip
    assert marks(database) == both
    assert bring(database, BOTH, 1) is None
    later = bring(database, BOTH.replace("Black  Week  | A", "            | C"), 2)
    assert marks(database) == [*both[:2], ("variant", "B", "b"), ("variant", "C", "a")]
    with database.write() as connection:
        workspace = only_workspace(connection).id
    assert later is not None
    undo(database, workspace, later, NOW + timedelta(minutes=3))
    assert marks(database) == both
    assert first is not None
    undo(database, workspace, first, NOW + timedelta(minutes=4))
    assert marks(database) == []
