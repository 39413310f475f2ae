"""Which words the posts of a workspace carry: content types, hashtags, marks."""

from __future__ import annotations

from sqlalchemy import Connection, select

from kpis.readers.columns import POST, POST_TAG
from kpis.readers.posts import MARKS, POST_MARK


def words_of(connection: Connection, workspace: int, dimension: str) -> tuple[str, ...]:
    """Return the words that posts have in a dimension, lower case; none where it has none."""
    if dimension in MARKS:
        statement = select(POST_MARK.c.word).where(
            POST_MARK.c.workspace == workspace, POST_MARK.c.kind == dimension
        )
    elif dimension == "hashtag":
        statement = select(POST_TAG.c.tag).where(POST_TAG.c.workspace == workspace)
    elif dimension == "content-type":
        statement = select(POST.c.content_type).where(
            POST.c.workspace == workspace, POST.c.content_type.is_not(None)
        )
    else:
        return ()
    return tuple(sorted({str(it[0]).lower() for it in connection.execute(statement.distinct())}))
