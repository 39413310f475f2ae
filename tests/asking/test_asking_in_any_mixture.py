"""A random question, worded part by part in any language, is read as its English wording is."""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from asking_town import DIRECTORY, TODAY, ask

from kpis.catalogue import CATALOGUE
from kpis.catalogue import names as english_names
from kpis.dimensions import dimensions
from kpis.names import NATIVE_READERS, TONGUES, foreign_names
from kpis.names.periods import say_period
from kpis.parsing import parse, repeat
from kpis.question import Asked, Directory, Grain, Period, Question
from kpis.tongue import speaking
from kpis.words import is_east_asian, stems, unaccent

EVERY = Directory(
    accounts=DIRECTORY.accounts,
    brands=DIRECTORY.brands,
    names=english_names(),
    variants={"likes": ("per post",)},
    dimensions={key: dimensions(entry) for key, entry in CATALOGUE.items()},
    overview=DIRECTORY.overview,
)
"""The whole catalogue, as a workspace has it."""

MONTHS = {
    "en": ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    "sv": [
        "januari",
        "feb",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "sep",
        "okt",
        "november",
        "dec",
    ],
    "id": [
        "januari",
        "feb",
        "maret",
        "april",
        "mei",
        "juni",
        "juli",
        "agustus",
        "sep",
        "okt",
        "november",
        "des",
    ],
    "vi": [f"tháng {number}" for number in range(1, 13)],
    "zh": [f"{number}月" for number in range(1, 13)],
}
DAYS: dict[str, Callable[[int, int], str]] = {
    "en": lambda day, month: f"{day} {MONTHS['en'][month]}",
    "sv": lambda day, month: f"den {day} {MONTHS['sv'][month]}",
    "id": lambda day, month: f"tanggal {day} {MONTHS['id'][month]}",
    "vi": lambda day, month: f"ngày {day} {MONTHS['vi'][month]}",
    "zh": lambda day, month: f"{MONTHS['zh'][month]}{day}日",
}
PERIODS: dict[str, dict[str, str]] = {
    "en": {
        "rolling": "last {n} days",
        "weeks": "last {n} weeks",
        "week": "last week",
        "month": "last month",
        "quarter": "last quarter",
        "year": "last year",
        "running": "this month",
        "yesterday": "yesterday",
        "since": "since {day}",
        "from": "{day} to {other}",
        "of year": "{month} 2025",
        "q": "q{q} 2025",
    },
    "sv": {
        "rolling": "senaste {n} dagarna",
        "weeks": "de senaste {n} veckorna",
        "week": "förra veckan",
        "month": "förra månaden",
        "quarter": "förra kvartalet",
        "year": "förra året",
        "running": "denna månad",
        "yesterday": "i går",
        "since": "sedan {day}",
        "from": "{day} till {other}",
        "of year": "{month} 2025",
        "q": "kvartal {q} 2025",
    },
    "id": {
        "rolling": "{n} hari terakhir",
        "weeks": "{n} minggu terakhir",
        "week": "minggu lalu",
        "month": "bulan lalu",
        "quarter": "kuartal lalu",
        "year": "tahun lalu",
        "running": "bulan ini",
        "yesterday": "kemarin",
        "since": "sejak {day}",
        "from": "{day} sampai {other}",
        "of year": "{month} 2025",
        "q": "kuartal {q} 2025",
    },
    "vi": {
        "rolling": "{n} ngày qua",
        "weeks": "{n} tuần gần đây",
        "week": "tuần trước",
        "month": "tháng trước",
        "quarter": "quý trước",
        "year": "năm ngoái",
        "running": "tháng này",
        "yesterday": "hôm qua",
        "since": "kể từ {day}",
        "from": "từ {day} đến {other}",
        "of year": "{month} năm 2025",
        "q": "quý {q} năm 2025",
    },
    "zh": {
        "rolling": "近{n}天",
        "weeks": "最近{n}周",
        "week": "上周",
        "month": "上个月",
        "quarter": "上季度",
        "year": "去年",
        "running": "本月",
        "yesterday": "昨天",
        "since": "{day}以来",
        "from": "{day}到{other}",
        "of year": "2025年{month}",
        "q": "2025年第{q}季度",
    },
}
BY = {
    "en": ("by {}", {"platform": "platform", "account": "account", "brand": "brand"}),
    "sv": ("efter {}", {"platform": "plattform", "account": "konto", "brand": "varumärke"}),
    "id": ("menurut {}", {"platform": "platform", "account": "akun", "brand": "merek"}),
    "vi": ("theo {}", {"platform": "nền tảng", "account": "tài khoản", "brand": "thương hiệu"}),
    "zh": ("按{}", {"platform": "平台", "account": "账号", "brand": "品牌"}),
}
VERSUS = {
    "en": ("vs last year", "vs competitors", "vs previous period"),
    "sv": ("jämfört med förra året", "mot konkurrenterna", "mot föregående period"),
    "id": ("dibanding tahun lalu", "vs pesaing", "dibandingkan dengan periode sebelumnya"),
    "vi": ("so với năm ngoái", "so với đối thủ", "so với kỳ trước"),
    "zh": ("对比去年", "对比竞争对手", "对比上期"),
}
SMALL = {"en": "our", "sv": "vår", "id": "kami", "vi": "của chúng tôi", "zh": "我们的"}


class Wording:
    """One random question, and the words for each of its parts in each language."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.kpi = rng.choice([key for key in CATALOGUE if key not in ("posts",)])
        self.kind = rng.choice(list(PERIODS["en"]))
        first = TODAY - timedelta(days=rng.randrange(40, 300))
        last = first + timedelta(days=rng.randrange(1, 35))
        self.days = (first, last)
        self.number = rng.randrange(2, 90)
        splits = [it for it in BY["en"][1] if it in dimensions(CATALOGUE[self.kpi])]
        self.by = rng.choice([*splits, ""])
        self.versus = rng.choice((0, 1, 2, None))
        self.platform = rng.choice(("instagram", "facebook", ""))

    def say(self, pick: Callable[[], str]) -> str:
        """Return the question in words, each part in the language that ``pick`` returns."""
        parts = [self.say_kpi(pick()), self.say_period(pick()), self.platform]
        if self.by:
            template, words = BY[language := pick()]
            parts.append(template.format(words[self.by]))
            assert language
        if self.versus is not None:
            parts.append(VERSUS[pick()][self.versus])
        return self.glue([it for it in parts if it])

    def say_kpi(self, language: str) -> str:
        """Return one of the names that the KPI has in a language."""
        small = self.rng.choice((SMALL[language] + " ", "")) if language in ("en", "zh") else ""
        if language == "en":
            return small + self.kpi.replace("-", " ")
        name = TONGUES[language][self.kpi]
        return small + self.rng.choice((name.title, *name.aliases)).upper()

    def say_period(self, language: str) -> str:
        day, other = (DAYS[language](it.day, it.month - 1) for it in self.days)
        return PERIODS[language][self.kind].format(
            n=self.number,
            day=day,
            other=other,
            month=MONTHS[language][self.number % 12],
            q=self.number % 4 + 1,
        )

    def glue(self, parts: list[str]) -> str:
        """Join the parts with spaces, or with nothing beside a Chinese character."""
        text = parts[0]
        for part in parts[1:]:
            asian = is_east_asian(text[-1]) and not is_east_asian(part[0]) and part[0].isalpha()
            text += ("" if asian and self.rng.random() < 0.5 else " ") + part
        return text


def asked(text: str) -> tuple[object, ...]:
    """Return what a text asks, without its wording; nothing may have been guessed at."""
    request = parse(text, TODAY, EVERY)
    assert isinstance(request, Asked), request
    assert not [it for it in request.notes if it.startswith("Read")], (text, request.notes)
    return tuple(
        (
            *(it.kpi, it.scope, it.period.start, it.period.end, it.period.grain),
            *(it.baseline, it.by, it.variant, it.as_of),
        )
        for it in request.questions
    )


@pytest.mark.parametrize("language", TONGUES)
def test_a_question_in_another_language_is_the_same_question(language: str) -> None:
    """Any KPI by any of its names, any kind of period, split and comparison."""
    rng = random.Random(f"{language} 20261123")
    for _ in range(400):
        wording = Wording(rng)
        same, said = wording.say(lambda: "en"), wording.say(lambda: language)
        assert asked(said) == asked(same), (said, same)


def test_languages_mix_freely() -> None:
    """Each part may be in a language of its own."""
    rng = random.Random(20261123)
    for _ in range(600):
        wording = Wording(rng)
        same = wording.say(lambda: "en")
        said = wording.say(lambda: rng.choice(("en", *TONGUES)))
        assert asked(said) == asked(same), (said, same)


def test_no_name_means_two_kpis() -> None:
    """In no language, with its marks or without; and none is a word of the grammar elsewhere."""
    english = english_names()
    for key, words in foreign_names().items():
        for word in words:
            if key in CATALOGUE:
                assert english.get(word.replace("-", " "), key) == key, word
                assert [it.kpi for it in ask(word, directory=EVERY).questions] == [key], word
    seen: dict[tuple[str, ...], str] = {}
    for key, words in foreign_names().items():
        for word in words:
            plain = tuple(map(unaccent, stems(word)))
            assert seen.setdefault(stems(word), key) == seen.setdefault(plain, key) == key, word


def test_every_kpi_has_a_name_in_every_language() -> None:
    """Title, meaning and reason; what is not read by a native speaker says so."""
    for language, tongue in TONGUES.items():
        assert set(tongue) >= set(CATALOGUE), (language, set(CATALOGUE) - set(tongue))
        assert NATIVE_READERS[language] is None
        titles = [name.title for name in tongue.values()]
        assert len(titles) == len(set(titles))
        for key, name in tongue.items():
            assert name.meaning.endswith((".", "。")), (language, key)
            assert name.why.endswith((".", "。")), (language, key)
            assert not name.title.endswith((".", "。")), (language, key)


def test_traditional_characters_name_what_simplified_ones_do() -> None:
    """A name that people write in Taiwan or Hong Kong is found; drawn by hand from both scripts."""
    pairs = """
        覆蓋人數 reach|曝光量 impressions|點擊率 ctr|粉絲數 followers|貼文 posts|按讚數 likes
        評論數 comments|分享數 shares|收藏數 saves|參與率 engagement-rate|掌聲率 applause-rate
        放大率 amplification-rate|對話率 conversation-rate|網站流量 web-traffic|跳出率 bounce-rate
        轉換率 conversion-rate|潛在客戶 leads|註冊量 sign-ups|營收 revenue|廣告支出 spend
        投資報酬率 roi|客單價 aov|顧客終身價值 clv|提及量 mentions|聲量佔比 share-of-voice
        淨推薦值 nps|顧客滿意度 csat|影片觀看 video-views|點閱率 ctr|留言數 comments
    """
    for pair in pairs.replace("\n", "|").split("|"):
        if pair.strip():
            name, key = pair.split()
            assert [it.kpi for it in ask(f"{name} 上個月", directory=EVERY).questions] == [key]


SPOKEN = (
    Period(date(2026, 10, 24), date(2026, 11, 23), "last 30 days"),
    Period(date(2026, 11, 22), date(2026, 11, 23), "yesterday"),
    Period(date(2026, 11, 2), date(2026, 11, 23), "last 3 weeks"),
    Period(date(2026, 8, 23), date(2026, 11, 23), "last 3 months"),
    Period(date(2026, 11, 16), date(2026, 11, 23), "week 47, 2026", Grain.WEEK),
    Period(date(2026, 10, 1), date(2026, 11, 1), "October 2026", Grain.MONTH),
    Period(date(2026, 7, 1), date(2026, 10, 1), "Q3 2026", Grain.QUARTER),
    Period(date(2025, 1, 1), date(2026, 1, 1), "2025", Grain.YEAR),
    Period(date(2026, 11, 12), date(2026, 11, 13), "12 Nov"),
    Period(date(2026, 10, 1), date(2026, 10, 16), "1–15 Oct"),
    Period(date(2026, 9, 24), date(2026, 11, 3), "24 Sep – 2 Nov"),
)


@pytest.mark.parametrize("language", TONGUES)
def test_a_period_that_is_said_can_be_asked_for(language: str) -> None:
    """What an answer calls its days, typed back, is those days."""
    with speaking(language):
        every = [say_period(period) for period in SPOKEN]
    assert sum(said != it.words for said, it in zip(every, SPOKEN, strict=True)) > 6
    for said, period in zip(every, SPOKEN, strict=True):
        (question,) = ask(f"reach {said}").questions
        assert (question.period.start, question.period.end) == (period.start, period.end), said


def test_the_same_words_come_back_in_every_language() -> None:
    """*Repeat* gives English words, whatever is spoken and whatever was asked in."""
    with speaking("sv"):
        (question,) = ask("räckvidd instagram förra veckan efter konto").questions
        assert isinstance(question, Question)
        assert repeat(question, DIRECTORY) == "reach by account instagram 2026-w47"


def test_every_word_of_the_page_works() -> None:
    """docs/languages.md: each row of its table is five ways of asking one thing."""
    page = (Path(__file__).parents[2] / "docs" / "languages.md").read_text("utf-8")
    rows = [re.findall(r"`([^`]+)`", line) for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) > 20
    for english, *others in rows:
        assert len(others) == 4, english
        for said in others:
            assert asked(f"likes {said}") == asked(f"likes {english}"), said
            assert ask(f"likes {said}").private == ask(f"likes {english}").private
