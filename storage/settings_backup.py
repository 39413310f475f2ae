"""Settings of the nightly copy: when, and how many are kept.

A copy holds the whole file, so that of several workspaces in one the first one's choice counts;
``KEPI_BACKUP`` in the environment counts before all of them (docs/backup.md).
"""

from __future__ import annotations

import re

from storage.errors import KepiError
from storage.setting import OFF, Group, Setting, read_time

KEY, KEPT = "backup", "backups-kept"
NO = "off"
LEAST, MOST, USUAL = 1, 90, 7
NUMBER = re.compile(r"(\d{1,3})\s*(?:copies|copy)?", re.IGNORECASE)


def read_hour(words: str) -> str:
    """Return “03:30”, or “off”."""
    if words.strip().lower() in OFF | {"never", "none"}:
        return NO
    try:
        return read_time(words)
    except KepiError:
        said = words.strip()[:40]
        raise KepiError("“{said}” is neither a time such as 03:30 nor off.", said=said) from None


def read_number(words: str) -> int:
    found = NUMBER.fullmatch(words.strip())
    if found is None or not LEAST <= int(found[1]) <= MOST:
        raise KepiError(
            "“{words}” is not {least} to {most} copies.",
            words=words.strip()[:40],
            least=LEAST,
            most=MOST,
        )
    return int(found[1])


BACKUP: tuple[Setting, ...] = (
    Setting(
        KEY,
        "Nightly copy",
        "At this time each night the database is copied into a file and checked.",
        default=NO,
        read=read_hour,
        write=str,
        group=Group.KEPT,
        example="03:30, or off",
        names=("backups", "nightly-copy"),
    ),
    Setting(
        KEPT,
        "Copies kept",
        "So many nightly copies are kept; older ones are deleted.",
        default=USUAL,
        read=read_number,
        write=str,
        group=Group.KEPT,
        example="7",
        erases=True,
    ),
)
