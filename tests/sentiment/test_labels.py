"""Who has the last word on a mention, what is kept of it, and that nobody labels it twice."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from kpis.sentiment.standing import read_standing, say_rest, say_standing
from storage import labelling, mention_labels, mention_lists
from storage.database import Database
from storage.errors import KepiError
from storage.imports import undo
from storage.mention_labels import Said
from storage.workspaces import only_workspace
from tests.sentiment.planted import NOW, ids, mention, plant, standing

ROWS = (
    mention("a", "late again"),
    mention("b", "love it"),
    mention("c", "hm", language="sv"),
    mention("told", "fine", sentiment="neutral"),
    mention("silent"),
)
SECOND = timedelta(seconds=1)


def keep(database: Database, workspace: int, *said: tuple[str, str], version: str = "1") -> int:
    numbers = ids(database, workspace, [name for name, _ in said])
    labels = [
        Said(number, label, 0.7, "en") for number, (_, label) in zip(numbers, said, strict=True)
    ]
    with database.write() as connection:
        return mention_labels.keep(connection, workspace, labels, "ngrams", version, NOW)


def correct(database: Database, workspace: int, name: str, label: str) -> None:
    (number,) = ids(database, workspace, [name])
    with database.write() as connection:
        mention_labels.correct(connection, workspace, number, label, "U1", NOW)


def test_hand_then_file_then_the_newest_model_and_unsure_stands_as_nothing(
    database: Database,
) -> None:
    """| said by        | a: model | b: model, unsure | told: file, model | told: file, hand |"""
    workspace, _ = plant(database, ROWS)
    with database.read() as connection:
        waiting = mention_labels.waiting(connection, workspace, 10)
        assert [it.words for it in waiting] == ["late again", "love it", "hm"]
        assert [it.language for it in waiting] == ["", "", "sv"]
        assert len(mention_labels.waiting(connection, workspace, 10, waiting[0].mention)) == 2
    assert keep(database, workspace, ("a", "negative"), ("b", "unsure"), ("told", "positive")) == 3
    assert standing(database, workspace) == {
        "a": "negative",
        "b": "",
        "c": "",
        "told": "neutral",
        "silent": "",
    }
    assert keep(database, workspace, ("a", "positive"), ("b", "positive"), version="2") == 2
    assert standing(database, workspace)["a"] == "positive"
    correct(database, workspace, "a", "neutral")
    correct(database, workspace, "told", "negative")
    correct(database, workspace, "told", "positive")
    keep(database, workspace, ("a", "negative"), ("told", "negative"), version="3")
    found = standing(database, workspace)
    assert (found["a"], found["b"], found["told"]) == ("neutral", "positive", "positive")
    with database.read() as connection:
        (number,) = ids(database, workspace, ["told"])
        history = mention_labels.history(connection, workspace, number)
        assert [(it.label, it.backend, it.version, it.by) for it in history] == [
            ("neutral", "file", "", ""),
            ("positive", "ngrams", "1", ""),
            ("negative", "hand", "", "U1"),
            ("positive", "hand", "", "U1"),
            ("negative", "ngrams", "3", ""),
        ]
        texts = mention_lists.taught(connection, workspace)
        assert [(it.words, it.label) for it in texts] == [
            ("late again", "neutral"),
            ("fine", "positive"),
        ]


def test_what_a_file_said_before_labels_were_kept_is_not_lost_by_a_correction(
    database: Database,
) -> None:
    """The file's label gets its row then, so the history is whole."""
    workspace, _ = plant(database, ROWS)
    with database.write() as connection:
        connection.exec_driver_sql("DELETE FROM mention_label")
    correct(database, workspace, "told", "negative")
    with database.read() as connection:
        (number,) = ids(database, workspace, ["told"])
        history = mention_labels.history(connection, workspace, number)
    assert [(it.backend, it.label) for it in history] == [("file", "neutral"), ("hand", "negative")]


def test_a_label_by_hand_survives_the_file_sent_again(database: Database) -> None:
    """The same mentions in another file, told otherwise there, change nothing of it."""
    workspace, _ = plant(database, ROWS)
    correct(database, workspace, "b", "negative")
    again = [*(it._replace(sentiment="positive") for it in ROWS), mention("new", "oh")]
    plant(database, again, "again.csv")
    assert standing(database, workspace)["b"] == "negative"
    keep(database, workspace, ("b", "positive"), ("new", "positive"), version="9")
    found = standing(database, workspace)
    assert (found["b"], found["new"]) == ("negative", "positive")


def test_a_mention_taken_back_leaves_no_label_for_whoever_gets_its_number(
    database: Database,
) -> None:
    """SQLite gives numbers anew: a label that stayed would be another mention's."""
    workspace, done = plant(database, ROWS)
    keep(database, workspace, ("a", "negative"), ("b", "negative"))
    assert done.id is not None
    undo(database, workspace, done.id, NOW)
    plant(database, [mention("other", "nice"), mention("more", "good")], "other.csv")
    with database.read() as connection:
        assert len(mention_labels.waiting(connection, workspace, 10)) == 2
    assert set(standing(database, workspace).values()) == {""}


def test_two_that_label_the_same_mentions_leave_one_label_each(database: Database) -> None:
    """Both read them before either wrote, as two processes may."""
    workspace, _ = plant(database, [mention(str(n), f"words {n}") for n in range(400)])
    with database.read() as connection:
        found = mention_labels.waiting(connection, workspace, 1000)
    labels = [Said(it.mention, "positive", 0.9, "en") for it in found]
    kept, ready = [], threading.Barrier(2)

    def label() -> None:
        ready.wait()
        for start in range(0, len(labels), 50):
            with database.write() as connection:
                some = labels[start : start + 50]
                kept.append(mention_labels.keep(connection, workspace, some, "m", "1", NOW))

    pair = [threading.Thread(target=label) for _ in range(2)]
    for it in pair:
        it.start()
    for it in pair:
        it.join()
    assert sum(kept) == 400
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT COUNT(*) FROM mention_label").scalar_one()
        assert rows == 400
        assert mention_labels.waiting(connection, workspace, 10) == []
    assert keep(database, workspace, ("3", "negative"), version="1") == 1  # another model may
    with database.write() as connection:
        gone = [Said(999_999, "negative", 0.9, "en")]
        assert mention_labels.keep(connection, workspace, gone, "m", "1", NOW) == 0


def test_labels_change_answers_and_nothing_new_changes_nothing(database: Database) -> None:
    """What was kept of an answer is read again only when a label came."""
    workspace, _ = plant(database, ROWS)

    def version() -> int:
        with database.read() as connection:
            return labelling.version_of(connection, workspace)

    before = version()
    keep(database, workspace, ("a", "negative"))
    labelled = version()
    keep(database, workspace, ("a", "negative"))
    assert before < labelled == version()
    correct(database, workspace, "a", "positive")
    assert version() > labelled


def test_another_version_reads_anew_only_what_no_person_and_no_file_judged(
    database: Database,
) -> None:
    workspace, _ = plant(database, ROWS)
    keep(database, workspace, ("a", "negative"), ("b", "unsure"), ("told", "positive"))
    correct(database, workspace, "b", "positive")
    with database.read() as connection:
        old = mention_labels.outdated(connection, workspace, 10, "ngrams", "2")
        assert [it.words for it in old] == ["late again"]
        assert mention_labels.outdated(connection, workspace, 10, "ngrams", "1") == []


@pytest.mark.parametrize("label", ["unsure", "", "Positive", "great"])
def test_a_label_that_is_none_is_refused(sqlite_database: Database, label: str) -> None:
    workspace, _ = plant(sqlite_database, ROWS)
    with pytest.raises(KepiError, match="Use positive, neutral or negative"):
        correct(sqlite_database, workspace, "a", label)


def test_a_mention_of_another_workspace_cannot_be_labelled(database: Database) -> None:
    """Neither by hand nor by a model, and it is in no list."""
    workspace, _ = plant(database, ROWS)
    with database.write() as connection:
        with pytest.raises(KepiError, match="not held any more"):
            mention_labels.correct(connection, workspace + 1, 1, "negative", "U1", NOW)
        said = [Said(1, "negative", 0.9)]
        assert mention_labels.keep(connection, workspace + 1, said, "m", "1", NOW) == 0
        assert mention_labels.waiting(connection, workspace + 1, 10) == []
        assert mention_labels.progress(connection, workspace + 1).every == 0


def test_progress_counts_every_mention_once(database: Database) -> None:
    """Labelled by anybody, unsure, waiting, or without words: together they are all."""
    workspace, _ = plant(database, [*ROWS, mention("d", "x"), mention("e", "y")])
    keep(database, workspace, ("a", "negative"), ("b", "unsure"))
    keep(database, workspace, ("a", "positive"), ("b", "unsure"), version="2")
    with database.read() as connection:
        found = read_standing(connection, workspace, NOW)
    counts = found.progress
    assert (counts.every, counts.labelled, counts.unsure, counts.waiting) == (7, 2, 1, 3)
    assert counts.wordless == 1
    assert say_standing(found) == "Labelled 2 of 7 mentions; 3 wait."
    assert say_rest(found) == [
        "1 is unsure and counts as unlabelled",
        "1 came without words or label",
    ]


def test_the_time_that_is_left_follows_from_the_pace(database: Database) -> None:
    """200 done in 10 s, 6 wait: seconds; nobody tells of a run that rests."""
    workspace, _ = plant(database, [mention(str(n), "words") for n in range(6)])
    with database.write() as connection:
        assert labelling.claim(connection, workspace, "one", NOW)
        assert labelling.claim(connection, workspace, "one", NOW + 10 * SECOND, 200)
    with database.read() as connection:
        now = read_standing(connection, workspace, NOW + 11 * SECOND)
        assert now.left == timedelta(seconds=0.3)
        assert say_standing(now) == "Labelled 0 of 6 mentions, less than a minute left."
        later = now._replace(left=timedelta(seconds=170))
        assert say_standing(later) == "Labelled 0 of 6 mentions, about 3 minutes left."
        rested = read_standing(connection, workspace, NOW + timedelta(minutes=9))
        assert say_standing(rested) == "Labelled 0 of 6 mentions; 6 wait."


def test_one_process_labels_and_the_next_takes_over_when_it_falls_silent(
    database: Database,
) -> None:
    with database.write() as connection:
        workspace = only_workspace(connection).id
        assert labelling.claim(connection, workspace, "one", NOW)
        assert not labelling.claim(connection, workspace, "two", NOW + 60 * SECOND)
        assert labelling.claim(connection, workspace, "one", NOW + 60 * SECOND)
        assert labelling.claim(connection, workspace, "two", NOW + 200 * SECOND)
        assert not labelling.claim(connection, workspace, "one", NOW + 201 * SECOND)
        labelling.release(connection, workspace, "one")
        assert not labelling.claim(connection, workspace, "one", NOW + 202 * SECOND)
        labelling.release(connection, workspace, "two")
        assert labelling.claim(connection, workspace, "one", NOW + 203 * SECOND)


def test_lists_show_what_to_look_over(database: Database) -> None:
    """Unsure ones that nobody labelled since, and negative ones that no person has judged."""
    workspace, _ = plant(database, ROWS)
    keep(database, workspace, ("a", "negative"), ("b", "unsure"), ("c", "unsure"))
    correct(database, workspace, "c", "neutral")
    with database.read() as connection:
        unsure = mention_lists.latest_unsure(connection, workspace, 5)
        bad = mention_lists.latest_negative(connection, workspace, 5)
        assert [it.words for it in unsure] == ["love it"]
        assert [it.words for it in bad] == ["late again"]
    correct(database, workspace, "a", "negative")
    with database.read() as connection:
        assert mention_lists.latest_negative(connection, workspace, 5) == []
