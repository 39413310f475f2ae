"""``/kpi data`` as a message: accounts with “data to”, the newest file, findings with buttons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from commands.blocks import Block, actions, button, context, escape, section, table
from commands.data.reading import AccountLine, DataSeen
from commands.saying import joined, say, say_count, say_declared

if TYPE_CHECKING:
    from storage.findings import FindingRow

ACCEPT, UNDO, REFRESH = "data_accept", "data_undo", "data_refresh"
ROWS, FINDINGS = 24, 8
"""Findings: with head, table, count, small print and buttons at most 15 blocks."""
NO_DATA = "No data yet. Drop an export in our direct message"


def compose(seen: DataSeen, names: Mapping[str, str], said: str = "") -> tuple[str, list[Block]]:
    """Return the message; ``said`` is what was just done."""
    head = headline(seen)
    blocks: list[Block] = [section(escape(said))] if said else []
    blocks.append(section(f"*{escape(head)}*{newest(seen, names)}"))
    if seen.accounts:
        head_row = (say("Account"), say("Data to"), say("State"))
        blocks.append(table([head_row, *map(line, seen.accounts[:ROWS])]))
    blocks += [finding(it, names) for it in seen.findings[:FINDINGS]]
    if small := small_print(seen):
        blocks.append(context([escape(it) for it in small]))
    blocks.append(actions([button(say("Check again"), REFRESH)]))
    return f"{escape(said)} {say('{sentence}.', sentence=escape(head))}".strip(), blocks


def small_print(seen: DataSeen) -> list[str]:
    """Return what is not shown, and when it was looked."""
    from kpis.wording import say_zone

    small = []
    if len(seen.accounts) > ROWS:
        left = len(seen.accounts) - ROWS
        small.append(say_count("{number} more account", "{number} more accounts", left))
    if len(seen.findings) > FINDINGS:
        left = len(seen.findings) - FINDINGS
        small.append(say_count("{number} more finding", "{number} more findings", left))
    if seen.audited is not None:
        when, zone = say_moment(seen.audited, seen), say_zone(seen.zone.key)
        small.append(say("Checked {when}, {zone}", when=when, zone=zone))
    if seen.mended:
        small.append(say("{number} mended in four weeks", number=seen.mended))
    return small


def headline(seen: DataSeen) -> str:
    """Return “6 accounts, data to 21 Nov, 1 finding holds figures back”."""
    own = [it for it in seen.accounts if it.own]
    if not own:
        return say(NO_DATA)
    last = max((it.last for it in own if it.last), default=None)
    parts = [
        say_count("{number} account", "{number} accounts", len(own)),
        say("data to {day}", day=say_day(last)) if last else say("no data yet"),
    ]
    holding = sum(it.is_holding for it in seen.findings)
    if holding:
        parts.append(
            say_count(
                "{number} finding holds figures back",
                "{number} findings hold figures back",
                holding,
            )
        )
    return joined(parts)


def newest(seen: DataSeen, names: Mapping[str, str]) -> str:
    """Return “Newest file: acme.csv, 22 Nov 08:12, Mia”."""
    it = seen.newest
    if it is None:
        return ""
    file, when, name = it.file_name, say_moment(it.at, seen), names.get(it.by)
    if not name:
        return escape("\n" + say("Newest file: {file}, {when}", file=file, when=when))
    said = say("Newest file: {file}, {when}, {name}", file=file, when=when, name=name)
    return escape(f"\n{said}")


def line(it: AccountLine) -> tuple[str, str, str]:
    if it.last is None:
        return it.title, "–", say("no data yet")
    if not it.late:
        return it.title, say_day(it.last), say("up to date")
    late = say_count("{number} day late", "{number} days late", it.late)
    return it.title, say_day(it.last), late


def say_day(day: date) -> str:
    from kpis.periods import say_day as say_with_year

    return say_with_year(day, day.year)


def say_moment(moment: datetime, seen: DataSeen) -> str:
    """Return “22 Nov 08:12”."""
    local = moment.astimezone(seen.zone)
    return say("{day} {time}", day=say_day(local.date()), time=f"{local:%H:%M}")


def finding(it: FindingRow, names: Mapping[str, str]) -> Block:
    """Return one finding: what it means for figures, what is wrong, what to do."""
    from kpis.audit.holding import say_finding

    number, words = str(it.id), escape(say_finding(it.words))
    if it.accepted is not None:
        by = names.get(it.accepted_by) or say("somebody")
        lines = [f"*{say('Accepted by {name}', name=escape(by))}* {words}"]
        shown = button(say("Undo"), f"{UNDO}:{number}", number)
    else:
        head = say("Held back") if it.is_holding else say("To know")
        lines = [f"*{head}* {words}", escape(say_declared(it.advice))]
        shown = button(say("Accept"), f"{ACCEPT}:{number}", number)
    return section("\n".join(lines)) | {"accessory": shown.to_dict()}
