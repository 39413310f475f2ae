"""What the outbox sends for digests: the digest, its thread, and the words to its owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.blocks import Block, actions, button, escape, section
from commands.context import Context
from commands.digests import exports, owner, words
from commands.digests.composing import Composed, compose
from commands.digests.lacking import Lacking, find_lacking, say_lacking
from commands.digests.planning import HELD
from commands.digests.reading import language_of, period_key, read_period, read_plan, split_period
from commands.letters import Following, Letter, Pointless, Writer, Written
from commands.names import find_name
from commands.saying import say
from commands.tongues import language_of_person

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan
    from storage.outbox import DeliveryRow

THREAD, CORRECTED = "digest-thread", "digest-corrected"


async def write_digest(context: Context, row: DeliveryRow) -> Written:
    """Write the digest of a period, unless somebody held, paused or removed it."""
    from kpis.digests.calendar import as_told

    digest, key = split_period(row.period)
    plan = await context.read(read_plan, context.home.workspace, digest)
    is_out = row.state == "sent"  # its picture is to join it
    if plan is None or plan.channel != row.channel:
        return Pointless("removed")
    plan = as_told(plan, key)
    if not is_out and (why := await reason_against(context, plan, key, row)):
        return Pointless(why)
    late = row.due if row.late else None
    composed = await compose(context, plan, key, now=row.sent, late=late)
    return Letter(
        composed.text,
        lambda files: composed.blocks(tuple(files)),
        pictures=(composed.report.picture,) if composed.report.picture is not None else (),
        then=followings(composed, row.period),
        keep=keeper(context, composed),
    )


async def reason_against(context: Context, plan: Plan, key: str, row: DeliveryRow) -> str:
    """Return why a digest that is due is not sent, or nothing."""
    if plan.removed is not None:
        return "removed"
    if plan.paused is not None and not row.details.get("asked"):
        return "paused"
    period = await context.read(read_period, context.home.workspace, plan, key)
    if period.run.held is not None:
        return f"{HELD} by {period.run.held_by}"
    channel = await context.channels.find(plan.channel)
    if channel.is_shared and not plan.company:
        await context.write(warn_of_company, context, plan, key, channel.name)
        return "shared with another company"
    return ""


def warn_of_company(
    connection: Connection, context: Context, plan: Plan, key: str, name: str
) -> None:
    """Tell the owner that nobody agreed to another company reading along."""
    from storage import outbox

    outbox.add(
        connection,
        context.home.workspace,
        channel=plan.owner,
        kind="digest-shared",
        period=period_key(plan, key),
        due=context.clock(),
        now=context.clock(),
        body={"name": name},
    )


def followings(composed: Composed, period: str) -> tuple[Following, ...]:
    """Return the message for the thread: best posts, other steps, detail."""
    text, sections = composed.thread
    if not sections:
        return ()
    return (Following(THREAD, f"{period}:thread", {"text": text, "sections": sections}),)


def keeper(context: Context, composed: Composed) -> Callable[[Connection, DeliveryRow], None]:
    """Return what keeps the numbers that were told, once they are out."""

    def keep_it(connection: Connection, row: DeliveryRow) -> None:
        from kpis.digests.keep import keep

        keep(composed.report, connection, row.sent or context.clock())
        correct_older(connection, context, composed, row)

    return keep_it


def correct_older(
    connection: Connection, context: Context, composed: Composed, row: DeliveryRow
) -> None:
    """Say a correction also where the number stands that it corrects: in that digest's thread."""
    from storage import digest_periods, digests, outbox

    plan, report = composed.plan, composed.report
    lines: dict[str, list[str]] = {}
    for it in report.corrected:
        lines.setdefault(period_key(plan, it.period), []).append(it.words)
    workspace, now = context.home.workspace, context.clock()
    known = digest_periods.deliveries_with(connection, workspace, sorted(lines))
    for (channel, kind, period), above in known.items():
        if (channel, kind, above.state) != (row.channel, digests.KIND, "sent"):
            continue
        said = lines[period]
        outbox.add(
            connection,
            workspace,
            channel=channel,
            kind=CORRECTED,
            period=f"{period}:corrected:{report.key}",
            due=now,
            now=now,
            body={"owner": plan.owner, "lines": said},
            parent=above.id,
        )


async def write_corrected(context: Context, row: DeliveryRow) -> Written:
    """Write what later data changed; escaped here, for names of accounts are in it."""
    from kpis.tongue import speaking

    lines = [escape(str(it)) for it in row.details.get("lines") or ()]
    blocks = [section("\n".join(lines[at : at + 5])) for at in range(0, len(lines), 5)]
    more = []
    if len(lines) > 1:
        with speaking(await language_of_digest(context, row)):
            more = [say("{number} more below.", number=len(lines) - 1)]
    return Letter(" ".join([lines[0], *more]), lambda _files: blocks)


async def language_of_digest(context: Context, row: DeliveryRow) -> str:
    """Return the language that the digest of a delivery is written in."""
    from kpis.tongue import ENGLISH

    digest, _ = split_period(row.period)
    plan = await context.read(read_plan, context.home.workspace, digest)
    return await language_of(context, plan) if plan is not None else ENGLISH


async def write_thread(context: Context, row: DeliveryRow) -> Written:
    """Write what was composed with the digest; both are escaped already."""
    details = row.details
    sections = [section(str(it)) for it in details.get("sections") or [details.get("text", "")]]
    return Letter(str(details.get("text") or ""), lambda _files: sections)


async def write_before(context: Context, row: DeliveryRow) -> Written:
    """Tell the owner where and when it goes, with what can still be done."""
    from kpis.tongue import speaking

    digest, key = split_period(row.period)
    plan = await context.read(read_plan, context.home.workspace, digest)
    if plan is None or not plan.is_running or plan.owner != row.channel:
        return Pointless("nothing goes out")
    period = await context.read(read_period, context.home.workspace, plan, key)
    if period.is_out:
        return Pointless("it is out already")
    with speaking(await language_of_person(context, plan.owner)):
        page = await owner.before_page(context, period)
    return Letter(page.text, lambda _files: page.blocks)


async def write_missing(context: Context, row: DeliveryRow) -> Written:
    """Ask the owner for the exports that the digest will lack, if any."""
    from kpis.tongue import speaking

    digest, key = split_period(row.period)
    plan = await context.read(read_plan, context.home.workspace, digest)
    if plan is None or not plan.is_running or plan.owner != row.channel:
        return Pointless("nothing goes out")
    period = await context.read(read_period, context.home.workspace, plan, key)
    if period.is_out:
        return Pointless("it is out already")
    until = row.due.astimezone(ZoneInfo(plan.zone)).date() - timedelta(days=1)
    lacking = await context.read(find_lacking, context, plan, until)
    if not lacking:
        return Pointless("nothing is missing")
    with speaking(await language_of_person(context, plan.owner)):
        return missing_letter(plan, key, lacking, words.say_day(plan, period.due))


def missing_letter(plan: Plan, key: str, lacking: list[Lacking], day: str) -> Letter:
    text = say(words.MISSING, day=day, what=say_lacking(lacking))
    value = f"{plan.id}|{key}"
    row = [
        button(say(words.HOW_TO_EXPORT), exports.HOW, value),
        button(say(words.SEND_WITHOUT), exports.WITHOUT, value),
    ]
    blocks: list[Block] = [section(escape(text)), actions(row)]
    return Letter(escape(text), lambda _files: blocks)


async def write_shared(context: Context, row: DeliveryRow) -> Written:
    """Tell the owner that another company would read along."""
    from kpis.tongue import speaking

    name = str(row.details.get("name") or "")
    with speaking(await language_of_person(context, row.channel)):
        text = say(words.SHARED_AGAIN, name=f"#{name}" if name else say("That channel"))
    return Letter(escape(text), lambda _files: [section(escape(text))])


async def write_taken(context: Context, row: DeliveryRow) -> Written:
    """Say in the thread who took a step, and when its outcome is told."""
    from kpis.tongue import speaking

    details = row.details
    with speaking(await language_of_digest(context, row)):
        name = await find_name(context, str(details.get("who")))
        day = words.say_date(date.fromisoformat(str(details["day"])))
        text = escape(say(words.TAKEN_BY, name=name, day=day))
    return Letter(text, lambda _files: [section(text)])


WRITERS: Mapping[str, Writer] = {
    "digest": write_digest,
    THREAD: write_thread,
    CORRECTED: write_corrected,
    "digest-before": write_before,
    "digest-missing": write_missing,
    "digest-shared": write_shared,
    "digest-taken": write_taken,
}
