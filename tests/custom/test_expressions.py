"""The expression language of own KPIs: what is read, and what is refused with a hint."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.custom.expression import read_expression
from kpis.question import Refusal
from storage.errors import KepiError

READ = {
    "likes + 2 × comments": "Σ likes + Σ comments × 2",
    "likes+2*comments": "Σ likes + Σ comments × 2",
    "(likes + comments) ÷ impressions": "(Σ likes + Σ comments) ÷ Σ impressions",
    "link clicks / impressions": "Σ link clicks ÷ Σ impressions",
    "followers gained − followers lost": "Σ followers gained − Σ followers lost",
    "followers-gained - followers-lost": "Σ followers gained − Σ followers lost",
    "spend ÷ 4": "Σ spend × 0.25",
}
REFUSED = {
    "": "The formula is empty",
    "2 + 3": "names at least one KPI",
    "likes +": "ends too early",
    "(likes + comments": "bracket is not closed",
    "likes comments": "“likes comments” is no KPI",
    "lieks + comments": "Did you mean likes?",
    "likes ÷ 0": "cannot divide by 0",
    "likes ** 2": "I don't understand",
    "__import__('os')": "I don't understand",
    "likes; drop table": "I don't understand",
    "engagement rate followers + likes": "is no KPI that a formula can use",
    "likes + " * 200 + "likes": "has up to 400 characters",
    "(" * 30 + "likes" + ")" * 30: "brackets inside each other",
}


@pytest.mark.parametrize("text", READ)
def test_an_expression_becomes_the_words_of_the_language(text: str) -> None:
    """Names, numbers and four signs; what is made is made of the catalogue's own nodes."""
    assert read_expression(text).words == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_expression_says_what_would_work(text: str) -> None:
    """One line; nothing is run. Means are no amounts, so nothing is added to one."""
    with pytest.raises(Refusal, match="(?s)" + REFUSED[text].replace("?", r"\?")):
        read_expression(text)


@given(st.text(alphabet="likes comments()+-*/÷×−0123456789.,_'\"", max_size=60))
def test_whatever_is_written_ends_in_a_formula_or_a_hint(text: str) -> None:
    try:
        formula = read_expression(text)
    except KepiError as trouble:
        formula = None
        said = str(trouble)
    assert formula.leaves() if formula else said
