"""What an import has to note is said in its reader's language, and is English wherever stored."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from exports_drawn import ACME, EVERY, HOOTSUITE, TIKTOK_FOLLOWERS, TIKTOK_OVERVIEW
from files_drawn import drawn, open_file

from commands.file_reading import Read
from commands.file_words import name_accounts
from commands.files import compose_preview
from kpis import tongue
from kpis.languages.calls import ROOT, collect_file
from storage.batch import AccountName, Batch
from storage.imports import Preview
from storage.mentions import MentionChanges
from storage.said import speak

SESSIONS = """
[file]
grain = "session"
[columns]
day = "day"
converted = "won"
source = "from"
"""


def mark_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every language mark each sentence that the collector finds in this room, and no other."""
    files = sorted((ROOT / "storage").rglob("*.py"))
    found = [it for file in files for it in collect_file(file, str(file.relative_to(ROOT)))]
    plain = {it.one: f"«{it.one}»" for it in found if not it.several}
    counted = {it.one: (f"«{it.one}»", f"«{it.several}»") for it in found if it.several}
    monkeypatch.setattr(tongue, "translations", lambda language: plain)
    monkeypatch.setattr(tongue, "plurals", lambda language: counted)


def zipped(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{name}.csv", text)
    return data.getvalue()


def read_noted() -> list[Batch]:
    """Return files of which there is something to note, each something else."""
    mentions = "time,platform,id,author\n" + "2026-11-02 10:00,x,m1,Åsa\n" * 2
    ads = "Day,Campaign name,Amount spent (EUR),Impressions\n2026-11-02,Spring,10,9\n"
    ga4 = (
        "Date,Session default channel group,Country,Sessions,Session key event rate\n"
        "20261102,Direct,Sweden,970,0.03\n20261102,Direct,Norway,970,0.03\n"
    )
    alone = {"Overview": TIKTOK_OVERVIEW, "Other": "a,b\n1,2\n"}
    return [
        open_file(HOOTSUITE.encode(), account=ACME["x"]),
        open_file(mentions.encode("cp1252")),
        open_file(f"{ads}2026-11-02,,10,9\n".encode()),
        open_file(ga4.encode()),
        open_file(b"path,total_conversions\nx > email,3\n"),
        open_file(drawn("day | won | from\n2026-11-02 | yes | x"), mapping=SESSIONS),
        open_file(zipped(**alone), account=ACME["tiktok"]),
        open_file(zipped(**alone, Followers=TIKTOK_FOLLOWERS), account=ACME["tiktok"]),
    ]


def test_every_note_and_title_of_a_file_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is left in English by being no text of ours, or one that the catalogues never get."""
    batches = [open_file(data, account=account) for data, account in EVERY.values()]
    noted = read_noted()
    assert all(it.notes for it in noted)
    texts = [text for it in (*batches, *noted) for text in (it.title, *it.notes)]
    texts += MentionChanges(otherwise=2).notes
    mark_sentences(monkeypatch)
    with tongue.speaking("sv"):
        assert [it for it in texts if speak(it)[0] + speak(it)[-1] != "«»"] == []
    assert not any("«" in it for it in texts)


def test_a_dropped_file_is_described_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its notes too, with names out of the file as they stand there."""
    batch = open_file(HOOTSUITE.replace("Pinterest", "{names} & <co>").encode())
    seen = Preview(2, 2, 0, 0, (), (), batch.notes, date(2026, 11, 2), date(2026, 11, 3))
    swedish = {
        "{number} row was left out: of {names}, where Kepi knows {known}.": (
            "{number} rad är inte med: {names}.",
        )
    }
    monkeypatch.setattr(tongue, "plurals", lambda language: swedish)
    with tongue.speaking("sv"):
        blocks = compose_preview(Read(1, batch=batch, preview=seen))
    assert "1 rad är inte med: “{names} &amp; &lt;co&gt;”." in blocks[1]["text"]["text"]


@pytest.mark.parametrize(
    ("number", "english", "swedish"),
    [
        (1, "a1", "a1"),
        (2, "a1 and a2", "a1 och a2"),
        (3, "a1, a2, a3", "a1, a2, a3"),
        (5, "a1, a2, a3 and 2 more", "a1, a2, a3 med 2 till"),
    ],
)
def test_accounts_of_a_file_are_named_up_to_three(
    monkeypatch: pytest.MonkeyPatch, number: int, english: str, swedish: str
) -> None:
    """The others are counted."""
    more = {"{names} and {number} more": "{names} med {number} till"}
    monkeypatch.setattr(tongue, "translations", lambda language: more)
    accounts = [AccountName("x", f"a{n + 1}") for n in range(number)]
    assert name_accounts(accounts) == english
    with tongue.speaking("sv"):
        assert name_accounts(accounts) == swedish
