"""What people type after ``/kpi alert`` becomes the rule they meant, or one line that helps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.alerts.draft import Draft, unpack_draft
from commands.alerts.numbers import read_limit, read_percent, say_limit
from commands.alerts.reading import read_words
from commands.blocks import VALUE
from kpis.surroundings import Surroundings, look_around
from storage.database import Database
from storage.errors import KepiError
from storage.measures import Unit
from tests.drawn import fill

TODAY = date(2026, 11, 22)
ACCOUNTS = """
    platform  | account | brand     | own
    ----------+---------+-----------+----
    instagram | acme    | Acme      | yes
    facebook  | acme    | Acme      | yes
    instagram | nord    | Nordkaffe | no
"""
POSTS = """
    published        | platform  | account | post | likes
    -----------------+-----------+---------+------+------
    2026-11-02 10:00 | instagram | acme    | a    |    10
"""
READ = """
    words                               | kind      | kpi       | scope     | side  | limit | days
    ------------------------------------+-----------+-----------+-----------+-------+-------+-----
    likes instagram below 100           | threshold | likes     | instagram | below | 100   | 1
    instagram likes < 100               | threshold | likes     | instagram | below | 100   | 1
    likes instagram &lt; 1,200          | threshold | likes     | instagram | below | 1200  | 1
    when likes are over 5k              | threshold | likes     |           | above | 5000  | 1
    tell if comments exceed 1.5k a week | threshold | comments  |           | above | 1500  | 7
    Likes drop below 100                | threshold | likes     |           | below | 100   | 1
    engagement rate below 4 %           | threshold | er        |           | below | 0.04  | 1
    engagement rate under 2.5 percent   | threshold | er        |           | below | 0.025 | 1
    response time above 30 min          | threshold | frt       |           | above | 1800  | 1
    frt over 2 h                        | threshold | frt       |           | above | 7200  | 1
    reach drops 30 %                    | change    | reach     |           | below | 0.3   | 1
    reach facebook falls by 25%         | change    | reach     | facebook  | below | 0.25  | 1
    reach rises over 50 percent weekly  | change    | reach     |           | above | 0.5   | 7
    likes drop 30 % week on week        | change    | likes     |           | below | 0.3   | 7
    likes down 20% WoW                  | change    | likes     |           | below | 0.2   | 7
    likes up 20 % month-over-month      | change    | likes     |           | above | 0.2   | 28
    reach instagram falls by half       | change    | reach     | instagram | below | 0.5   | 1
    likes change by 40 %                | change    | likes     |           | both  | 0.4   | 1
    reach drops                         | change    | reach     |           | below | 0.3   | 1
    followers unusual                   | anomaly   | followers |           | both  | 0     | 1
    unusually low reach                 | anomaly   | reach     |           | below | 0     | 1
    strange followers instagram acme    | anomaly   | followers | instagram | both  | 0     | 1
    likes                               | anomaly   | likes     |           | both  | 0     | 1
    negative mentions                   | crisis    |           |           | both  | 0     | 1
    negative mentions above 20          | threshold | negative-mentions |   | above | 20    | 1
    negative mentions up by 50 %        | change    | negative-mentions |   | above | 0.5   | 1
    spend above 100 eur                 | threshold | spend     |           | above | 100   | 1
    spend over €1,200 a week            | threshold | spend     |           | above | 1200  | 7
    crisis Acme                         | crisis    |           | Acme      | both  | 0     | 1
    no data                             | silence   |           |           | both  | 0     | 1
    no data instagram                   | silence   |           | instagram | both  | 0     | 1
    data stop coming                    | silence   |           |           | both  | 0     | 1
    when facebook data are missing      | silence   |           | facebook  | both  | 0     | 1
"""
SHORT = {"er": "engagement-rate", "frt": "first-response-time"}
REFUSED = """
    words                             | says
    ----------------------------------+------
    below 100                         | Which KPI?
    drops 30 %                        | Which KPI?
    likes and comments below 5        | One KPI an alert
    engagement rate below 30 min      | 4 %
    first response time above 30      | 30 min or 2 h
    likes below 4 %                   | 100 or 5k
    smorgasbord below 100             | smorgasbord
    likes drop 0 %                    | 30 %
"""


@pytest.fixture
def around(sqlite_database: Database) -> Surroundings:
    workspace = fill(sqlite_database, accounts=ACCOUNTS, posts=POSTS)
    with sqlite_database.read() as connection:
        return look_around(sqlite_database, connection, workspace)


def lines(text: str) -> list[list[str]]:
    return [[it.strip() for it in line.split("|")] for line in text.strip().splitlines()[2:]]


def said(draft: Draft, around: Surroundings) -> list[str]:
    """Return a draft as the table draws it."""
    rule = draft.rule
    scope = [*rule.scope.platforms, *(around.brand_names[it] for it in rule.scope.brands)]
    scope += [around.by_id[it].platform for it in rule.scope.accounts]
    settings = rule.settings
    limit = f"{settings.limit:g}"
    return [rule.kind, rule.kpi, "".join(scope), settings.side, limit, str(settings.days)]


def test_words_become_rules(around: Surroundings) -> None:
    """In any order, with fillers, signs and units as people write them."""
    for words, *expected in lines(READ):
        expected[1] = SHORT.get(expected[1], expected[1])
        assert said(read_words(words, around, TODAY), around) == expected, words


def test_what_cannot_be_read_says_what_would_work(around: Surroundings) -> None:
    for words, says in lines(REFUSED):
        with pytest.raises(KepiError, match=says.replace("?", r"\?")) as refused:
            read_words(words, around, TODAY)
        assert len(str(refused.value)) < 220


def test_a_channel_and_how_often_are_read_too(around: Surroundings) -> None:
    """“in #ops” is where it is told, not whose figures; “once” and “live” are settings."""
    draft = read_words("likes below 5 live once in <#C0OPS00|ops>", around, TODAY, "C1", "U1")
    assert (draft.rule.channel, draft.rule.kpi) == ("C0OPS00", "likes")
    assert (draft.rule.settings.is_live, draft.rule.settings.every_time) == (True, False)
    assert (draft.rule.by, draft.rule.owner) == ("U1", "U1")
    assert read_words("likes below 5", around, TODAY, "C1").rule.channel == "C1"


def test_a_draft_is_remembered_by_a_button(around: Surroundings) -> None:
    """Packed and unpacked it is the same, and fits; what is none is refused."""
    draft = read_words("engagement rate instagram below 4 % weekly once", around, TODAY, "C1", "U1")
    packed = draft.pack()
    assert len(packed) < VALUE
    assert unpack_draft(packed, around.workspace) == draft
    for foreign in ("", "[]", "{}", '{"kind": "magic"}', '{"kind": "crisis", "scope": "3"}'):
        with pytest.raises(KepiError):
            unpack_draft(foreign, around.workspace)


@pytest.mark.parametrize(
    ("text", "unit", "limit"),
    [
        ("100", Unit.COUNT, 100),
        ("1,200", Unit.COUNT, 1200),
        ("1.200.000", Unit.COUNT, 1_200_000),
        ("1.5k", Unit.COUNT, 1500),
        ("1,5", Unit.COUNT, 1.5),
        ("2 m", Unit.PEOPLE, 2_000_000),
        ("4", Unit.PERCENT, 0.04),
        ("4.25 %", Unit.PERCENT, 0.0425),
        ("90 s", Unit.SECONDS, 90),
        ("2 d", Unit.SECONDS, 172_800),
    ],
)
def test_limits_are_read_in_the_unit_of_the_kpi(text: str, unit: Unit, limit: float) -> None:
    """And what the form shows of them reads back as the same number."""
    read = read_limit(text, unit)
    assert read == pytest.approx(limit)
    assert read_limit(say_limit(read, unit), unit) == pytest.approx(read)


@pytest.mark.parametrize("text", ["", "x", "-5", "1e99", "9" * 40, "NaN", "5 apples"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    """One line each, that says what a number looks like."""
    with pytest.raises(KepiError, match="number"):
        read_limit(text, Unit.COUNT)
    with pytest.raises(KepiError, match="30 %"):
        read_percent(text)


PIECES = (
    *("likes", "reach", "below", "above", "drops", "30 %", "100", "5k", "instagram", "unusual"),
    *("no", "data", "negative", "mentions", "a week", "once", "live", "<#C1|x>", "\u202e", "1e9"),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)))
def test_any_words_end_in_a_rule_or_one_line(around: Surroundings, words: str) -> None:
    """Whatever is typed: never anything but a draft that a button can hold, or a refusal."""
    try:
        draft = read_words(words, around, TODAY, "C1", "U1")
    except KepiError:
        return
    assert unpack_draft(draft.pack(), around.workspace) == draft
