"""``doctor``: checks what serving needs, one line each; 1 when something would stop it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.manifest import ISSUE_SCOPES, SCOPES
from bot.settings import Settings, database_url, read_settings, require_slack
from storage.database import Database
from storage.errors import KepiError, SettingsError
from storage.schema import is_current

GOOD, BAD = "ok", "needs care"


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
    checks: list[Callable[[Settings], Finding]] = [
        check_settings,
        check_database,
        check_slack,
        check_fonts,
    ]
    findings = [try_out(check, settings) for check in checks]
    for finding in findings:
        print(finding)
    return 0 if all(finding.is_good for finding in findings) else 1


def try_out(check: Callable[[Settings], Finding], settings: Settings) -> Finding:
    """Return what a check finds; a refusal is a finding too."""
    try:
        return check(settings)
    except (KepiError, SettingsError) as refusal:
        return Finding(check.__name__.removeprefix("check_"), False, str(refusal))


def check_settings(settings: Settings) -> Finding:
    require_slack(settings)
    mode = "Socket Mode" if settings.is_socket_mode else f"HTTP on port {settings.port}"
    return Finding("settings", True, mode)


def check_database(settings: Settings) -> Finding:
    database = Database(database_url(settings))
    try:
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


def check_slack(settings: Settings) -> Finding:
    """Ask Slack about the token and its scopes."""
    if settings.bot_token is None:
        return Finding("slack", False, "SLACK_BOT_TOKEN is not set")
    return asyncio.run(ask_slack(settings))


async def ask_slack(settings: Settings) -> Finding:
    from slack_sdk.errors import SlackApiError

    from bot.shared import make_client, open_session
    from commands.calls import FAULTS, error_of

    async with open_session() as http:
        try:
            who = await make_client(settings, http).auth_test()
        except SlackApiError as refusal:
            return Finding("slack", False, f"refused the token: {error_of(refusal)}")
        except FAULTS:
            return Finding("slack", False, f"cannot be reached at {settings.slack_api_url}")
    held = str((who.headers or {}).get("x-oauth-scopes", ""))
    granted = {scope.strip() for scope in held.split(",")}
    missing = sorted(set(SCOPES) - granted) if held else []
    if missing:
        return Finding("slack", False, f"add these scopes and reinstall: {', '.join(missing)}")
    known = f"{who.get('team')}, as {who.get('user')}"
    without = sorted(set(ISSUE_SCOPES) - granted) if held else []
    if without:
        known += f"; customer issues lack {', '.join(without)}"
    return Finding("slack", True, known)


def check_fonts(_settings: Settings) -> Finding:
    """Look for the fonts that come with the install: labels may be in any script."""
    from kpis.charts.style import load_fonts

    try:
        load_fonts()
    except (OSError, ImportError) as fault:
        return Finding("fonts", False, f"a font is missing ({fault}); reinstall Kepi")
    return Finding("fonts", True, "all there")
