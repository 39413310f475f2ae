"""Analyses that are asked like a KPI (kpi-catalogue §4; features 31, 59, 101)."""

from kpis.declarations import Table
from kpis.language import total
from storage.measures import Unit, posts

top_posts = Table(
    key="top-posts",
    title="Top posts",
    meaning="The best posts published in these days, each beside the median of its own account's "
    "posts in the 90 days before, and what they share that other posts do not.",
    why="What did well once is worth doing again.",
    by=("post",),
    columns={"engagement rate": (total(posts.engagements) / total(posts.reach), Unit.PERCENT)},
    aliases=("best posts", "top post", "best post", "top content", "winning posts"),
)

platforms_compared = Table(
    key="platforms-compared",
    title="Platforms compared",
    meaning="Each platform's posts, reach per post, engagement rate and growth side by side, every "
    "number in its own unit: none is added across platforms.",
    why="Shows what each platform does well for you.",
    by=("platform",),
    columns={"engagement rate": (total(posts.engagements) / total(posts.reach), Unit.PERCENT)},
    aliases=("compare platforms", "platform comparison", "cross platform"),
    caveat="Platforms count differently: compare shares and trends rather than sizes.",
)
