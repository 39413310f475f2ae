"""Campaign and variant of posts: written, changed and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage.database import Database
from storage.imports import store
from storage.undo import undo
from tests.drawn import AT, draw

POSTS = """
    published        | account | post | likes
    -----------------+---------+------+------
    2026-11-02 10:00 | marked  | m    |    10
"""


def live(database: Database, workspace: int) -> None:
    """Mark a post, mark it otherwise, and take both back."""
    numbers = []
    for days, variant in enumerate("AB"):
        batch = draw(posts=POSTS)
        marks = (("campaign", "Autumn"), ("variant", variant))
        marked = replace(batch, posts=tuple(it._replace(marks=marks) for it in batch.posts))
        stored = store(database, workspace, marked, "U1", AT + timedelta(days=days))
        numbers.append(stored.id)
    for number in reversed(numbers):
        assert number is not None
        undo(database, workspace, number, AT + timedelta(days=9))
