"""Reach: how many people, how many times (kpi-catalogue §2 and §4)."""

from kpis.declarations import Kpi, Table
from kpis.language import count, mean, total, unique
from storage.measures import Unit, account, posts

reach = Kpi(
    key="reach",
    title="Reach",
    meaning="Different people who saw something of yours. Each person counts once in the whole "
    "period, so days, accounts and platforms are never added up.",
    why="Says how wide you are heard.",
    formula=unique(account.reach),
    unit=Unit.PEOPLE,
    aliases=(
        "accounts reached",
        "viewers",
        "unique viewers",
        "räckvidd",
        "jangkauan",
        "tiếp cận",
        "覆蓋",
        "覆盖",
    ),
    instead=total(posts.reach),
    nearest="impressions",
)

reach_sum = Kpi(
    key="reach-sum",
    title="Sum of daily reach",
    meaning="The reach of each day, added. One person can count once for every day.",
    why="Some tools call this total reach; here it keeps a name of its own.",
    formula=total(account.reach.person_days),
    unit=Unit.PERSON_DAYS,
    aliases=("total reach", "cumulative reach", "sum of daily reach"),
    caveat="One person can count up to {days} times.",
    nearest="impressions",
)

impressions = Kpi(
    key="impressions",
    title="Impressions",
    meaning="Times that something of yours was shown, clicked or not. Platforms now call it views.",
    why="Shows how much attention you were given, the same person counted each time.",
    formula=total(account.impressions),
    aliases=("views", "visningar", "kesan", "曝光"),
    instead=total(posts.impressions),
)

frequency = Kpi(
    key="frequency",
    title="Frequency",
    meaning="Impressions per person reached, over the same window.",
    why="Tells whether few people saw you often, or many once.",
    formula=total(account.impressions) / unique(account.reach),
    unit=Unit.RATIO,
    better="neither",
    nearest="impressions",
)

profile_visits = Kpi(
    key="profile-visits",
    title="Profile visits",
    meaning="Visits to your profile.",
    why="A sign that people want to know who you are.",
    formula=total(account.profile_visits),
    aliases=("profile views",),
    instead=total(posts.profile_visits),
    nearest="followers",
)

ctr = Kpi(
    key="ctr",
    title="Click-through rate",
    meaning="Link clicks per impression.",
    why="Shows whether what people see makes them want more.",
    formula=total(account.clicks) / total(account.impressions),
    unit=Unit.PERCENT,
    aliases=("click through rate", "klickfrekvens", "點擊率"),
    instead=total(posts.clicks) / total(posts.impressions),
)

hashtag_usage = Table(
    key="hashtag-usage",
    title="Hashtags",
    meaning="For each hashtag: posts, reach per post, and engagement rate by reach.",
    why="Shows which hashtags widen the audience.",
    by=("hashtag",),
    columns={
        "posts": (count(posts), Unit.COUNT),
        "reach per post": (mean(posts.reach), Unit.COUNT),
        "engagement rate": (total(posts.engagements) / total(posts.reach), Unit.PERCENT),
    },
    aliases=("hashtags", "tags", "tagar", "hashtag"),
    caveat="A post counts under each of its hashtags, so the rows do not add up.",
)
