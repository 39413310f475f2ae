"""How much is kept of somebody, by kind: shown to themselves, and before they are forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select

from storage.database import Database
from storage.kept.people import One, Person
from storage.kept.register import REGISTER, table_named
from storage.kept.rewriting import rewrite
from storage.kept.shapes import Kept
from storage.kept.steps import their_words
from storage.kept.walk import naming, of_keys, pages
from storage.record_tables import MentionText
from storage.tables import table_of

KINDS = {
    "ledger": "entries",
    "issue": "issues",
    "mention": "mentions",
    "mention_text": "words",
    "post_comment": "comments",
    "review": "reviews",
    "touch": "visits",
    "conversion": "conversions",
    "customer_order": "orders",
    "survey_answer": "answers",
    "digest": "looked-after",
    "goal": "looked-after",
    "alert_rule": "looked-after",
    "experiment": "looked-after",
    "import": "files",
    "setting_change": "changes",
}
"""Kind of a table's rows; every other is “other”."""
ORDER = ("issues", "entries", "mentions", "words", "comments", "reviews", "orders", "conversions",
         "visits", "answers", "files", "looked-after", "changes", "other")  # fmt: skip
WORDS = table_of(MentionText)


def count_rows(database: Database, workspace: int, person: Person) -> dict[str, int]:
    """Return how many rows of each kind tell of somebody; none is left out."""
    whom, found = One(person, "count"), Counter[str]()
    for kept in REGISTER.values():
        kind = KINDS.get(kept.table, "other")
        found[kind] += sum(1 for _ in changing(database, workspace, kept, person, whom))
    found["words"] += count_words(database, workspace, person, whom)
    return {kind: found[kind] for kind in ORDER if found[kind]}


def changing(
    database: Database, workspace: int, kept: Kept, person: Person, whom: One
) -> Iterator[None]:
    """Yield once for each row of a table that forgetting changes."""
    where, table = naming(kept, person), table_named(kept.table)
    if where is None:
        return
    for keys in pages(database, table, workspace, where):
        with database.read() as connection:
            here = of_keys(table, workspace, keys)
            rows = [dict(it) for it in connection.execute(select(table).where(here)).mappings()]
        for row in rows:
            becomes = rewrite(kept, row, whom)
            if becomes is None or becomes:
                yield


def count_words(database: Database, workspace: int, person: Person, whom: One) -> int:
    """Return of how many mentions of theirs the words are kept."""
    count = 0
    for here in their_words(database, workspace, person, whom):
        with database.read() as connection:
            words = select(func.count()).select_from(WORDS).where(here)
            count += connection.execute(words).scalar_one()
    return count
