"""A file of settings saved: everything in one transaction, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.settings.digest_words import say_digest
from commands.settings.document import Document
from commands.settings.planning import ChannelPlan, Maker, Plan, make_plan, say_defaults
from commands.settings.state import State, read_state
from commands.support.saving import DEFAULTS, Book, Place, save_setup

if TYPE_CHECKING:
    from sqlalchemy import Connection

SOURCE = "file"


def plan_file(connection: Connection, workspace: int, document: Document, maker: Maker) -> Plan:
    """Return what a file would change now."""
    return make_plan(document, read_state(connection, workspace), maker)


def apply_file(connection: Connection, workspace: int, document: Document, maker: Maker) -> Plan:
    """Save what a file says, in the transaction of ``connection``, and return what changed.

    Where the file has problems nothing is saved: look at ``document.problems`` first.
    """
    from storage.database import take_turns

    take_turns(connection, workspace)
    state = read_state(connection, workspace)
    plan = make_plan(document, state, maker)
    if not document.problems:
        save_plan(connection, workspace, plan, state, maker)
    return plan


def save_plan(
    connection: Connection, workspace: int, plan: Plan, state: State, maker: Maker
) -> None:
    from storage.setting_changes import note_change
    from storage.settings import change
    from storage.support_notes import choose

    for key, words in plan.workspace.items():
        change(connection, workspace, key, words, maker.by, maker.at, source=SOURCE)
    if plan.defaults is not None:
        choose(connection, workspace, DEFAULTS, plan.defaults, maker.by, maker.at)
        before, after = say_defaults(state.defaults), say_defaults(plan.defaults)
        note_change(
            connection, workspace, DEFAULTS, before, after, maker.by, maker.at, source=SOURCE
        )
    book = state.book()
    for channel in plan.channels:
        save_channel(connection, workspace, channel, book, maker)


def save_channel(
    connection: Connection, workspace: int, channel: ChannelPlan, book: Book, maker: Maker
) -> None:
    from storage.settings import change, reset

    for key, words in channel.settings.items():
        named = {"channel": channel.id, "source": SOURCE}
        if words is None:
            reset(connection, workspace, key, maker.by, maker.at, **named)
        else:
            change(connection, workspace, key, words, maker.by, maker.at, **named)
    if channel.draft is not None:
        place = Place(channel.id, channel.name, channel.draft.rules.is_shared)
        save_setup(
            connection,
            workspace,
            channel.draft,
            place,
            maker.by,
            maker.at,
            source=SOURCE,
            book=book,
        )
    save_digests(connection, workspace, channel, maker)


def save_digests(
    connection: Connection, workspace: int, channel: ChannelPlan, maker: Maker
) -> None:
    from storage import digests
    from storage.setting_changes import note_change

    for row in channel.digests:
        held = digests.by_id(connection, workspace, row.id) if row.id else None
        before = say_digest(held) if held else ""
        if row.id:
            digests.change(connection, workspace, row, maker.at)
        else:
            digests.add(connection, workspace, row, maker.at)
        note_change(
            connection,
            workspace,
            f"digest.{row.cadence}",
            before,
            say_digest(row),
            maker.by,
            maker.at,
            channel=channel.id,
            source=SOURCE,
        )
    for row in channel.removed:
        digests.remove(connection, workspace, row.id, maker.at)
        note_change(
            connection,
            workspace,
            f"digest.{row.cadence}",
            say_digest(row),
            "",
            maker.by,
            maker.at,
            channel=channel.id,
            source=SOURCE,
        )
