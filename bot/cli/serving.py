"""Verbs that serve, and that get ready to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.app import app, end_with


class Mode(StrEnum):
    SOCKET = "socket"
    HTTP = "http"


class Written(StrEnum):
    YAML = "yaml"
    JSON = "json"


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        run()


@app.command()
def run() -> None:
    """Serve Slack, by Socket Mode or by HTTP."""
    from bot.serve import run_from_environment

    run_from_environment()


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from bot.verbs.setup import migrate

    migrate()


@app.command()
def doctor() -> None:
    """Check settings, tokens, scopes, database and fonts."""
    from bot.doctor import examine

    end_with(examine())


@app.command()
def manifest(
    mode: Mode = Mode.SOCKET,
    url: Annotated[str, typer.Option(help="HTTP mode: where Slack reaches Kepi.")] = "",
    written: Annotated[Written, typer.Option("--format")] = Written.YAML,
    without_issues: Annotated[
        bool, typer.Option("--without-issues", help="Ask for numbers alone, no customer issues.")
    ] = False,
    oauth: Annotated[
        bool, typer.Option("--oauth", help="HTTP mode: let other workspaces install Kepi.")
    ] = False,
    rotation: Annotated[
        bool, typer.Option("--rotation", help="With --oauth: tokens end after 12 hours.")
    ] = False,
    command: Annotated[
        str, typer.Option(metavar="/NAME", help="Another name than KEPI_COMMAND or /kpi.")
    ] = "",
    support_command: Annotated[
        str, typer.Option(metavar="/NAME", help="Another than KEPI_SUPPORT_COMMAND or /support.")
    ] = "",
) -> None:
    """Print the manifest from which Slack makes the app."""
    from bot.manifest import Choices, print_manifest
    from bot.settings import read_settings

    known = read_settings()
    chosen = Choices(
        issues=not without_issues,
        oauth=oauth,
        rotation=rotation,
        command=command or known.command,
        support_command=support_command or known.support_command,
    )
    print_manifest(mode.value, url, written.value, chosen)


@app.command()
def key() -> None:
    """Make a key for KEPI_SECRET_KEYS, under which tokens are kept."""
    from bot.verbs.setup import print_key

    print_key()


@app.command()
def playground(
    port: int = 8765,
    mode: Mode = Mode.SOCKET,
    clock: Annotated[datetime | None, typer.Option(help="An instant to begin at.")] = None,
    database: Annotated[str, typer.Option(help="Where its data are kept.")] = "",
) -> None:
    """Serve a local workspace with a web page: Kepi without a Slack account."""
    from bot.verbs.playground import serve_playground

    end_with(serve_playground(port, mode.value, clock, database))
