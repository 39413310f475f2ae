"""docs/asking.md: its grammar and its examples are what the parser reads."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from asking_town import DIRECTORY, EVERYWHERE, GUIDE, TODAY, VARIANTS, ask, read, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark
from lark.exceptions import LarkError

from commands.first_words import about
from kpis.question import Asked, Refusal
from kpis.words import clean

NAMES = {
    "KPI": ("reach", "likes", "engagement rate", "views", "posts", "räckvidd", "覆蓋"),
    "VARIANT": VARIANTS,
    "ACCOUNT": ("acme", "nordkaffe"),
    "BRAND": ("acme", "nordkaffe"),
    "ISSUES": ("first response time", "issues"),
    "CHANNEL": ("care", "shop-se"),
}

UNSAYABLE = (
    "is before",
    "ends before",
    "more than ten years",
    "begins on",
    "begins today",
    "is to come",
)
"""What a grammar without arithmetic cannot rule out."""


def read_grammar() -> str:
    """Return the grammar that the guide prints."""
    found = re.search(r"```lark\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


@cache
def grammar(filled: bool) -> Lark:
    """Return the grammar; ``filled`` with the names of the workspace instead of placeholders."""
    text = read_grammar()
    if filled:
        quoted = (
            f"{terminal}: " + " | ".join(f'"{name}"' for name in names)
            for terminal, names in NAMES.items()
        )
        text = re.sub(r"%declare .*", lambda _: "\n".join(quoted), text)
    return Lark(text, start="start", parser="earley", lexer="dynamic")


sentences = from_lark(
    grammar(filled=False),
    start="start",
    explicit={terminal: st.sampled_from(names) for terminal, names in NAMES.items()},
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(sentences)
def test_the_parser_reads_every_sentence_of_the_grammar(sentence: str) -> None:
    """What the guide promises is answered, without a guess, unless its days cannot be."""
    refused = ""
    notes: tuple[str, ...] = ()
    try:
        request = read(sentence, TODAY, EVERYWHERE)
        notes = request.notes if isinstance(request, Asked) else ()
    except Refusal as one:
        refused = str(one)
    assert not refused or any(words in refused for words in UNSAYABLE), (sentence, refused)
    assert not any(note.startswith("Read ") for note in notes), (sentence, notes)


CORPUS = """
    reach
    reach instagram last-30d
    private reach
    engagement rate acme last month vs last year
    likes by post oct
    likes, views and posts ig and fb 30d
    reach likes
    reach instagram acme 2026-10-24 to 2026-11-22 as of 2026-11-23 08:12
    reach facebook/nordkaffe last 3 months vs instagram/acme private
    reach @acme brand nordkaffe
    räckvidd x yesterday
    覆蓋 instagram 2026-q3
    likes q3 2025 by day of week compared to previous period
    posts weekly
    views mtd 2026-10-15 yoy
    why reach last week
    trend likes instagram 2026
    engagement rate by country vs benchmark
    likes oct by campaign
    reach 1-15 oct
    reach oct 1-15
    reach 24 oct - 22 nov
    reach 12th nov
    reach from oct 2025 to dec 2025
    reach between 1 oct and 15 oct
    reach since 1 oct
    reach 2026-10-24..2026-11-22
    reach week 40 2025
    reach 2014-w40 vs nordkaffe as of 2026-11-01
    instagram acme last week
    last week
    this month vs last year
    all
    help
    list
    guide
    guide engagement rate
    first response time
    first response time cohort #care last week by person
    issues by opened business hours instagram and #shop-se today per via
    first response time strict all time by person
    issues #care ever
    issues since the start weekly
    issues mine in working hours this week weekly vs previous
"""


@pytest.mark.parametrize("sentence", [line.strip() for line in CORPUS.strip().splitlines()])
def test_the_grammar_has_every_canonical_sentence(sentence: str) -> None:
    """What the parser reads in the order of the guide, the grammar reads too."""
    read(sentence, TODAY, EVERYWHERE)
    grammar(filled=True).parse(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "reach reach by",
        "reach 0d",
        "reach 13 months ago",
        "vs",
        "reach by colour",
        "q5",
        "29d 30d",
    ],
)
def test_the_grammar_has_no_sentence_that_the_parser_refuses(sentence: str) -> None:
    """Neither reads these, so the grammar is not simply anything at all."""
    with pytest.raises(LarkError):
        grammar(filled=True).parse(sentence)


def list_examples() -> Iterator[str]:
    """Yield every question that the guide shows."""
    text = GUIDE.read_text("utf-8")
    before_grammar = text[: text.index("## The grammar")]
    yield from re.findall(r"^/kpi (.+)$", before_grammar, re.MULTILINE)
    yield from (
        words for words in re.findall(r"`/kpi ([^`]+)`", before_grammar) if words != "WORDS"
    )
    yield "What is our reach on Instagram for the last 30 days"


@pytest.mark.parametrize("example", list(list_examples()))
def test_every_example_of_the_guide_works(example: str) -> None:
    """They are read as they stand: as questions, or as what Slack alone does."""
    if example.startswith("note"):
        assert about(example) is not None
        return
    request = read(example)
    assert not isinstance(request, Asked) or request.notes == ()


def test_the_guides_first_sentence_is_its_second_example() -> None:
    """The guide says that the long question is the short one."""
    long = ask("What is our reach on Instagram for the last 30 days")
    assert long == ask("reach instagram last-30d")


def list_forms() -> Iterator[str]:
    """Yield every period that the guide's table shows."""
    text = GUIDE.read_text("utf-8")
    section = text[text.index("## Periods") : text.index("## Whose numbers")]
    for left, *_ in table(
        section[section.index("| you write") :].replace("\n| ", "\n").lstrip("| ")
    ):
        yield from re.findall(r"`([^`]+)`", left)


def test_every_period_of_the_guide_works() -> None:
    """Each form in the table is a period alone."""
    forms = list(list_forms())
    assert len(forms) > 30
    for form in forms:
        assert ask(f"reach {form}", TODAY, DIRECTORY).questions[0].period, form
        assert clean(form) == form or "…" in form
