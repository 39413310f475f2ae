"""Files of settings that are wrong: each fault with its line and what would work, none applied."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from commands.settings.applying import apply_file
from commands.settings.document import read_document
from commands.settings.knowing import complain_unknown_ids
from commands.settings.plan import Maker
from commands.settings.state import read_state
from commands.settings.wanted import MOST_PROBLEMS
from storage.database import Database
from storage.setting_changes import history
from storage.workspaces import connect_team

MAKER = Maker("U0MIA00000", datetime(2026, 11, 22, 9, tzinfo=UTC))
CARE = '[channels.C0CARE.support]\nmode = "auto"\nresponders = ["U1"]\n'
DIGEST = "[[channels.C0CARE.digests]]\n"
BAD = [
    ("[workspace", 1, "", "no TOML"),
    ("zone = 'UTC'", 1, "zone", "There is: workspace, defaults, channels, hours, relays."),
    ("workspace = 3", 1, "workspace", "It is a table: [workspace]."),
    ("[workspace]\nzone = 'UTC'\nzone = 'UTC'", 3, "", "no TOML"),
    ("[workspace]\nzone = 'Atlantis'", 2, "workspace.zone", "not a time zone"),
    ("[workspace]\nzone = [1]", 2, "workspace.zone", "It is text"),
    ("[workspace]\ntimezon = 'UTC'", 2, "workspace.timezon", "There is no “timezon”"),
    ("[workspace]\nweek-strat = 'monday'", 2, "workspace.week-strat", "Did you mean week-start?"),
    ("[workspace]\nweek-start = 1", 2, "workspace.week-start", "not a day of the week"),
    ("[workspace]\ncurrency = 'EURO'", 2, "workspace.currency", "three letters"),
    ("[workspace]\nratings = 'maybe'", 2, "workspace.ratings", "neither on nor off"),
    ("[workspace]\nattribution-look-back = 0", 2, "workspace.attribution-look-back", "1 to 365"),
    ("[workspace]\nattribution-look-back = 1.5", 2, "workspace.attribution-look-back", "whole"),
    ("[workspace]\nmorning = true", 2, "workspace.morning", "There is no “morning”"),
    ("[workspace]\nops-channel = '#ops'", 2, "workspace.ops-channel", "a channel's id"),
    ("[workspace]\naudience = 'SE, NO'", 2, "workspace.audience", "country SE, NO"),
    ("[defaults]\nanswers = 'asker'", 2, "defaults.answers", "There is: support."),
    ("[defaults.support]\nmode = 'magic'", 2, "defaults.support.mode", "auto, relay, manual, off"),
    ("[defaults.support]\nemoji-claim = ['eyes']", 2, "defaults.support.emoji-claim", "eyes"),
    ("[defaults.support]\nzone = 'Jakarta'", 2, "defaults.support.zone", "open-hours of its own"),
    ("[channels]\ncare = {}", 2, "channels.care", "under its id"),
    ("[channels.C0CARE]\nzone = 'UTC'", 2, "channels.C0CARE.zone", "There is no “zone”"),
    ("[channels.C0CARE]\nsupport = true", 2, "channels.C0CARE.support", "It is a table"),
    ("[channels.C0CARE]\ndigests = 'weekly'", 2, "channels.C0CARE.digests", "It is a table"),
    (CARE + "responders-channel = 5", 4, "channels.C0CARE.support.responders-channel", "text"),
    (CARE + "first-answer = 'soon'", 4, "channels.C0CARE.support.first-answer", "45 min"),
    (CARE + "first-answer = '9 years'", 4, "channels.C0CARE.support.first-answer", "45 min"),
    (CARE + "solved = '400 d'", 4, "channels.C0CARE.support.solved", "7 days, or none"),
    (CARE + "open-hours = 'mon 9-5'", 4, "channels.C0CARE.support.open-hours", "09:00–17:00"),
    (CARE + "zone = 'Jakarta'", 4, "channels.C0CARE.support.zone", "open-hours of its own"),
    (CARE + "customers = ['U1']", 4, "channels.C0CARE.support.customers", "choose one side"),
    (CARE + "emoji-claim = ['eyes']", 4, "channels.C0CARE.support.emoji-claim", "eyes"),
    (CARE + "emoji-resolve = []", 4, "channels.C0CARE.support.emoji-resolve", ""),
    (CARE + "add-ticket = 'yes'", 4, "channels.C0CARE.support.add-ticket", "true or false"),
    ("[channels.C0CARE.support]\nmode='auto'", 1, "channels.C0CARE.support.responders", "who"),
    (DIGEST + "cadence = 'hourly'", 2, "channels.C0CARE.digests.0.cadence", "daily, weekly"),
    (DIGEST + "day = 3", 2, "channels.C0CARE.digests.0.day", "text"),
    (DIGEST + "cadence='monthly'\nday=31", 3, "channels.C0CARE.digests.0.day", "1 to 28"),
    (DIGEST + "time = '9'", 2, "channels.C0CARE.digests.0.time", "03:30"),
    (DIGEST + "kpis = ['reech']", 2, "channels.C0CARE.digests.0.kpis", "Did you mean reach?"),
    (DIGEST + DIGEST, 2, "channels.C0CARE.digests.1.cadence", "one weekly digest"),
    ('[workspace]\nlanguage = "klingon"', 2, "workspace.language", "en, vi, id, sv, zh"),
    ("\ufeff[workspace]", 1, "", "no TOML"),
    ("[workspace]\nx = " + "[" * 3000, 2, "", "no TOML"),
]


def test_every_fault_is_named_at_its_line(sqlite_database: Database) -> None:
    """Beside a good change in the same file, which is not applied either."""
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
    for text, line, path, words in BAD:
        document = read_document(text)
        with sqlite_database.write() as connection:
            apply_file(connection, home, document, MAKER)
        (problem,) = document.problems
        assert (problem.line, problem.path) == (line, path), (text, problem)
        assert words.lower() in problem.words.lower(), (text, problem)
    good = '[channels.C0GOOD]\nanswers = "asker"\n'
    all_of_it = read_document(
        good + "[workspace]\nzone = 'x'\ncurrency = 'y'\n[channels.C0CARE]\nlanguage = 'z'\n"
    )
    with sqlite_database.write() as connection:
        apply_file(connection, home, all_of_it, MAKER)
        assert [it.line for it in sorted(all_of_it.problems)] == [4, 5, 7]
        assert history(connection, home) == []
        assert read_state(connection, home).channels == {}


@pytest.mark.parametrize("kind", ["channel", "person", "user group"])
async def test_ids_that_are_not_known_here_are_refused(
    sqlite_database: Database, kind: str
) -> None:
    """Also those of another workspace in the same tables; what is known here is not asked about."""
    texts = {
        "channel": '[channels.C0CARE.support]\nalerts-channel = "C0THEIRS"\n',
        "person": '[channels.C0CARE.support]\ncustomers = ["U0THEIRS"]\n',
        "user group": '[channels.C0CARE.support]\ngroups = ["S0THEIRS"]\n',
    }
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        other = connect_team(connection, "T2", "Other").id
        apply_file(connection, home, read_document(CARE), MAKER)
        theirs = CARE.replace("C0CARE", "C0THEIRS").replace("U1", "U0THEIRS")
        apply_file(connection, other, read_document(theirs + 'groups = ["S0THEIRS"]'), MAKER)
        state = read_state(connection, home)
    document = read_document(texts[kind])
    await complain_unknown_ids(document, state, None)
    (problem,) = document.problems
    assert problem.words.startswith(f"The {kind} ")
    assert problem.line == 2
    fine = read_document(CARE)
    await complain_unknown_ids(fine, state, None)
    assert fine.problems == []


@pytest.mark.parametrize(
    "text",
    [
        "[workspace]\n" + "\n".join(f"k{number} = 1" for number in range(60_000)),
        f"[{'.'.join('a' * 200_000)}]\n",
        f"[workspace]\ncurrency = {'9' * 6_000}\n",
        "a = " + "[" * 50_000,
    ],
    ids=["noise", "nested", "digits", "lists"],
)
def test_noise_is_refused_before_it_holds_anybody_up(text: str) -> None:
    """A file of half a million letters is judged in seconds, however it is made."""
    began = time.process_time()
    document = read_document(text)
    assert document.problems
    assert len(document.problems) <= MOST_PROBLEMS
    assert time.process_time() - began < 10
