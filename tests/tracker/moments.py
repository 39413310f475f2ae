"""Entries by the second, for histories that are told in a line each."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import desks, ledger
from storage.database import Database
from storage.tables import EPOCH
from storage.workspaces import only_workspace
from support.board import Board, fold
from support.entries import MICROSECONDS, Act, Entry, Kind, Life, Role, Said, ts_of
from support.ledger_rows import pack
from support.rulebook import pack_rules
from support.rules import Mode, RuleBook, Rules
from support.timeline import IssueKey, Timeline

START = 1_760_000_000 * MICROSECONDS
CHANNEL = "C1"
DAY = 86_400
AUTO = RuleBook(((0, Rules(mode=Mode.AUTO)),))


def at(second: float) -> int:
    return START + int(second * MICROSECONDS)


def ts(second: float) -> str:
    return ts_of(at(second))


def when(second: float) -> datetime:
    return EPOCH + timedelta(microseconds=at(second))


def asks(second: float, who: str, root: float | None = None, *, polite: bool = False) -> Entry:
    said = Said(customer=f"slack:{who}", polite=polite)
    return message(second, who, Role.CUSTOMER, root, said)


def answers(second: float, root: float) -> Entry:
    return message(second, "omar", Role.RESPONDER, root, Said())


def message(second: float, who: str, role: Role, root: float | None, said: Said) -> Entry:
    top = ts(second if root is None else root)
    key = f"m|T|{CHANNEL}|{ts(second)}"
    return Entry(key, Kind.MESSAGE, CHANNEL, at(second), ts(second), top, who, role, said=said)


def marks(second: float, on: float, root: float, name: str = "white_check_mark") -> Entry:
    key = f"r|{CHANNEL}|{ts(on)}|omar|{name}|added|{ts(second)}"
    who = ("omar", Role.RESPONDER, name)
    return Entry(key, Kind.MARK, CHANNEL, at(second), ts(on), ts(root), *who)


def acts(second: float, on: float, name: Act, thread: float | None = None, **more: str) -> Entry:
    root = ts(on if thread is None else thread)
    who = ("mia", Role.RESPONDER, name)
    key = f"i|{second}|{name}"
    return Entry(key, Kind.ACT, CHANNEL, at(second), ts(on), root, *who, more=more)


def merges(second: float, one: float, other: float) -> Entry:
    return acts(second, one, Act.MERGE, root=ts(other))


def lives(second: float, name: Life) -> Entry:
    return Entry(f"l|{second}", Kind.LIFE, CHANNEL, at(second), name=name)


def folded(*entries: Entry, book: RuleBook = AUTO) -> Board:
    return fold(entries, book, CHANNEL)


def issue(board: Board, root: float, episode: int = 1) -> Timeline:
    return board.issues[IssueKey(CHANNEL, ts(root), episode)]


def prepare(database: Database) -> int:
    with database.write() as connection:
        workspace = only_workspace(connection).id
        desks.make(connection, workspace, CHANNEL, "care")
        rules = pack_rules(Rules(mode=Mode.AUTO))
        desks.add_rules(connection, workspace, CHANNEL, rules, EPOCH + timedelta(days=1), "mia")
    return workspace


def store(database: Database, workspace: int, second: float, *entries: Entry) -> None:
    with database.write() as connection:
        ledger.append(connection, workspace, [pack(it) for it in entries], when(second))
