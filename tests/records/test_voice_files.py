"""Reviews, surveys, segments, comments and mentions as files, and what people declare."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from storage.batch import AccountName
from storage.sources.records.lengths import measure
from tests.records.files import bad_of, pick, read_text, rows_of


def test_reviews_and_their_stars() -> None:
    batch = read_text(
        "time,source,id,stars,most,brand,author,url\n"
        "2026-11-02,Google,r1,4.5,,Acme,Lena,https://g.co/1\n2026-11-02,App Store,r2,8,10,,,\n"
        "2026-11-02,Google,r3,6,,,,\n2026-11-02,Google,r4,-1,,,,\n2026-11-02,Google,r5,five,,,,\n"
    )
    assert batch.format == "reviews"
    assert pick(rows_of(batch), "source", "external_id", "stars", "most", "brand") == [
        ("google", "r1", 4.5, 5, "Acme"),
        ("app store", "r2", 8.0, 10, ""),
    ]
    assert bad_of(batch) == [
        "line 4: 6 of 5 stars cannot be",
        "line 5: -1 of 5 stars cannot be",
        "line 6, stars: “five” is not a number",
    ]


def test_surveys_name_their_scale() -> None:
    """NPS is 0–10 and whole; other kinds name theirs, by one column or by two."""
    batch = read_text(
        "time,kind,score,id,scale,highest,survey,agent\n"
        "2026-11-02,NPS,9,a,,,Autumn,\n2026-11-02,csat,4,b,1-5,,Chat,@mia\n"
        "2026-11-02,scale,6.5,c,,7,Ease,\n2026-11-02,csat,4,d,,,,\n2026-11-02,nps,11,e,,,,\n"
        "2026-11-02,nps,9,f,1-5,,,\n2026-11-02,happy,4,g,1-5,,,\n2026-11-02,csat,6,h,1-5,,,\n"
        "2026-11-02,nps,8.5,i,,,,\n2026-11-02,csat,1,j,5-1,,,\n"
    )
    assert pick(rows_of(batch), "survey", "kind", "score", "lowest", "highest", "agent") == [
        ("autumn", "nps", 9.0, 0, 10, ""),
        ("chat", "csat", 4.0, 1, 5, "mia"),
        ("ease", "scale", 6.5, 1, 7, ""),
    ]
    assert bad_of(batch) == [
        "line 5: the scale is not named; add a column “highest”, such as 5",
        "line 6: 11 is not on the scale 0–10",
        "line 7: NPS is asked on 0–10; call another scale csat or scale",
        "line 8: “happy” is no kind of survey; write nps, csat or scale",
        "line 9: 6 is not on the scale 1–5",
        "line 10: 8.5 is no whole number, as answers to NPS are",
        "line 11: 5–1 is not a scale",
    ]


SEGMENTS = """platform,account,dimension,segment,people,start,end,measure
ig,@Acme,Country,se,1200,2026-10-26,2026-11-22,
instagram,acme,gender,F,700,2026-10-26,2026-11-22,reach
ig,acme,follow_type,Non Follower,300,2026-11-22,,reach
ig,acme,shoe size,42,7,2026-11-22,,
myspace,acme,age,18-24,7,2026-11-22,,
ig,,age,18-24,7,2026-11-22,,
"""


def test_segments_are_of_an_account_and_some_days() -> None:
    batch = read_text(SEGMENTS)
    acme = AccountName("instagram", "acme")
    names = ("account", "measure", "dimension", "segment", "start", "end", "people")
    window = (date(2026, 10, 26), date(2026, 11, 23))
    assert pick(rows_of(batch), *names) == [
        (acme, "followers", "country", "SE", *window, 1200),
        (acme, "reach", "gender", "female", *window, 700),
        *[(acme, "reach", "follow-type", "non-follower", date(2026, 11, 22), window[1], 300)],
    ]
    assert bad_of(batch) == [
        (
            "line 5: “shoe size” is no dimension; these are: "
            "country, city, age, gender, age-gender, follow-type"
        ),
        (
            "line 6: “myspace” is not a platform; these are: "
            "instagram, facebook, x, linkedin, youtube, tiktok"
        ),
        "line 7: no account is named; add a column “account”, or send it as instagram/…",
    ]


@pytest.mark.parametrize(
    ("text", "characters", "words"),
    [
        ("Så fin!", 7, 2),
        ("很好看", 3, 3),
        ("iPhone手机真好", 10, 5),
        ("👨‍👩‍👧 👍🏽", 3, 0),
        ("Tuyệt vời quá", 13, 3),
        ("e\u0301te\u0301", 3, 1),
        ("スーパー", 4, 2),
        ("สวยมาก", 6, 6),
        ("don't well-known 3.5", 20, 4),
        ("  spaced \n out ", 12, 2),
        ("한국어 좋아요", 7, 2),
        ("", 0, 0),
    ],
)
def test_a_length_is_what_a_reader_counts(text: str, characters: int, words: int) -> None:
    """Graphemes, and words that are single letters in scripts without spaces."""
    assert measure(text) == (characters, words)


def test_comments_are_measured_and_dropped() -> None:
    """What somebody wrote is nowhere in what is kept."""
    chance = Random(3)
    secret = "".join(chance.choice("abcdefgh") for _ in range(20))
    batch = read_text(
        "time,platform,comment id,post id,author,own,text\n"
        f"2026-11-02,ig,c1,p1,@lena,no,{secret} 好\n2026-11-02,ig,c2,p1,acme,yes,=1+1\n"
        "2026-11-02,letter,c3,p1,x,,hello\n2026-11-02,ig,c4,p1,x,,\n"
    )
    assert pick(rows_of(batch), "external_id", "post", "own", "characters", "words") == [
        ("c1", "p1", False, 22, 2),
        ("c2", "p1", True, 4, 2),
    ]
    assert secret not in repr(batch)
    assert bad_of(batch) == [
        (
            "line 4: “letter” is not a platform; these are: "
            "Instagram, Facebook, X, LinkedIn, YouTube, TikTok"
        ),
        "line 5, text: nothing stands here",
    ]


def test_mentions_bring_their_words_and_language() -> None:
    batch = read_text(
        "time,platform,id,brand,sentiment,text,lang\n"
        "2026-11-02,x,1,Acme,negative,=so bad,sv-SE\n"
        f"2026-11-02,x,2,Acme,,{'a' * 3000},Swedish\n"
    )
    assert [(it.words[:8], len(it.words), it.language) for it in batch.mentions] == [
        ("=so bad", 7, "sv"),
        ("aaaaaaaa", 2000, ""),
    ]


def test_benchmarks_rates_and_values_are_files_too() -> None:
    """What people declare: a share is a fraction, an end is the last day, money has a currency."""
    benchmarks = read_text(
        "kpi,denominator,statistic,platform,industry,year,value,unit,source\n"
        "Engagement rate,reach,Median,ig,Retail,2026,3.2 %,,Rival IQ\n"
        "engagement-rate,followers,mean,,,2025,0.26,%,Rival IQ\n"
        "reach,people,mean,,,2025,10,,X\nreach,,middle,,,2025,10,,X\n"
    )
    assert pick(rows_of(benchmarks), "kpi", "denominator", "statistic", "platform", "value") == [
        ("engagement-rate", "reach", "median", "instagram", 0.032),
        ("engagement-rate", "followers", "mean", "", 0.0026),
    ]
    assert bad_of(benchmarks) == [
        "line 4: “people” is no denominator; these are: reach, followers, impressions, posts",
        "line 5: “middle” is no statistic; write pooled, mean, median",
    ]
    rates = read_text(
        "kind,what,price,currency,since,source\ncpm,ig,6.50,EUR,2026-01-01,Card\n"
        "cpc,Running Shoes,1.2,EUR,,\ncpm,radio,1,EUR,,\ncpx,x,1,EUR,,\ncpm,x,1.5,JPY,,\n"
    )
    assert pick(rows_of(rates), "kind", "what", "price", "since") == [
        ("cpm", "instagram", 650, date(2026, 1, 1)),
        ("cpc", "running shoes", 120, date(2026, 11, 23)),
    ]
    assert len(rates.bad) == 3
    values = read_text(
        "kind,name,value,currency,start,end,owner\nlabour,Mia,4000,EUR,2026-11-01,2026-11-30,Mia\n"
        "margin,,30 %,,2026-01-01,,Mia\nmargin,,30,,2026-01-01,,\ntools,,30,,2026-01-01,,\n"
        "tools,,30,EUR,2026-01-01,,\nbeer,,1,EUR,2026-01-01,,\n"
    )
    assert pick(rows_of(values), "kind", "value", "currency", "start", "end") == [
        ("labour", 4000.0, "EUR", date(2026, 11, 1), date(2026, 12, 1)),
        ("margin", 0.3, "", date(2026, 1, 1), None),
    ]
    assert bad_of(values) == [
        "line 4: margin is a share; write 30 % or 0.3",
        "line 5: cost of tools needs a currency, such as EUR",
        "line 6: cost of tools is spread over its days; add the last one in “end”",
        (
            "line 7: “beer” is no kind of value; these are: labour, tools, indirect, "
            "deflected-contacts, cost-per-contact, lifetime-years, margin, churn, arpa"
        ),
    ]
