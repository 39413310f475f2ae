"""Figures by channel, platform, person, hour; the asker's own; nobody's but by an admin's word."""

from dataclasses import replace

import pytest

from kpis import wording
from kpis.answers import Answer
from kpis.asking import work_out
from kpis.grammar_parts import Split
from kpis.grammar_reading import choose_split
from kpis.parsing import parse
from kpis.question import Asked, Directory
from kpis.surroundings import look_around
from storage.database import Database
from storage.errors import KepiError
from tests.drawn import fill
from tests.service.conftest import NOW, Asking
from tests.service.issues_drawn import track

ROWS = [
    *(f"C1 | 2026-11-10 09:0{at} | +{at + 1} h | x | mia | high" for at in range(6)),
    *(f"C2 | 2026-11-11 10:0{at} | +{at + 2} h | instagram | omar | normal" for at in range(5)),
    *(f"C2 | 2026-11-12 11:0{at} | +{at + 3} h |  | lena | normal" for at in range(2)),
]
MANY = "channel | opened | answered | platform | person | priority\n---+---\n" + "\n".join(ROWS)
WAITING = MANY + "\nC1 | 2026-11-20 12:00 | | x | | high"


def lines(answer: Answer) -> list[str]:
    return [wording.line(answer, it) for it in answer.breakdown]


def test_by_channel_each_part_says_who_waits(asked: Asking) -> None:
    """No part is without its counts."""
    assert lines(asked("frt by channel", WAITING)) == [
        "#shop: median 4 h 00 m (7 answered, none still waiting)",
        "#care: median 3 h 30 m (6 answered, 1 still waiting now, oldest 2 d 00 h)",
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("platform", ["X", "Instagram", "Slack"]),
        ("priority", ["normal", "high"]),
        ("weekday", ["Tuesday", "Wednesday", "Thursday"]),
        ("day", ["10 Nov 2026", "11 Nov 2026", "12 Nov 2026"]),
        ("week", ["week of 9 Nov 2026"]),
        ("hour", ["10", "11", "12", "13", "14", "15", "16"]),
    ],
)
def test_other_splits(asked: Asking, words: str, names: list[str]) -> None:
    """The parts of each way to split, the largest first or in order of time."""
    assert [it.name for it in asked(f"frt by {words}", MANY).breakdown] == names


def test_a_channel_where_all_wait_is_not_left_out(asked: Asking) -> None:
    """No median at all is the worst one; the channel is named with who waits in it."""
    issues = """
        channel | opened           | answered
        --------+------------------+---------
        C1      | 2026-11-20 12:00 | +1 h
        C2      | 2026-11-20 12:00 |
        C2      | 2026-11-21 12:00 |
    """
    assert lines(asked("frt by channel", issues)) == [
        "#care: 1 h 00 m (1 answered, none still waiting)",
        "#shop: No issue was answered in this period; 2 still waiting now, oldest 2 d 00 h.",
    ]


def test_people_are_not_told_apart_until_an_admin_says_so(asked: Asking) -> None:
    """One line that says what works."""
    with pytest.raises(KepiError, match="off here until an admin turns them on") as refused:
        asked("first response time by person", MANY)
    assert "\n" not in str(refused.value)


def test_people_with_fewer_than_five_are_others(asked: Asking) -> None:
    """Lena answered two: nobody can read off who they were."""
    answer = asked("frt by responder", MANY, choices=("figures-by-person",))
    assert [it.name for it in answer.breakdown] == ["mia", "omar", "other"]
    assert "lena" not in wording.plain(answer)


def test_everybody_may_see_their_own(asked: Asking) -> None:
    """“My” means the asker, whether or not figures by person are on."""
    answer = asked("my first response time", MANY, asker="omar")
    assert wording.headline(answer) == "Median 4 h 00 m"
    assert answer.title == "First response time · yours · last 28 days"
    with pytest.raises(KepiError, match="can't tell who you are"):
        asked("my first response time")


def test_a_split_that_it_does_not_have_is_refused(asked: Asking) -> None:
    with pytest.raises(KepiError, match="can't split open issues by “hour”"):
        asked("open issues by hour", MANY)


def test_platforms_are_compared(asked: Asking) -> None:
    """X beside Instagram, over the same days."""
    answer = asked("frt x vs instagram", MANY)
    assert wording.headline(answer) == "Median 3 h 30 m, −13 % (4 h 00 m Instagram)"


def test_by_channel_still_means_platform_for_posts(asked: Asking) -> None:
    """Marketers call networks channels; posts have nothing else by that name."""
    town = Directory(dimensions={"likes": ("platform",), "issues": ("channel", "platform")})
    assert choose_split("likes", [Split("channel", "channel")], town)[0] == "platform"
    assert choose_split("issues", [Split("channel", "channel")], town)[0] == "channel"
    assert asked("frt by channel", MANY).question.by == "channel"


def test_a_form_that_changes_the_kpi_alone_is_answered(database: Database) -> None:
    """From “my first response time in #care today” to likes: what likes have is kept."""
    fill(database, days="day | account | likes\n---+---+---\n2026-11-21 | acme | 3")
    workspace = track(database)
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        request = parse("first response time #care strict today", NOW.date(), around.directory)
        assert isinstance(request, Asked)
        changed = replace(request.questions[0], kpi="likes")
        answer = work_out(changed, connection, around, NOW)
    assert wording.headline(answer).startswith("3")
    assert answer.receipt.repeat == "likes 2026-11-21 as of 2026-11-22 12:00"
