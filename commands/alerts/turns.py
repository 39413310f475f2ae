"""What a judgement comes to: an incident opens, goes on or closes, in one transaction each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands.alerts import wording
from commands.alerts.customers import count_customers
from commands.alerts.known import read_zone
from commands.alerts.message import ALT, ended, say_at
from commands.alerts.noting import noted
from commands.alerts.story import add_alert, add_line, may_tell
from commands.context import Context
from commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from kpis.alerts.verdict import Verdict
    from storage.incidents import IncidentRow


def go_on(
    connection: Connection,
    context: Context,
    rule: Rule,
    verdict: Verdict,
    hidden: frozenset[str],
) -> IncidentRow | None:
    """Open the incident of what holds, or let the open one say how it stands.

    Returns it where its chart is to be drawn anew. A muted rule opens nothing.
    """
    from storage import incidents

    workspace, now = context.home.workspace, context.clock()
    is_muted = rule.muted is not None and rule.muted > now
    mine = incidents.open_list(connection, workspace, rule.id)
    if is_muted and not any(it.thing == verdict.thing for it in mine):
        return None
    opened = incidents.open_or_update(
        connection,
        workspace,
        thing=verdict.thing,
        channel=rule.channel,
        rule=rule.id,
        kind=rule.kind,
        began=verdict.began,
        now=now,
        good=verdict.good,
        calm=verdict.calm,
        facts={"words": verdict.words, "footnote": verdict.footnote},
    )
    row = opened.row
    if row.rule != rule.id:
        return None  # another rule's, which tells it
    if opened.how == "new":
        incidents.change_facts(connection, workspace, row.id, **facts_of(verdict))
        add_alert(connection, workspace, row, rule.owner)
        return None
    if verdict.calm is not None:
        return None if opened.was_calm else row
    if opened.how == "again":
        times = int(row.details.get("again") or 0) + 1
        incidents.change_facts(connection, workspace, row.id, again=times)
        tell(connection, context, row, f"again:{times}", verdict.words)
        return row
    if is_muted or row.snoozed is not None:
        return None  # what is told when a snooze runs out is how it stands then
    words = " ".join([ended(verdict.words), *customers(connection, context, row, hidden)])
    if not may_tell(row, words, now):
        return None
    return row if tell(connection, context, row, f"now:{now:%Y%m%dT%H%M}", words) else None


def end(
    connection: Connection, context: Context, rule: Rule, verdict: Verdict
) -> list[IncidentRow]:
    """Close what is over, and say so in its thread; return what was closed by this process."""
    from storage import alerts, incidents

    workspace, now = context.home.workspace, context.clock()
    closed = []
    for it in incidents.open_list(connection, workspace, rule.id):
        how = {"words": verdict.words, "rest": verdict.rest or verdict.words}
        incidents.change_facts(connection, workspace, it.id, **how)
        cool = now + timedelta(hours=rule.settings.cool_hours)
        row = incidents.close(connection, workspace, it.id, now, cool, verdict.calm)
        if row is None:
            continue
        words = ended(verdict.words)
        if not rule.settings.every_time:
            words = f"{words} {say(wording.ONCE_ALONE)}"
            with noted(connection, context, rule.id, context.home.bot_user):
                alerts.pause_rule(connection, workspace, rule.id, now)
        tell(connection, context, row, f"over:{row.details.get('again') or 0}", words)
        closed.append(row)
    return closed


def customers(
    connection: Connection, context: Context, row: IncidentRow, hidden: frozenset[str]
) -> list[str]:
    """Return “6 customer issues, 2 waiting.” of a crisis, as far as the channel may know."""
    if row.kind != "crisis":
        return []
    said = count_customers(connection, context.home.workspace, row.began, hidden)
    return [said] if said else []


def tell(connection: Connection, context: Context, row: IncidentRow, what: str, words: str) -> bool:
    """Let “15:05 Still high: 31.” follow in the thread, and note that it was told."""
    from storage import incidents

    workspace, now = context.home.workspace, context.clock()
    zone = read_zone(connection, workspace)
    line = f"{say_at(now, zone, now)} {words}"
    incidents.change_facts(connection, workspace, row.id, told=now.isoformat(), told_words=words)
    return add_line(connection, workspace, row, what, line, now)


def facts_of(verdict: Verdict) -> dict[str, object]:
    """Return what the first message says, and goes on saying."""
    alt = verdict.picture.alt_text[:ALT] if verdict.picture is not None else ""
    return {
        "title": verdict.title,
        "lines": list(verdict.lines),
        "words": verdict.words,
        "first": verdict.words,
        "footnote": verdict.footnote,
        "alt": alt,
        "figures": dict(verdict.facts),
    }


def end_snooze(connection: Connection, context: Context, incident: int) -> None:
    from storage import incident_acts

    workspace, now = context.home.workspace, context.clock()
    row = incident_acts.wake(connection, workspace, incident, now)
    if row is not None and row.is_open:
        words = f"{say(wording.AWAKE)} {row.details.get('words') or ''}"
        tell(connection, context, row, f"awake:{now:%Y%m%dT%H%M}", words)
