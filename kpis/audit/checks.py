"""Every check of the catalogue, declared once (kpi-catalogue §4, *Integrity audit checks*).

What cannot be holds figures back; what only may be wrong is told.
"""

from __future__ import annotations

from kpis.audit import counters, feeds, windows
from kpis.audit.ground import Check
from storage.measures import COUNTERS
from storage.said import Words

AGAIN = Words(
    "Export those days again and drop the file here; what is right then mends it by itself."
)
POSTS = tuple(f"post.{it}" for it in COUNTERS)

CHECKS: tuple[Check, ...] = (
    Check(
        "impressions-below-reach",
        "No fewer impressions than people reached",
        AGAIN,
        counters.find_more_people_than_views,
        holds=True,
        touches=("impressions", "reach"),
    ),
    Check(
        "post-impressions-below-reach",
        "No post has fewer impressions than people reached",
        AGAIN,
        counters.find_posts_with_more_people,
        holds=True,
        touches=("post.impressions", "post.reach"),
    ),
    Check(
        "window-below-day",
        "A longer window has no fewer people than one inside it",
        AGAIN,
        windows.find_windows_below_days,
        holds=True,
    ),
    Check(
        "post-above-account",
        "No post reached more people than its account",
        Words(
            "See whether the post belongs to this account, or was promoted; then export it again."
        ),
        windows.find_posts_above_account,
        holds=True,
    ),
    Check(
        "clicks-above-impressions",
        "No more clicks than impressions",
        AGAIN,
        counters.find_more_clicks_than_views,
        holds=True,
        touches=("clicks", "impressions"),
    ),
    Check(
        "post-clicks-above-impressions",
        "No post has more clicks than impressions",
        AGAIN,
        counters.find_posts_with_more_clicks,
        holds=True,
        touches=("post.clicks", "post.impressions"),
    ),
    Check(
        "followers-apart",
        "Followers gained less lost are what their number moved by",
        Words("Answers show both. Export the followers of those weeks again."),
        counters.find_followers_apart,
    ),
    Check(
        "gap",
        "No days between others are missing",
        Words("Export those days and drop the file here."),
        feeds.find_gaps,
    ),
    Check(
        "stuck-feed",
        "No feed repeats itself",
        Words("The source is stuck. Export those days again."),
        feeds.find_stuck_feeds,
        holds=True,
    ),
    Check(
        "copies",
        "Nothing is held twice",
        Words("Take back the import that brought the second id."),
        feeds.find_copies,
        holds=True,
        touches=POSTS,
    ),
    Check(
        "falling-counter",
        "Counters of a post do not fall",
        AGAIN,
        counters.find_falling_counters,
        holds=True,
    ),
    Check(
        "future-date",
        "Nothing is dated after today",
        Words("Take back the import, and see how its dates are written."),
        feeds.find_dates_to_come,
        holds=True,
    ),
    Check(
        "currency-change",
        "Money of an account is of one currency",
        Words("Import each currency by itself."),
        feeds.find_other_currencies,
        holds=True,
    ),
    Check(
        "sources-disagree",
        "Two sources agree within 5 %",
        Words("The newer file counts. Keep to one source, or accept the difference."),
        feeds.find_disagreement,
    ),
    Check(
        "unknown-name",
        "Every platform and measure is known",
        Words("Nothing is answered from it. Match the file’s columns anew."),
        feeds.find_unknown_names,
    ),
    Check(
        "epoch",
        "Platforms count as they did",
        Words("No change is told across that day. Nothing to do."),
        feeds.find_epochs,
    ),
)
