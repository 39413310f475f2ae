"""Desks remember what a channel decided and how far it was heard; ids may be replaced."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, text

from storage import (
    alerts,
    desks,
    digests,
    goals,
    incidents,
    issues,
    ledger,
    outbox,
    sending,
    support_notes,
    uploads,
)
from storage.ledger import LedgerRow
from storage.routed import read_routes, save_routes
from storage.tables import instant_number
from tests.storage.drawn_entries import ts
from tests.storage.test_issues_rows import issue, spell, wait

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKLY = {"cadence": "weekly", "zone": "UTC", "owner": "U1", "since": NOW, "kpis": "[]"} | {
    "scope": "{}",
    "parts": "[]",
}


def test_a_desk_is_made_once(database):
    """Asking for it again finds it; a name is for people and may change."""
    with database.write() as connection:
        assert desks.find(connection, 1, "C1") is None
        made = desks.make(connection, 1, "C1", "support")
        assert (made.name, made.folded, made.high_water) == ("support", 0, "")
        assert (made.alive, made.gone, made.catching_up) == (None, None, False)
        assert desks.make(connection, 1, "C1") == made
        other = desks.make(connection, 2, "C1")
        assert other.id != made.id
        desks.rename(connection, 1, "C1", "help")
        desks.make(connection, 1, "C2")
        assert [(it.channel, it.name) for it in desks.all_desks(connection, 1)] == [
            ("C1", "help"),
            ("C2", ""),
        ]
        assert desks.all_desks(connection, 2) == [other]


def test_the_newest_message_heard_never_gets_older(database):
    """Messages come in any order; the ``ts`` is compared as a time and not as text."""
    with database.write() as connection:
        desks.make(connection, 1, "C1")
        for heard, newest in (
            ("1763800000.000100", "1763800000.000100"),
            ("999.000000", "1763800000.000100"),
            ("1763800000.000099", "1763800000.000100"),
            ("1763800000.0002", "1763800000.0002"),
            ("1763800000.00011", "1763800000.0002"),
            ("10000000000.000001", "10000000000.000001"),
            ("9999999999.000001", "10000000000.000001"),
        ):
            desks.raise_high_water(connection, 1, "C1", heard)
            desk = desks.find(connection, 1, "C1")
            assert desk is not None
            assert desk.high_water == newest
        desks.raise_high_water(connection, 1, "C9", "1763800000.000100")
        assert desks.find(connection, 1, "C9") is None


def test_the_pulse_is_kept_where_nothing_can_be_missed(database):
    """Not where Kepi is out of the channel, nor where a gap is still being read; never back."""
    with database.write() as connection:
        for channel in ("C1", "C2", "C3"):
            desks.make(connection, 1, channel)
        desks.make(connection, 2, "C1")
        desks.mark_gone(connection, 1, "C2", NOW)
        desks.mark_catching_up(connection, 1, "C3", True)
        desks.mark_alive(connection, 1, NOW)
        desks.mark_alive(connection, 1, NOW - HOUR)
        found = {it.channel: it for it in desks.all_desks(connection, 1)}
        assert [it.alive for it in found.values()] == [NOW, None, None]
        assert (found["C2"].gone, found["C3"].catching_up) == (NOW, True)
        desks.mark_alive(connection, 1, NOW + HOUR, ["C3"])
        desks.mark_catching_up(connection, 1, "C3", False)
        desks.mark_gone(connection, 1, "C2", None)
        found = {it.channel: it for it in desks.all_desks(connection, 1)}
        assert [it.alive for it in found.values()] == [NOW, None, NOW + HOUR]
        assert (found["C2"].gone, found["C3"].catching_up) == (None, False)
        assert [it.alive for it in desks.all_desks(connection, 2)] == [None]


def test_how_far_a_channel_is_folded(database):
    """Also where nobody set the channel up: a message was tracked there all the same."""
    with database.write() as connection:
        assert desks.folded(connection, 1, "C1") == 0
        desks.set_folded(connection, 1, "C1", 7)
        desks.set_folded(connection, 1, "C1", 5_000_000_000)
        assert desks.folded(connection, 1, "C1") == 5_000_000_000
        assert desks.folded(connection, 2, "C1") == 0
        made = desks.make(connection, 1, "C1", "support")
        assert (made.folded, made.name) == (5_000_000_000, "support")


def test_rules_are_kept_in_versions(database):
    """Oldest first, each with its moment to the microsecond, of one channel alone."""
    moment = NOW + timedelta(microseconds=123_457)
    with database.write() as connection:
        desks.add_rules(connection, 1, "C1", '{"mode": "auto"}', moment, "U1")
        desks.add_rules(connection, 1, "C1", '{"mode": "manual"}', NOW, "U1")
        desks.add_rules(connection, 1, "C2", '{"mode": "off"}', NOW, "U1")
        desks.add_rules(connection, 1, "C1", '{"mode": "relay"}', moment, "U2")
        assert desks.rules_of(connection, 1, "C1") == [
            (instant_number(NOW), '{"mode": "manual"}'),
            (instant_number(moment), '{"mode": "relay"}'),
        ]
        assert desks.rules_of(connection, 2, "C1") == []


def test_relay_rules_hold_in_a_channel_or_in_all(database):
    """A rule that was removed holds no longer, and is removed once."""
    with database.write() as connection:
        every = desks.add_relay_rule(connection, 1, app="A1", rule="{}", by="U1", at=NOW)
        one = desks.add_relay_rule(
            connection, 1, app="A2", rule='{"a": 1}', by="U1", at=NOW, channel="C1"
        )
        desks.add_relay_rule(connection, 2, app="A3", rule="{}", by="U1", at=NOW)
        assert [it.id for it in desks.relay_rules(connection, 1)] == [every, one]
        assert [it.id for it in desks.relay_rules(connection, 1, "C1")] == [every, one]
        assert [it.id for it in desks.relay_rules(connection, 1, "C2")] == [every]
        assert desks.relay_rules(connection, 1, "C1")[1] == (one, "C1", "A2", '{"a": 1}', "U1", NOW)
        assert not desks.remove_relay_rule(connection, 2, every, NOW)
        assert desks.remove_relay_rule(connection, 1, every, NOW)
        assert not desks.remove_relay_rule(connection, 1, every, NOW)
        assert [it.id for it in desks.relay_rules(connection, 1)] == [one]


def fill(connection, channel: str) -> None:
    """Keep something of a channel in every table that names one."""
    desks.make(connection, 1, channel, "support")
    desks.set_folded(connection, 1, channel, 3)
    desks.add_rules(connection, 1, channel, f'{{"alerts_channel": "{channel}"}}', NOW, "U1")
    desks.add_relay_rule(connection, 1, app="A1", rule="{}", by="U1", at=NOW, channel=channel)
    id, _ = issues.save(connection, 1, issue(channel=channel), [wait(0)], [spell(0)])
    issues.set_line(connection, 1, id, channel, ts(5))
    support_notes.put_excerpt(connection, 1, channel, ts(0), "words", NOW)
    support_notes.add_notice(
        connection,
        1,
        key=f"breach|{id}",
        kind="breach",
        due=NOW,
        issue=id,
        channel=channel,
        details={"where": channel},
    )
    support_notes.choose(connection, 1, "ops-channel", channel, "U1", NOW)
    save_routes(connection, 1, channel, ts(0), {ts(7): True})
    file = {"by": "U1", "file_name": "a.csv", "data": b"a", "at": NOW}
    uploads.keep(connection, 1, file_id=f"F-{channel}", channel=channel, **file)
    fill_outgoing(connection, channel)


def fill_outgoing(connection, channel: str) -> None:
    """Keep a digest, a goal, an alert with its incident and a message of a channel."""
    scope = f'{{"channels": ["{channel}"]}}'
    values = {"workspace": 1, "channel": channel, "by": "U1", "made": NOW}
    connection.execute(insert(digests.DIGEST).values(**values, **WEEKLY))
    days = {"start": NOW.date(), "end": NOW.date()}
    goal = {"kpi": "likes", "shape": "total", "text": "", "why": "", "target": 1, **days}
    connection.execute(insert(goals.GOAL).values(**values, scope=scope, **goal))
    rule = alerts.add_rule(
        connection, 1, channel=channel, kind="silence", by="U1", at=NOW, scope=scope
    )
    incidents.open_or_update(
        connection, 1, thing=f"{channel} is silent", channel=channel, rule=rule,
        kind="silence", began=NOW, now=NOW,
    )  # fmt: skip
    outbox.add(
        connection, 1, channel=channel, kind="waiting", period="2026-11-22", due=NOW, now=NOW,
        body={"channel": channel},
    )  # fmt: skip
    (row,) = [it for it in sending.claim(connection, 1, NOW, "p") if it.channel == channel]
    sending.finish(connection, 1, row, posted_in=channel, ts="1.0", now=NOW)
    support_notes.choose(connection, 1, f"morning|{channel}", False, "U1", NOW)


def test_a_new_id_for_a_channel_moves_everything_but_the_ledger(database):
    """support-spec §5.3: nothing names the old id afterwards, in any table; the ledger does."""
    with database.write() as connection:
        fill(connection, "C1")
        ledger.append(connection, 1, [LedgerRow(0, "a", "message", "C1", 1, ts(0), ts(0))], NOW)
        desks.make(connection, 1, "C10")
        desks.make(connection, 2, "C1")
        desks.change_channel_id(connection, 1, "C1", "C9", NOW)
        desks.change_channel_id(connection, 1, "C1", "C9", NOW)
    assert naming(database, "C1") == {"ledger", "moved_channel"}
    assert naming(database, "C9") >= {
        *("desk", "desk_rules", "relay_rule", "issue", "excerpt", "notice", "choice", "routed"),
        *("upload", "digest", "goal", "alert_rule", "incident", "delivery"),
    }
    with database.read() as connection:
        assert [it.channel for it in desks.all_desks(connection, 1)] == ["C9", "C10"]
        assert [it.channel for it in desks.all_desks(connection, 2)] == ["C1"]
        assert desks.rules_of(connection, 1, "C9")[0][1] == '{"alerts_channel": "C9"}'
        (row,) = issues.live(connection, 1, "C9")
        assert (row.number, row.line_channel, row.title) == (1, "C9", "words")
        assert support_notes.chosen(connection, 1, "ops-channel") == "C9"
        assert support_notes.chosen(connection, 1, "morning|C9", True) is False
        assert support_notes.chosen(connection, 1, "morning|C1", True) is True
        sent = outbox.find(connection, 1, "C9", "waiting", "2026-11-22")
        assert (sent.posted_in, sent.details) == ("C9", {"channel": "C9"})
        assert list(read_routes(connection, 1, "C9", [ts(0)])) == [ts(7)]


def naming(database, channel: str) -> set[str]:
    """Return the tables in which workspace 1 has any text that names a channel."""
    found = set()
    with database.read() as connection:
        for table in TABLES:
            for row in connection.execute(text(f"SELECT * FROM {table} WHERE workspace = 1")):
                named = (channel, f'"{channel}"')
                texts = [it for it in row if isinstance(it, str)]
                if any(it == channel or named[1] in it for it in texts):
                    found.add(table)
    return found


TABLES = (
    *("desk", "desk_rules", "relay_rule", "issue", "excerpt", "notice", "choice", "routed"),
    *("upload", "ledger", "moved_channel", "told"),
    *("digest", "goal", "alert_rule", "incident", "delivery"),
)


def test_what_came_under_the_new_id_first_gives_way(database):
    """The bot may hear the new id before it hears of the change: the history is what stays."""
    with database.write() as connection:
        fill(connection, "C1")
        support_notes.put_excerpt(connection, 1, "C9", ts(0), "other words", NOW)
        desks.set_folded(connection, 1, "C9", 2)
        desks.add_rules(connection, 1, "C9", "{}", NOW, "U1")
        issues.save(connection, 1, issue(channel="C9"), [wait(0)], [spell(0)])
        issues.save(connection, 1, issue(8, channel="C9"), [wait(0)], [spell(0)])
        desks.change_channel_id(connection, 1, "C1", "C9", NOW)
        (desk,) = desks.all_desks(connection, 1)
        assert (desk.channel, desk.name, desk.folded) == ("C9", "support", 2)
        assert [it.number for it in issues.live(connection, 1)] == [1, 3]
        assert support_notes.excerpt_of(connection, 1, "C9", ts(0)) == "words"
        count = connection.execute(text("SELECT count(*) FROM wait")).scalar_one()
        assert count == 2


def test_what_is_out_under_the_new_id_is_not_sent_again(database):
    """One message a period stays, the one that is out; and one digest a cadence."""
    with database.write() as connection:
        fill(connection, "C9")
        for channel in ("C1", "C9"):
            outbox.add(
                connection, 1, channel=channel, kind="digest", period="1:2026-W47", due=NOW, now=NOW
            )
        outbox.add(
            connection, 1, channel="C1", kind="waiting", period="2026-11-22", due=NOW, now=NOW
        )
        digest = {"workspace": 1, "channel": "C1", "by": "U1", "made": NOW} | WEEKLY
        connection.execute(insert(digests.DIGEST).values(**digest))
        desks.change_channel_id(connection, 1, "C1", "C9", NOW)
        rows = outbox.in_state(connection, 1, ("due", "sending", "sent"))
        assert sorted((it.channel, it.kind, it.state) for it in rows) == [
            ("C9", "digest", "due"), ("C9", "waiting", "sent"),
        ]  # fmt: skip
        assert [it.channel for it in digests.all_digests(connection, 1)] == ["C9"]


def test_an_id_that_was_replaced_twice_is_still_one_channel(database):
    """From the first id to the third, and back to the first: the ledger is read whole."""
    with database.write() as connection:
        for channel, after in (("C1", "C2"), ("C2", "C3"), ("C3", "C1")):
            key = f"under {channel}"
            rows = [LedgerRow(0, key, "message", channel, 1, ts(0), ts(0))]
            ledger.append(connection, 1, rows, NOW)
            desks.change_channel_id(connection, 1, channel, after, NOW)
            read = ledger.since(connection, 1, after, 0)
            assert read[-1].key == key
            assert {it.channel for it in read} == {after}
        assert len(read) == 3
        assert ledger.channels(connection, 1) == ["C1"]
