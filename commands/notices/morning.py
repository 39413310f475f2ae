"""Who waits, told at opening time to the team (what-people-see §5); nothing where nobody does."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp

from commands.asker import tell
from commands.blocks import Block, actions, button, cut, escape, section
from commands.context import Context
from commands.letters import Letter, NotNow, Pointless, Written
from commands.notices.places import is_shared
from commands.pressed import Pressed, on_press
from commands.saying import say, say_count
from commands.support.granted import Granted, find_granted
from commands.support.line_words import say_span, slack_id
from commands.support.listing import NEXT
from commands.support.looking import channel_name, customer_of, names_of
from commands.support.moments import micros_of, moment_of
from commands.support.notice_words import MORNING_ON, morning_choice
from commands.support.sources import on_platform
from commands.support.standing import require_team
from commands.tongues import in_own_language
from commands.who_sees import is_public
from support.hours import Calendar, instant, is_open
from support.rules import Mode, Rules

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.desks import DeskRow
    from storage.issues import IssueRow
    from storage.outbox import DeliveryRow

KIND = "waiting"
OFF = "morning_off"
USEFUL = timedelta(hours=2)
"""A list that comes later is of no morning any more."""
A_MINUTE = timedelta(minutes=1)
LISTED, A_SECTION = 10, 5
EXCERPT = 60

NO_LIST = "No more lists in the morning for #{name}. Turn it on again: /support targets"
LIST_AGAIN = "The list of who waits comes again at opening time in #{name}."


class Desk(NamedTuple):
    """A channel whose team may be told in the morning."""

    desk: DeskRow
    rules: Rules
    calendar: Calendar
    keeper: str


# --- when


async def plan(context: Context) -> None:
    """Write down today's list of each channel that has just opened."""
    now = context.clock()
    for it in await context.read(read_desks, context.home.workspace):
        opened, day = opened_last(it.calendar, now)
        if opened is None or not opened <= now < opened + USEFUL:
            continue
        place = await find_place(context, it)
        if place:
            await context.write(add, context, it, place, opened, day)


def read_desks(connection: Connection, workspace: int) -> list[Desk]:
    """Return the channels where issues are tracked and somebody may wait; switched off, none."""
    from storage import desks, issues, support_notes, upkeep
    from support.calendars import load_calendar
    from support.rulebook import read_book

    waiting = {it.channel for it in issues.waiting(connection, workspace)}
    found = []
    for desk in desks.all_desks(connection, workspace):
        rules = read_book(connection, workspace, desk.channel).latest
        wanted = support_notes.chosen(connection, workspace, morning_choice(desk.channel), True)
        if desk.gone is None and desk.channel in waiting and wanted and rules.mode is not Mode.OFF:
            calendar = load_calendar(connection, workspace, rules.calendar)
            keeper = upkeep.who_set_up(connection, workspace, desk.channel)
            found.append(Desk(desk, rules, calendar, keeper))
    return found


def opened_last(calendar: Calendar, now: datetime) -> tuple[datetime | None, date]:
    """Return when a calendar opened first on its local day, and that day.

    Nothing where it stays shut, or does not close in between: one that never closes has no
    morning.
    """
    zone = ZoneInfo(calendar.zone)
    day = now.astimezone(zone).date()
    for window in calendar.windows_on(day):
        at = instant(day.toordinal(), window.open, zone)
        if not is_open(calendar, at - 1):
            return moment_of(at), day
    return None, day


async def find_place(context: Context, it: Desk) -> str:
    """Return the team's channel: its own, else where it answers, unless others read along."""
    team = it.rules.alerts_channel
    if team and not await is_shared(context, team):
        return team
    if it.rules.is_shared or await is_shared(context, it.desk.channel):
        return ""
    return it.desk.channel


def add(
    connection: Connection, context: Context, it: Desk, place: str, opened: datetime, day: date
) -> None:
    from storage import outbox

    outbox.add(
        connection,
        context.home.workspace,
        channel=place,
        kind=KIND,
        period=f"{it.desk.channel}:{day}",
        due=opened,
        now=context.clock(),
        body={"channel": it.desk.channel, "owner": it.keeper},
        expires=opened + USEFUL,
    )


# --- what


class Seen(NamedTuple):
    desk: DeskRow | None
    waiting: list[IssueRow]


def read_seen(connection: Connection, workspace: int, channel: str) -> Seen:
    from storage import desks, issues

    desk = desks.find(connection, workspace, channel)
    return Seen(desk, issues.waiting(connection, workspace, channel))


async def write(context: Context, row: DeliveryRow) -> Written:
    """Write the list as it is now."""
    channel = str(row.details.get("channel") or "")
    seen = await context.read(read_seen, context.home.workspace, channel)
    if seen.desk is None or not seen.waiting:
        return Pointless("nobody waits")
    if seen.desk.catching_up:
        return NotNow(context.clock() + A_MINUTE)
    users = {it.assignee for it in seen.waiting} | {slack_id(it.customer) for it in seen.waiting}
    names = await names_of(context, users)
    name = await channel_name(context, channel, seen.desk.name)
    elsewhere = row.channel != channel
    is_blank = (
        elsewhere
        and await is_public(context, row.channel)
        and not await is_public(context, channel)
    )
    granted = await find_granted(context)
    now = micros_of(context.clock())
    lines = [say_one(it, names, granted, now, is_blank) for it in seen.waiting[:LISTED]]
    count = len(seen.waiting)
    oldest = say_span(now - since(seen.waiting[0]))
    head = say_head(count, name if elsewhere and not is_blank else "")
    text = say("{head}, oldest {span}.", head=head, span=oldest)
    blocks = compose(head, lines, count, channel)
    return Letter(escape(text), lambda _: blocks)


def say_head(number: int, name: str) -> str:
    """Return “3 customers waiting”, with the channel where the list stands elsewhere."""
    if not name:
        return say_count("{number} customer waiting", "{number} customers waiting", number)
    return say_count(
        "{number} customer waiting in #{name}",
        "{number} customers waiting in #{name}",
        number,
        name=name,
    )


def since(row: IssueRow) -> int:
    return micros_of(row.waiting_since or row.opened)


def say_one(
    row: IssueRow, names: dict[str, str], granted: Granted, now: int, is_blank: bool
) -> str:
    """Return “*2 d 3 h* lena_k on X: order 8841… · Omar”, linked to the thread."""
    who = say("A customer") if is_blank else on_platform(customer_of(row, names), row.platform)
    link = granted.link(row.channel, row.root)
    named = f"<{link}|{escape(who)}>" if link else f"{escape(who)} ({row.number})"
    words = f": {escape(cut(row.title, EXCERPT))}" if row.title and not is_blank else ""
    holder = f" · {escape(names[row.assignee])}" if names.get(row.assignee) else ""
    return f"*{say_span(now - since(row))}* {named}{words}{holder}"


def compose(head: str, lines: list[str], count: int, channel: str) -> list[Block]:
    """Return the message: ten at most, oldest first, five a section."""
    blocks = [section(say("{head}, oldest first", head=f"*{escape(head)}*"))]
    blocks += [
        section("\n".join(lines[at : at + A_SECTION])) for at in range(0, len(lines), A_SECTION)
    ]
    row = (
        [button(say("Show all {number}", number=count), f"{NEXT}:all", "0")]
        if count > LISTED
        else []
    )
    row.append(button(say("No list in the morning"), OFF, channel))
    return [*blocks, actions(row)]


# --- whether


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, OFF, in_own_language(turn_off))
    on_press(app, context, MORNING_ON, in_own_language(turn_on))


async def turn_off(context: Context, pressed: Pressed) -> None:
    await switch(context, pressed, is_on=False)


async def turn_on(context: Context, pressed: Pressed) -> None:
    await switch(context, pressed, is_on=True)


async def switch(context: Context, pressed: Pressed, *, is_on: bool) -> None:
    """Turn a channel's list on or off, for those who answer there."""
    from storage.settings import change

    channel, user = pressed.value, pressed.asker.user
    await require_team(context, user, channel)
    home, now, words = context.home.workspace, context.clock(), "on" if is_on else "off"
    await context.write(change, home, "morning", words, user, now, channel=channel)
    name = await channel_name(context, channel, say("the channel"))
    line = say(LIST_AGAIN, name=name) if is_on else say(NO_LIST, name=name)
    await tell(context, pressed.asker, line)
