"""Engagement: what people did with what they saw (kpi-catalogue §4)."""

from kpis.declarations import Kpi, Table, Variant
from kpis.language import grown, mean, median, together, total
from storage.measures import Additive, Unit, account, posts

engagements = Kpi(
    key="engagements",
    title="Engagements",
    meaning="Likes, comments, shares and link clicks.",
    why="How often people acted on what they saw.",
    formula=together(account.likes, account.comments, account.shares, account.clicks),
    aliases=("engagement", "interaktioner", "total engagements"),
    instead=together(posts.likes, posts.comments, posts.shares, posts.clicks),
)

interactions = Kpi(
    key="interactions",
    title="Interactions",
    meaning="Likes, comments, shares and saves.",
    why="As engagements, for sources without clicks.",
    formula=together(account.likes, account.comments, account.shares, account.saves),
    aliases=("total interactions",),
    instead=together(posts.likes, posts.comments, posts.shares, posts.saves),
)


def of_posts(number: Additive, title: str) -> dict[str, Variant]:
    """Return the variants of a count that posts have: per post, and by activity date."""
    return {
        "per post": Variant(mean(number), Unit.RATIO, f"{title} per post"),
        "by activity": Variant(grown(number), Unit.COUNT, f"{title} by activity date"),
    }


likes = Kpi(
    key="likes",
    title="Likes",
    meaning="Likes and other reactions.",
    why="The lightest sign that people care.",
    formula=total(account.likes),
    aliases=("reactions",),
    instead=total(posts.likes),
    variants=of_posts(posts.likes, "Likes"),
)

comments = Kpi(
    key="comments",
    title="Comments",
    meaning="Comments and replies.",
    why="Worth more than likes: people took the time to write.",
    formula=total(account.comments),
    aliases=("replies",),
    instead=total(posts.comments),
    variants=of_posts(posts.comments, "Comments"),
)

shares = Kpi(
    key="shares",
    title="Shares",
    meaning="Shares, reposts and quotes.",
    why="People passed you on to their own followers.",
    formula=total(account.shares),
    aliases=("retweets", "reposts"),
    instead=total(posts.shares),
    variants=of_posts(posts.shares, "Shares"),
)

saves = Kpi(
    key="saves",
    title="Saves",
    meaning="Saves and bookmarks.",
    why="People mean to come back.",
    formula=total(account.saves),
    aliases=("bookmarks", "saved"),
    instead=total(posts.saves),
    nearest="shares",
    variants=of_posts(posts.saves, "Saves"),
)

clicks = Kpi(
    key="clicks",
    title="Link clicks",
    meaning="Clicks on links; LinkedIn and Facebook give all clicks.",
    why="People wanted more than the post.",
    formula=total(account.clicks),
    aliases=("link clicks", "taps"),
    instead=total(posts.clicks),
    nearest="engagements",
    variants=of_posts(posts.clicks, "Link clicks"),
)

video_views = Kpi(
    key="video-views",
    title="Video views",
    meaning="Times that a video was played.",
    why="How much your videos are watched.",
    formula=total(account.video_views),
    aliases=("plays",),
    instead=total(posts.video_views),
    variants=of_posts(posts.video_views, "Video views"),
)

engagement_rate_impressions = Kpi(
    key="engagement-rate-impressions",
    title="Engagement rate by impressions",
    meaning="Likes, comments, shares and clicks per impression of the posts published.",
    why="The engagement rate of platforms that give no reach, and LinkedIn's own.",
    formula=total(posts.engagements) / total(posts.impressions),
    unit=Unit.PERCENT,
    aliases=("engagement rate by impressions", "engagement rate by views", "eri"),
)

engagement_rate = Kpi(
    key="engagement-rate",
    title="Engagement rate by reach",
    meaning="Likes, comments, shares and clicks per person a post reached, over all posts "
    "published.",
    why="Shows interest among the people who saw you, whatever the size of the audience.",
    formula=total(posts.engagements) / total(posts.reach),
    unit=Unit.PERCENT,
    aliases=(
        "er",
        "err",
        "engagement rate",
        "engagement rate by reach",
        "engagemangsgrad",
        "參與率",
    ),
    instead=engagement_rate_impressions,
)

average_engagement_rate = Kpi(
    key="average-engagement-rate",
    nearest="engagement-rate-impressions",
    title="Average engagement rate",
    meaning="The mean of the posts' own engagement rates by reach.",
    why="Every post weighs the same, however far it reached.",
    formula=mean(posts.engagements / posts.reach),
    unit=Unit.PERCENT,
    aliases=("avg er", "avg engagement rate", "mean engagement rate"),
    beside={"median": (median(posts.engagements / posts.reach), Unit.PERCENT)},
    bars=True,
)

interaction_rate = Kpi(
    key="interaction-rate",
    nearest="engagement-rate-impressions",
    title="Interaction rate by reach",
    meaning="Likes, comments, shares and saves per person a post reached, over all posts "
    "published.",
    why="The engagement rate without clicks, for sources that do not count them.",
    formula=total(posts.interactions) / total(posts.reach),
    unit=Unit.PERCENT,
    aliases=("interaction rate by reach",),
)

average_interaction_rate = Kpi(
    key="average-interaction-rate",
    nearest="engagement-rate-impressions",
    title="Average interaction rate",
    meaning="The mean of the posts' own interaction rates by reach.",
    why="Every post weighs the same, however far it reached.",
    formula=mean(posts.interactions / posts.reach),
    unit=Unit.PERCENT,
    aliases=("avg interaction rate", "mean interaction rate"),
    beside={"median": (median(posts.interactions / posts.reach), Unit.PERCENT)},
    bars=True,
)

engagement_rate_followers = Kpi(
    key="engagement-rate-followers",
    title="Engagement rate by followers",
    meaning="Each post's engagements per follower at the time of posting; the mean over posts.",
    why="Compares with accounts whose reach you cannot see.",
    formula=mean(account.followers.as_of(posts.engagements, within=3)),
    unit=Unit.PERCENT,
    aliases=("engagement rate by followers", "er by followers"),
)

applause_rate = Kpi(
    key="applause-rate",
    nearest="engagement-rate-impressions",
    title="Applause rate",
    meaning="Likes per person a post reached, over all posts published.",
    why="How much of the audience approves.",
    formula=total(posts.likes) / total(posts.reach),
    unit=Unit.PERCENT,
    aliases=("掌聲率", "applause"),
    variants={
        "by followers": Variant(
            mean(account.followers.as_of(posts.likes, within=3)),
            Unit.PERCENT,
            "Applause rate by followers",
        ),
        "by post": Variant(mean(posts.likes), Unit.RATIO, "Applause per post"),
    },
)

amplification_rate = Kpi(
    key="amplification-rate",
    nearest="engagement-rate-impressions",
    title="Amplification rate",
    meaning="Shares per person a post reached, over all posts published.",
    why="How much of the audience passes you on.",
    formula=total(posts.shares) / total(posts.reach),
    unit=Unit.PERCENT,
    aliases=("放大率", "amplification"),
    variants={
        "by followers": Variant(
            mean(account.followers.as_of(posts.shares, within=3)),
            Unit.PERCENT,
            "Amplification rate by followers",
        ),
        "by post": Variant(mean(posts.shares), Unit.RATIO, "Amplification per post"),
    },
)

conversation_rate = Kpi(
    key="conversation-rate",
    title="Conversation rate",
    meaning="Comments per post.",
    why="Shows which posts start a conversation.",
    formula=mean(posts.comments),
    unit=Unit.RATIO,
    aliases=("conversation",),
)

best_times = Table(
    key="best-times",
    title="Best times",
    meaning="Median engagement rate of the posts by weekday and hour of posting, pulled towards "
    "the overall median where posts are few.",
    why="Post when people answer.",
    by=("weekday", "hour"),
    columns={"median engagement rate": (median(posts.engagements / posts.reach), Unit.PERCENT)},
    aliases=("best time", "best posting times", "best time to post", "when to post"),
)
