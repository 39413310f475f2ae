"""``/kpi digest setup``: the form, filled in with the digest or with what is usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.digests import words
from commands.digests.checks import has_data
from commands.digests.form import Memory, Offered, compose_form
from commands.digests.pages import SETUP
from commands.digests.reading import read_plans
from commands.digests.rights import require_digest_right
from commands.question_form import scope_choices
from commands.rights import require_member
from commands.saying import say
from commands.views import fill_form, open_loading, show_trouble
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan
    from storage.digests import DigestRow


BASIC = ("reach", "engagement-rate", "followers")
"""What stands beside a KPI that is added to a digest of which nobody chose the KPIs."""


async def open_adding(context: Context, asker: Asker, trigger: str, kpi: str) -> None:
    """Open the form of the channel's digest, or of a new one, with one more KPI in it."""
    plans = await context.read(read_plans, context.home.workspace)
    here = [it for it in plans if it.channel == asker.channel]
    channel = "" if asker.is_direct else asker.channel
    await open_setup(
        context, asker, trigger, channel=channel, plan=here[0] if here else None, adding=kpi
    )


async def open_setup(
    context: Context,
    asker: Asker,
    trigger: str,
    *,
    channel: str = "",
    plan: Plan | None = None,
    adding: str = "",
) -> None:
    """Open the form of a digest, or of a new one; where nothing was pressed, give a button."""
    await require_member(context, asker.user, say(words.GUESTS))
    if plan is not None:
        await require_digest_right(context, asker.user, plan)
    if not trigger:
        text = escape(say(words.OPEN))
        value = str(plan.id) if plan is not None else channel
        row = actions([button(say(words.OPEN_BUTTON), SETUP, value)])
        await tell_blocks(context, asker, text, [section(text), row])
        return
    view_id = await open_loading(context, trigger, say(words.FORM))
    try:
        wanted, offered = await context.read(
            fill_in, context, plan.id if plan is not None else 0, asker.user, channel
        )
        if not wanted.id:
            wanted = await place_in(context, wanted, asker)
        if adding:
            kpis = dict.fromkeys((*(wanted.kpis or BASIC), adding))
            wanted = wanted._replace(kpis=tuple(kpis))
        looked = context.clock().isoformat()
        memory = Memory(wanted.id, wanted.version, asker.pack(), looked=looked)
        await fill_form(context, view_id, compose_form(wanted, offered, memory))
    except KepiError as trouble:
        await show_trouble(context, view_id, say(words.FORM), trouble)


def fill_in(
    connection: Connection, context: Context, digest: int, user: str, channel: str
) -> tuple[DigestRow, Offered]:
    """Return the digest, or the usual one, and what can be chosen."""
    from storage import digests
    from storage.workspaces import zone_of

    workspace, now = context.home.workspace, context.clock()
    held = digests.by_id(connection, workspace, digest) if digest else None
    wanted = held or digests.usual(channel, zone_of(connection, workspace), user, now)
    return wanted, offer(connection, context)


def offer(connection: Connection, context: Context) -> Offered:
    """Return KPIs, those with data first, and own accounts."""
    from kpis.catalogue import SECTIONS, Table, declared
    from kpis.names import title_of
    from kpis.question import Scope
    from kpis.surroundings import look_around

    kpis = [
        (it.key, title_of(it))
        for module in SECTIONS.values()
        for it in declared(module)
        if not isinstance(it, Table)
    ]
    filled = {key for key, _ in kpis if has_data(connection, context, key, Scope())}
    around = look_around(context.database, connection, context.home.workspace)
    return Offered(
        with_data=[it for it in kpis if it[0] in filled],
        without_data=[it for it in kpis if it[0] not in filled],
        scopes=scope_choices(around, rivals=False),
    )


async def place_in(context: Context, wanted: DigestRow, asker: Asker) -> DigestRow:
    """Return a new digest for the channel where it was asked, in the zone of whoever asked."""
    channel = wanted.channel or ("" if asker.is_direct else asker.channel)
    zone = wanted.zone
    if zone == "UTC":
        zone = (await context.people.find(asker.user)).zone or zone
    if not channel.startswith(("C", "G")):
        channel = ""
    return wanted._replace(channel=channel, zone=zone)
