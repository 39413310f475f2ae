"""What all verbs of the command line share."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    name="kepi",
    help="KPIs of social media, asked in Slack. Without a command it serves.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Workspace = Annotated[
    str | None, typer.Option("--workspace", help="Slack team id, where there are several.")
]


def end_with(code: int) -> None:
    """End the verb with this exit code."""
    raise typer.Exit(code)
