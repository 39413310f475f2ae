"""Every verb on A/B tests, called once or more."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection

from kpis.actions import list_actions
from kpis.analyses.experiment import judge
from kpis.analyses.experiment_asking import read_test
from kpis.analyses.views import answer_view
from kpis.answer import answer
from kpis.question import Period, Question, Scope
from kpis.surroundings import Surroundings, look_around
from storage import experiments
from storage.database import Database
from storage.experiments import Arm, NewExperiment, Plan

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DIMENSIONS = ("content-type", "hashtag", "campaign", "variant", "hour", "weekday", "ads")


def live(database: Database, workspace: int) -> None:
    """Begin tests, count anew, end, take up again and remove one; look at every analysis."""
    arms = (Arm("red", part=12, whole=300), Arm("blue", part=20, whole=310))
    counted = NewExperiment("Button", "ctr", Plan("counts", arms), date(2026, 11, 1), "U1", AT)
    with database.write() as connection:
        number = experiments.begin(connection, workspace, counted)
        assert number is not None
        assert experiments.begin(connection, workspace, counted) is None
        experiments.count_again(connection, workspace, number, Plan("counts", arms))
        for of in DIMENSIONS:
            plan = Plan(of, (Arm("a", ("1",)), Arm("b", ("2",))), ("instagram",))
            measure = "ctr" if of == "ads" else "likes"
            new = NewExperiment(of, measure, plan, date(2026, 11, 1), "U1", AT)
            assert experiments.begin(connection, workspace, new) is not None
        assert experiments.end(connection, workspace, number, TODAY, AT)
        assert experiments.go_on(connection, workspace, number, None)
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        rows = experiments.of_workspace(connection, workspace)
        assert experiments.by_id(connection, workspace, number) in rows
        for row in rows:
            judge(row, connection, around, AT)
        said = "likes instagram: content type reel / photo since 1 nov"
        for kind in ("content type", "hashtag", "campaign"):
            words = said.replace("content type", kind)
            read_test(words, connection, workspace, TODAY, around.directory, owner="U1", now=AT)
        list_actions(connection, around, AT)
        look(connection, around)
    with database.write() as connection:
        assert experiments.forget(connection, workspace, number)


def look(connection: Connection, around: Surroundings) -> None:
    """Ask for every analysis that reads rows of its own."""
    period = Period(date(2026, 11, 1), TODAY, "")
    asked = [Question("followers", Scope(), period, TODAY, by=it) for it in ("country", "age")]
    asked += [Question("engagement-rate", Scope(), period, TODAY, by=it)
              for it in ("campaign", "variant")]  # fmt: skip
    asked += [Question("top-posts", Scope(), period, TODAY),
              Question("platforms-compared", Scope(), period, TODAY)]  # fmt: skip
    for question in asked:
        answer(question, connection, around, AT)
    for view in ("trend", "why"):
        question = Question("likes", Scope(), period, TODAY, view=view)
        answer_view(question, connection, around, lambda it: answer(it, connection, around, AT))
