"""What people and the clock do to customer issues: every verb of storage, once or more."""

from datetime import UTC, date, datetime, timedelta
from inspect import isfunction, signature

from storage import (
    desks,
    hours,
    issues,
    ledger,
    messages,
    policies,
    ratings,
    routed,
    support_notes,
    upkeep,
)
from storage.database import Database
from tests.storage.drawn_entries import at, entries, ts

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
ENTRIES = """
    kind    | at | ts | root | actor | name
    --------+----+----+------+-------+---------
    message |  0 |  0 |    0 | mia   |
    message | 10 | 10 |    0 | bo    |
    mark    | 15 |  0 |      | bo    | eyes
    life    | 70 |    |      |       | archived
"""


def serve_customers(database: Database, workspace: int) -> None:
    """Do to a database what a team that answers its customers does."""
    keep_desks(database, workspace)
    keep_a_ledger(database, workspace)
    keep_issues(database, workspace)
    keep_notes(database, workspace)
    keep_hours(database, workspace)
    look_after(database, workspace)
    with database.write() as connection:
        desks.change_channel_id(connection, workspace, "C1", "C2", NOW)
        assert ledger.channels(connection, workspace) == ["C2"]


def keep_desks(database: Database, workspace: int) -> None:
    with database.write() as connection:
        desks.make(connection, workspace, "C1", "support")
        desks.make(connection, workspace, "C2")
        desks.set_folded(connection, workspace, "C2", 3)
        desks.raise_high_water(connection, workspace, "C1", ts(10))
        desks.mark_alive(connection, workspace, NOW)
        desks.mark_alive(connection, workspace, NOW, ["C1"])
        desks.mark_gone(connection, workspace, "C1", NOW)
        desks.mark_catching_up(connection, workspace, "C1", True)
        desks.add_rules(connection, workspace, "C1", "{}", NOW, "U1")
        rule = desks.add_relay_rule(connection, workspace, app="A1", rule="{}", by="U1", at=NOW)
        desks.relay_rules(connection, workspace, "C1")
        desks.remove_relay_rule(connection, workspace, rule, NOW)
        desks.rules_of(connection, workspace, "C1")
        desks.all_desks(connection, workspace)
        desks.make(connection, workspace, "C3")


def keep_a_ledger(database: Database, workspace: int) -> None:
    roots = [ts(0)]
    with database.write() as connection:
        ledger.append(connection, workspace, entries(ENTRIES), NOW)
        ledger.since(connection, workspace, "C1", 0, limit=2)
        ledger.between(connection, workspace, "C1", 0, at(99))
        ledger.of_threads(connection, workspace, "C1", roots)
        ledger.life_of(connection, workspace, "C1")
        ledger.root_of(connection, workspace, "C1", ts(10))
        messages.known_messages(connection, workspace, "C1", 0)
        messages.known_messages_of(connection, workspace, "C1", roots)
        messages.marks_now(connection, workspace, "C1", roots)
        messages.marks_changed(connection, workspace, "C1", 0)
        messages.known_keys(connection, workspace, ["a"])
        routed.save_routes(connection, workspace, "C1", ts(0), {ts(7): False})
        routed.read_routes(connection, workspace, "C1", roots)
        routed.save_routes(connection, workspace, "C1", ts(9), {})


def keep_issues(database: Database, workspace: int) -> None:
    row = {"channel": "C1", "root": ts(0), "episode": 1, "state": "open"}
    row |= {"opened": NOW, "tracked": NOW, "waiting_since": NOW}
    wait, spell = {"position": 0, "started": NOW}, {"position": 0, "started": NOW, "how": "opened"}
    target = {"kind": "acknowledge", "position": 0, "clock": "business", "length": 60}
    target |= {"started": NOW, "due": NOW, "state": "running"}
    with database.write() as connection:
        issue, number = issues.save(connection, workspace, row, [wait], [spell])
        other, _ = issues.save(connection, workspace, row | {"root": ts(5)}, [wait], [spell])
        issues.save_targets(connection, workspace, issue, [target])
        issues.save_targets(connection, workspace, other, [target])
        issues.set_line(connection, workspace, issue, "C1", ts(1))
        issues.by_number(connection, workspace, number)
        issues.by_id(connection, workspace, issue)
        issues.of_thread(connection, workspace, "C1", ts(0))
        issues.live(connection, workspace)
        issues.waiting(connection, workspace, "C1")
        issues.unsettled(connection, workspace, "C1")
        issues.keys_of(connection, workspace, "C1")
        issues.roots_of_unsettled(connection, workspace, "C1")
        issues.due_targets(connection, workspace, NOW)
        issues.targets_of(connection, workspace, issue)
        issues.save_targets(connection, workspace, other, [])
        issues.save(connection, workspace, row | {"root": ts(5), "state": "dismissed"}, [], [spell])
        issues.settle(connection, workspace, "C1", LATER, LATER)
        issues.remove(connection, workspace, other)


def keep_notes(database: Database, workspace: int) -> None:
    with database.write() as connection:
        support_notes.choose(connection, workspace, "csat", True, "U1", NOW)
        support_notes.chosen(connection, workspace, "csat")
        support_notes.tell_once(connection, workspace, "hint", NOW)
        support_notes.was_told(connection, workspace, "hint")
        support_notes.forget_told(connection, workspace, "hint")
        support_notes.put_excerpt(connection, workspace, "C1", ts(0), "words", NOW)
        support_notes.excerpt_of(connection, workspace, "C1", ts(0))
        support_notes.erase_excerpt(connection, workspace, "C1", ts(0))
        support_notes.erase_loose_excerpts(connection, workspace, NOW)
        support_notes.add_notice(connection, workspace, key="n", kind="gap", due=NOW, issue=1)
        (notice,) = support_notes.due_list(connection, workspace, NOW, "")
        support_notes.notices_of(connection, workspace, 1)
        support_notes.mark_notice(connection, workspace, notice.id, "sent")
        support_notes.drop_for_issue(connection, workspace, 1, ("gap",))
        ratings.ask_rating(connection, workspace, 1, "slack:U1", NOW)
        ratings.invalidate_rating(connection, workspace, 1)
        ratings.rate(connection, workspace, 1, 5, NOW)
        ratings.rating_of(connection, workspace, 1)
        ratings.last_asked(connection, workspace, "slack:U1")
        ratings.to_ask(connection, workspace, NOW, LATER)


def keep_hours(database: Database, workspace: int) -> None:
    today = NOW.date()
    with database.write() as connection:
        hours.set_hours(connection, workspace, 0, today, "Asia/Jakarta", "{}", "U1", NOW)
        day = date(2026, 12, 24)
        hours.close_dates(connection, workspace, 0, {day: "Christmas Eve"}, "U1", today)
        hours.override_date(connection, workspace, 0, day, "[]", "U1", today)
        hours.reopen_date(connection, workspace, 0, day, today)
        hours.read_versions(connection, workspace, 0)
        hours.read_dates(connection, workspace, 0)
        hours.unset_hours(connection, workspace, NOW)
        policies.save(connection, workspace, "all", "{}", "U1", NOW)
        policies.current(connection, workspace)
        policies.retire(connection, workspace, "all", LATER)
        policies.history(connection, workspace)


def look_after(database: Database, workspace: int) -> None:
    """Ask for everything that Kepi looks after by itself."""
    given = {"workspace": workspace, "channel": "C1", "since": NOW, "until": LATER, "now": NOW}
    verbs = [it for it in vars(upkeep).values() if getattr(it, "__module__", "") == upkeep.__name__]
    with database.read() as connection:
        for verb in filter(isfunction, verbs):
            _, *names = signature(verb).parameters
            verb(connection, **{name: given[name] for name in names})
