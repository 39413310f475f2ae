"""``doctor``: checks what serving needs, one line each; 1 when something would stop it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.clock import start_clock
from bot.manifest import ISSUE_SCOPES, OPTIONAL, SCOPES
from bot.opening import require_sound
from bot.settings import Settings, database_url, read_settings, require_slack
from storage.database import Database
from storage.errors import KepiError, SettingsError
from storage.schema import is_current
from storage.soundness import path_of

GOOD, BAD = "ok", "needs care"
Rows = TypeVar("Rows")


@dataclass(frozen=True)
class Finding:
    """What one check found; ``words`` say what would mend it."""

    about: str
    is_good: bool
    words: str

    def __str__(self) -> str:
        return f"{self.about:<10} {GOOD if self.is_good else BAD:<11} {self.words}"


def examine() -> int:
    """Print the findings and return the exit code."""
    settings = read_settings()
    findings = [it for check in CHECKS for it in try_out(check, settings)]
    for finding in findings:
        print(finding)
    return 0 if all(finding.is_good for finding in findings) else 1


def try_out(check: Check, settings: Settings) -> list[Finding]:
    """Return what a check finds; a refusal is a finding too."""
    try:
        found = check(settings)
    except (KepiError, SettingsError) as refusal:
        found = Finding(check.__name__.removeprefix("check_"), False, str(refusal))
    return found if isinstance(found, list) else [found]


def check_settings(settings: Settings) -> Finding:
    require_slack(settings)
    mode = "Socket Mode" if settings.is_socket_mode else f"HTTP on port {settings.port}"
    return Finding("settings", True, mode)


def check_database(settings: Settings) -> Finding:
    if (file := missing_file(settings)) is not None:
        require_sound(file)
        return Finding("database", True, f"SQLite, no file {file} yet; the first start makes it")
    database = Database(database_url(settings))
    try:
        if database.sqlite:
            require_sound(path_of(database))
            require_whole(path_of(database), start_clock(settings.clock)())
        kind = "SQLite" if database.sqlite else "PostgreSQL"
        if is_current(database):
            return Finding("database", True, f"{kind}, schema up to date")
        if database.sqlite:
            return Finding("database", True, f"{kind}, the next start brings the schema up to date")
        return Finding("database", False, "The schema is out of date. Run: python -m bot migrate")
    except (OSError, SQLAlchemyError) as fault:
        return Finding("database", False, f"cannot be opened ({type(fault).__name__})")
    finally:
        database.close()


def missing_file(settings: Settings) -> Path | None:
    """Return the file of an SQLite database that is not there: looking must not make it.

    An address that cannot be read is refused by ``Database``.
    """
    try:
        url = make_url(settings.database_url.get_secret_value())
    except ArgumentError:
        return None
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    file = Path(str(url.database))
    return None if file.exists() else file


def require_whole(file: Path, now: datetime) -> None:
    """Look through the whole file, however long that takes, and say how far it is."""
    from storage.backup_manifest import suggest
    from storage.looks import look_through

    is_shown = sys.stderr.isatty()

    def tell(number: int, of: int) -> None:
        if is_shown and of > 1:
            ends = "\n" if number == of else ""
            print(f"\rdatabase   table {number} of {of} …", end=ends, file=sys.stderr, flush=True)

    look = look_through(file, now, told=tell)
    if look is not None and look.damage:
        raise KepiError(f"The database at {file} is damaged ({look.damage}). {suggest(file)}")


def check_commands(settings: Settings) -> Finding:
    """Name the commands: the manifest has to say the same."""
    named = f"{settings.command} and {settings.support_command}"
    if settings.command == settings.support_command:
        return Finding("commands", False, "KEPI_COMMAND and KEPI_SUPPORT_COMMAND are the same")
    return Finding("commands", True, f"{named}, as in the manifest that “manifest” prints")


def check_keys(settings: Settings) -> Finding:
    """Read the keys that tokens at rest are sealed by, and open every installation with them."""
    from storage.installations import Seal, installations, read_keys

    if not settings.keys and not settings.has_many:
        return Finding("keys", True, "none needed: the token is in the environment")
    read_keys(settings.keys)
    rows = read_rows(settings, installations) or []
    seal = Seal(settings.keys)
    for row in rows:
        seal.open(row.sealed)
    count = "1 installation" if len(rows) == 1 else f"{len(rows)} installations"
    return Finding("keys", True, f"{len(settings.keys)}; {count} can be opened")


def check_backups(settings: Settings) -> Finding:
    """Tell how old the newest verified copy is, and whether a later try failed."""
    from storage.backup_runs import last_copy, last_run

    kept, tried = read_rows(settings, last_copy), read_rows(settings, last_run)
    if kept is None:
        said = "no copy was ever made; “backup FILE” makes one, a setting one each night"
        return Finding("backups", True, said)
    now = datetime.now(UTC)
    days = (now - kept.at).days
    age = "less than a day" if days < 1 else "1 day" if days == 1 else f"{days} days"
    if tried is not None and tried.id > kept.id and not tried.is_under_way(now):
        return Finding("backups", False, f"the newest is {age} old; a later try: {tried.trouble}")
    return Finding("backups", True, f"the newest is {age} old")


def read_rows(settings: Settings, read: Callable[[Connection], Rows]) -> Rows | None:
    """Read something in the database; nothing where it or its tables are not there yet."""
    if missing_file(settings) is not None:
        return None
    database = Database(database_url(settings))
    try:
        if not is_current(database):
            return None
        with database.read() as connection:
            return read(connection)
    except (OSError, SQLAlchemyError) as fault:
        raise KepiError("The database cannot be read; see above.") from fault
    finally:
        database.close()


def check_slack(settings: Settings) -> list[Finding]:
    """Ask Slack about the token and its scopes, part by part."""
    if settings.has_many:
        return check_installed(settings)
    if settings.bot_token is None:
        return [Finding("slack", False, "SLACK_BOT_TOKEN is not set")]
    return asyncio.run(ask_slack(settings))


def check_installed(settings: Settings) -> list[Finding]:
    """Tell what each workspace granted when it installed; those that granted all are counted."""
    from storage.installations import Seal, installations

    rows = read_rows(settings, installations) or []
    seal, lacking = Seal(settings.keys), []
    for row in rows:
        granted = scopes_of(seal.open(row.sealed))
        if granted and (set(SCOPES) | set(ISSUE_SCOPES)) - granted:
            lacking += [
                Finding(it.about, it.is_good, f"{row.team}: {it.words}")
                for it in check_scopes(granted)
            ]
    count = "1 workspace has its" if len(rows) == 1 else f"{len(rows)} workspaces have their"
    return [Finding("slack", True, f"{count} own token"), *lacking]


def scopes_of(given: dict[str, Any]) -> set[str]:
    """Return the permissions that Slack named with a token; none where it named none."""
    named = given.get("bot_scopes") or ()
    return set(named.split(",") if isinstance(named, str) else named)


async def ask_slack(settings: Settings) -> list[Finding]:
    from slack_sdk.errors import SlackApiError

    from bot.shared import make_client, open_session
    from commands.calls import FAULTS, error_of

    async with open_session() as http:
        try:
            who = await make_client(settings, http).auth_test()
        except SlackApiError as refusal:
            return [Finding("slack", False, f"refused the token: {error_of(refusal)}")]
        except FAULTS:
            return [Finding("slack", False, f"cannot be reached at {settings.slack_api_url}")]
    known = Finding("slack", True, f"{who.get('team')}, as {who.get('user')}")
    held = {name.lower(): value for name, value in (who.headers or {}).items()}
    granted = {it.strip() for it in str(held.get("x-oauth-scopes") or "").split(",")} - {""}
    return [known, *(check_scopes(granted) if granted else [])]


def check_scopes(granted: set[str]) -> list[Finding]:
    """Return what is granted of both parts; what is optional stops less, and is named."""
    needed = sorted(set(SCOPES) - OPTIONAL - granted)
    if needed:
        numbers = Finding("numbers", False, f"add these scopes and reinstall: {', '.join(needed)}")
    else:
        numbers = describe("numbers", set(SCOPES), granted)
    return [numbers, describe("issues", set(ISSUE_SCOPES), granted)]


def describe(about: str, asked: set[str], granted: set[str]) -> Finding:
    from commands.support.granted import what_stops

    missing = sorted(asked - granted)
    if not missing:
        return Finding(about, True, f"all {len(asked)} permissions granted")
    lines = [f"without {it}: {what_stops(it)}" for it in missing]
    count = f"{len(asked) - len(missing)} of {len(asked)} permissions granted"
    return Finding(about, True, "\n".join([count, *(f"{'':<23}{it}" for it in lines)]))


def check_fonts(_settings: Settings) -> Finding:
    """Look for the fonts that come with the install: labels may be in any script."""
    from kpis.charts.style import load_fonts

    try:
        load_fonts()
    except (OSError, ImportError) as fault:
        return Finding("fonts", False, f"a font is missing ({fault}); reinstall Kepi")
    return Finding("fonts", True, "all there")


Check = Callable[[Settings], Finding | list[Finding]]
CHECKS: tuple[Check, ...] = (
    check_settings,
    check_commands,
    check_database,
    check_keys,
    check_backups,
    check_slack,
    check_fonts,
)
