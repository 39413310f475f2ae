"""The command line (design §2): every verb of it in one place, each a call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
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
tokens = typer.Typer(help="Tokens with which other programs send rows over HTTP.")
app.add_typer(tokens, name="token")
sentiment = typer.Typer(help="What mentions are taken for, and by which models.")
app.add_typer(sentiment, name="sentiment")
choices = typer.Typer(help="All that a workspace and its channels choose, as one file.")
app.add_typer(choices, name="settings")
Workspace = Annotated[
    str | None, typer.Option("--workspace", help="Slack team id, where there are several.")
]


class Mode(StrEnum):
    SOCKET = "socket"
    HTTP = "http"


class DigestAct(StrEnum):
    PREVIEW = "preview"
    SEND = "send"


class Written(StrEnum):
    YAML = "yaml"
    JSON = "json"


def run_cli(arguments: Sequence[str]) -> None:
    """Do one verb; what is wrong with the command line itself ends with 2."""
    app(list(arguments))


def end_with(code: int) -> None:
    """End the verb with this exit code."""
    raise typer.Exit(code)


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


@app.command()
def rebuild(workspace: Workspace = None) -> None:
    """Make every issue and its durations anew from what was recorded."""
    from bot.verbs.rebuild import rebuild

    rebuild(team=workspace)


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


@app.command()
def key() -> None:
    """Make a key for KEPI_SECRET_KEYS, under which tokens are kept."""
    from bot.verbs.setup import print_key

    print_key()


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
def playground(
    port: int = 8765,
    mode: Mode = Mode.SOCKET,
    clock: Annotated[datetime | None, typer.Option(help="An instant to begin at.")] = None,
    database: Annotated[str, typer.Option(help="Where its data are kept.")] = "",
) -> None:
    """Serve a local workspace with a web page: Kepi without a Slack account."""
    from bot.verbs.playground import serve_playground

    end_with(serve_playground(port, mode.value, clock, database))
