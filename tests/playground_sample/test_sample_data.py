"""The sample is made up, says so, and agrees with itself as real data does."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from bot.playground.sample import KNOWN_BREAK, Sample, sample
from storage.batch import Batch
from storage.measures import COUNTERS, AccountDays
from storage.platforms import PLATFORMS

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def made() -> Sample:
    return sample(today=TODAY)


def own(made: Sample, platform: str) -> Batch:
    return next(it for it in made.batches if it.file_name == f"sample-acme-{platform}")


def test_three_brands_on_six_platforms(made: Sample) -> None:
    """Acme is ours, the others are competitors; handles can be typed."""
    seen = defaultdict(set)
    for it in made.accounts:
        seen[it.brand, it.own, it.name.handle].add(it.name.platform)
    assert dict(seen) == {
        ("Acme", True, "acme"): set(PLATFORMS),
        ("Nordkaffe", False, "nordkaffe"): set(PLATFORMS),
        ("Bluebird", False, "bluebird"): set(PLATFORMS),
    }


def test_everything_says_that_it_is_a_sample(made: Sample) -> None:
    """Nobody takes it for the brand's own numbers."""
    assert all(it.name.name.endswith("· sample") for it in made.accounts)
    for batch in made.batches:
        assert (batch.format, batch.title, batch.bad) == ("sample", "Sample data", ())
        assert all((post.title or "").startswith("Sample · ") for post in batch.posts)


def test_equal_arguments_make_an_equal_sample(made: Sample) -> None:
    """Another seed makes another one."""
    again, other = sample(today=TODAY), sample(today=TODAY, seed=8)
    assert again == made
    assert {it.file_hash for it in made.batches}.isdisjoint(it.file_hash for it in other.batches)


def test_it_covers_400_days_up_to_yesterday(made: Sample) -> None:
    """Every own account has its level on every day, but for the gap."""
    first = TODAY - timedelta(days=400)
    for platform in PLATFORMS:
        days = [it.day for it in own(made, platform).days if it.measure == "followers"]
        gap = {TODAY - ago * DAY for ago in (9, 10, 11)} if platform == "tiktok" else set()
        assert set(days) == {first + n * DAY for n in range(400)} - gap


def test_the_gap_was_not_read(made: Sample) -> None:
    """Neither days, windows nor posts: the watched spans leave it out, so it shows as a gap."""
    batch = own(made, "tiktok")
    spans = [(it.start, it.end) for it in batch.watched if it.source == "account-days"]
    assert spans == [
        (TODAY - 400 * DAY, TODAY - 11 * DAY),
        (TODAY - 8 * DAY, TODAY),
    ]
    gap = {TODAY - ago * DAY for ago in (9, 10, 11)}
    assert not gap & {it.end - DAY for it in batch.windows}
    assert not gap & {it.published.date() for it in batch.posts}


def test_reach_agrees_with_itself(made: Sample) -> None:
    """A window holds at least each shorter one inside, and at most those that cover it."""
    for platform in ("instagram", "facebook", "linkedin", "tiktok"):
        reach = {(it.start, it.end): it.value for it in own(made, platform).windows}
        lengths = Counter((end - start).days for start, end in reach)
        read = 400 - (3 if platform == "tiktok" else 0)
        assert lengths == {1: read, 7: read - 6, 28: read - 27}
        for (start, end), value in reach.items():
            days = [
                reach.get((start + n * DAY, start + (n + 1) * DAY))
                for n in range((end - start).days)
            ]
            known = [it for it in days if it is not None]
            assert value >= max(known, default=0)
            if len(known) == len(days):
                assert value <= sum(known)
            if (end - start).days == 28:
                weeks = [
                    reach.get((start + n * DAY, start + (n + 7) * DAY)) for n in (0, 7, 14, 21)
                ]
                assert value >= max(it or 0 for it in weeks)


def test_platforms_lack_what_they_do_not_count(made: Sample) -> None:
    """No saves on Facebook, no reach on X: asked for, the bot says so."""
    everything = set(AccountDays.measures())
    for key, platform in PLATFORMS.items():
        batch = own(made, key)
        supplied = {it.measure for it in batch.days} | {it.measure for it in batch.windows}
        assert supplied == everything - platform.lacks
        assert batch.supplied == set(COUNTERS) - platform.lacks


def test_competitors_have_public_numbers_alone(made: Sample) -> None:
    """Followers, posts, their likes and comments."""
    for batch in made.batches:
        if "acme" in batch.file_name:
            continue
        assert {it.measure for it in batch.days} == {"followers"}
        assert (batch.windows, batch.supplied) == ((), {"likes", "comments"})
        for post in batch.posts:
            filled = {n for n, it in zip(COUNTERS, post.counters, strict=True) if it is not None}
            assert filled == {"likes", "comments"}


def test_posts_got_no_more_than_their_account(made: Sample) -> None:
    """Post reach is at most the account's on that day; so are likes."""
    for platform in PLATFORMS:
        batch = own(made, platform)
        days = {(it.day, it.measure): it.value for it in batch.days}
        days |= {(it.start, "reach"): it.value for it in batch.windows if it.end - it.start == DAY}
        assert len({post.external_id for post in batch.posts}) == len(batch.posts) > 150
        for post in batch.posts:
            for name, value in zip(COUNTERS, post.counters, strict=True):
                assert value is None or 0 <= value <= days[post.published.date(), name]


def test_followers_change_by_gained_less_lost(made: Sample) -> None:
    """On every day that has one before it."""
    for platform in PLATFORMS:
        by_day: dict[date, dict[str, int]] = defaultdict(dict)
        for it in own(made, platform).days:
            by_day[it.day][it.measure] = it.value
        for day, now in by_day.items():
            if day - DAY in by_day:
                before = by_day[day - DAY]["followers"]
                assert now["followers"] == before + now["gained"] - now["lost"]


def test_one_post_went_viral_within_the_last_28_days(made: Sample) -> None:
    """More than three times the next best, so charts and insights have something to show."""
    likes = COUNTERS.index("likes")
    best, second, *_ = sorted(
        own(made, "instagram").posts, key=lambda it: it.counters[likes] or 0, reverse=True
    )
    assert (best.counters[likes] or 0) > 3 * (second.counters[likes] or 0)
    assert best.published.date() >= TODAY - 28 * DAY
    assert "viral" in best.hashtags


def test_weekdays_have_a_rhythm_and_hours_matter(made: Sample) -> None:
    """Saturdays are quieter than Tuesdays; the evening does better than the night."""
    batch = own(made, "instagram")
    by_weekday: dict[int, list[int]] = defaultdict(list)
    for it in batch.days:
        if it.measure == "impressions":
            by_weekday[it.day.weekday()].append(it.value)
    mean = {weekday: sum(values) / len(values) for weekday, values in by_weekday.items()}
    assert mean[1] > 1.15 * mean[5]
    by_hour: dict[int, list[int]] = defaultdict(list)
    for post in batch.posts:
        if post.published.weekday() < 5:
            by_hour[post.published.hour].append(post.counters[0] or 0)
    assert sum(by_hour[18]) / len(by_hour[18]) > 1.2 * sum(by_hour[22]) / len(by_hour[22])
    assert len({post.content_type for post in batch.posts}) == 4
    assert len({tag for post in batch.posts for tag in post.hashtags}) > 8


@pytest.mark.parametrize("today", [TODAY, date(2029, 3, 1)])
def test_a_definition_breaks_within_the_sample(today: date) -> None:
    """On Facebook's own date where that lies within, else on a day that the sample names."""
    made = sample(today=today)
    day = made.epochs[0].day if made.epochs else KNOWN_BREAK
    assert bool(made.epochs) == (today != TODAY)
    values = {it.day: it.value for it in own(made, "facebook").days if it.measure == "impressions"}
    assert min(values) < day < today
    before = [values[day - n * DAY] for n in range(1, 22) if day - n * DAY in values]
    after = [values[day + n * DAY] for n in range(21)]
    assert sum(after) / len(after) > 1.2 * sum(before) / len(before)


def test_a_short_sample_works_too() -> None:
    """Fewer days than the viral post and the gap reach back."""
    made = sample(today=TODAY, days=5)
    assert {it.day for it in own(made, "tiktok").days} == {TODAY - n * DAY for n in range(1, 6)}
    assert all(it.end - it.start == DAY for it in own(made, "instagram").windows)
