"""Ways to count, benchmarks and views: what the whole catalogue can be asked for, and again."""

from dataclasses import replace

import pytest
from asking_town import DIRECTORY, TODAY, table, wordless

from kpis.catalogue import CATALOGUE, names
from kpis.declarations import Kpi
from kpis.dimensions import dimensions
from kpis.parsing import parse, repeat
from kpis.question import Asked, Beside, Question, Refusal

WHOLE = replace(
    DIRECTORY,
    names=names(),
    variants={
        key: tuple(it.variants)
        for key, it in CATALOGUE.items()
        if isinstance(it, Kpi) and it.variants
    },
    dimensions={key: dimensions(it) for key, it in CATALOGUE.items()},
    options={},
)


def ask_one(text: str) -> Question:
    """Return the only question that a text asks of the whole catalogue."""
    asked = parse(text, TODAY, WHOLE)
    assert isinstance(asked, Asked)
    (question,) = asked.questions
    return question


def test_every_declared_variant_can_be_asked_for_and_repeated() -> None:
    """“conversions linear”, “likes per post”: as it is declared, and from its own words again."""
    assert WHOLE.variants
    for kpi, variants in WHOLE.variants.items():
        for variant in variants:
            question = ask_one(f"{kpi.replace('-', ' ')} {variant} last week")
            assert (question.kpi, question.variant) == (kpi, variant)
            assert wordless(ask_one(repeat(question, WHOLE))) == wordless(question)


SAID = """
    words                                   | kpi         | variant         | by           | view  | beside
    ----------------------------------------+-------------+-----------------+--------------+-------+----------
    direct conversions                      | conversions | direct          |              |       | previous
    clv subscription                        | clv         | subscription    |              |       | previous
    revenue first touch by platform         | revenue     | first touch     | platform     |       | previous
    page views from social since 1 oct      | page-views  | from social     |              |       | previous
    intäkter linjär                         | revenue     | linear          |              |       | previous
    转化 直接 上个月                        | conversions | direct          |              |       | previous
    cảm xúc không tính trung lập            | sentiment   | without neutral |              |       | previous
    likes by type                           | likes       |                 | content-type |       | previous
    conversions by type                     | conversions |                 | type         |       | previous
    web traffic by channel                  | web-traffic |                 | channel-group |      | previous
    reach by channel                        | reach       |                 | platform     |       | previous
    reach by country                        | reach       |                 | country      |       | previous
    reach trend                             | reach       |                 |              | trend | previous
    why did reach change last week vs benchmark | reach   |                 |              | why   | benchmark
    engagement rate vs the industry average | engagement-rate |             |              |       | benchmark
"""  # noqa: E501 — a drawn table is as wide as its sentences


@pytest.mark.parametrize("row", table(SAID), ids=lambda row: row[0])
def test_what_is_said_beside_a_kpi(row: tuple[str, ...]) -> None:
    """A variant needs no “by”, a dimension does; a word of two meanings takes what the KPI has."""
    words, kpi, variant, by, view, beside = row
    question = ask_one(words.replace(" change", ""))
    said = (question.kpi, question.variant or "", question.by or "", question.view)
    assert said == (kpi, variant, by, view)
    assert question.baseline.kind is Beside(beside)
    assert wordless(ask_one(repeat(question, WHOLE))) == wordless(question)


def test_a_variant_that_the_kpi_has_not_is_refused() -> None:
    """What would work is said."""
    with pytest.raises(Refusal, match="I can't split reach by “linear”"):
        ask_one("reach linear")
