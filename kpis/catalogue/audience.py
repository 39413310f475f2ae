"""Audience: who follows, and how steadily you publish (kpi-catalogue §4)."""

from kpis.counting import Fit
from kpis.declarations import Kpi, Table
from kpis.language import WEEKS, before, change, count, largest, last, total
from storage.measures import Unit, account, posts

followers = Kpi(
    key="followers",
    title="Followers",
    meaning="People who follow you: the last count in the period.",
    why="The size of the audience that you can count on.",
    formula=last(account.followers),
    unit=Unit.PEOPLE,
    aliases=("fans", "subscribers", "followers total", "total followers", "följare", "pengikut"),
)

followers_gained = Kpi(
    key="followers-gained",
    title="Followers gained",
    meaning="New followers in the period.",
    why="Shows what brings people in.",
    formula=total(account.gained),
    aliases=("new followers", "gained"),
)

followers_lost = Kpi(
    key="followers-lost",
    title="Followers lost",
    meaning="Followers who left in the period.",
    why="Shows what drives people away.",
    formula=total(account.lost),
    aliases=("lost followers", "unfollows", "lost"),
    better="lower",
)

net_followers = Kpi(
    key="net-followers",
    title="Net followers",
    meaning="Followers on the last day minus followers on the day before the first.",
    why="Whether the audience grew.",
    formula=change(account.followers),
    aliases=("follower change", "net new followers"),
    agrees_with=total(account.gained) - total(account.lost),
    bars=True,
)

follower_growth = Kpi(
    key="follower-growth",
    title="Follower growth",
    meaning="Net followers as a share of the followers on the day before the first.",
    why="Compares growth of small and large accounts.",
    formula=change(account.followers) / before(account.followers),
    unit=Unit.PERCENT,
    aliases=("growth rate", "follower growth rate", "growth"),
)

posts_published = Kpi(
    key="posts",
    title="Posts",
    meaning="Posts published.",
    why="Steady publishing helps reach.",
    formula=count(posts),
    aliases=("posting frequency", "cadence", "posts published"),
    better="neither",
    beside={
        "per week": (count(posts) / WEEKS, Unit.RATIO),
        "longest gap": (largest(posts.gap), Unit.SECONDS),
    },
    bars=True,
)

audience_fit = Kpi(
    key="audience-fit",
    title="Audience fit",
    meaning="Known people of the audience you want, of all whose country, age or gender the "
    "platform knows.",
    why="Reach is worth something only with the right people.",
    formula=Fit(),
    unit=Unit.PERCENT,
    aliases=("target audience", "right audience"),
)

content_mix = Table(
    key="content-mix",
    title="Content mix",
    meaning="Each content type's share of your posts, beside its share of engagements.",
    why="Shows which types earn more than their share.",
    by=("content-type",),
    columns={
        "share of posts": (count(posts), Unit.PERCENT),
        "share of engagements": (total(posts.engagements), Unit.PERCENT),
    },
    shares=("share of posts", "share of engagements"),
    aliases=("content types", "post types", "mix"),
)
