"""``/kpi accounts`` and *Accounts* on Home: whose they are, and what is held of each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.accounts.looking import GUESTS, Seen, read_all, title_of
from commands.accounts.surface import Surface, show_page
from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, overflow, section
from commands.blocks import context as small
from commands.context import Context
from commands.names import find_name
from commands.overtaken import say_when
from commands.pressed import number_of
from commands.rights import require_member
from commands.saying import joined, say
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from slack_sdk.models.blocks import ButtonElement

    from storage.account_list import Gone, Holding, Listed

LIST, ADD, MENU, BACK = "account_list", "account_add", "account_menu", "account_back"
A_PAGE, A_FEW = 8, 2
NONE = (
    "No accounts yet. Add one, or drop an export in our direct message: I make its account myself."
)


async def show_list(context: Context, asker: Asker, *, said: str = "", key: str = "") -> None:
    """Show the asker alone the first page, in a message."""
    await require_member(context, asker.user, say(GUESTS))
    text, blocks = await compose_list(context, asker.user, 0, said)
    await tell_blocks(context, asker, text, blocks, key=key)


async def press_list(context: Context, surface: Surface) -> None:
    """*Accounts* and *Next*; ``value`` is the number of the page."""
    await require_member(context, surface.user, say(GUESTS))
    at = surface.value.removeprefix("page:")
    text, blocks = await compose_list(context, surface.user, number_of(at))
    turned = surface.value.startswith("page:")
    await show_page(context, surface, say("Accounts"), text, blocks, replace=turned)


async def compose_list(
    context: Context, user: str, at: int, said: str = ""
) -> tuple[str, list[Block]]:
    """Return the sentence and the blocks of a page of accounts."""
    from kpis.tongue import say_count

    seen = await context.read(read_all, context)
    text = say_count("{number} account.", "{number} accounts.", len(seen.rows))
    at = min(at, max(0, len(seen.rows) - 1) // A_PAGE)
    blocks: list[Block] = [small([escape(said)])] if said else []
    blocks.append(section(f"*{escape(say_span(at, len(seen.rows)))}*" if seen.rows else say(NONE)))
    blocks += [row_of(it, seen) for it in seen.rows[at * A_PAGE :][:A_PAGE]]
    if at == 0:
        blocks += [await removed_row(context, user, it) for it in seen.removed[:A_FEW]]
    blocks.append(actions(doors(at, len(seen.rows))))
    return escape(text), blocks


def say_span(at: int, many: int) -> str:
    """Return “6 accounts”, or “12 accounts · 9–12” where there are more pages."""
    from kpis.tongue import say_count

    said = say_count("{number} account", "{number} accounts", many)
    first, last = at * A_PAGE + 1, min(many, (at + 1) * A_PAGE)
    return said if many <= A_PAGE else f"{said} · {first}–{last}"


def doors(at: int, many: int) -> list[ButtonElement]:
    """Return *Add*, and where there are more pages the ways to them."""
    found = [button(say("Add"), ADD, style="primary")]
    if at:
        found.append(button(say("Previous"), f"{LIST}:{at - 1}", f"page:{at - 1}"))
    if (at + 1) * A_PAGE < many:
        found.append(button(say("Next"), f"{LIST}:{at + 1}", f"page:{at + 1}"))
    return found


def row_of(row: Listed, seen: Seen) -> Block:
    """Return an account with its menu."""
    side = say("own brand") if row.own else say("competitor")
    name = f" · {escape(row.name)}" if row.name and row.name != row.handle else ""
    lines = [
        f"*{escape(title_of(row))}*{name}",
        f"{joined([escape(row.brand_name), side])} · {escape(say_zone(row))}",
        say_held(seen.holdings.get(row.id), seen),
    ]
    menu = overflow(
        f"{MENU}:{row.id}",
        [
            (say("Change"), f"change:{row.id}"),
            (say("Change its brand"), f"brand:{row.brand}"),
            (say("Remove"), f"remove:{row.id}"),
        ],
    )
    return section("\n".join(lines)) | {"accessory": menu.to_dict()}


async def removed_row(context: Context, user: str, gone: Gone) -> Block:
    """Return an account that was removed, with the way back."""
    name = await find_name(context, gone.by) if gone.by else say("somebody")
    if gone.erase is None:
        fate = say("its data are kept")
    else:
        fate = say("its data go at {when}", when=await say_when(context, user, gone.erase))
    words = say("{account}, removed by {name}: {fate}", account=escape(title_of(gone)),
                name=escape(name), fate=fate)  # fmt: skip
    back = button(say("Bring back"), f"{BACK}:{gone.id}", str(gone.id))
    return section(words) | {"accessory": back.to_dict()}


def say_held(held: Holding | None, seen: Seen) -> str:
    """Return “24 Aug – 22 Nov · 3 files”."""
    from kpis.periods import say_days
    from kpis.tongue import say_count

    if held is None:
        return say("No data yet")
    today = seen.now.astimezone(ZoneInfo(seen.zone)).date()
    days = say_days(held.first, held.last + timedelta(days=1), today.year)
    files = say_count("{number} file", "{number} files", held.files)
    return escape(f"{days} · {files}")


def say_zone(row: Listed) -> str:
    """Return “days in Pacific time”, its own zone or the platform's."""
    from kpis.wording import say_zone as said

    return say("days: {zone}", zone=said(row.zone or PLATFORMS[row.platform].zone))
