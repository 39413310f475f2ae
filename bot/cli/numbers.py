"""Verbs about accounts, numbers and what is told of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import Workspace, app, end_with


class DigestAct(StrEnum):
    PREVIEW = "preview"
    SEND = "send"


@app.command()
def account(
    name: Annotated[str, typer.Argument(metavar="PLATFORM/HANDLE")],
    brand: Annotated[str, typer.Option(help="The brand it belongs to.")],
    competitor: Annotated[bool, typer.Option(help="The brand is a competitor's.")] = False,
    zone: Annotated[str | None, typer.Option(help="Zone of its reported days.")] = None,
    workspace: Workspace = None,
) -> None:
    """Add an account, or change its brand or zone."""
    from bot.verbs.setup import put_account

    put_account(name, brand, competitor=competitor, zone=zone, team=workspace)


@app.command("set")
def set_(
    setting: Annotated[str, typer.Argument(metavar="KEY=VALUE")], workspace: Workspace = None
) -> None:
    """Change one setting of the workspace: docs/settings.md lists them."""
    from bot.verbs.setup import change

    change(setting, team=workspace)


@app.command("import")
def import_(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE…")] = None,
    format: Annotated[str | None, typer.Option(help="What the files are, if not found.")] = None,
    account: Annotated[str | None, typer.Option(metavar="PLATFORM/HANDLE")] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="MAP.toml")] = None,
    dry_run: Annotated[bool, typer.Option(help="Say what would change; store nothing.")] = False,
    good_rows: Annotated[bool, typer.Option(help="Store the good rows of a bad file.")] = False,
    undo: Annotated[int | None, typer.Option(metavar="N", help="Take import N back.")] = None,
    workspace: Workspace = None,
) -> None:
    """Store exports; nothing is stored while a row is bad, and every bad row is named."""
    from bot.verbs import imports

    if undo is not None:
        end_with(imports.take_back(undo, team=workspace))
    choices = imports.Choices(format, account, mapping, dry_run, good_rows)
    end_with(imports.take_in(files or [], choices, team=workspace))


@app.command()
def ask(
    words: Annotated[list[str], typer.Argument(metavar="WORDS")],
    chart: Annotated[Path | None, typer.Option(metavar="FILE.png")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as data.")] = False,
    language: Annotated[str, typer.Option(help="en, vi, id, sv or zh")] = "en",
    workspace: Workspace = None,
) -> None:
    """Answer as /kpi does, without Slack."""
    from bot.verbs.ask import ask

    ask(" ".join(words), chart=chart, as_json=as_json, team=workspace, language=language)


@app.command()
def digest(
    act: DigestAct,
    channel: Annotated[str, typer.Argument(metavar="CHANNEL")],
    week: Annotated[str, typer.Option(metavar="2026-W47", help="Another than the last.")] = "",
    workspace: Workspace = None,
) -> None:
    """Compose one digest, or deliver it to its channel."""
    from bot.verbs import digest

    do = digest.preview if act is DigestAct.PREVIEW else digest.send
    end_with(do(channel, week, team=workspace))


@app.command()
def rebuild(workspace: Workspace = None) -> None:
    """Make every issue and its durations anew from what was recorded."""
    from bot.verbs.rebuild import rebuild

    rebuild(team=workspace)
