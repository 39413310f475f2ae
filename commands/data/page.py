"""``/kpi data`` as a message: accounts with “data to”, the newest file, findings with buttons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from commands.blocks import Block, actions, button, context, escape, section, table
from commands.data.reading import AccountLine, DataSeen

if TYPE_CHECKING:
    from storage.findings import FindingRow

ACCEPT, UNDO, REFRESH = "data_accept", "data_undo", "data_refresh"
ROWS, FINDINGS = 24, 8
"""Findings: with head, table, count, small print and buttons at most 15 blocks."""
NO_DATA = "No data yet. Drop an export in our direct message."


def compose(seen: DataSeen, names: Mapping[str, str], said: str = "") -> tuple[str, list[Block]]:
    """Return the message; ``said`` is what was just done."""
    head = headline(seen)
    blocks: list[Block] = [section(escape(said))] if said else []
    blocks.append(section(f"*{escape(head)}*{newest(seen, names)}"))
    if seen.accounts:
        blocks.append(table([("Account", "Data to", "State"), *map(line, seen.accounts[:ROWS])]))
    blocks += [finding(it, names) for it in seen.findings[:FINDINGS]]
    small = []
    if len(seen.accounts) > ROWS:
        small.append(f"{len(seen.accounts) - ROWS} more accounts")
    if len(seen.findings) > FINDINGS:
        small.append(f"{len(seen.findings) - FINDINGS} more findings")
    if seen.audited is not None:
        local = seen.audited.astimezone(seen.zone)
        small.append(f"Checked {local.day} {local:%b %H:%M}, {seen.zone.key}")
    if seen.mended:
        small.append(f"{seen.mended} mended in four weeks")
    if small:
        blocks.append(context([escape(it) for it in small]))
    blocks.append(actions([button("Check again", REFRESH)]))
    return f"{escape(said)} {escape(head)}.".strip(), blocks


def headline(seen: DataSeen) -> str:
    """Return “6 accounts, data to 21 Nov, 1 finding holds figures back”."""
    own = [it for it in seen.accounts if it.own]
    if not own:
        return NO_DATA.rstrip(".")
    count = "1 account" if len(own) == 1 else f"{len(own)} accounts"
    last = max((it.last for it in own if it.last), default=None)
    parts = [count, f"data to {say_day(last)}" if last else "no data yet"]
    holding = sum(it.is_holding for it in seen.findings)
    if holding:
        parts.append(
            "1 finding holds figures back"
            if holding == 1
            else f"{holding} findings hold figures back"
        )
    return ", ".join(parts)


def newest(seen: DataSeen, names: Mapping[str, str]) -> str:
    """Return “Newest file: acme.csv, 22 Nov 08:12, Mia”."""
    it = seen.newest
    if it is None:
        return ""
    local = it.at.astimezone(seen.zone)
    by = f", {names[it.by]}" if names.get(it.by) else ""
    return escape(f"\nNewest file: {it.file_name}, {local.day} {local:%b %H:%M}{by}")


def line(it: AccountLine) -> tuple[str, str, str]:
    if it.last is None:
        return it.title, "–", "no data yet"
    if not it.late:
        return it.title, say_day(it.last), "up to date"
    return it.title, say_day(it.last), "1 day late" if it.late == 1 else f"{it.late} days late"


def say_day(day: date) -> str:
    return f"{day.day} {day:%b}"


def finding(it: FindingRow, names: Mapping[str, str]) -> Block:
    """Return one finding: what it means for figures, what is wrong, what to do."""
    number = str(it.id)
    if it.accepted is not None:
        by = names.get(it.accepted_by, "somebody")
        words = [f"*Accepted by {escape(by)}* {escape(it.words)}"]
        shown = button("Undo", f"{UNDO}:{number}", number)
    else:
        head = "Held back" if it.is_holding else "To know"
        words = [f"*{head}* {escape(it.words)}", escape(it.advice)]
        shown = button("Accept", f"{ACCEPT}:{number}", number)
    return section("\n".join(words)) | {"accessory": shown.to_dict()}
