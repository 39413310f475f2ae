"""What a share of issues counts as its part, issue by issue (support-spec §9.1)."""

from kpis.service_rows import Row

CONTENT = 4
AUTO = "auto"
"""How an issue was solved that nobody solved: the customer stayed silent."""


def is_answered(row: Row) -> bool:
    return row.responded is not None


def is_solved(row: Row) -> bool:
    return row.closed is not None


def is_reopened(row: Row) -> bool:
    return row.reopened is not None


def is_one_touch(row: Row) -> bool:
    """Whether exactly one answer settled it, given and closed by a person."""
    return row.responses == 1 and row.reopened is None and row.kind != AUTO


def is_content(row: Row) -> bool:
    """Whether a rating is 4 or 5 of 5."""
    return row.seconds is not None and row.seconds >= CONTENT


def is_zero_touch(row: Row) -> bool:
    """Whether a mark alone closed it, without any answer that was seen."""
    return row.responses == 0 and row.reopened is None and row.kind == "mark"
