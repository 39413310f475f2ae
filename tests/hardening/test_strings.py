"""Strings in every argument: no crash, no changed row, no SQL error (rows 25, 28, 29, 30)."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from commands.first_words import about
from commands.mending import mend, mend_text
from kpis.asking import Answers, ask
from kpis.wording import plain
from storage.accounts import add_account
from storage.database import Database
from storage.errors import KepiError
from storage.imports import store
from storage.settings import change
from storage.soundness import path_of
from storage.workspaces import change_setting, only_workspace
from tests import databases
from tests.drawn import AT, draw, fill
from tests.hardening.strange import FORMULAS, MARKUP, SIGNS, SQL, mixed, phrases

DAYS = """
    day        | account | likes | reach
    -----------+---------+-------+------
    2026-11-02 | acme    |     5 |    50
    2026-11-03 | acme    |     6 |    60
"""
POST = """
    published        | account | post | likes | title
    -----------------+---------+------+-------+------
    2026-11-02 10:00 | acme    | a    |     1 | x
"""


@contextmanager
def nothing_changes(database: Database) -> Iterator[None]:
    """Fail where a row, or the schema, is another afterwards."""
    before = dump(database)
    yield
    assert dump(database) == before


def dump(database: Database) -> list[str]:
    with closing(sqlite3.connect(path_of(database))) as plain_sql:
        return list(plain_sql.iterdump())


def answer(database: Database, workspace: int, words: str) -> str:
    """Return what is said to ``words``; a refusal is an answer too, anything else is raised."""
    try:
        reply = ask(words, database=database, workspace=workspace, now=AT)
    except KepiError as refusal:
        said = str(refusal)
        assert said, "a refusal without words"
        return said
    if isinstance(reply, Answers):
        return "\n".join(plain(it) for it in reply.answers)
    return reply.text


def test_fifteen_hundred_fuzzed_questions(sqlite_database: Database) -> None:
    """Each is answered or refused in words that name no part of our own; no row changes."""
    workspace = fill(sqlite_database, days=DAYS)
    with nothing_changes(sqlite_database):
        for words in phrases(25, 1_500):
            said = answer(sqlite_database, workspace, words)
            assert "Traceback" not in said
            about(words)


def test_what_is_typed_never_becomes_sql(sqlite_database: Database) -> None:
    """500 strings alone and in each place of a question: 0 changed rows, 0 SQL errors."""
    workspace = fill(sqlite_database, days=DAYS)
    broken: list[str] = []
    for engine in (sqlite_database._reader, sqlite_database._writer):
        event.listen(engine, "handle_error", lambda it: broken.append(str(it.original_exception)))
    places = ("{}", "reach {}", "{} last week", "reach by {}", "reach vs {}", "reach from {} to {}")
    with nothing_changes(sqlite_database):
        for number, words in enumerate(mixed(29, 500, SQL, SIGNS, MARKUP, FORMULAS)):
            answer(sqlite_database, workspace, places[number % len(places)].replace("{}", words))
    assert broken == []


def try_to_change(database: Database, workspace: int, key: str, words: str) -> None:
    """Change a setting and take it back; a refusal in words is as good, anything else is not."""
    with suppress(KepiError), database.write() as connection:
        change(connection, workspace, key, words, "U1", AT)
        raise KepiError("it was kept, and is taken back")


def test_what_is_typed_into_settings_and_accounts_is_kept_or_refused(database: Database) -> None:
    """Every storing verb takes each string as it is, or refuses it in words: never a SQL error."""
    workspace = fill(database, days=DAYS)
    kept = 0
    for words in mixed(29, 500, SQL, SIGNS, MARKUP, FORMULAS):
        for key in ("zone", "currency", "week-start", "language", "backup", "audience", words):
            try_to_change(database, workspace, key, words)
        try:
            with database.write() as connection:
                change_setting(connection, workspace, words, words)
        except KepiError:
            pass
        else:
            raise AssertionError(f"{words!r} is no setting")
        try:
            with database.write() as connection:
                add_account(connection, workspace, "instagram", words, words, own=True)
            kept += 1
        except KepiError:
            continue
        except SQLAlchemyError as fault:
            raise AssertionError(f"{words!r}: {fault}") from fault
    assert kept > 50
    with database.read() as connection:
        assert only_workspace(connection).zone == "UTC"


def test_titles_and_tags_come_back_as_they_were(database: Database) -> None:
    """300 titles: stored and read back equal; files and JSON with other signs are refused."""
    titles = [mend_text(it) for it in mixed(30, 300, SIGNS, MARKUP, FORMULAS, SQL)]
    drawn = draw(posts=POST)
    posts = [
        drawn.posts[0]._replace(external_id=f"{n}", title=title) for n, title in enumerate(titles)
    ]
    workspace = fill(database, posts=POST)
    batch = replace(drawn, posts=tuple(posts))
    stored = store(database, workspace, batch, by="U1", at=AT)
    assert stored.id is not None
    with database.read() as connection:
        rows = connection.execute(text("SELECT external_id, title FROM post")).all()
    found = {str(name): title for name, title in rows}
    for number, title in enumerate(titles):
        assert (found[f"{number}"] or "") == title
    for words in ("best posts", "likes", "posts by hashtag", "overview"):
        answer(database, workspace, words)


@pytest.mark.parametrize("digits", ["30", "３０", "٣٠", "३०", "৩০", "៣០"])
def test_digits_of_every_script_mean_the_same(sqlite_database: Database, digits: str) -> None:
    """`１２` and Arabic digits are read as what they are, or refused; never as another number."""
    workspace = fill(sqlite_database, days=DAYS)
    plain_said = answer(sqlite_database, workspace, "likes last 30 days")
    said = answer(sqlite_database, workspace, f"likes last {digits} days")
    assert [unicodedata.decimal(it) for it in digits] == [3, 0]
    assert said == plain_said or "likes" not in said.casefold().partition("\n")[0], said


def test_what_no_text_can_hold_is_mended_before_any_handler() -> None:
    """NUL and halves of signs in any depth, keys too; what is whole stays the very same object."""
    whole = {"a": ["ü🙂", {"b": 1, "c": None}], "d": "x" * 100}
    assert mend(whole) is whole
    assert mend({"a\0": ["\ud800x\0", {"b": "🙂\udfff"}], "n": 1}) == {
        "a": ["\ufffdx", {"b": "🙂\ufffd"}],
        "n": 1,
    }
    deep: object = "\ud800"
    for _ in range(5_000):
        deep = [deep]
    assert mend(deep) is not deep
    for words in mixed(30, 300, SIGNS, SQL):
        mended = mend_text(words)
        assert mended.encode().decode() == mended
        assert mended == words or "\0" in words or "\ufffd" in mended


def test_whatever_its_length_a_question_gets_one_short_answer(sqlite_database: Database) -> None:
    """1 B to 10 MB, 500 filters, 500 words of one kind: refused by length, in one line (row 28)."""
    workspace = fill(sqlite_database, days=DAYS)
    long = [("x" * size) for size in (1, 40, 4_000, 4_001, 100_000, 1_000_000, 10_000_000)]
    long += [" by country" * 500, " vs acme" * 500, "1" * 50_000, "(" * 50_000, " oct" * 3_000]
    long += ["reach " + "instagram " * 500, "\u0301" * 1_000_000, "<" * 1_000_000]
    for words in long:
        said = answer(sqlite_database, workspace, words)
        assert 0 < len(said) < 3_000, (len(words), len(said))
        if len(words) > 4_000:
            assert "characters; ask in up to 2,000" in said, (len(words), said[:200])


def test_the_command_line_takes_every_string(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each verb, each string as an argument: an exit code and a line, no traceback (row 29)."""
    from bot.cli import run_cli
    from bot.ending import ending

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'kepi.db'}")
    monkeypatch.chdir(tmp_path)
    with databases.fresh("sqlite", tmp_path) as made:
        fill(made, days=DAYS)
        made.close()
        path_of(made).rename(tmp_path / "kepi.db")
        with closing(sqlite3.connect(tmp_path / "kepi.db")) as plain_sql:
            before = list(plain_sql.iterdump())
    strings = [it for it in mixed(29, 110, SQL, SIGNS, MARKUP, FORMULAS)[::6] if "\0" not in it]
    for words in strings:
        for verb in (
            ["ask", "--", words],
            ["set", "--", f"zone={words}"],
            ["account", "--brand", "b", "--", f"nowhere{words}/x"],
            ["import", "--", words],
            ["backup", "--verify", "--", words],
            ["restore", "--yes", "--", words],
            ["ask", "reach", "--workspace", words],
        ):
            with suppress(SystemExit), ending():
                run_cli(verb)
            said = "".join(capsys.readouterr())
            assert "Traceback" not in said
            assert "Something broke" not in said, (verb, said)
    with closing(sqlite3.connect(tmp_path / "kepi.db")) as plain_sql:
        assert list(plain_sql.iterdump()) == before
