"""The four questions, asked of raw SQLite, of our read, and of the whole Answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from kpis.answer import answer
from kpis.catalogue import CATALOGUE, Kpi
from kpis.frame import Frame
from kpis.language import Formula
from kpis.periods import last_days
from kpis.question import Asked, Question
from kpis.readers.read import read
from kpis.readers.request import ReadRequest
from kpis.surroundings import Surroundings
from storage.platforms import PLATFORMS
from storage.tables import day_number
from tests.benchmarks.query.seed import TODAY, Seeded

DAYS = "day >= ? AND day < ?"
ROLLUP = "FROM rollup WHERE workspace = ? AND measure = ? AND platform = ? AND own = 1"
MONTHS = "strftime('%Y-%m', day * 86400, 'unixepoch')"


@dataclass(frozen=True)
class Asking:
    """One question: its words, the least SQL that answers it, and the rows that our read takes."""

    key: str
    what: str
    words: str
    kpi: str
    days: int
    platforms: tuple[str, ...]
    group: str | None
    sql: str
    """Answers for both periods, as raw SQL would be written by hand."""


EVERY = tuple(sorted(PLATFORMS))
PLACES = ", ".join("?" * len(EVERY))
ASKED = (
    Asking(
        "a", "one measure, one platform, 30 + 30 days", "impressions instagram last 30 days",
        "impressions", 30, ("instagram",), None,
        f"SELECT day, total, n, who {ROLLUP} AND {DAYS}",
    ),
    Asking(
        "b", "a ratio per day, 30 + 30 days", "ctr instagram last 30 days",
        "ctr", 30, ("instagram",), None,
        "SELECT c.day, c.total, i.total, c.total * 1.0 / i.total FROM rollup c JOIN rollup i"
        " ON i.workspace = c.workspace AND i.measure = 'impressions' AND i.platform = c.platform"
        " AND i.own = c.own AND i.day = c.day AND i.n = c.n AND i.who = c.who"
        " WHERE c.workspace = ? AND c.measure = ? AND c.platform = ? AND c.own = 1"
        " AND c.day >= ? AND c.day < ?",
    ),
    Asking(
        "c", "by platform, 1 + 1 years", "impressions by platform last 365 days",
        "impressions", 365, EVERY, "platform",
        "SELECT platform, day >= ?, sum(total), sum(n) FROM rollup WHERE workspace = ?"
        f" AND measure = ? AND platform IN ({PLACES}) AND own = 1 AND {DAYS} GROUP BY 1, 2",
    ),
    Asking(
        "f", "by month, every platform, 1 + 1 years", "impressions by month last 365 days",
        "impressions", 365, EVERY, None,
        f"SELECT {MONTHS}, sum(total), sum(n) FROM rollup WHERE workspace = ?"
        f" AND measure = ? AND platform IN ({PLACES}) AND own = 1 AND {DAYS} GROUP BY 1",
    ),
)  # fmt: skip


def span(asked: Asking) -> tuple[int, int]:
    """Return the day numbers read: the period and the one before it."""
    end = day_number(TODAY)
    return end - 2 * asked.days, end


def parameters(asked: Asking, seeded: Seeded) -> tuple[object, ...]:
    measure = "clicks" if asked.kpi == "ctr" else asked.kpi
    start, end = span(asked)
    split = (end - asked.days,) if asked.group else ()
    return (*split, seeded.workspace, measure, *asked.platforms, start, end)


def request_of(asked: Asking, seeded: Seeded, around: Surroundings) -> ReadRequest:
    """Return what a sitting would ask the readers for."""
    start, end = span(asked)
    own = [it for it in around.accounts if it.own and it.platform in asked.platforms]
    return ReadRequest(
        workspace=seeded.workspace,
        zone=around.zone,
        accounts=tuple(it.id for it in own),
        platforms=asked.platforms,
        whole=True,
        start=start,
        end=end,
        asked=end - asked.days,
        group=asked.group,
    )


def reader(
    asked: Asking, seeded: Seeded, around: Surroundings
) -> Callable[[Connection], Mapping[str, object] | Frame]:
    """Return our read, ready to be given a connection."""
    entry = CATALOGUE[asked.kpi]
    assert isinstance(entry, Kpi)
    formulas: list[Formula] = [entry.formula]
    request = request_of(asked, seeded, around)
    return lambda connection: read(connection, request, formulas)


def question_of(asked: Asking, around: Surroundings) -> Question:
    """Return the question as the words make it."""
    from kpis.parsing import parse

    request = parse(asked.words, TODAY, around.directory)
    assert isinstance(request, Asked)
    (question,) = request.questions
    assert question.period.start == last_days(asked.days, TODAY).start
    assert question.period.end == TODAY - timedelta(days=0)
    return question


def answerer(asked: Asking, around: Surroundings) -> Callable[[Connection], object]:
    """Return the whole Answer, ready to be given a connection."""
    question = question_of(asked, around)
    return lambda connection: answer(question, connection, around)
