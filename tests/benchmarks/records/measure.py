"""Row 18: what ten times the rows cost a question about 28 days of records.

Ten times the history must cost nearly nothing: the days asked for are a range of an index. Ten
times the rows a day have all to be added up, as records have no rollup; that is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from kpis.answer import answer
from kpis.answers import Value
from kpis.question import Period, Question, Scope
from kpis.surroundings import survey
from storage.bulk import insert
from storage.calendar import ensure_days
from storage.database import Database
from storage.schema import migrate
from storage.tables import day_number, instant_number
from storage.workspaces import only_workspace
from tests.benchmarks.board import Board
from tests.benchmarks.plan import Plan
from tests.benchmarks.rounds import race

ROW, LIMIT = 18, 1.3
TODAY = date(2026, 11, 22)
PERIOD = Period(TODAY - timedelta(days=28), TODAY, "28 days")
KPIS = ("web-traffic", "spend", "mentions", "aov")
DAYS = 120


def measure(plan: Plan, board: Board) -> None:
    a_day = max(2, plan.rows // 4000)
    days = 30 if plan.is_tiny else DAYS
    sizes = {
        "usual": (days, a_day),
        "10× history": (days * 10, a_day),
        "10× a day": (days, a_day * 10),
    }
    with TemporaryDirectory(dir=plan.folder) as folder:
        databases = {
            name: seed(Path(folder) / f"{number}.db", *size)
            for number, (name, size) in enumerate(sizes.items())
        }
        try:
            for kpi in KPIS:
                contenders = {name: asking(it, kpi) for name, it in databases.items()}
                times = race(contenders, plan.rounds)
                history = times.ratio("10× history", "usual")
                board.at_most(ROW, f"{kpi}, 10× history", history, LIMIT)
                board.show(ROW, f"{kpi}, 10× the rows a day", times.ratio("10× a day", "usual"))
                board.tell("Answers from records", kpi, times.median("usual") * 1000, "ms")
        finally:
            for it in databases.values():
                it.close()


def asking(database: Database, kpi: str) -> Callable[[], None]:
    """Return a turn that works a whole answer out."""
    with database.read() as connection:
        around = survey(connection, 1)
    question = Question(kpi, Scope(), PERIOD, TODAY)

    def turn() -> None:
        with database.read() as connection:
            assert isinstance(answer(question, connection, around).main.value, Value)

    return turn


def seed(file: Path, days: int, a_day: int) -> Database:
    """Return a database with so many rows of each kind on each of the days before today."""
    database = Database(f"sqlite:///{file}")
    migrate(database)
    with database.write() as connection:
        workspace = only_workspace(connection).id
        first = TODAY - timedelta(days=days)
        ensure_days(connection, "UTC", first, TODAY)
        insert(connection, "brand", ("workspace", "name", "own"), [(workspace, "acme", True)])
        for source in ("web", "ads", "mentions", "orders"):
            span = (workspace, source, "", 0, day_number(first), day_number(TODAY), 1)
            columns = ("workspace", "source", "platform", "account", "start", "end", "import_id")
            insert(connection, "watched", columns, [span])
        for table, names, rows in drawn(workspace, first, days, a_day):
            insert(connection, table, names, rows)
    return database


Drawn = tuple[str, tuple[str, ...], list[tuple[object, ...]]]


def drawn(workspace: int, first: date, days: int, a_day: int) -> Iterator[Drawn]:
    """Yield rows by table: a source, a campaign, an author and a customer for each row of a day."""
    every = [(day_number(first) + day, number) for day in range(days) for number in range(a_day)]
    noon = instant_number(datetime.combine(first, datetime.min.time(), UTC))
    micro = 86_400_000_000
    yield (
        "web_visits",
        ("workspace", "property", "start", "end", "channel_group", "platform", "source", "medium",
         "campaign", "keyword", "social", "tagged", "sessions", "bounced", "bounce_kind",
         "currency", "import_id"),
        [(workspace, "", day, day + 1, "Organic Social", "instagram", f"s{number}", "", "", "",
          True, True, 10, 4, "ga4", "", 1) for day, number in every],
    )  # fmt: skip
    yield (
        "ad_spend",
        ("workspace", "platform", "account", "start", "end", "campaign", "ad", "variant",
         "currency", "spend", "clicks", "import_id"),
        [(workspace, "instagram", "", day, day + 1, f"c{number}", "", "", "EUR", 120, 3, 1)
         for day, number in every],
    )  # fmt: skip
    start = day_number(first)
    yield (
        "mention",
        ("workspace", "platform", "external_id", "at", "brand", "author", "sentiment", "topic",
         "permalink", "import_id"),
        [(workspace, "x", f"{day}-{number}", noon + (day - start) * micro + number, 1,
          f"a{number}", "positive", "", "", 1) for day, number in every],
    )  # fmt: skip
    yield (
        "customer_order",
        ("workspace", "external_id", "at", "customer", "platform", "source", "campaign", "value",
         "currency", "import_id"),
        [(workspace, f"{day}-{number}", noon + (day - start) * micro + number, f"k{number}", "",
          "", "", 2500, "EUR", 1) for day, number in every],
    )  # fmt: skip
