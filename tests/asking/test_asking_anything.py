"""Anything at all may be written: it is answered or refused in one line, at once."""

import random
import tracemalloc
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from asking_town import DIRECTORY, GUIDE, TODAY, ask_one, read, wordless
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kpis.parsing import LONGEST, parse, repeat
from kpis.periods import unit_start, unit_to_date, whole_unit
from kpis.question import (
    DIMENSIONS,
    Baseline,
    Beside,
    Directory,
    Grain,
    KnownAccount,
    KnownBrand,
    Period,
    Question,
    Refusal,
    Scope,
)
from kpis.words import clean
from storage.errors import KepiError, Unclear
from storage.platforms import PLATFORMS

HOSTILE = (
    "'; DROP TABLE account; --",
    '" OR 1=1 UNION SELECT * FROM fact --',
    "reach' AND (SELECT count(*) FROM sqlite_master) > 0",
    "<!channel> <@U1> <#C1|> <https://x.example|",
    "*_~`reach`~_*",
    "```\nreach\n```",
    "&amp;&lt;&gt;&amp;amp;",
    "{{7*7}} ${jndi:ldap://x} %s %n %(x)s {0}",
    "../../etc/passwd\x00reach",
    "\ud800\udfff reach \udead",
    "r\u0334e\u0335a\u0336c\u0337h\u0338" * 20,
    "\u202e\u2066hcaer\u2069 \u200f\u200e\ufeff",
    "👩‍👩‍👧‍👦🏳️‍🌈 reach 📈",
    "ﷺ" * 600,
    "١٢٣٤٥٦٧٨٩٠ १२३ ༠",
    "½ ² Ⅳ ㊙ ㏒",
    "İIıi ẞß ŉ ǰ ΐ",
    "9" * 1999,
    "-" * 2000,
    "2026-" * 400,
    "1/1/1 0/0/0000 99.99.9999",
    "as of 0000-00-00 99:99",
    "vs vs vs by by by",
    "from to between and since until",
    "@ # @@ ## @# <>",
    "last last last 30 30 30 days days days",
    "29 feb 1900",
    "2026-02-31..2026-13-01",
    "nan inf 1e309 0x10 -5d +3d",
    "\n\t\r\v\f",
)


def settle(text: str, directory: Directory = DIRECTORY) -> str:
    """Read the text and return the refusal, if any; anything but a refusal is a failure."""
    refused: KepiError | None = None
    try:
        parse(text, TODAY, directory)
    except KepiError as one:
        refused = one
    if refused is None:
        return ""
    words = str(refused)
    assert words
    assert "\n" not in words
    assert len(words) < 400
    words.encode()
    if isinstance(refused, Unclear):
        assert 2 <= len(refused.choices) <= 5
        for choice in refused.choices:
            choice.encode()
    return words


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_answered_or_refused(text: str) -> None:
    """Alone, before and after a question."""
    for one in (text, f"reach {text}"[:LONGEST], f"{text} instagram"[-LONGEST:]):
        settle(one)
        settle(one, Directory())


def make_texts(count: int, seed: int) -> list[str]:
    """Return texts of grammar words, hostile pieces and every script, cut and glued at random."""
    rng = random.Random(seed)
    words = clean(GUIDE.read_text("utf-8")).split() + list(DIRECTORY.names) + list(HOSTILE)
    planes = (0x250, 0x3000, 0xFFFF, 0x1F9FF, 0x10FFFF)
    texts = []
    for _ in range(count):
        pieces = []
        for _ in range(rng.choice((1, 2, 3, 5, 8, 40))):
            kind = rng.random()
            if kind < 0.6:
                pieces.append(rng.choice(words))
            elif kind < 0.75:
                word = list(rng.choice(words)[:40])
                rng.shuffle(word)
                pieces.append("".join(word))
            elif kind < 0.9:
                top = rng.choice(planes)
                pieces.append("".join(chr(rng.randrange(top)) for _ in range(rng.randrange(12))))
            else:
                pieces.append(rng.randbytes(rng.randrange(16)).decode("latin-1"))
        texts.append(rng.choice((" ", "", "-", ", ", "\u00a0")).join(pieces)[:LONGEST])
    return texts


def test_ten_thousand_texts_are_each_answered() -> None:
    """None crashes, each ends in a request or a line; some of both, or this would prove little."""
    texts = make_texts(10_000, seed=20261123)
    answered = sum(not settle(text) for text in texts)
    assert 100 < answered < 9_900


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(), max_size=200))
@example("a.\u0345")
def test_any_unicode_is_answered_or_refused(text: str) -> None:
    """Whatever characters there are, alone or inside a question."""
    settle(text)
    settle(f"reach {text} instagram last-30d")


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), st.text(max_size=20))
def test_any_name_may_be_in_the_directory(name: str, text: str) -> None:
    """Accounts, brands and KPIs called anything break nothing."""
    town = replace(
        DIRECTORY,
        accounts=(KnownAccount(1, "x", name, name, 1, True),),
        brands=(KnownBrand(1, name, True),),
        names={**DIRECTORY.names, name: "reach"},
    )
    settle(f"reach {name} 30d", town)
    settle(text, town)


def test_a_long_text_is_refused_by_its_length() -> None:
    """900 kB is never read: the refusal needs no memory that grows with the text."""
    for length in (LONGEST + 1, 900_000):
        text = "reach " * (length // 6) + "x" * (length % 6)
        tracemalloc.start()
        with pytest.raises(Refusal) as refused:
            read(text)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert str(refused.value) == (
            f"That is {length:,} characters; ask in up to 2,000, "
            "such as “reach instagram last-30d”."
        )
        assert peak < 100_000


def test_a_text_of_the_full_length_is_read() -> None:
    """The limit itself is allowed."""
    assert ask_one("reach" + " " * (LONGEST - 5)).kpi == "reach"


def test_what_is_said_back_is_cut_and_harmless() -> None:
    """A refusal quotes at most forty characters, and no hidden ones."""
    words = settle("q" * 1500)
    assert words.startswith("I don't know “" + "q" * 39 + "…”")
    assert all(
        unicodedata.category(char) not in ("Cf", "Cs", "Cc") for char in settle("\u202ezzzz")
    )


# --- words for a question

DAYS = st.dates(date(2012, 1, 1), TODAY - timedelta(days=1))


@st.composite
def periods(draw: st.DrawFn, week_start: int) -> Period:
    """Draw a period of any grain that has passed."""
    day = draw(DAYS)
    grain = draw(st.sampled_from([*Grain]))
    whole = Grain(grain.value.removesuffix("-to-date"))
    if whole is Grain.DAYS:
        return Period(day, min(day + timedelta(days=draw(st.integers(1, 400))), TODAY), "")
    start = unit_start(whole, day, week_start)
    if grain is not whole:
        return unit_to_date(whole, start, day + timedelta(days=1), TODAY)
    period = whole_unit(whole, start)
    assume(period.end <= TODAY)
    return period


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Draw a scope that words can mean: platforms and brands, or accounts and brands."""
    accounts = draw(st.sets(st.sampled_from([one.id for one in DIRECTORY.accounts]), max_size=3))
    brands = draw(st.sets(st.sampled_from([one.id for one in DIRECTORY.brands]), max_size=2))
    platforms = draw(st.sets(st.sampled_from([*PLATFORMS]), max_size=2)) if not accounts else set()
    for brand in brands if platforms else ():
        held = {one.platform for one in DIRECTORY.accounts if one.brand == brand}
        assume(held & platforms)
    return Scope(
        tuple(key for key in PLATFORMS if key in platforms),
        tuple(sorted(accounts)),
        tuple(sorted(brands)),
    )


@st.composite
def questions(draw: st.DrawFn, week_start: int = 0) -> Question:
    """Draw a question that words can ask."""
    kpi = draw(st.sampled_from(sorted(set(DIRECTORY.names.values()))))
    variants = DIRECTORY.variants.get(kpi, ())
    dimensions = DIRECTORY.dimensions.get(kpi, tuple(DIMENSIONS))
    scope = draw(scopes())
    kind = draw(st.sampled_from([*Beside]))
    baseline = Baseline(kind)
    if kind is Beside.ACCOUNTS:
        # Beside a narrower scope, “vs facebook” and “vs nordkaffe” mean accounts.
        others = draw(scopes())
        assume(others != Scope() and not (others.platforms and others.brands))
        assume(scope == Scope() or not (others.platforms or others.brands))
        baseline = Baseline(kind, others)
    moment = draw(
        st.none()
        | st.integers(0, 430_000_000).map(
            lambda age: datetime(2026, 11, 22, tzinfo=UTC) - timedelta(seconds=age)
        )
    )
    return Question(
        kpi=kpi,
        scope=scope,
        period=draw(periods(week_start)),
        today=TODAY,
        baseline=baseline,
        by=draw(st.none() | st.sampled_from(dimensions)) if dimensions else None,
        variant=draw(st.none() | st.sampled_from(variants)) if variants else None,
        as_of=moment,
    )


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from((0, 6)))
def test_repeated_words_ask_the_same_question(data: st.DataObject, week_start: int) -> None:
    """Whatever was asked, its words read back as it, the wording of its period apart."""
    town = replace(DIRECTORY, week_start=week_start)
    question = data.draw(questions(week_start))
    words = repeat(question, town)
    again = ask_one(words, TODAY, town)
    assert wordless(again) == wordless(question), words


def test_repeated_words_are_those_that_people_use() -> None:
    """Plain names where they suffice, explicit dates always."""
    for words, repeated in (
        (
            "acme ig reach last-30d as of 2026-11-23 08:12",
            "reach instagram acme 2026-10-24 to 2026-11-22 as of 2026-11-23 08:12",
        ),
        ("reach last month vs nordkaffe", "reach 2026-10 vs Nordkaffe"),
        ("reach @nordkaffe mtd yoy", "reach instagram nordkaffe mtd 2026-11-22 vs last year"),
        ("likes per post yesterday by weekday", "likes per post by weekday 2026-11-22"),
        ("views fb q3", "impressions facebook 2026-q3"),
        ("reach latte-lab wtd 2026-11-18", "reach x latte-lab wtd 2026-11-18"),
        ("likes brand reach", "likes brand Reach 2026-10-26 to 2026-11-22"),
    ):
        assert repeat(ask_one(words), DIRECTORY) == repeated


def test_repeated_words_mean_the_same_on_a_later_day() -> None:
    """“last month to date” asked in November stays in November."""
    question = ask_one("reach mtd")
    later = ask_one(repeat(question, DIRECTORY), date(2027, 3, 1))
    assert (later.period.start, later.period.end) == (question.period.start, question.period.end)
    assert later.period.grain is Grain.MONTH_TO_DATE


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    """In Stockholm 02:30 on 25 October 2026 is two moments."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for moment in (first, first + timedelta(hours=1)):
        question = replace(ask_one("reach"), as_of=moment)
        again = ask_one(repeat(question, DIRECTORY)).as_of
        assert again is not None
        assert again.astimezone(UTC) == moment
