"""Verbs about copies of the data, and about what is kept of people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import Workspace, app, end_with


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    verify: Annotated[bool, typer.Option("--verify", help="Check a copy; make none.")] = False,
) -> None:
    """Copy the SQLite database into a new file, and verify the copy."""
    from bot.verbs import backup

    end_with(backup.check(file) if verify else backup.copy(file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a copy in the place of the database, which is kept under another name."""
    from bot.verbs import backup

    end_with(backup.put_back(file, agreed=yes))


@app.command()
def forget(
    who: Annotated[str, typer.Argument(metavar="WHO", help="U0123…, x/handle, “customer ID”.")],
    name: Annotated[list[str] | None, typer.Option(help="A name of theirs in texts.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it cannot be taken back.")] = False,
    workspace: Workspace = None,
) -> None:
    """Say what is kept of somebody, and forget them."""
    from bot.verbs.kept import forget

    end_with(forget(who, name or [], is_sure=yes, team=workspace))


@app.command()
def kept() -> None:
    """Print what is kept, why, for how long, and who sees it."""
    from bot.verbs.kept import show

    show()
