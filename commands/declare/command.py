"""``/kpi value …``, ``/kpi rate …``, ``/kpi benchmark …``: declared, listed, taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.asker import Asker, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.declare import listing, wording
from commands.declare.rows import Act, Told, describe, kind_of
from commands.pressed import Pressed
from commands.rights import require_member
from commands.saying import say
from kpis.words import unescape
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.declaring import Put

UNDO, AGAIN = "declare_undo", "declare_again"
LIST = re.compile(r"(?:list|all|show|help|\?)?\W*$", re.IGNORECASE)
NEW = re.compile(r"(?:set|add|new|declare)\s+", re.IGNORECASE)
REMOVE = re.compile(r"(?:remove|delete|drop|cancel)\s+#?(\d{1,9})\W*$", re.IGNORECASE)


async def answer_value(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    await answer_kind(context, asker, "values", words, key)


async def answer_rate(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    await answer_kind(context, asker, "rates", words, key)


async def answer_benchmark(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    await answer_kind(context, asker, "benchmarks", words, key)


async def answer_kind(context: Context, asker: Asker, kind: str, words: str, key: str) -> None:
    """Answer the asker alone; ``words`` are those after the first one."""
    await require_member(context, asker.user, say(wording.GUESTS))
    said = unescape(words).strip()
    if LIST.match(said):
        await listing.show_list(context, asker, kind, key=key)
        return
    if found := REMOVE.match(said):
        await take_away(context, asker, kind, int(found[1]), key=key)
        return
    told = await read(context, kind, NEW.sub("", said, count=1) if NEW.match(said) else said)
    put = await place(context, asker, kind, told)
    await say_kept(context, asker, kind, told, put, key=key)


async def read(context: Context, kind: str, words: str) -> Told:
    """Return the row that words say; raises ``KepiError`` saying what would work."""

    def work(connection: Connection) -> Told:
        from commands.declare.reading import read_benchmark, read_rate, read_value
        from storage.record_rows import currency_of
        from storage.workspaces import zone_of

        workspace = context.home.workspace
        today = context.clock().astimezone(ZoneInfo(zone_of(connection, workspace))).date()
        if kind == "benchmarks":
            return check_unit(read_benchmark(words, today, kpi_names()), words)
        reader = read_rate if kind == "rates" else read_value
        return reader(words, today, currency_of(connection, workspace))

    return await context.read(work)


def kpi_names() -> dict[str, str]:
    """Return every name of the KPIs, with hyphens, and the key it means."""
    from kpis.catalogue import names

    return {"-".join(name.lower().split()): key for name, key in names().items()}


def check_unit(told: Told, words: str) -> Told:
    """Refuse a share that is said without its sign: 3.2 would be 320 %."""
    from commands.declare.reading import A_SHARE
    from kpis.catalogue import CATALOGUE
    from kpis.names import title_of
    from storage.measures import Unit

    entry = CATALOGUE[told["kpi"]]
    if getattr(entry, "unit", None) is Unit.PERCENT and told["value"] > 1 and "%" not in words:
        value = told["value"]
        shown = {"percent": f"{value:g}", "share": f"{value / 100:g}"}
        raise KepiError(A_SHARE, name=title_of(entry), **shown)
    return told


async def place(
    context: Context, asker: Asker, kind: str, told: Mapping[str, Any], *, by: str = ""
) -> Put:
    """Put a row in place, as said by the asker."""
    from storage.declaring import put

    return await context.write(
        lambda connection: put(
            connection,
            context.home.workspace,
            kind_of(kind),
            told,
            by=by or asker.user,
            at=context.clock(),
        )
    )


async def say_kept(
    context: Context, asker: Asker, kind: str, told: Told, put: Put, *, key: str = ""
) -> None:
    """Say how the words were read, and what was there before."""

    kept = say("Kept. {what}.", what=describe(kind, told))
    lines = [escape(kept)]
    if put.before is not None:
        before = describe(kind, put.before)
        lines.append(escape(say("In place of: {what}.", what=before)))
    undo = Act(kind, 0, put.before) if put.before else Act(kind, put.id)
    row = [
        button(say("Take it back"), UNDO, undo.pack()),
        button(wording.name_list(kind), f"{listing.NEXT}:{kind}", f"{kind}:0"),
    ]
    await tell_blocks(
        context, asker, escape(kept), [section("\n".join(lines)), actions(row)], key=key
    )


async def take_away(
    context: Context,
    asker: Asker,
    kind: str,
    row: int,
    *,
    key: str = "",
    replace: bool = False,
) -> None:
    """Take a row away, and offer to put it back."""
    from storage.declaring import take

    told = await context.write(
        lambda connection: take(connection, context.home.workspace, kind_of(kind), row)
    )
    if told is None:
        raise KepiError(wording.say_gone(kind, row))
    text = escape(say("Removed. {what}.", what=describe(kind, told)))
    choice = button(say("Put it back"), AGAIN, Act(kind, 0, told).pack())
    blocks = [section(text), actions([choice])]
    await tell_blocks(context, asker, text, blocks, replace=replace, key=key)


async def undo(context: Context, pressed: Pressed) -> None:
    """*Take it back*: the row goes, or what stood before it comes back."""
    from commands.declare.rows import unpack

    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    act = unpack(pressed.value)
    if act.told is None:
        await take_away(context, pressed.asker, act.kind, act.row, replace=pressed.is_private)
        return
    await put_back(
        context, pressed, act, say("As before. {what}.", what=describe(act.kind, act.told))
    )


async def again(context: Context, pressed: Pressed) -> None:
    """*Put it back*."""
    from commands.declare.rows import unpack

    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    act = unpack(pressed.value)
    if act.told is None:
        raise KepiError(wording.OLD)
    await put_back(context, pressed, act, say("Back. {what}.", what=describe(act.kind, act.told)))


async def put_back(context: Context, pressed: Pressed, act: Act, words: str) -> None:
    assert act.told is not None
    await place(context, pressed.asker, act.kind, act.told, by=str(act.told.get("by") or ""))
    text = escape(words)
    await tell_blocks(context, pressed.asker, text, [section(text)], replace=pressed.is_private)
