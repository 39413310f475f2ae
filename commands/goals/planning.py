"""What goals have come to: looked at once for each new state of the data, and each hour.

All that is decided is guarded by what a goal was, so several processes may look at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from commands.context import Context
from commands.goals.looking import readers_of
from commands.tongues import language_of_readers
from commands.who_sees import hidden_from

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.goals.state import Standing
    from storage.database import Database
    from storage.goals import GoalRow

KIND = "goal"
LOOKED: WeakKeyDictionary[Database, dict[int, Moment]] = WeakKeyDictionary()
"""What a workspace's goals were last judged at, by database: nothing new, nothing to do."""


async def plan(context: Context) -> None:
    """Judge every open goal where anything changed, and write down what is to be told."""
    at = await context.read(look_around, context)
    looked = LOOKED.setdefault(context.database, {})
    if looked.get(at.workspace) == at:
        return
    if at.ended:
        await context.write(begin_anew, context, at)
    judged = [await judge_in_language(context, it) for it in at.open]
    if judged:
        await context.write(keep, context, judged)
    looked[at.workspace] = at  # what was decided just now makes another moment


class Moment(NamedTuple):
    """What the goals' standing hangs on."""

    workspace: int
    version: tuple[Any, ...]
    hour: datetime
    today: date
    open: tuple[GoalRow, ...]
    ended: tuple[GoalRow, ...]
    """Goals that come back, and whose stretch is over."""


def look_around(connection: Connection, context: Context) -> Moment:
    from kpis.surroundings import VERSION
    from storage import goals
    from storage.workspaces import zone_of

    workspace, now = context.home.workspace, context.clock()
    today = now.astimezone(ZoneInfo(zone_of(connection, workspace))).date()
    return Moment(
        workspace,
        tuple(connection.execute(VERSION, {"of": workspace}).one()),
        now.replace(minute=0, second=0, microsecond=0),
        today,
        tuple(goals.in_state(connection, workspace)),
        tuple(goals.ended(connection, workspace, today)),
    )


class Judged(NamedTuple):
    """How a goal stands, in the words of those who are told."""

    standing: Standing
    language: str


async def judge_in_language(context: Context, row: GoalRow) -> Judged:
    from kpis.tongue import speaking

    language = await language_of_readers(context, row.channel or row.owner)
    with speaking(language):
        return Judged(await judge_one(context, row), language)


def begin_anew(connection: Connection, context: Context, at: Moment) -> None:
    """Let goals that come back begin their next stretch."""
    from kpis.periods import unit_end
    from kpis.question import Grain
    from storage import goals

    for row in at.ended:
        start, grain = row.end, Grain(row.every)
        while unit_end(grain, start) <= at.today:
            start = unit_end(grain, start)
        goals.begin_anew(connection, at.workspace, row, start, unit_end(grain, start))


async def judge_one(context: Context, row: GoalRow) -> Standing:
    """Judge a goal among what its readers may know."""
    hidden = await hidden_from(context, readers_of(row))

    def judging(connection: Connection) -> Standing:
        from kpis.goals.judge import judge
        from kpis.surroundings import look_around

        around = look_around(context.database, connection, context.home.workspace)
        return judge(row, connection, around.without(hidden), context.clock(), drawn=False)

    return await context.read(judging)


def keep(connection: Connection, context: Context, judged: Sequence[Judged]) -> None:
    """Decide what was reached or missed and note whose pace changed, each once."""
    from kpis.tongue import speaking
    from storage.goals import find

    workspace = context.home.workspace
    for it, language in judged:
        if find(connection, workspace, it.goal.id) == it.goal:  # else it changed meanwhile
            with speaking(language):
                keep_one(connection, context, it)


def keep_one(connection: Connection, context: Context, standing: Standing) -> None:
    from storage import goals
    from storage.workspaces import zone_of

    workspace, row, now = context.home.workspace, standing.goal, context.clock()
    zone = ZoneInfo(zone_of(connection, workspace))
    if standing.state in ("reached", "missed"):
        done = goals.decide(connection, workspace, row.id, standing.state, now, was="open")
        if done and is_news(standing, zone):
            tell(connection, context, standing, standing.state, now)
        return
    turned = {("behind", False): "behind", ("on pace", True): "back"}
    what = turned.get((standing.steady, row.pace == "behind"))
    if what and goals.tell_pace(connection, workspace, row.id, standing.steady, was=row.pace):
        tell(connection, context, standing, what, now)


def is_news(standing: Standing, zone: ZoneInfo) -> bool:
    """Whether it came after the goal was set: what was true then is not announced."""
    made = standing.goal.made.astimezone(zone).date()
    return standing.reached_on is None or standing.reached_on >= made


def tell(
    connection: Connection, context: Context, standing: Standing, what: str, now: datetime
) -> None:
    """Write down an announcement: in the goal's channel, or else to its owner."""
    from commands.goals.announcing import word_news
    from storage import outbox

    row = standing.goal
    settled = standing.settled.isoformat() if standing.settled else ""
    final = what in ("reached", "missed")
    outbox.add(
        connection,
        context.home.workspace,
        channel=row.channel or row.owner,
        kind=KIND,
        period=f"{row.id}:{what}" if final else f"{row.id}:{what}:{settled}",
        due=now,
        now=now,
        body={"goal": row.id, "what": what, "owner": row.owner, **word_news(standing, what)},
    )
