"""Questions about customer issues: up to now, by channel, in either view and by either clock."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from asking_town import CHANNELS, DIRECTORY, EVERYWHERE, TODAY, ask, ask_one, wordless
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.options import OPTIONS
from kpis.parsing import repeat
from kpis.periods import FIRST_DAY
from kpis.question import Grain, Period, Question, Refusal, Scope
from kpis.words import clean

FRT = "first-response-time"
TOWN = replace(
    DIRECTORY,
    options={
        FRT: ("cohort", "business", "strict", "mine"),
        "resolution-time": ("first", "cohort", "business", "mine"),
        "open-issues": ("mine",),
    },
    dimensions=DIRECTORY.dimensions | {FRT: ("channel", "platform", "person")},
)


def read(text: str) -> Question:
    return ask_one(text, TODAY, TOWN)


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("first response time", ()),
        ("first response time by opened", ("cohort",)),
        ("cohort first response time", ("cohort",)),
        ("first response time opened in october", ("cohort",)),
        ("first response time in business hours", ("business",)),
        ("first response time, Working-Hours, strict", ("business", "strict")),
        ("what is my first response time", ("mine",)),
        ("first resolution time", ("first",)),
        ("first resolution time by opened in business hours", ("first", "cohort", "business")),
    ],
)
def test_options_stand_anywhere(words: str, options: tuple[str, ...]) -> None:
    """They change how a KPI is counted, and have one order however they are said."""
    assert read(words).options == options


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("today", date(2026, 11, 23), date(2026, 11, 24)),
        ("this week", date(2026, 11, 23), date(2026, 11, 24)),
        ("this month", date(2026, 11, 1), date(2026, 11, 24)),
        ("since 20 nov", date(2026, 11, 20), date(2026, 11, 24)),
        ("2026-11-20..2026-11-30", date(2026, 11, 20), date(2026, 11, 24)),
        ("nov", date(2026, 11, 1), date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22), date(2026, 11, 23)),
        ("last week", date(2026, 11, 16), date(2026, 11, 23)),
        ("7d", date(2026, 11, 16), date(2026, 11, 23)),
        ("", date(2026, 10, 26), date(2026, 11, 23)),
    ],
)
def test_a_period_of_issues_may_hold_today(words: str, start: date, end: date) -> None:
    """What runs is told up to now; what is whole stays whole."""
    period = read(f"first response time {words}").period
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "words",
    [
        "all time",
        "all-time",
        "alltime",
        "of all time",
        "for all time",
        "ever",
        "since the start",
        "since the beginning",
        "from the beginning",
    ],
)
@pytest.mark.parametrize("order", ["first response time {}", "{} first response time"])
def test_all_time_of_issues_is_no_near_miss(words: str, order: str) -> None:
    """It begins so early that nothing is left out, and ends now; “ack time” is not meant."""
    asked = ask(order.format(words), TODAY, TOWN)
    assert [it.kpi for it in asked.questions] == [FRT]
    assert asked.notes == ()
    period = asked.questions[0].period
    assert (period.start, period.end) == (FIRST_DAY, TODAY + timedelta(days=1))


@pytest.mark.parametrize("said", ["all time", "ever", "since the start"])
def test_all_time_of_what_is_imported_ends_yesterday(said: str) -> None:
    """Whoever answers finds the first day that is held."""
    for words in ("reach {}", "{} reach"):
        period = read(words.format(said)).period
        assert (period.start, period.end) == (FIRST_DAY, TODAY)


def test_other_kpis_still_end_yesterday() -> None:
    """Also where both kinds are asked at once."""
    both = ask("first response time and reach today", TODAY, TOWN)
    assert {it.period.end for it in both.questions} == {TODAY}
    assert "Today isn't over: this is yesterday." in both.notes


def test_a_level_without_a_period_is_told_as_it_stands() -> None:
    """“Open issues” means now; with others it ends with them."""
    assert read("open issues").period.end == TODAY + timedelta(days=1)
    assert ask("open issues and reach", TODAY, TOWN).questions[0].period.end == TODAY


@pytest.mark.parametrize("words", ["#care", "<#C1|care>", "<#C1|renamed>", "<#C1>", "in care"])
def test_a_channel_is_known_by_name_and_mention(words: str) -> None:
    """A mention holds the id, so a new name of the channel changes nothing."""
    assert read(f"first response time {words}").scope == Scope(channels=("C1",))


def test_a_channel_named_as_a_platform_needs_its_sign() -> None:
    """“x” is the network; “#x” is the channel of that name."""
    town = replace(TOWN, channels=(replace(CHANNELS[0], name="x"),))
    assert ask_one("first response time x", TODAY, town).scope == Scope(("x",))
    assert ask_one("first response time #x", TODAY, town).scope == Scope(channels=("C1",))


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("reach cohort", "I can't count reach “cohort”. Leave it out."),
        ("open issues strict", "I can't count open issues “strict”. Leave it out."),
        (
            "reach #care",
            (
                "Only customer issues are known by Slack channel; reach is not. "
                "Try: first response time, or leave the channel out."
            ),
        ),
        (
            "first response time by weekday",
            "I can't split first response time by “weekday”. Try by channel, platform or person.",
        ),
        ("first response time dec 2026", "“dec 2026” begins on 1 Dec. Ask for days up to today."),
    ],
)
def test_what_does_not_go_together_is_refused(words: str, refusal: str) -> None:
    """One line that says what would work."""
    with pytest.raises(Refusal) as refused:
        read(words)
    assert str(refused.value) == refusal


def test_my_reach_is_reach() -> None:
    """“My” means the asker only where people are told apart."""
    assert read("my reach") == read("reach")


def test_every_word_for_an_option_is_one() -> None:
    """As the guide shows them: cleaned, and not the name of anything else."""
    for key, words in OPTIONS.items():
        for said in words:
            assert clean(said) == said
            question = ask_one(f"first response time {said}", TODAY, EVERYWHERE)
            assert question.options == (key,), said


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(TOWN.options)),
    st.sets(st.sampled_from([*OPTIONS])),
    st.sets(st.sampled_from(["C1", "C2"])),
    st.dates(date(2024, 1, 1), TODAY),
    st.integers(1, 60),
)
def test_repeated_words_ask_the_same(
    kpi: str, options: set[str], channels: set[str], start: date, days: int
) -> None:
    """Whatever is asked of issues, its words read back as it."""
    end = min(start + timedelta(days=days), TODAY + timedelta(days=1))
    kept = tuple(it for it in OPTIONS if it in options and it in TOWN.options[kpi])
    period = Period(start, end, "", Grain.DAYS)
    question = Question(kpi, Scope(channels=tuple(sorted(channels))), period, TODAY, options=kept)
    again = ask_one(repeat(question, TOWN), TODAY, TOWN)
    assert wordless(again) == wordless(question)
