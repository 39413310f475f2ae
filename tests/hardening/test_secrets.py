"""Planted secrets are found nowhere, and nobody forges a line of the log (rows 41, 42)."""

from __future__ import annotations

import io
import json
import logging
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from bot import logs
from bot.ending import ending
from bot.settings import Settings, read_settings, require_slack
from storage.backup import back_up
from storage.database import Database
from storage.errors import SettingsError
from storage.installations import Seal
from storage.soundness import path_of
from tests.drawn import AT
from tests.hardening.storm import heard_log

if TYPE_CHECKING:
    from tests.slack.conftest import Enter

ROOT = Path(__file__).resolve().parents[2]
KEY = Fernet.generate_key().decode()
PLANTED = {
    "SLACK_BOT_TOKEN": "xoxb-planted-bot",
    "SLACK_APP_TOKEN": "xapp-planted-app",
    "SLACK_SIGNING_SECRET": "planted-signing-secret",
    "SLACK_CLIENT_SECRET": "planted-client-secret",
    "KEPI_SECRET_KEYS": KEY,
    "KEPI_HEARTBEAT_URL": "https://watch.example/planted-heartbeat",
    "DATABASE_URL": "postgresql://kepi:planted-password@db.example/kepi",
}
"""As the environment holds them."""
SPOKEN = (
    *(it for it in PLANTED.values() if it != KEY),
    *("xoxe.xoxb-1-planted", "xoxp-1-planted", "xoxa-2-planted", "xoxr-planted", "xoxs-planted"),
    *("xoxd-planted", "kepi_plantedplantedplanted12", "Bearer planted-bearer"),
    *("https://hooks.slack.com/services/T1/B2/planted", "v0=" + "ab" * 32),
    "https://hooks.slack.com/commands/T1/2/planted",
    "wss://wss-primary.slack.com/link/?ticket=planted",
    "https://files.slack.com/upload/v1/planted",
)
FORGERIES = (
    'fine\n{"level": "info", "event": "forged"}',
    "fine\r\nforged",
    "fine\u2028forged\u2029forged\x85forged",
    "fine\x0bforged\x0cforged",
    "\x1b[2K\x1b[1Aforged",
    'fine", "event": "forged',
    "fine\\nforged",
)


def test_settings_show_no_secret_wherever_they_are_printed() -> None:
    """``repr``, ``str``, as data, and in the one line of every refusal."""
    settings = read_settings(PLANTED)
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "planted" not in shown
    assert KEY not in shown
    assert set(settings.secrets) >= {PLANTED["SLACK_BOT_TOKEN"], KEY}
    for name in (it.alias for it in Settings.model_fields.values()):
        broken = PLANTED | {str(name): "planted broken value"}
        said = ""
        try:
            require_slack(read_settings(broken))
        except SettingsError as refusal:
            said = str(refusal)
        assert "planted" not in said


@pytest.mark.parametrize("as_json", [True, False])
def test_twenty_secrets_through_every_way_into_the_log(as_json: bool) -> None:
    """As words, arguments, extras, in tracebacks with causes, from libraries: 0 hits."""
    stream = io.StringIO()
    known = read_settings(PLANTED).secrets
    logs.configure(known, stream=stream, as_json=as_json)
    for number, secret in enumerate((*SPOKEN, KEY)):
        log = logging.getLogger(("bot", "slack_sdk.web", "slack_bolt.App", "aiohttp")[number % 4])
        log.error("it was %s", secret)
        log.error(f"it was {secret}", extra={"body": {"a": [secret]}, "why": secret})
        try:
            try:
                raise ValueError(secret)
            except ValueError as fault:
                raise RuntimeError(f"with {secret}") from fault
        except RuntimeError:
            log.exception("broken", extra={"url": f"https://a.example/?token={secret}"})
    written = stream.getvalue()
    assert len(written.splitlines()) == written.count("\n") == 3 * (len(SPOKEN) + 1)
    assert "planted" not in written.replace("planted-bot-is-no-secret", "")
    assert KEY not in written
    assert "abababab" not in written


def test_nobody_forges_a_line_of_the_log() -> None:
    """Whatever signs are in what is logged, each record is one line, and the log's own words."""
    for as_json in (True, False):
        stream = io.StringIO()
        logs.configure(stream=stream, as_json=as_json)
        for words in FORGERIES:
            logging.getLogger("bot").warning("file %s", words, extra={"why": words})
        written = stream.getvalue()
        assert len(written.splitlines()) == written.count("\n") == len(FORGERIES)
        assert "\x1b" not in written
        if as_json:
            held = [json.loads(it) for it in written.splitlines()]
            assert all(it["event"].startswith("file ") for it in held)


def test_a_fault_on_the_command_line_prints_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    """One line with a reference; the details are in a file of its own, for its owner alone."""
    with pytest.raises(SystemExit), ending():
        raise RuntimeError("with xoxb-planted")
    said = capsys.readouterr().err
    assert "planted" not in said
    file = Path(said.rsplit("Details: ", 1)[1].strip())
    assert file.stat().st_mode & 0o777 == 0o600
    file.unlink()


def test_what_is_sealed_is_read_nowhere_and_survives_new_keys(sqlite_database: Database) -> None:
    """Neither in the file, its log, nor a copy of it; older keys open, a stranger's does not."""
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    told = {"bot_token": "xoxb-planted-sealed", "refresh_token": "xoxe-planted-sealed"}
    sealed = Seal([old]).close(told)
    with sqlite_database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO installation (workspace, team, enterprise, sealed, by, at)"
            " VALUES (1, 'T1', '', ?, 'U1', 0)",
            (sealed,),
        )
    live = path_of(sqlite_database)
    copy = back_up(sqlite_database, live.with_name("copy.db"), AT)
    for file in (live, Path(f"{live}-wal"), copy.file, Path(f"{copy.file}.json")):
        assert b"planted" not in file.read_bytes(), file
    assert Seal([new, old]).open(sealed) == told
    assert Seal([new, old]).open(Seal([new, old]).close(told)) == told
    with pytest.raises(SettingsError) as refusal:
        Seal([new]).open(sealed)
    assert "planted" not in str(refusal.value)
    assert old not in repr(Seal([old])) + str(vars(Seal([old])))


async def test_tokens_of_a_running_bot_are_in_no_table_no_log_and_no_message(enter: Enter) -> None:
    """A day of use, a refused token among it: the real tokens are in nothing that is kept."""
    async with enter("socket") as town:
        with heard_log() as log:
            await town.mia.command("/kpi reach instagram last-30d", "#marketing")
            await town.mia.say("dm", f"reach {town.slack.environment['SLACK_BOT_TOKEN']}")
            await town.mia.command("/kpi status", "#marketing")
            await town.quiet()
        secrets = [
            value
            for name, value in town.slack.environment.items()
            if name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
        ]
        assert secrets
        file = path_of(town.running.context.database)
        copy = back_up(town.running.context.database, file.with_name("copy.db"), AT)
        dumped = copy.file.read_bytes()
        context = f"{town.running.context!r} {town.settings!r}"
        for secret in secrets:
            typed = dumped.count(secret.encode())
            assert typed == 0 or secret == town.slack.environment["SLACK_BOT_TOKEN"]
            assert secret not in log.getvalue()
            assert secret not in str(town.settings.model_dump())
        assert town.slack.environment.get("SLACK_SIGNING_SECRET", "-no-") not in context


def test_no_secret_is_in_the_repository() -> None:
    """Every file that is kept under version control: nothing that looks like a real token."""
    listed = subprocess.run(
        [
            "git",
            "grep",
            "-nIE",
            r"xox[abeprs]-[0-9]{8,}-[0-9]{8,}|xapp-[0-9]-A[A-Z0-9]{9,}-[0-9]{9,}",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode not in (0, 1):
        pytest.skip("no repository here: an installed copy")
    assert listed.stdout == ""
