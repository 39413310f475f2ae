"""``settings check`` and ``apply`` on the command line: what follows, and the way back."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from bot.verbs.settings import apply, check, export

FILE = '[workspace]\nkeep-words = "30 days"\n[hours]\nopen-hours = "24/7"\n'


def test_what_follows_is_printed_and_the_line_that_puts_it_back_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A check writes nothing; the copy that ``apply`` names makes everything as before."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'kepi.db'}")
    monkeypatch.setenv("KEPI_CLOCK", "2026-11-22T09:00:00+00:00")
    file, before, after = (tmp_path / f"{it}.toml" for it in ("wanted", "before", "after"))
    file.write_text(FILE, encoding="utf-8")
    export(before, team=None)
    capsys.readouterr()
    assert check(file, prune=False, team=None) == 0
    checked = capsys.readouterr().out
    assert "What is older goes in the coming night" in checked
    assert "New open hours hold from today on" in checked
    assert "To have it as before" not in checked
    assert set(tmp_path.glob("*.toml")) == {file, before}
    assert apply(file, prune=False, team=None) == 0
    way_back = capsys.readouterr().out.splitlines()[-1].removeprefix("To have it as before: ")
    *_, verb, kept, prune = shlex.split(way_back)
    assert (verb, prune) == ("apply", "--prune")
    assert apply(Path(kept), prune=True, team=None) == 0
    export(after, team=None)
    assert after.read_text().startswith(before.read_text())
    capsys.readouterr()
    assert apply(Path(kept), prune=True, team=None) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"
