"""Records: one way to compare, write and take back rows of every kind.

A kind is a table of ``storage.record_tables``: its unique constraint is the key, the rest are
facts. What an import tells otherwise replaces what stands, which is kept in ``revised_record``.
"""

from storage.record_changes import KindChanges, RecordChanges, compare_records
from storage.record_kinds import DECLARED, EVERY_KIND, KINDS, NOT_SAID, RecordKind
from storage.record_undo import undo_records
from storage.record_writing import write_records

__all__ = [
    "DECLARED",
    "EVERY_KIND",
    "KINDS",
    "NOT_SAID",
    "KindChanges",
    "RecordChanges",
    "RecordKind",
    "compare_records",
    "undo_records",
    "write_records",
]
