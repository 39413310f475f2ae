"""The log carries ids and durations; never a token, an address to answer to, or a forged line."""

from __future__ import annotations

import io
import json
import logging

import pytest

from bot import logs

PLANTED = (
    "xoxb-1234-5678-plantedplanted",
    "xapp-1-A0-123-plantedplanted",
    "xoxe.xoxp-1-planted",
    "https://hooks.slack.com/commands/T1/2/planted",
    "http://127.0.0.1:5000/hooks/T1/H1/planted",
    "https://files.slack.com/upload/v1/planted",
    "wss://wss-primary.slack.com/link/?ticket=planted",
    "postgresql+psycopg://kepi:planted@db.example/kepi",
    "Bearer planted",
    "v0=" + "a1" * 32,
    "the signing secret: planted-signing",
)


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    logs.configure(("planted-signing",), stream=stream, as_json=True)
    return stream


@pytest.mark.parametrize("secret", PLANTED)
def test_no_secret_reaches_the_log_by_any_way(stream: io.StringIO, secret: str) -> None:
    """In the text, in an argument, in `extra`, in a traceback, from any library."""
    for name in ("bot.serve", "slack_bolt.App", "slack_sdk.web", "sqlalchemy.engine", "aiohttp"):
        log = logging.getLogger(name)
        log.error("failed with %s", secret)
        log.error(secret, extra={"body": {"nested": [secret]}})
        try:
            raise ValueError(secret)
        except ValueError:
            log.exception("broken")
    written = stream.getvalue()
    assert written.count("\n") == 15
    assert "planted" not in written
    assert "a1a1a1" not in written


def test_what_a_failed_statement_held_is_not_logged(stream: io.StringIO) -> None:
    """A database error shows its parameters, and they may be what a person wrote."""
    logging.getLogger("bot").error(
        "(sqlite3.OperationalError) disk full [SQL: INSERT]\n[parameters: ('planted words ]', 1)]\n"
        "(Background on this error at: https://sqlalche.me/e/21/e3q8)"
    )
    assert "planted" not in stream.getvalue()
    assert "disk full" in stream.getvalue()


def test_a_line_is_one_line(stream: io.StringIO) -> None:
    """Text with line breaks cannot make a line of its own."""
    logging.getLogger("x").error("one\n2026-11-22 ERROR forged\r\nline")
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["event"].startswith("one\n")


def test_lines_for_people_are_one_line_too() -> None:
    """On a terminal."""
    stream = io.StringIO()
    logs.configure(stream=stream, as_json=False)
    logging.getLogger("x").error("one\nforged", extra={"team": "T1"})
    assert stream.getvalue().count("\n") == 1
    assert "team=T1" in stream.getvalue()


def test_ids_beside_a_record_are_kept(stream: io.StringIO) -> None:
    """They are what the log is for."""
    logging.getLogger("bot").warning("task failed", extra={"reference": "7F3K"})
    assert json.loads(stream.getvalue())["reference"] == "7F3K"


def test_bolt_does_not_log_requests(stream: io.StringIO) -> None:
    """It would write a refused one whole, at INFO."""
    logging.getLogger("slack_bolt.AsyncApp").info("body: anything")
    assert stream.getvalue() == ""
