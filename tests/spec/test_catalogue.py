"""The catalogue as a whole: every key specified, every name leading somewhere, no wrong sum."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kpis.catalogue import CATALOGUE, OVERVIEW, names
from kpis.declarations import Kpi, Service, Table

SPECS = (Path(__file__).parent, Path(__file__).parent.parent / "service")

FROM_THE_CATALOGUE = """
    reach reach-sum impressions frequency profile-visits hashtag-usage mentions share-of-voice
    share-of-voice-ratio sphere-of-influence ave followers followers-gained followers-lost
    net-followers follower-growth posts content-mix audience-fit engagements interactions likes
    comments shares saves clicks video-views engagement-rate average-engagement-rate
    interaction-rate average-interaction-rate engagement-rate-impressions
    engagement-rate-followers applause-rate amplification-rate conversation-rate comment-length
    best-times web-traffic page-views bounce-rate ctr conversions leads sign-ups purchases
    conversion-rate revenue attribution spend cpc cpm cost-per-conversion roi roas ppc-equivalent
    service-savings indirect-roi aov sentiment negative-mentions negative-share untagged-share
    reviews positive-reviews review-rating nps csat survey-score clv annual-customer-value
    repeat-rate first-response-time resolution-time issues issues-resolved open-issues
    resolution-rate response-rate sla-attainment reopen-rate
"""
OUR_OWN = "survey-csat top-posts platforms-compared"
"""Ratings after an issue are csat; of surveys they stand apart. Two more tables."""
FROM_THE_SUPPORT_SPEC = """
    next-response-time acknowledge-time customer-wait relay-lag one-touch-rate zero-touch
    responses-to-resolve reopened
"""


def test_every_key_of_the_catalogue_is_known():
    assert sorted(CATALOGUE) == sorted(
        FROM_THE_CATALOGUE.split() + FROM_THE_SUPPORT_SPEC.split() + OUR_OWN.split()
    )


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_declared_kpi_is_asked_by_a_spec(key: str):
    """A declaration without a drawn spec is not finished."""
    asked = " ".join(
        path.read_text(encoding="utf-8")
        for folder in SPECS
        for path in folder.glob("test_*.py")
        if path.name != "test_catalogue.py"
    ).replace("-", " ")
    entry = CATALOGUE[key]
    spoken = [key, entry.title, *entry.aliases]
    assert any(
        re.search(rf'"{re.escape(it.lower().replace("-", " "))}[ "]', asked) for it in spoken
    )


def test_no_two_kpis_share_a_name():
    words = [
        (word.lower().replace("-", " "), entry.key)
        for entry in CATALOGUE.values()
        for word in (entry.key, *entry.aliases)
    ]
    taken: dict[str, str] = {}
    for word, key in words:
        assert taken.setdefault(word, key) == key, f"{word} names {taken[word]} and {key}"
    assert set(names().values()) == set(CATALOGUE)


def test_every_kpi_says_what_it_means_and_why_it_matters():
    for entry in CATALOGUE.values():
        if isinstance(entry, Kpi | Table | Service):
            assert entry.meaning.endswith(".")
            assert entry.why.endswith(".")


def test_the_overview_asks_kpis_that_are_here():
    assert all(isinstance(CATALOGUE[key], Kpi) for key in OVERVIEW)


WRONG = {
    "a sum of people": "total(account.reach)",
    "a mean of people": "mean(account.reach)",
    "a sum of levels": "total(account.followers)",
    "people plus people": "account.reach + account.reach",
    "people plus likes": "account.likes + account.reach",
    "a sum of rates": "total(posts.likes / posts.reach)",
    "rates added": "(posts.likes / posts.reach) + (posts.likes / posts.reach)",
    "a sum of gaps": "total(posts.gap)",
    "gaps added": "posts.gap + posts.gap",
    "levels added": "account.followers + account.followers",
    "levels minus levels": "account.followers - account.followers",
    "a level of likes": "last(account.likes)",
    "a change of likes": "change(account.likes)",
    "people of likes": "unique(account.likes)",
    "people of followers": "unique(account.followers)",
    "a mean over a sum": "mean(posts.likes) / total(posts.reach)",
    "a mean plus a mean": "mean(posts.likes) + mean(posts.likes)",
    "a median over a median": "median(posts.likes) / median(posts.reach)",
    "a mean scaled": "mean(posts.likes) * 2",
    "a lenient sum of levels": "together(account.followers, account.likes)",
    "a lenient sum of people": "together(account.reach)",
    "the sum of a label": "total(posts.content_type)",
    "the mean of a label": "mean(posts.hashtag)",
    "the sum of a flag": "total(posts.paid)",
    "people divided in the row": "account.reach / account.likes",
    "a level divided in the row": "account.followers / account.likes",
    "a largest level": "largest(account.followers)",
}


def test_a_wrong_sum_does_not_type_check(tmp_path: Path):
    """Each of these lines alone is refused by mypy; a right one beside them is not."""
    header = "from kpis.language import *\nfrom storage.measures import account, posts\n"
    lines = [*WRONG.values(), "total(posts.likes) / total(posts.reach)"]
    program = tmp_path / "wrong.py"
    program.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--cache-dir",
            str(tmp_path / "cache"),
            "--config-file",
            str(root / "pyproject.toml"),
            str(program),
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    refused = {int(it) for it in re.findall(r"wrong\.py:(\d+): error", done.stdout)}
    accepted = [line for at, line in enumerate(lines, start=3) if at not in refused]
    assert accepted == ["total(posts.likes) / total(posts.reach)"]
