"""What a form of a match looks at: the file that waits or the match that stands, and who may."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from commands import wording
from commands.asker import Asker
from commands.blocks import View_, escape, form, section
from commands.columns.around import Around
from commands.columns.sheet import Sheet
from commands.context import Context
from commands.file_draft import Draft
from commands.file_mapping import draft_of
from commands.rights import require_member, require_own
from commands.saying import say
from storage import accounts, column_matches, uploads
from storage.accounts import AccountRow
from storage.column_matches import MatchRow
from storage.errors import KepiError
from storage.sources.apart import name_apart
from storage.sources.guessing import (
    guess,
    guess_account,
    guess_grain,
    guess_platform,
    has_handles,
)
from storage.sources.match_fields import NETWORKED, OWNED
from storage.sources.matching import Seen, survey
from storage.workspaces import zone_of

LARGE = 1_000_000


async def look(context: Context, sheet: Sheet, user: str) -> tuple[Around, MatchRow | None]:
    """Return the file or match of a form, and the match that its header has now.

    Raises ``KepiError`` for guests, for what is gone, and for other people's.
    """
    await require_member(context, user, say(wording.GUEST_FILE))
    around, match, owner = await asyncio.to_thread(read_around, context, sheet)
    await require_own(context, user, owner, say(wording.NOT_YOUR_FILE))
    if match is not None:
        await require_match_right(context, user, match)
    return around, match


async def require_match_right(context: Context, user: str, match: MatchRow) -> None:
    """Refuse everyone but who matched the columns, and the admins."""
    await require_member(context, user)
    others = say("Only the person who matched these columns, or an admin, can change that.")
    await require_own(context, user, match.by, others)


def read_around(context: Context, sheet: Sheet) -> tuple[Around, MatchRow | None, str]:
    """Return what a form is composed in, the match of its header, and whose the file is."""
    workspace, now = context.home.workspace, context.clock()
    with context.database.read() as connection:
        known, zone = accounts.accounts(connection, workspace), zone_of(connection, workspace)
        if sheet.match:
            row = column_matches.find_row(connection, workspace, sheet.match)
            if row is None:
                raise KepiError("This match was removed meanwhile. See: /kpi columns")
            seen = Seen(row.header, name_apart(row.header))
            return Around(seen, row.name, known, zone, now), row, row.by
        upload = uploads.find(connection, workspace, sheet.upload)
    if upload is None:
        raise KepiError(wording.DECIDED)
    seen = glance(context, sheet.upload, upload.data)
    with context.database.read() as connection:
        match = column_matches.find_match(connection, workspace, seen.header)
    return Around(seen, upload.file_name, known, zone, now), match, upload.by


def glance(context: Context, upload: int, data: bytes) -> Seen:
    """Return what a file looks like; of a large one it is kept while its form is open.

    A workbook of megabytes takes longer to open than a form may take to be acknowledged.
    """
    key = f"columns:{upload}"
    held = context.shown.get(key)
    if isinstance(held, Seen):
        return held
    seen = replace(survey(data), table=None)
    if len(data) > LARGE:
        context.shown.keep(key, seen)
    return seen


def first_draft(around: Around, match: MatchRow | None) -> Draft:
    """Return what a new form is filled in with: the match that stands, else good guesses."""
    seen, known = around.seen, around.accounts
    if match is not None:
        return draft_of(match.mapping, seen.names, known, match.version)
    zone = ZoneInfo(around.zone)
    grain = guess_grain(seen, zone, around.now)
    picks = guess(seen, grain, zone, around.now)
    platform = guess_platform(seen, around.title)
    own = [it for it in known if it.own and platform in ("", it.platform)]
    if grain not in OWNED:
        is_said = grain not in NETWORKED or "platform" in picks
        return Draft(grain, picks, "", "" if is_said else platform)
    draft = Draft(grain, picks, whose_of(seen, grain, picks, own), platform)
    if not platform and draft.whose.startswith("account:"):
        return replace(draft, platform=own[0].platform)
    return draft


def whose_of(seen: Seen, grain: str, picks: Mapping[str, int], own: list[AccountRow]) -> str:
    """Return whose the rows most likely are."""
    if (place := guess_account(seen)) is not None:
        return f"column:{place}"
    places = (picks.get("permalink"), picks.get("id"))
    if grain == "post" and any(it is not None and has_handles(seen, it) for it in places):
        return "link"
    if len(own) == 1:
        return f"account:{own[0].id}"
    return "" if own else "new"


def asker_in(sheet: Sheet, body: Mapping[str, Any]) -> Asker:
    """Return whom to tell what goes wrong: whoever sends the form, where it was opened."""
    user = str((body.get("user") or {}).get("id") or "")
    return replace(sheet.asker, user=user) if sheet.asker.user in ("", user) else Asker(user, "")


def trouble_view(words: str) -> View_:
    """Return a form that says why the other one cannot be sent."""
    return form(say("Match columns"), [section(escape(words))], callback_id="trouble")
