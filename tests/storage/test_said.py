"""Refusals of rooms that know no language: said where they are shown, English wherever stored."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date

import pytest

from kpis import tongue
from storage.batch import BadRow
from storage.errors import KepiError, Nameless, SourceError, Unclear, UnknownLayout
from storage.said import Counted, Days, Grouped, Joined, Listed, Weekday, Words
from storage.settings import find_setting
from storage.sources import cells
from support.week import read_hours

SWEDISH = {
    "{place}: {words}": "{place} – {words}",
    "line {line}": "rad {line}",
    "column “{column}”": "kolumn ”{column}”",
    "line {line}, {column}: {reason}": "rad {line}, {column} – {reason}",
    "{cell} is not a number": "{cell} är inget tal",
    "“{word}” is not a day of the week. {example}": "”{word}” är ingen veckodag. {example}",
    "Write it like Mon–Fri 09:00–17:00; Sat 10:00–14:00, or 24/7.": "Skriv mån–fre.",
    "There is no setting “{key}”. Settings: {listed}.": "”{key}” finns inte.",
    "There are {most} of {what}.": "Det finns {most} {what}.",
    "{day} has {first} and {second}, which overlap. Give each time of a day once.": (
        "På {day} överlappar {first} och {second}."
    ),
}


@pytest.fixture(autouse=True)
def _swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tongue, "translations", lambda language: SWEDISH)


def refusal_of(act: Callable[[], object]) -> KepiError:
    with pytest.raises(KepiError) as caught:
        act()
    return caught.value


def test_a_refusal_is_said_in_the_language_of_where_it_is_shown() -> None:
    """Whatever was spoken where it was raised; a log has it in English."""
    with tongue.speaking("vi"):
        refusal = refusal_of(lambda: find_setting("colour"))
    with tongue.speaking("sv"):
        assert str(refusal) == "”colour” finns inte."
    assert refusal.english.startswith("There is no setting “colour”. Settings: ")


def test_where_nobody_chose_a_language_it_is_said_in_that_of_where_it_was_raised() -> None:
    """The block that spoke has ended by the time the last handler tells it; threads inherit it."""
    with tongue.speaking("sv"), ThreadPoolExecutor(1) as pool:
        raised = pool.submit(copy_context().run, refusal_of, lambda: read_hours("foo 9-17"))
        refusal = raised.result()
    assert str(refusal) == "”foo” är ingen veckodag. Skriv mån–fre."


def test_the_place_in_a_file_is_said_too() -> None:
    """So is what is wrong with a cell, in a row that is left out."""
    with pytest.raises(cells.BadCell) as caught:
        raise cells.BadCell("{cell} is not a number", cell=cells.show("{x}"))
    refusal = SourceError(caught.value.words, line=3, column="Likes").in_file("a.csv")
    row = BadRow(3, "Likes", caught.value.words)
    assert (str(refusal), str(row)) == (
        "a.csv, line 3, column “Likes”: “{x}” is not a number",
        "line 3, Likes: “{x}” is not a number",
    )
    with tongue.speaking("sv"):
        assert str(refusal) == "a.csv, rad 3, kolumn ”Likes” – “{x}” är inget tal"
        assert str(row) == "rad 3, Likes – “{x}” är inget tal"


def test_what_was_said_already_stays_as_it_is() -> None:
    """Its braces are somebody's own words, and no places to fill."""
    with tongue.speaking("sv"):
        assert str(KepiError("Hej {name} {0} {")) == "Hej {name} {0} {"
        assert str(KepiError("There are {most} of {what}.", most=3, what="{most}")) == (
            "Det finns 3 {most}."
        )


@pytest.mark.parametrize(
    "refusal",
    [
        KepiError("There are {most} of {what}.", most=Grouped(12_000), what=Listed(["a", "b"])),
        SourceError("there are {most} of {what}", line=2, most=1, what=Joined(["a", "", "b"])),
        Nameless("whose is {what}?", file="a.csv", platform="x", what=Words("it, {n}", n=1)),
        UnknownLayout("the layout is not known"),
        Unclear("Which of {what}?", ("reach", "reach instagram"), what="these"),
        KepiError("it is {day}", day=Weekday("Monday", 0)),
        KepiError(Counted("{number} row of {file}", "{number} rows of {file}", 2, file="a.csv")),
    ],
)
def test_a_refusal_comes_back_from_another_process_whole(refusal: KepiError) -> None:
    """It is what it was, in every language, with all that it knew."""
    back = pickle.loads(pickle.dumps(refusal))
    assert type(back) is type(refusal)
    assert vars(back) == vars(refusal)
    for language in tongue.LANGUAGES:
        with tongue.speaking(language):
            assert str(back) == str(refusal)


def test_days_of_the_week_are_named_as_the_language_names_them() -> None:
    """Their names come from no catalogue."""
    refusal = refusal_of(lambda: read_hours("Mon 9-17, Wed 9-12, 11-13"))
    assert str(refusal).startswith("Wednesday has 09:00–12:00 and 11:00–13:00, which overlap.")
    with tongue.speaking("sv"):
        assert str(refusal) == "På onsdag överlappar 09:00–12:00 och 11:00–13:00."


def test_days_and_numbers_are_written_as_the_language_writes_them() -> None:
    """“12,000” is twelve in Swedish; months have other names."""
    days = Days("3–9 May 2026", date(2026, 5, 3), date(2026, 5, 10))
    refusal = KepiError("There are {most} of {what}.", most=Grouped(12_000), what=days)
    assert str(refusal) == "There are 12,000 of 3–9 May 2026."
    with tongue.speaking("sv"):
        assert str(refusal) == "Det finns 12\u00a0000 3–9 maj 2026."
