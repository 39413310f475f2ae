"""``token …`` and ``ingest-schema``: for programs that send rows over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.app import Workspace, app

tokens = typer.Typer(help="Tokens with which other programs send rows over HTTP.")
app.add_typer(tokens, name="token")


@tokens.command("add")
def add_token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The source: shop, crm …")],
    kinds: Annotated[
        str, typer.Option(metavar="KIND,…", help="What it may send, if not all.")
    ] = "",
    workspace: Workspace = None,
) -> None:
    """Make a token for a source; it is shown this once."""
    from bot.verbs import token

    token.add(name, kinds, team=workspace)


@tokens.command("list")
def list_tokens(workspace: Workspace = None) -> None:
    """List the tokens, without what they are."""
    from bot.verbs import token

    token.show(team=workspace)


@tokens.command("revoke")
def revoke_token(
    name: Annotated[str, typer.Argument(metavar="NAME")], workspace: Workspace = None
) -> None:
    """Let a token be used no more."""
    from bot.verbs import token

    token.revoke(name, team=workspace)


@app.command("ingest-schema")
def ingest_schema(
    kind: Annotated[str, typer.Option(metavar="KIND", help="One kind of rows alone.")] = "",
) -> None:
    """Print the JSON Schema of what may be sent over HTTP."""
    from bot.verbs import token

    token.print_schema(kind)
