"""A file of settings saved: everything in one transaction, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.settings.digest_words import say_digest
from commands.settings.document import Document
from commands.settings.planning import ChannelPlan, Maker, Plan, make_plan, say_defaults
from commands.settings.state import State, read_state
from commands.support.saving import DEFAULTS, Book, Place, save_setup

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.setting_changes import ChangeRow

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
    from storage.settings_channels import note_changes
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
    notes = save_exceptions(connection, workspace, plan, state, maker)
    for channel in plan.channels:
        save_channel(connection, workspace, channel, book, maker)
        notes += save_digests(connection, workspace, channel, maker)
    note_changes(connection, workspace, [*notes, *(book.notes or ())])


def save_exceptions(
    connection: Connection, workspace: int, plan: Plan, state: State, maker: Maker
) -> list[ChangeRow]:
    """Save what channels choose for themselves, and return what is to be noted of it."""
    from storage.setting_changes import ChangeRow
    from storage.settings import SETTINGS
    from storage.settings_channels import put_exceptions

    chosen: list[tuple[str, Any]] = []
    notes: list[ChangeRow] = []
    for channel in plan.channels:
        held = state.channel(channel.id).settings
        for key, words in channel.settings.items():
            setting = SETTINGS[key]
            value = None if words is None else setting.read(words)
            chosen.append((setting.key_of(channel.id), value))
            was = setting.say(setting.read(held[key])) if key in held else ""
            after = "" if words is None else setting.say(value)
            notes.append(ChangeRow(channel.id, key, was, after, maker.by, maker.at, SOURCE))
    if chosen:
        put_exceptions(connection, workspace, chosen, maker.by, maker.at)
    return notes


def save_channel(
    connection: Connection, workspace: int, channel: ChannelPlan, book: Book, maker: Maker
) -> None:
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


def save_digests(
    connection: Connection, workspace: int, channel: ChannelPlan, maker: Maker
) -> list[ChangeRow]:
    """Save a channel's digests, and return what is to be noted of it."""
    from storage import digests
    from storage.setting_changes import ChangeRow

    told: list[tuple[str, str, str]] = []
    for row in channel.digests:
        held = digests.by_id(connection, workspace, row.id) if row.id else None
        before = say_digest(held) if held else ""
        if row.id:
            digests.change(connection, workspace, row, maker.at)
        else:
            digests.add(connection, workspace, row, maker.at)
        told.append((row.cadence, before, say_digest(row)))
    for row in channel.removed:
        digests.remove(connection, workspace, row.id, maker.at)
        told.append((row.cadence, say_digest(row), ""))
    return [
        ChangeRow(channel.id, f"digest.{cadence}", was, after, maker.by, maker.at, SOURCE)
        for cadence, was, after in told
    ]
