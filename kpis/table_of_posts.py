"""The best posts of a period as a table (features 31 and 101)."""

import re
from dataclasses import replace

from kpis.analyses.per_post import PerPost
from kpis.analyses.top_posts import Ranked, Ranking, say_left_out
from kpis.answers import Answer, Cell, Grid
from kpis.numbers import write, write_with_unit
from kpis.periods import say_day
from kpis.slots import day_of
from kpis.table_sheet import Sheet, finished
from kpis.titles import account_title
from kpis.tongue import say, say_declared
from storage.measures import Unit

MOST_POSTS = 10
LONGEST_TITLE = 40
HASHTAG = re.compile(r"#\w+")


def top_posts(sheet: Sheet, ranking: Ranking) -> Answer:
    """Return the best posts, what each is beside its account's usual, and what they share."""
    way, shown = ranking.way, ranking.posts[:MOST_POSTS]
    year, several = sheet.question.today.year, len(sheet.accounts) > 1
    columns: tuple[str, ...] = (way.title, say("beside usual"))
    if any(it.post.link for it in shown):
        columns = (*columns, say("link"))
    rows = tuple(
        (name_post(it, sheet, year, several), cells_of_post(it, way)[: len(columns)])
        for it in shown
    )
    best = shown[0]
    headline = write_with_unit(best.value, way.unit)
    if best.times is not None:
        headline += ", " + say("{times} × its account's usual", times=write_times(best.times))
    headline += f": {rows[0][0]}"
    answer = finished(
        sheet,
        Grid(columns, rows, label=say_declared("post").capitalize()),
        headline,
        details=ranking.traits,
        notes=tuple(say_left_out(ranking)),
        chart="bars",
        n=len(ranking.posts),
    )
    return replace(answer, better=way.better)


def name_post(ranked: Ranked, sheet: Sheet, year: int, several: bool) -> str:
    """Return “3 Nov, reel “Latte art””, with its account where several are asked of."""
    post = ranked.post
    title = " ".join(HASHTAG.sub(" ", post.title).split()) or " ".join(post.title.split())
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
    account = account_title(sheet.surroundings.by_id[post.account]) if several else ""
    named = " ".join(
        it for it in (say_declared(post.kind or ""), f"“{short}”" if short else "") if it
    )
    return ", ".join(it for it in (say_day(day_of(post.day), year), account, named) if it)


def cells_of_post(ranked: Ranked, way: PerPost) -> tuple[Cell, ...]:
    times = ranked.times
    usual = "–" if times is None else f"{write_times(times)} ×"
    return (
        Cell(ranked.value, way.unit, write(ranked.value, way.unit), ranked.is_small, 1),
        Cell(times, Unit.RATIO, usual),
        Cell(words=ranked.post.link or "–"),
    )


def write_times(times: float) -> str:
    """Return “3.2” or “12”: how many times the usual."""
    return write(round(times, 1 if times < 10 else 0), Unit.COUNT)
