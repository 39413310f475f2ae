"""Nothing is kept that the page does not tell of."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import SQLModel

from storage.kept.page import print_page
from storage.kept.register import REGISTER, ROOMS, columns_of_text, table_named

PAGE = Path(__file__).parents[2] / "docs" / "kept.md"
OF_PEOPLE = {
    *("by", "owner", "author", "actor", "customer", "respondent", "person", "handle", "reporter"),
    *("assignee", "acknowledged_by", "responded_by", "resolver", "first_resolver", "installer"),
    *("first_assignee", "comment_by", "held_by", "accepted_by", "agent", "session", "details"),
    *("body", "file_name"),
}
"""What columns are called that tell of people, whichever table they are in."""


def test_every_table_is_told_of_once() -> None:
    """A new table fails here until somebody says what it keeps."""
    tables = {it.name for it in SQLModel.metadata.sorted_tables}
    assert set(REGISTER) == tables
    assert sum(len(room) for room in ROOMS.values()) == len(tables)


def test_what_is_told_of_is_there() -> None:
    for name, kept in REGISTER.items():
        assert set(kept.places) <= set(table_named(name).c.keys()), name
        assert set(kept.told) <= set(kept.texts), name
        assert not (kept.is_plain and kept.is_personal), name


def test_columns_that_are_called_like_people_are_told_of() -> None:
    """A toy register that calls a table plain, or leaves a column out, fails here."""
    for name, kept in REGISTER.items():
        of_people = OF_PEOPLE & set(columns_of_text(table_named(name)))
        of_people -= {"handle"} if name == "account" else set()  # a brand's, not a person's
        assert of_people <= set(kept.places), (name, of_people - set(kept.places))


def test_the_page_is_made_from_the_tables() -> None:
    """``python -m storage.kept.page > docs/kept.md``."""
    assert PAGE.read_text(encoding="utf-8") == print_page()
