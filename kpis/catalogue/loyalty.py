"""Loyalty: what customers say when you ask them (kpi-catalogue §4)."""

from kpis.counting import balance, share
from kpis.declarations import Kpi
from kpis.language import mean
from storage.measures import Unit
from storage.record_measures import surveys

of_nps = surveys.only(surveys.kind_of.is_("nps"))
of_csat = surveys.only(surveys.kind_of.is_("csat"))

nps = Kpi(
    key="nps",
    title="Net promoter score",
    meaning="Of a hundred people, those who gave 9 or 10 minus those who gave 0 to 6.",
    why="Whether customers would recommend you.",
    formula=balance(
        of_nps.only(surveys.score.at_least(9)),
        of_nps.only(surveys.score.at_most(6)),
        of=of_nps,
        nouns=("promoters", "detractors", "answers"),
    ),
    unit=Unit.SCORE,
    aliases=("net promoter score", "promoter score"),
    bars=True,
)

survey_csat = Kpi(
    key="survey-csat",
    title="Satisfaction in surveys",
    meaning="Answers in the top fifth of the scale (4–5 of 5, 6–7 of 7, 8–10 of 10), of all.",
    why="Whether people were served well. Each scale stands on a line of its own.",
    formula=share(
        of_csat.only(surveys.score.at_least(0.8, of=surveys.highest)),
        of=of_csat,
        part_noun="satisfied answers",
        noun="answers",
    ),
    unit=Unit.PERCENT,
    aliases=("survey satisfaction", "csat surveys", "csat survey"),
    beside={"mean": (mean(of_csat.score), Unit.RATIO)},
    bars=True,
)

survey_score = Kpi(
    key="survey-score",
    title="Survey score",
    meaning="The mean of the answers on their own scale.",
    why="Follows one question over time.",
    formula=mean(surveys.score),
    unit=Unit.RATIO,
    aliases=("survey responses", "survey"),
    bars=True,
)
