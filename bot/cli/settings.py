"""``settings …``: all that is chosen, as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import Workspace, app, end_with

choices = typer.Typer(help="All that a workspace and its channels choose, as one file.")
app.add_typer(choices, name="settings")
SettingsFile = Annotated[Path, typer.Argument(metavar="FILE")]
Prune = Annotated[
    bool, typer.Option("--prune", help="What the file leaves out goes back to what is usual.")
]


@choices.command("export")
def export_settings(
    file: Annotated[Path | None, typer.Argument(metavar="FILE")] = None,
    workspace: Workspace = None,
) -> None:
    """Write the settings of the workspace and its channels, as TOML."""
    from bot.verbs import settings

    settings.export(file, team=workspace)


@choices.command("check")
def check_settings(file: SettingsFile, prune: Prune = False, workspace: Workspace = None) -> None:
    """Say what a file would change, or all that is wrong with it; change nothing."""
    from bot.verbs import settings

    end_with(settings.check(file, prune=prune, team=workspace))


@choices.command("apply")
def apply_settings(
    file: SettingsFile,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="As check.")] = False,
    prune: Prune = False,
    workspace: Workspace = None,
) -> None:
    """Change what a file says, all of it or nothing."""
    from bot.verbs import settings

    do = settings.check if dry_run else settings.apply
    end_with(do(file, prune=prune, team=workspace))
