"""Entries of the ledger drawn as a table; times are seconds after ``BASE``."""

from storage.ledger import LedgerRow
from tests.drawn import table

BASE = 1_763_800_000
"""2025-11-22 08:26:40 UTC."""


def ts(second: int | str) -> str:
    """Return what Slack would call a message of that second; nothing for nothing."""
    return f"{BASE + int(second)}.000000" if str(second).strip() else ""


def at(second: float) -> int:
    """Return a second as microseconds."""
    return int((BASE + second) * 1_000_000)


def entries(drawn: str, channel: str = "C1") -> list[LedgerRow]:
    """Return the rows of a drawing: ``kind | at | ts | root | actor | name``, some left out."""
    rows = []
    for cell in table(drawn):
        message = ts(cell.get("ts", ""))
        parts = (cell["kind"], channel, message, cell["at"], *map(cell.get, ("actor", "name")))
        rows.append(
            LedgerRow(
                id=0,
                key=cell.get("key") or "|".join(str(it or "") for it in parts),
                kind=cell["kind"],
                channel=channel,
                at=at(float(cell["at"])),
                ts=message,
                root=ts(cell.get("root", "")),
                actor=cell.get("actor", ""),
                role="customer" if cell.get("actor") == "mia" else "responder",
                name=cell.get("name", ""),
            )
        )
    return rows
