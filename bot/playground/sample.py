"""Sample data: a coffee brand and two competitors on six platforms, made up from a seed.

Everything in it says that it is a sample. It holds what real data holds: weekdays, a viral
post, days that were never read, a change of definition, day, week and 28-day reach that agree
with each other, and competitors of whom only the public numbers are known.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bot.playground.sample_audience import Counts, Floats, Scene, count_reach, draw_liveliness
from bot.playground.sample_posts import draw_posts
from storage.batch import AccountName, Batch, DayRow, PostRow, WatchedSpan, WindowRow
from storage.measures import COUNTERS
from storage.platforms import PLATFORMS

KEY = "sample"
TITLE = "Sample data"
KNOWN_BREAK = date(2025, 11, 15)
"""When Facebook's impressions became views: a definition epoch that every database holds."""
BREAK_PLATFORM, BREAK_FACTOR = "facebook", 1.35
VIRAL_PLATFORM, VIRAL_DAYS_AGO = "instagram", 17
GAP_PLATFORM, GAP_DAYS_AGO = "tiktok", range(9, 12)

FOLLOWERS = {
    "instagram": 18_000, "facebook": 12_500, "x": 5_200, "linkedin": 3_400, "youtube": 7_600,
    "tiktok": 15_000,
}  # fmt: skip
RATES = {
    "likes": 0.045, "comments": 0.004, "shares": 0.006, "saves": 0.005, "clicks": 0.009,
    "video_views": 0.30, "profile_visits": 0.02,
}  # fmt: skip
"""Per impression, on a usual day."""
COMPETITORS = {"Nordkaffe": 1.6, "Bluebird": 0.7}
"""Their size beside ours."""
PUBLIC = ("likes", "comments")


@dataclass(frozen=True)
class SampleAccount:
    """An account that must exist before the batches are stored."""

    name: AccountName
    brand: str
    own: bool


@dataclass(frozen=True)
class SampleEpoch:
    """A definition break that the database does not know yet."""

    platform: str
    measure: str
    day: date
    note: str


@dataclass(frozen=True)
class Sample:
    """All of the sample; ``epochs`` is empty where a known break lies within its days."""

    accounts: tuple[SampleAccount, ...]
    batches: tuple[Batch, ...]
    epochs: tuple[SampleEpoch, ...]


def sample(
    *, today: date, seed: int = 7, days: int = 400, ahead: int = 0, until: date | None = None
) -> Sample:
    """Return the sample of the ``days`` before ``today``; equal arguments, equal sample.

    With days ``ahead`` it is drawn so far into the future; ``until`` gives then, and only then,
    the days from ``today`` until before that day: what a demo hears of while its time passes.
    """
    start = today - timedelta(days=days)
    told = (0, days) if until is None else (days, min((until - start).days, days + ahead))
    scene = Scene(start, days + ahead, days, *told)
    brands = {"Acme": 1.0, **COMPETITORS}
    break_day = _choose_break(scene)
    accounts: list[SampleAccount] = []
    batches: list[Batch] = []
    for place, (brand, size) in enumerate(brands.items()):
        own = brand not in COMPETITORS
        for number, platform in enumerate(PLATFORMS):
            name = AccountName(platform, brand.lower(), name=f"{brand} · sample")
            random = np.random.default_rng([seed, place, number])
            accounts.append(SampleAccount(name, brand, own))
            batches.append(
                _draw_own(name, scene, break_day, random)
                if own
                else _draw_competitor(name, scene, size, random)
            )
    epochs: tuple[SampleEpoch, ...] = ()
    if break_day != KNOWN_BREAK:
        note = "sample: impressions became views"
        epochs = (SampleEpoch(BREAK_PLATFORM, "impressions", break_day, note),)
    return Sample(tuple(accounts), tuple(batches), epochs)


def _choose_break(scene: Scene) -> date:
    known = 0 < scene.index(KNOWN_BREAK) < scene.known
    return KNOWN_BREAK if known else scene.day(scene.known * 3 // 5)


def _draw_own(
    account: AccountName, scene: Scene, break_day: date, random: np.random.Generator
) -> Batch:
    platform = PLATFORMS[account.platform]
    viral = scene.known - VIRAL_DAYS_AGO if platform.key == VIRAL_PLATFORM else None
    viral = viral if viral is None or viral >= 0 else None
    lively = draw_liveliness(scene, random, viral)
    start = FOLLOWERS[platform.key]
    reach: dict[int, Counts] = {}
    if "reach" not in platform.lacks:
        reach = count_reach(int(start * 1.25), 0.12, lively, random)
    totals = _draw_totals(start, lively, reach.get(1), random)
    if platform.key == BREAK_PLATFORM:
        after = max(scene.index(break_day), 0)
        totals["impressions"][after:] = totals["impressions"][after:] * BREAK_FACTOR
    totals = {name: it for name, it in totals.items() if name not in platform.lacks}
    gap = _find_gap(scene) if platform.key == GAP_PLATFORM else frozenset()
    posted = {name: it for name, it in totals.items() if name in COUNTERS}
    if reach:
        posted["reach"] = reach[1]
    posts = draw_posts(account, scene, posted, random, per_day=0.55, viral=viral, skipped=gap)
    return _make_batch(account, scene, totals, reach, posts, gap, frozenset(posted))


def _draw_competitor(
    account: AccountName, scene: Scene, size: float, random: np.random.Generator
) -> Batch:
    """Return what anyone can see: followers, posts, their likes and comments."""
    lively = draw_liveliness(scene, random)
    totals = _draw_totals(int(FOLLOWERS[account.platform] * size), lively, None, random)
    public = {name: totals[name] for name in PUBLIC}
    posts = draw_posts(account, scene, public, random, per_day=0.45)
    levels = {"followers": totals["followers"]}
    return _make_batch(account, scene, levels, {}, posts, frozenset(), frozenset(public))


def _draw_totals(
    followers: int, lively: Floats, reach: Counts | None, random: np.random.Generator
) -> dict[str, Counts]:
    """Return an account's numbers by day: followers grow by what is gained less what is lost."""
    days = len(lively)
    people = reach if reach is not None else (followers * 0.15 * lively).astype(np.int64)
    impressions = (people * random.uniform(1.5, 1.8, days)).astype(np.int64)
    totals = {"impressions": impressions}
    for name, rate in RATES.items():
        totals[name] = random.binomial(impressions, rate * random.uniform(0.85, 1.15, days))
    totals["gained"] = random.poisson(followers * 0.0011 * lively)
    totals["lost"] = random.poisson(followers * 0.0005, days)
    totals["followers"] = followers + np.cumsum(totals["gained"] - totals["lost"])
    return {name: it.astype(np.int64) for name, it in totals.items()}


def _find_gap(scene: Scene) -> frozenset[int]:
    return frozenset(scene.known - ago for ago in GAP_DAYS_AGO if scene.known - ago > 0)


def _make_batch(
    account: AccountName,
    scene: Scene,
    totals: dict[str, Counts],
    reach: dict[int, Counts],
    posts: Sequence[PostRow],
    gap: frozenset[int],
    supplied: frozenset[str],
) -> Batch:
    read = [index for index in scene.told if index not in gap]
    name = f"sample-{account.handle}-{account.platform}"
    posted = {scene.day(index) for index in scene.told}
    batch = Batch(
        format=KEY,
        title=TITLE,
        file_name=name if not scene.since else f"{name}-{scene.day(scene.until)}",
        file_hash="",
        posts=tuple(it for it in posts if it.published.date() in posted),
        days=tuple(
            DayRow(index + 1, account, name, scene.day(index), int(values[index]))
            for name, values in totals.items()
            for index in read
        ),
        windows=tuple(
            WindowRow(
                index + 1,
                account,
                "reach",
                scene.day(index - length + 1),
                scene.day(index + 1),
                int(values[index]),
            )
            for length, values in reach.items()
            for index in read
            if values[index] >= 0
        ),
        watched=tuple(
            WatchedSpan(source, account, scene.day(first), scene.day(after))
            for source in ("posts", "account-days")
            for first, after in _spans(read)
        ),
        supplied=supplied,
        notes=("This is a sample: all of it is made up.",),
    )
    return _seal(batch)


def _spans(read: Sequence[int]) -> list[tuple[int, int]]:
    """Return the runs of days that follow each other, as first and first after."""
    spans: list[tuple[int, int]] = []
    for index in read:
        if spans and spans[-1][1] == index:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return spans


def _seal(batch: Batch) -> Batch:
    """Return the batch with a hash of what it holds, as a file has one of its bytes."""
    content = repr((batch.file_name, batch.posts, batch.days, batch.windows))
    fields = {**vars(batch), "file_hash": hashlib.sha256(content.encode()).hexdigest()}
    return Batch(**fields)
