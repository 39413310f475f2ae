"""``settings export|check|apply``: everything that is chosen, as one file."""

from __future__ import annotations

import asyncio
import shlex
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.settings import Settings, read_settings
from bot.verbs.home import Home, open_home
from commands.settings.applying import Ready, apply_file, plan_file
from commands.settings.consequences import find_all
from commands.settings.document import read_document
from commands.settings.exporting import export as write_settings
from commands.settings.knowing import complain_unknown_ids
from commands.settings.plan import Maker, Plan
from commands.settings.state import State, read_state
from commands.settings.wanted import Document
from storage.errors import KepiError

GOOD, BAD = 0, 1
BEFORE = ".before-"
MOST_KEPT = 100
"""Copies of one second."""


def export(file: Path | None, *, team: str | None) -> None:
    """Write the settings into a file, or print them."""
    with open_home(team) as home, home.database.read() as connection:
        state = read_state(connection, home.workspace.id)
    text = write_settings(state, home.workspace.name, home.clock())
    if file is None:
        sys.stdout.write(text)
        return
    file.write_text(text, encoding="utf-8")
    print(f"{file} has the settings of {len(state.channels)} channels.")


def check(file: Path, *, prune: bool, team: str | None) -> int:
    """Print what a file would change, or all that is wrong with it; nothing is saved."""
    document = read_file(file)
    with open_home(team) as home:
        ready, follows = look_at(home, document, maker_of(home, prune))
    return tell(document, ready.plan, "would change", follows)


def apply(file: Path, *, prune: bool, team: str | None) -> int:
    """Save what a file says, all of it or nothing, and print what changed, and the way back."""
    document = read_file(file)
    with open_home(team) as home:
        maker = maker_of(home, prune)
        ready, follows = look_at(home, document, maker)
        with home.database.write() as connection:
            done = apply_file(connection, home.workspace.id, document, maker, ready)
    ended = tell(document, done.plan, "changed", follows)
    if ended == GOOD and done.plan.changes:
        before = write_settings(done.state, home.workspace.name, maker.at)
        print(keep_before(file, before, maker.at, team))
    return ended


def look_at(home: Home, document: Document, maker: Maker) -> tuple[Ready, list[str]]:
    """Return what a file would change, and what follows from that."""
    find_problems(home, document)
    with home.database.read() as connection:
        ready = plan_file(connection, home.workspace.id, document, maker)
        return ready, find_all(connection, home.workspace.id, ready)


def keep_before(file: Path, text: str, at: datetime, team: str | None) -> str:
    """Write the settings as they were beside the file, and return the line that puts them back."""
    kept = free_name(file.with_name(f"{file.stem.partition(BEFORE)[0]}{BEFORE}{at:%Y%m%dT%H%M%S}"))
    try:
        kept.write_text(text, encoding="utf-8")
    except OSError as fault:
        return f"The settings as they were could not be written to {kept}: {fault.strerror}."
    line = ["python", "-m", "bot", "settings", "apply", str(kept), "--prune"]
    return f"To have it as before: {shlex.join([*line, *(['--workspace', team] if team else [])])}"


def free_name(path: Path) -> Path:
    """Return a name that no file has yet: what was kept before is not written over."""
    endings = (".toml", *(f"-{number}.toml" for number in range(2, MOST_KEPT)))
    names = (path.with_name(f"{path.name}{it}") for it in endings)
    return next((it for it in names if not it.exists()), path)


def read_file(file: Path) -> Document:
    """Return what a file says; raises ``KepiError`` for one that cannot be read at all."""
    try:
        return read_document(file.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise KepiError(f"{file} cannot be read: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        raise KepiError(f"{file} is no text in UTF-8.") from fault


def maker_of(home: Home, prune: bool) -> Maker:
    return Maker("", home.clock(), prune)


def find_problems(home: Home, document: Document) -> None:
    """Ask Slack about ids that are new here, where its token is set and of this workspace."""
    with home.database.read() as connection:
        state = read_state(connection, home.workspace.id)
    asyncio.run(complain_with_slack(document, state, home, read_settings()))


async def complain_with_slack(
    document: Document, state: State, home: Home, settings: Settings
) -> None:
    from slack_sdk.errors import SlackApiError
    from slack_sdk.web.async_client import AsyncWebClient

    from commands.calls import FAULTS

    client, token = None, await find_token(home, settings)
    if token:
        client = AsyncWebClient(token=token, base_url=settings.slack_api_url)
        try:
            mine = (await client.auth_test())["team_id"] == home.workspace.team_id
        except (SlackApiError, *FAULTS) as fault:
            raise KepiError(f"Slack cannot be asked about ids: {fault}") from fault
        client = client if mine else None
    await complain_unknown_ids(document, state, client)


async def find_token(home: Home, settings: Settings) -> str | None:
    """Return the token of the settings, or the one that the workspace gave when it installed."""
    if settings.has_many:
        from bot.oauth import installed
        from storage.installations import Seal

        team = home.workspace.team_id or ""
        return await installed.find_token(home.database, Seal(settings.keys), team)
    return settings.bot_token.get_secret_value() if settings.bot_token else None


def tell(document: Document, plan: Plan, verb: str, follows: Sequence[str] = ()) -> int:
    """Print a difference, what follows from it, and return 0; or problems and return 1."""
    if document.problems:
        for problem in sorted(document.problems):
            print(problem, file=sys.stderr)
        print("Nothing was changed.", file=sys.stderr)
        return BAD
    for change in plan.changes:
        print(change)
    for line in follows:
        print(line)
    count = len(plan.changes)
    things = "Nothing" if not count else "1 thing" if count == 1 else f"{count:,} things"
    print(f"{things} {verb}.")
    return GOOD
