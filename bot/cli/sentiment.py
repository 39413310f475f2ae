"""``sentiment …``: what mentions are taken for, and by which models."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.app import Workspace, app, end_with

sentiment = typer.Typer(help="What mentions are taken for, and by which models.")
app.add_typer(sentiment, name="sentiment")


@sentiment.command("status")
def sentiment_status(workspace: Workspace = None) -> None:
    """Say how many mentions are labelled, and by which models."""
    from bot.verbs import sentiment

    end_with(sentiment.status(team=workspace))


@sentiment.command("label")
def sentiment_label(
    again: Annotated[bool, typer.Option(help="Also what an older version labelled.")] = False,
    backend: Annotated[str, typer.Option(metavar="NAME", help="Another than the usual.")] = "",
    workspace: Workspace = None,
) -> None:
    """Label the mentions that wait, now."""
    from bot.verbs import sentiment

    end_with(sentiment.label(again=again, backend=backend, team=workspace))


@sentiment.command("retrain")
def sentiment_retrain(workspace: Workspace = None) -> None:
    """Let the labels of your team teach the models."""
    from bot.verbs import sentiment

    end_with(sentiment.retrain(team=workspace))
