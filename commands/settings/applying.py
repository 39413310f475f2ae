"""A file of settings saved: everything in one transaction, or nothing.

The rows are worked out before the transaction, which writes them if all stands as it did then:
events from Slack wait for a writer, and a file may be of 500 channels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from commands.digests.noting import thing_of
from commands.settings.hours import day_at, row_of
from commands.settings.plan import ChannelPlan, DatePlan, Maker, Plan
from commands.settings.planning import make_plan, say_defaults
from commands.settings.state import State, read_state, standing_of, state_of
from commands.settings.wanted import Document
from commands.support.saving import DEFAULTS
from commands.support.setup_rows import Place, Saving, Standing, lay_out

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from storage.digests import DigestRow
    from storage.hours import DateRow
    from storage.setting_changes import ChangeRow
    from storage.settings_stand import Stand
    from storage.settings_written import SetupRows


@dataclass
class Rows:
    """What a plan comes down to, but for the workspace's own settings."""

    setups: SetupRows
    choices: list[tuple[str, Any]] = field(default_factory=list)
    gone_dates: list[tuple[int, date]] = field(default_factory=list)
    dates: list[DateRow] = field(default_factory=list)
    digests: list[DigestRow] = field(default_factory=list)
    removed: list[DigestRow] = field(default_factory=list)


@dataclass(frozen=True)
class Ready:
    """A file that was worked out on how everything stood."""

    state: State
    plan: Plan
    rows: Rows


def plan_file(connection: Connection, workspace: int, document: Document, maker: Maker) -> Ready:
    """Return what a file would change now."""
    return get_ready(read_state(connection, workspace), document, maker)


def get_ready(state: State, document: Document, maker: Maker) -> Ready:
    """Work out a plan and its rows; with problems in the file there are none."""
    from kpis.tongue import ENGLISH, speaking

    plan = make_plan(document, state, maker)
    if document.problems:
        return Ready(state, plan, empty())
    with speaking(ENGLISH):  # the history is one for people of all languages
        return Ready(state, plan, lay_out_plan(plan, state, maker))


def apply_file(
    connection: Connection,
    workspace: int,
    document: Document,
    maker: Maker,
    ready: Ready | None = None,
) -> Ready:
    """Save what a file says, in the transaction of ``connection``, and return what changed.

    ``ready`` is what was worked out before; where something changed since, it is worked out anew.
    Where the file has problems nothing is saved: look at ``document.problems`` first.
    """
    from storage.database import take_turns
    from storage.settings_stand import read_stand

    take_turns(connection, workspace)
    stand = read_stand(connection, workspace, [DEFAULTS])
    maker = maker._replace(at=after_all(stand, maker.at))
    if ready is None or ready.state.stand != stand:
        ready = get_ready(state_of(stand), document, maker)
    if not document.problems:
        save(connection, workspace, ready, maker)
    return ready


def after_all(stand: Stand, at: datetime) -> datetime:
    """Return ``at``, or the moment after the newest set-up: what is saved last holds last.

    Looking up a file's ids takes a while, in which others save.
    """
    newest = [*(it.since for it in stand.rules.values()), *(it.since for it in stand.policies)]
    return max(at, *(it + timedelta(microseconds=1) for it in newest)) if newest else at


# --- worked out


def empty() -> Rows:
    from storage.settings_written import SetupRows

    return Rows(SetupRows())


def lay_out_plan(plan: Plan, state: State, maker: Maker) -> Rows:
    """Return the rows of a plan."""
    from storage.setting_changes import ChangeRow

    rows = empty()
    made = (maker.by, maker.at, maker.source)
    notes = rows.setups.notes
    if plan.defaults is not None:
        before, after = say_defaults(state.defaults), say_defaults(plan.defaults)
        rows.choices.append((DEFAULTS, plan.defaults))
        notes.append(ChangeRow("", DEFAULTS, before, after, *made))
    lay_out_dates(rows, plan.dates, 0, maker)
    standing = standing_of(state, plan.workspace.get("zone") or state.workspace["zone"])
    for channel in plan.channels:
        lay_out_exceptions(rows, state, channel, maker)
        calendar = lay_out_setup(rows, state, standing, channel, maker)
        if channel.former_name is not None:
            rows.setups.names.append((channel.id, channel.former_name))
        lay_out_dates(rows, channel.dates, calendar, maker)
        notes += note_digests(state, channel, maker)
        rows.digests += channel.digests
        rows.removed += channel.removed
    notes += [ChangeRow(*it, *made) for it in plan.notes]
    return rows


def lay_out_exceptions(rows: Rows, state: State, channel: ChannelPlan, maker: Maker) -> None:
    """Add what a channel chooses for itself."""
    from storage.setting_changes import ChangeRow
    from storage.settings import SETTINGS

    held = state.channel(channel.id).settings
    for key, words in channel.settings.items():
        setting = SETTINGS[key]
        value = None if words is None else setting.read(words)
        rows.choices.append((setting.key_of(channel.id), value))
        was = setting.say(setting.read(held[key])) if key in held else ""
        after = "" if words is None else setting.say(value)
        made = (maker.by, maker.at, maker.source)
        rows.setups.notes.append(ChangeRow(channel.id, key, was, after, *made))


def lay_out_setup(
    rows: Rows, state: State, standing: Standing, channel: ChannelPlan, maker: Maker
) -> int:
    """Add a channel's set-up, and return the number of its calendar."""
    draft = channel.draft
    if draft is None:
        held = state.channel(channel.id).draft
        return held.rules.calendar if held is not None else 0
    place = Place(channel.id, channel.name, draft.rules.is_shared)
    saving = Saving(maker.by, maker.at, maker.source)
    return lay_out(rows.setups, standing, draft, place, saving).calendar


def lay_out_dates(rows: Rows, dates: DatePlan, calendar: int, maker: Maker) -> None:
    rows.gone_dates += [(calendar, day) for day in dates.gone]
    rows.dates += [row_of(it, calendar, maker.by or maker.source) for it in dates.fresh]


def note_digests(state: State, channel: ChannelPlan, maker: Maker) -> Iterable[ChangeRow]:
    """Yield what is to be noted of a channel's digests."""
    from storage.setting_changes import ChangeRow, tell_change

    held = {row.id: thing_of(row) for row in state.channel(channel.id).digests}
    changed = [(held.get(row.id), thing_of(row)) for row in channel.digests]
    for before, after in (*changed, *((held[row.id], None) for row in channel.removed)):
        for told in tell_change(before, after):
            yield ChangeRow(*told, maker.by, maker.at, maker.source)


# --- written


def save(connection: Connection, workspace: int, ready: Ready, maker: Maker) -> None:
    """Write a plan's rows; only what a setting of the workspace recomputes takes its time."""
    from storage.settings import change
    from storage.settings_digests import put_digests
    from storage.settings_written import put_choices, put_dates, put_setups

    plan, rows, (by, at) = ready.plan, ready.rows, maker[:2]
    save_hours(connection, workspace, plan, maker)  # those until now were in the zone until now
    for key, words in plan.workspace.items():
        change(connection, workspace, key, words, by, at, source=maker.source)
    put_choices(connection, workspace, rows.choices, by, at)
    put_dates(connection, workspace, rows.gone_dates, rows.dates)
    held = ready.state.stand.digests
    put_digests(connection, workspace, rows.digests, rows.removed, held, at)
    save_relays(connection, workspace, plan, maker)
    put_setups(connection, workspace, rows.setups, by, at)


def save_hours(connection: Connection, workspace: int, plan: Plan, maker: Maker) -> None:
    """Write the workspace's hours; none any more, unless days that are past went by them."""
    from storage.hours import WORKSPACE_S, unset_hours
    from support.calendars import save_hours as save_week
    from support.week import read_hours

    if plan.no_hours and unset_hours(connection, workspace, maker.at):
        return
    if plan.hours is not None:
        words, zone = plan.hours
        save_week(
            connection,
            workspace,
            WORKSPACE_S,
            read_hours(words),
            since=day_at(maker.at, zone),
            zone=zone,
            by=maker.by,
            at=maker.at,
        )


def save_relays(connection: Connection, workspace: int, plan: Plan, maker: Maker) -> None:
    from storage import desks

    for number in plan.relays.ended:
        desks.remove_relay_rule(connection, workspace, number, maker.at)
    for rule in plan.relays.added:
        desks.add_relay_rule(
            connection,
            workspace,
            app=rule.app,
            rule=rule.to_json(),
            by=maker.by,
            at=maker.at,
            channel=rule.channel,
        )
