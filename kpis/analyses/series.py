"""The trend of whatever has a series: KPIs of records and of customer issues."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from kpis.analyses.trend import FEWEST, Trend, find_trend, say_slope
from kpis.answers import Answer, Value
from kpis.question import Refusal
from kpis.tongue import say


def trend_of(answer: Answer) -> Answer:
    """Return the answer with what its own series says of the way it goes."""
    main = answer.main
    points = tuple(it for it in main.series if not it.provisional)
    values = [it.value for it in points if it.value is not None]
    if not isinstance(main.value, Value):
        return answer
    if answer.together is None and len(answer.lines) > 1:
        raise Refusal(say("These are several numbers that are never added; name one of them."))
    if not points:
        raise Refusal(say("{kpi} has no series, so it has no trend.", kpi=answer.kpi_title))
    title = say("Trend of {kpi}", kpi=answer.kpi_title)
    _, *rest = answer.title.split(" · ")
    if len(values) < FEWEST:
        headline = say("Too few numbers for a trend: {many}, needs {fewest}",
                       many=len(values), fewest=FEWEST)  # fmt: skip
        details: tuple[str, ...] = ()
    else:
        step = int(median((it.end - it.start).days for it in points))
        trend: Trend = find_trend(points, step)
        headline, details = say_slope(trend, answer.unit, answer.question.today.year)
    figure = replace(
        main, headline=headline, details=details, previous=None, change=None, previous_series=()
    )
    return replace(
        answer,
        title=" · ".join((title, *rest)),
        kpi_title=title,
        lines=(figure,),
        together=None,
        breakdown=(),
        beside=(),
        parts=(),
        chart="line",
    )
