"""Whether a rule may be saved, and saving it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands.alerts import wording
from commands.alerts.draft import Draft, mark_rule
from commands.alerts.known import name_channel, require_rule_right
from commands.alerts.naming import COMPANY, say_one
from commands.alerts.noting import find_thing
from commands.context import Context
from commands.destinations import require_channel
from commands.overtaken import say_overtaken
from commands.rights import require_member
from commands.saying import say
from commands.tongues import chosen_language
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from storage.overtaken import Overtaken


async def check(context: Context, user: str, draft: Draft) -> None:
    """Raise ``KepiError`` where a rule may not be saved as it stands, with what would work."""
    await require_member(context, user, say(wording.GUESTS))
    if not draft.rule.channel:
        raise KepiError(wording.WHERE)
    channel = await require_channel(context, draft.rule.channel, user)
    if channel.is_shared and not draft.company:
        raise KepiError(wording.SHARED, channel=f"#{channel.name}")
    if draft.rule.id:
        await require_right_to_change(context, user, draft)

    def demand(connection: Connection) -> Rule | None:
        from kpis.alerts.currency import settle_currency
        from kpis.alerts.saying import demand_sense
        from kpis.surroundings import look_around

        around = look_around(context.database, connection, context.home.workspace)
        demand_sense(draft.rule, around)
        rule = settle_currency(draft.rule, connection, around, context.clock())
        return find_same(connection, context.home.workspace, rule)

    same = await context.read(demand)
    if same is not None:
        where = await name_channel(context, draft.rule.channel)
        said = await context.read(say_one, context, same)
        raise KepiError(wording.TWICE, channel=where, rule=said)


def find_same(connection: Connection, workspace: int, rule: Rule) -> Rule | None:
    """Return another rule that would tell the same in the same channel."""
    from kpis.alerts.rules import read_rule
    from storage import alerts

    for row in alerts.rules(connection, workspace):
        other = read_rule(row)
        if other.id != rule.id and watches(other) == watches(rule):
            return other
    return None


def watches(rule: Rule) -> object:
    """Return what two rules have in common if one of them is too many."""
    settings = rule.settings
    same = (rule.channel, rule.kind, rule.kpi, rule.scope, settings.goal, settings.variant)
    if rule.kind not in ("threshold", "change"):
        return same
    return (*same, settings.side, settings.limit, settings.days, settings.currency)


async def save(context: Context, user: str, draft: Draft, *, author: str = "") -> Rule:
    """Write a rule down, once it may be; return it as it is then.

    A new one is ``author``'s, unless named ``user``'s. Raises ``KepiError`` where somebody else
    saved it since its form was opened.
    """
    from storage.overtaken import Overtaken

    try:
        return await context.write(write_down, context, user, draft, author or user)
    except Overtaken as over:
        raise await refuse(context, user, draft, over) from over


async def refuse(context: Context, user: str, draft: Draft, over: Overtaken) -> KepiError:
    """Return what is said to the second of two who changed a rule."""
    what = say("this alert")
    return KepiError(await say_overtaken(context, user, over, what, looked=draft.looked))


def write_down(
    connection: Connection, context: Context, user: str, draft: Draft, author: str
) -> Rule:
    """Add a rule, or change it: it is judged as if it were new, so nothing old is told."""
    from kpis.alerts.currency import settle_currency
    from kpis.alerts.rules import pack_settings, read_rule, write_scope
    from kpis.surroundings import look_around
    from kpis.tongue import speaking
    from storage import alerts, support_notes
    from storage.database import take_turns
    from storage.setting_changes import note_thing

    workspace, now = context.home.workspace, context.clock()
    around = look_around(context.database, connection, workspace)
    rule = settle_currency(draft.rule, connection, around, now)
    take_turns(connection, workspace)
    if (other := find_same(connection, workspace, rule)) is not None:
        rule = replace(rule, id=other.id)  # somebody was quicker: it is the same one
    values = {
        "channel": rule.channel,
        "kind": rule.kind,
        "kpi": rule.kpi,
        "scope": write_scope(rule.scope),
        "settings": pack_settings(rule.settings),
        "name": rule.name,
    }
    number = rule.id
    before = read_one(connection, workspace, number) if number else None
    was = find_thing(connection, context, number)
    if draft.opened and number == draft.rule.id:
        require_as_opened(connection, workspace, number, before, draft.opened)
    if before is not None and watches(before) != watches(rule):
        with speaking(chosen_language(connection, workspace, before.channel)):
            close_all(connection, context, number, say(wording.RULE_CHANGED))
    if not number or not alerts.change_rule(connection, workspace, number, **values, made=now):
        number = alerts.add_rule(
            connection, workspace, by=author, owner=rule.owner or author, at=now, **values
        )
    if draft.company:
        key = f"{COMPANY}|{number}"
        support_notes.choose(connection, workspace, key, draft.company, user, now)
    note_thing(connection, workspace, was, find_thing(connection, context, number), user, now)
    saved = alerts.rule(connection, workspace, number)
    assert saved is not None
    return read_rule(saved)


def require_as_opened(
    connection: Connection, workspace: int, number: int, rule: Rule | None, opened: str
) -> None:
    """Raise ``Overtaken`` where a rule is not any more what its form was opened on."""
    from storage import alerts

    if rule is None or rule.removed is not None or mark_rule(rule) != opened:
        raise alerts.overtaken(connection, workspace, number)


def close_all(connection: Connection, context: Context, rule: int, words: str) -> list[int]:
    """Close what is open of a rule that is no longer what it was; return the incidents."""
    from commands.alerts.story import add_line
    from storage import incidents

    workspace, now = context.home.workspace, context.clock()
    closed = []
    for it in incidents.open_list(connection, workspace, rule):
        incidents.change_facts(connection, workspace, it.id, words=words, rest=words)
        row = incidents.close(connection, workspace, it.id, now, now)
        if row is not None:
            add_line(connection, workspace, row, f"ended:{now:%Y%m%dT%H%M%S}", words, now)
            closed.append(row.id)
    return closed


async def require_right_to_change(context: Context, user: str, draft: Draft) -> None:
    """Refuse others than its keepers; those hear who removed the rule of a draft meanwhile."""
    from storage import alerts

    workspace, number = context.home.workspace, draft.rule.id
    rule = await context.read(read_one, workspace, number)
    if rule is not None:
        await require_rule_right(context, user, rule)
    if rule is None or rule.removed is not None:
        over = await context.read(alerts.overtaken, workspace, number)
        raise await refuse(context, user, draft, over)


async def find_rule(context: Context, number: int) -> Rule:
    """Return a rule that stands; raises ``KepiError`` where it was removed."""
    rule = await context.read(read_one, context.home.workspace, number)
    if rule is None or rule.removed is not None:
        raise KepiError(wording.RULE_GONE)
    return rule


def read_one(connection: Connection, workspace: int, number: int) -> Rule | None:
    from kpis.alerts.rules import read_rule
    from storage import alerts

    row = alerts.rule(connection, workspace, number)
    return None if row is None else read_rule(row)
