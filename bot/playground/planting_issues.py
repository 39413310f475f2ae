"""Plants the sample's customer issues: through the ledger, as if Kepi had heard all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.playground.relay import Relay, Shape
from bot.playground.sample_issues import ZONE, Moment, What
from bot.playground.sample_town import (
    CARE,
    CARE_GROUP,
    HELP,
    IT_GROUP,
    PARTNER,
    RELAYS,
    TEAM_ROOM,
    people,
    town_groups,
)
from bot.playground.seed import ACME, MIA
from bot.playground.world import Member
from commands.support.notices import write_notices
from commands.support.recovery import PACE
from storage import desks, hours, issues, ledger, policies, support_notes
from storage.database import Database
from support.entries import Entry, Kind, Role, Said, micros
from support.ledger_rows import pack
from support.policies import Policy, Promise, Scope, TargetKind, write_policy
from support.reading import excerpt, read_words
from support.relays import Extractor, RelayRule
from support.roles import Speaker, role_of
from support.rulebook import pack_rules
from support.rules import HOUR, MINUTE, Mode, Rules
from support.tracker import Tracker

SET_UP = timedelta(days=60)
"""How long before the demo the channels were set up."""
RULES: dict[str, Rules] = {
    CARE: Rules(
        mode=Mode.RELAY,
        others_are="bystander",
        responder_groups=(CARE_GROUP,),
        alerts_channel=TEAM_ROOM,
    ),
    HELP: Rules(mode=Mode.AUTO, others_are="customer", responder_groups=(IT_GROUP,)),
    PARTNER: Rules(
        mode=Mode.AUTO,
        others_are="responder",
        is_shared=True,
        add_ticket=False,
        alerts_channel=TEAM_ROOM,
    ),
}
NAMES = {CARE: "acme-care", HELP: "help-it", PARTNER: "nordkaffe-partner"}
PROMISE = Policy(
    "Care: sample",
    {
        TargetKind.FIRST_RESPONSE: Promise(60 * MINUTE),
        TargetKind.FIRST_RESOLUTION: Promise(8 * HOUR),
    },
    Scope(channel=CARE),
)
CALLS_A_MINUTE = 3000
"""The local workspace limits nobody, so nobody waits while threads are read back."""
OFFICE = {str(day): [["08:00", "18:00"]] for day in range(5)}


def plant_issues(
    database: Database, workspace: int, moments: Sequence[Moment], now: datetime
) -> None:
    """Set three channels up and let their month be written down and folded."""
    with database.write() as connection:
        set_up(connection, workspace, now - SET_UP)
        ledger.append(connection, workspace, [pack(it) for it in entries_of(moments)], now)
        keep_words(connection, workspace, moments)
        for channel in RULES:
            here = [each.ts for each in moments if each.channel == channel]
            desks.raise_high_water(connection, workspace, channel, max(here, default="0.0"))
        desks.mark_alive(connection, workspace, now, list(RULES))
    tracker = Tracker(database, workspace)
    for channel in RULES:
        tracker.refresh(channel, now)
        tell_of_the_past(database, workspace, tracker, channel, now)


def tell_of_the_past(
    database: Database, workspace: int, tracker: Tracker, channel: str, now: datetime
) -> None:
    """Let what was promised, and broken, before the demo began count as told."""
    with database.read() as connection:
        live = [it.id for it in issues.live(connection, workspace, channel)]
    for issue in live:
        timeline = tracker.timeline(issue)
        with database.write() as connection:
            write_notices(connection, workspace, issue, timeline, now, dropped=True)


def set_up(connection: Connection, workspace: int, at: datetime) -> None:
    """Write down what an admin would have chosen: channels, relay rules, hours, a promise."""
    for channel, rules in RULES.items():
        desks.make(connection, workspace, channel, NAMES[channel])
        desks.add_rules(connection, workspace, channel, pack_rules(rules), at, MIA)
    for relay in RELAYS:
        desks.add_relay_rule(
            connection,
            workspace,
            app=relay.app.id,
            rule=rule_of_relay(relay).to_json(),
            by=MIA,
            at=at,
            channel=relay.channel,
        )
    hours.set_hours(
        connection,
        workspace,
        hours.WORKSPACE_S,
        at.date(),
        str(ZONE),
        json.dumps(OFFICE),
        MIA,
        at,
        correct_the_past=True,
    )
    support_notes.choose(connection, workspace, PACE, CALLS_A_MINUTE, MIA, at)
    policies.save(connection, workspace, PROMISE.name, write_policy(PROMISE), MIA, at)


def rule_of_relay(relay: Relay) -> RelayRule:
    """Return how the posts of a social tool are read: where its own layout puts each part."""
    if relay.shape is Shape.TEXT:
        parts = {
            "handle": Extractor("text", r"from \*@([^*]+)\*"),
            "url": Extractor("text", r"<(https://[^|>]+)\|Open>"),
            "text": Extractor("text", r"^&gt; (.+)$", rest=True),
        }
    else:
        parts = {
            "handle": Extractor("attachments.0.author_name"),
            "url": Extractor("attachments.0.title_link"),
            "text": Extractor("attachments.0.text"),
        }
    parts["platform"] = Extractor(value=relay.network.lower())
    return RelayRule(relay.app.id, channel=relay.channel, parts=parts)


def entries_of(moments: Iterable[Moment]) -> Iterator[Entry]:
    """Return the ledger of the script, by the same keys that Kepi gives to what it hears."""
    roles = {channel: roles_in(rules) for channel, rules in RULES.items()}
    for moment in moments:
        if moment.what is What.SAID:
            yield said_entry(moment, roles[moment.channel])
        else:
            yield mark_entry(moment, roles[moment.channel])


def roles_in(rules: Rules) -> dict[str, Role]:
    """Return who everybody is in a channel of these rules."""
    groups = {each.id: each.users for each in town_groups()}
    answering = {user for name in rules.responder_groups for user in groups[name]}
    return {
        each.id: role_of(speaker_of(each), rules, ours=(), team=ACME, responders=answering)
        for each in people()
    }


def speaker_of(member: Member) -> Speaker:
    return Speaker(
        user=member.id,
        team=member.team,
        is_bot=member.is_bot,
        is_stranger=member.is_stranger,
        is_guest=member.is_restricted,
    )


def said_entry(moment: Moment, roles: dict[str, Role]) -> Entry:
    rules, relay = RULES[moment.channel], moment.relay
    said = read_words(moment.text, rules, moment.channel)
    role = roles.get(moment.who, Role.RELAY_IN)
    if relay is not None:
        said = relayed(said, relay, moment)
    elif role is Role.CUSTOMER:
        said = replace(said, customer=f"slack:{moment.who}")
    return Entry(
        key=f"m|{ACME}|{moment.channel}|{moment.ts}",
        kind=Kind.MESSAGE,
        channel=moment.channel,
        at=micros(moment.ts),
        ts=moment.ts,
        root=moment.root,
        actor=relay.app.bot_id if relay else moment.who,
        role=role,
        said=said,
    )


def relayed(said: Said, relay: Relay, moment: Moment) -> Said:
    """Add what the relay rule reads in the post of a customer's words."""
    platform = relay.network.lower()
    return replace(
        said,
        customer=f"{platform}:{moment.who}".casefold(),
        platform=platform,
        handle=moment.who,
        url=relay.address(moment.who, moment.text),
    )


def mark_entry(moment: Moment, roles: dict[str, Role]) -> Entry:
    at = round(moment.at.timestamp()) * 1_000_000 + moment.at.microsecond
    stamp = f"{at // 1_000_000}.{at % 1_000_000:06d}"
    key = f"r|{moment.channel}|{moment.ts}|{moment.who}|{moment.emoji}|added|{stamp}"
    return Entry(
        key=key,
        kind=Kind.MARK,
        channel=moment.channel,
        at=at,
        ts=moment.ts,
        root=moment.root,
        actor=moment.who,
        role=roles[moment.who],
        name=moment.emoji,
    )


def keep_words(connection: Connection, workspace: int, moments: Iterable[Moment]) -> None:
    """Keep the first words of what opened issues; those of settled ones are erased by the bot."""
    for moment in moments:
        if moment.what is What.SAID and moment.ts == moment.root:
            words = excerpt(moment.text)
            support_notes.put_excerpt(
                connection, workspace, moment.channel, moment.ts, words, moment.at
            )
