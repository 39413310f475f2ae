"""Analyses that are asked like a KPI: the best posts, and platforms side by side."""

from collections.abc import Callable

from kpis.answers import Answer

POSTS = """
    day        | platform  | post | content_type | title | reach | likes | comments | shares | clicks
    -----------+-----------+------+--------------+-------+-------+-------+----------+--------+-------
    2026-11-02 | instagram | a    | reel         | Latte |  1000 |   100 |        0 |      0 |      0
    2026-11-03 | instagram | b    | photo        | Beans |  2000 |    40 |        0 |      0 |      0
    2026-11-04 | facebook  | c    | photo        | Cups  |   500 |    30 |        0 |      0 |      0
    2026-11-05 | instagram | d    | reel         | Tiny  |    20 |    15 |        0 |      0 |      0
"""  # noqa: E501


def rows_of(answer: Answer) -> dict[str, list[str]]:
    assert answer.grid is not None
    return {name: [it.words for it in cells] for name, cells in answer.grid.rows}


def test_top_posts_are_ranked_by_rate_and_few_viewers_come_last(
    asked: Callable[..., Answer],
) -> None:
    """100 of 1,000 is 10 %; that 15 of 20 people liked one is 75 %, and says little."""
    answer = asked("top-posts instagram 2026-11", posts=POSTS)
    assert list(rows_of(answer)) == [
        "2 Nov, reel “Latte”",
        "3 Nov, photo “Beans”",
        "5 Nov, reel “Tiny”",
    ]
    assert answer.main.headline == "10.0 %: 2 Nov, reel “Latte”"
    assert "1 post that fewer than 100 saw is ranked last." in answer.notes


def test_platforms_compared_adds_nothing_across_platforms(asked: Callable[..., Answer]) -> None:
    """Instagram 155 of 3,020, Facebook 30 of 500: each Σ ÷ Σ over its own posts."""
    answer = asked("platforms-compared 2026-11", posts=POSTS)
    rows = rows_of(answer)
    assert rows["Instagram"][:2] == ["5.13 %", "3"]
    assert rows["Facebook"][:2] == ["6.00 %", "1"]
    assert answer.main.headline == "Facebook leads: engagement rate by reach 6.00 %"
