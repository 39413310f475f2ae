"""Voice and sentiment: who speaks of you, and how (kpi-catalogue §4)."""

from kpis.counting import balance, counted, once, share
from kpis.declarations import Kpi, Variant
from kpis.language import count, mean, median
from storage.measures import Unit
from storage.record_measures import comments, mentions, reviews

positive = mentions.only(mentions.sentiment.is_("positive"))
neutral = mentions.only(mentions.sentiment.is_("neutral"))
negative = mentions.only(mentions.sentiment.is_("negative"))
labelled = mentions.only(mentions.sentiment.known)
polar = mentions.only(mentions.sentiment.is_("positive", "negative"))
customers = comments.only(comments.own.no)

mentioned = Kpi(
    key="mentions",
    title="Mentions",
    meaning="Times that somebody named your brand.",
    why="Whether people talk about you.",
    formula=count(mentions),
    aliases=("mention", "omnämnanden", "đề cập"),
    better="higher",
    split={
        "neutral": counted(neutral, "neutral mentions"),
        "negative": counted(negative, "negative mentions"),
        "positive": counted(positive, "positive mentions"),
        "not labelled": counted(
            mentions.only(mentions.sentiment.unknown), "mentions without a label"
        ),
    },
)

share_of_voice = Kpi(
    key="share-of-voice",
    title="Share of voice",
    meaning="Your mentions, of yours and those of the competitors that you track.",
    why="How much of the talk is about you. It counts quantity only.",
    formula=share(
        mentions, of=mentions.everyone, part_noun="own mentions", noun="mentions of all brands"
    ),
    unit=Unit.PERCENT,
    aliases=("sov",),
)

share_of_voice_ratio = Kpi(
    key="share-of-voice-ratio",
    title="Share of voice ratio",
    meaning="Your mentions per mention of the competitors that you track; above 1, you lead.",
    why="As share of voice, in the form that some reports use.",
    formula=counted(mentions, "own mentions") / counted(mentions.rivals, "competitors' mentions"),
    unit=Unit.RATIO,
    aliases=("sov ratio",),
    bars=True,
)

sphere_of_influence = Kpi(
    key="sphere-of-influence",
    title="Sphere of influence",
    meaning="The followers of those who named you, each author once a day, as a share of all "
    "brands': potential audience.",
    why="Ten mentions by people who are heard can weigh more than a hundred others.",
    formula=once(mentions.followers, mentions.author)
    / once(mentions.everyone.followers, mentions.author),
    unit=Unit.PERCENT,
    aliases=("soi",),
    caveat="Potential audience: nobody knows who saw it. Authors of unknown size are left out. "
    "There is no standard; other tools weigh differently.",
    beside={
        "potential audience": (once(mentions.followers, mentions.author), Unit.PEOPLE),
        "of negative mentions": (once(negative.followers, mentions.author), Unit.PEOPLE),
        "mean per mention": (mean(mentions.followers), Unit.PEOPLE),
    },
)

sentiment = Kpi(
    key="sentiment",
    title="Sentiment",
    meaning="Positive minus negative mentions, of a hundred that are labelled.",
    why="Whether the talk about you is good, and which way it goes.",
    formula=balance(
        positive,
        negative,
        of=labelled,
        nouns=("positive mentions", "negative mentions", "labelled mentions"),
    ),
    unit=Unit.SCORE,
    aliases=("net sentiment", "cảm xúc", "tone"),
    beside={
        "positive": (counted(positive, "positive mentions"), Unit.COUNT),
        "neutral": (counted(neutral, "neutral mentions"), Unit.COUNT),
        "negative": (counted(negative, "negative mentions"), Unit.COUNT),
        "not labelled": (
            counted(mentions.only(mentions.sentiment.unknown), "mentions without a label"),
            Unit.COUNT,
        ),
    },
    variants={
        "without neutral": Variant(
            balance(
                positive,
                negative,
                of=polar,
                nouns=("positive mentions", "negative mentions", "mentions with a side"),
            ),
            Unit.SCORE,
            "Sentiment without neutral",
        )
    },
)

negative_mentions = Kpi(
    key="negative-mentions",
    title="Negative mentions",
    meaning="Mentions that are labelled negative.",
    why="Each tells what to mend.",
    formula=counted(negative, "negative mentions"),
    better="lower",
    bars=True,
)

negative_share = Kpi(
    key="negative-share",
    title="Negative share",
    meaning="Negative mentions, of those that are labelled.",
    why="A surge here is a crisis beginning.",
    formula=share(negative, of=labelled, part_noun="negative mentions", noun="labelled mentions"),
    unit=Unit.PERCENT,
    better="lower",
)

untagged_share = Kpi(
    key="untagged-share",
    title="Untagged share",
    meaning="Mentions that name you without your hashtag or handle, of those of which it is known.",
    why="Nobody is told of these; answer them too.",
    formula=share(
        mentions.only(mentions.tagged.no),
        of=mentions.only(mentions.tagged.known),
        part_noun="untagged mentions",
        noun="mentions known as tagged or not",
    ),
    unit=Unit.PERCENT,
    aliases=("untagged mentions", "untagged"),
    better="neither",
)

reviewed = Kpi(
    key="reviews",
    title="Reviews",
    meaning="Reviews that customers wrote.",
    why="People read them before they buy.",
    formula=count(reviews),
    aliases=("review",),
    bars=True,
)

positive_reviews = Kpi(
    key="positive-reviews",
    title="Positive reviews",
    meaning="Reviews with at least 80 % of the stars there are.",
    why="Each one sells.",
    formula=counted(reviews.only(reviews.stars.at_least(0.8, of=reviews.most)), "positive reviews"),
    aliases=("good reviews",),
    bars=True,
)

review_rating = Kpi(
    key="review-rating",
    title="Review rating",
    meaning="The mean of the stars, brought to a scale of five.",
    why="What customers think, at a glance.",
    formula=mean(reviews.stars / reviews.most * 5),
    unit=Unit.STARS,
    aliases=("rating", "stars", "average rating"),
    beside={
        ("1 star" if stars == 1 else f"{stars} stars"): (
            counted(
                reviews.only(
                    reviews.stars.between((stars - 0.5) / 5, (stars + 0.5) / 5, of=reviews.most)
                ),
                f"reviews of {stars} stars",
            ),
            Unit.COUNT,
        )
        for stars in (5, 4, 3, 2, 1)
    },
    bars=True,
)

comment_length = Kpi(
    key="comment-length",
    title="Comment length",
    meaning="The mean length of comments in characters; your own replies are left out.",
    why="People who write a paragraph are involved.",
    formula=mean(customers.characters),
    unit=Unit.CHARACTERS,
    aliases=("average comment length", "length of comments"),
    beside={
        "median": (median(customers.characters), Unit.CHARACTERS),
        "words": (mean(customers.words), Unit.RATIO),
    },
    bars=True,
)
