"""The 105 things that people who measure social media ask for, and what to type for each.

``python -m kpis.promises`` prints docs/kpis.md; a test asks every command of the demo's data.
"""

from __future__ import annotations

from typing import NamedTuple

from kpis.catalogue import SECTIONS, declared
from kpis.declarations import Kpi, Service, Table


class Promise(NamedTuple):
    """A thing that people ask for."""

    number: int
    name: str
    shown: str
    """What to type, after ``/kpi `` unless it begins with a slash; or empty."""
    note: str = ""
    """What is to be known of it; where nothing is shown, why Kepi does not do it."""


REACH = (
    Promise(
        1, "Reach", "reach instagram last-30d", "Exact, or honest bounds; days are never summed."
    ),
    Promise(2, "Impressions", "impressions last month"),
    Promise(
        3,
        "Brand impressions",
        "/kpi own new “Brand impressions” = impressions",
        "A name and an aim of your own.",
    ),
    Promise(4, "Post reach", "top posts by reach", "The posts ranked by their own reach."),
    Promise(5, "Share of voice", "share of voice"),
    Promise(6, "Sphere of influence", "sphere of influence"),
    Promise(7, "Mentions", "mentions by sentiment"),
    Promise(8, "Untagged mentions", "untagged share"),
    Promise(9, "AVE", "ave", "An estimate with its prices shown; never in digests by itself."),
    Promise(10, "Web traffic", "web traffic by platform"),
    Promise(11, "Referral traffic", "web traffic by source"),
    Promise(12, "Page views", "page views"),
    Promise(13, "Bounce rate", "bounce rate"),
    Promise(14, "Profile visits", "profile visits"),
    Promise(15, "Hashtags used", "hashtags last 90 days"),
    Promise(16, "Total followers", "followers"),
    Promise(17, "New and lost followers", "net followers by platform"),
    Promise(18, "Follower growth rate", "follower growth last month"),
    Promise(19, "Right audience", "audience fit"),
)
ENGAGEMENT = (
    Promise(20, "Engagement total", "engagements", "“interactions” is the other total."),
    Promise(21, "Likes", "likes per post"),
    Promise(22, "Comments", "comments by content type"),
    Promise(23, "Shares", "shares"),
    Promise(24, "Clicks", "link clicks"),
    Promise(25, "Video views", "video views"),
    Promise(26, "Engagement rate by reach", "engagement rate"),
    Promise(27, "Average engagement rate", "average engagement rate"),
    Promise(28, "Applause rate", "applause rate"),
    Promise(29, "Amplification rate", "amplification rate"),
    Promise(30, "Average comment length", "comment length"),
    Promise(31, "Post against earlier posts", "top posts", "Each beside its account's own median."),
    Promise(32, "Responsiveness to comments and messages", "response rate"),
)
RETURN = (
    Promise(33, "Conversions, any aim", "conversions by type"),
    Promise(34, "Conversion rate", "conversion rate"),
    Promise(35, "Non-revenue conversions", "conversions", "Told beside: without revenue."),
    Promise(36, "CTR", "ctr"),
    Promise(37, "Leads", "leads by platform"),
    Promise(38, "Email sign-ups and subscriptions", "sign-ups"),
    Promise(39, "Downloads, free trials", "conversions by type"),
    Promise(
        40, "Purchases", "purchases by direct", "Direct: bought in the visit that came from social."
    ),
    Promise(41, "Revenue", "revenue"),
    Promise(42, "Role in the funnel", "attribution", "First-touch share beside last-touch share."),
    Promise(43, "CPC", "cpc by platform"),
    Promise(44, "CPM", "cpm"),
    Promise(45, "Direct ROI", "roi"),
    Promise(46, "PPC-equivalent value", "ppc equivalent"),
    Promise(
        47,
        "Direct sales from social",
        "revenue by platform",
        "Search that social brought counts where the touches show it.",
    ),
    Promise(
        48,
        "Indirect ROI",
        "indirect roi",
        "Declared values, each with its owner; never part of roi.",
    ),
    Promise(49, "Thought leadership", "/kpi own new “Speaking invitations” count"),
    Promise(
        50,
        "Personal relationships, retention",
        "repeat rate",
        "Customers with social touches beside those without.",
    ),
    Promise(51, "Word of mouth", "conversions by referred"),
    Promise(52, "Reputation and trust", "sentiment, review rating and nps"),
    Promise(
        53,
        "Authority in search",
        "/kpi own new “Backlinks” level",
        "Counted by hand or sent over HTTP; Kepi does not crawl.",
    ),
    Promise(54, "Indirect sales", "conversions by assisted"),
    Promise(55, "Service cost savings", "service savings"),
    Promise(
        56,
        "Content and message practice",
        "posts",
        "Cadence alone: its value is not measured, and nobody could.",
    ),
    Promise(57, "Paid against organic", "engagements by paid"),
    Promise(58, "Decide the use first", "/kpi goal new", "A goal asks for its aim."),
    Promise(59, "Per-medium strengths", "platforms compared"),
)
LOYALTY = (
    Promise(60, "Sentiment", "sentiment"),
    Promise(61, "Negative mentions as knowledge", "negative mentions by topic"),
    Promise(62, "Reviews and ratings", "review rating"),
    Promise(63, "Survey responses", "survey score"),
    Promise(64, "NPS", "nps"),
    Promise(
        65,
        "CSAT",
        "survey csat",
        "By agent where an admin turned figures by person on; ratings after an issue: csat.",
    ),
    Promise(66, "CLV", "clv"),
    Promise(67, "Repeat purchase, length of stay", "repeat rate"),
    Promise(68, "Acquire against keep", "cost per conversion and repeat rate"),
    Promise(69, "Time to respond", "first response time"),
    Promise(70, "Time to resolve", "resolution time"),
    Promise(71, "Issues resolved", "issues resolved"),
    Promise(72, "Brand ambassadors", "/kpi labels ambassadors"),
)
PRACTICES = (
    Promise(73, "SMART goals", "/kpi goal instagram likes up 20 % next quarter"),
    Promise(74, "Align KPI to business goal", "/kpi goal new", "Every goal has an aim."),
    Promise(75, "Know the audience", "followers by country"),
    Promise(
        76,
        "Platform differences",
        "saves tiktok",
        "Says that the platform does not count it, and what works.",
    ),
    Promise(77, "Clear KPI names", "guide er"),
    Promise(78, "KPI guide", "guide engagement rate"),
    Promise(79, "Communication and training", "help", "And How? under every answer."),
    Promise(
        80,
        "Transparency, accountability",
        "/kpi goal",
        "Answers in channels are public; the Home board is still to come.",
    ),
    Promise(81, "KPIs for firm, department, person", "my first response time"),
    Promise(
        82,
        "Multi-platform data tools",
        "list",
        "Exports, mapping files and HTTP ingest: docs/imports.md.",
    ),
    Promise(83, "Real-time alerts, good and bad", "/kpi alert likes above 500"),
    Promise(84, "Crisis detection", "/kpi alert crisis"),
    Promise(85, "Weekly, monthly, quarterly reports", "/kpi digest"),
    Promise(86, "Benchmark: industry and own history", "engagement rate instagram vs benchmark"),
    Promise(87, "Segmentation of data", "engagement rate by content type"),
    Promise(88, "A/B tests", "/kpi test"),
    Promise(89, "Data-integrity audits", "/kpi data"),
    Promise(90, "Identify trends", "trend likes last 90 days"),
    Promise(91, "Variance analysis", "why likes last month"),
    Promise(92, "Audience segments by behaviour", "reach instagram by follow type"),
    Promise(93, "Attribution modelling", "attribution"),
    Promise(94, "Competitor analysis", "followers vs nordkaffe"),
    Promise(95, "Iterative improvement", "/kpi actions"),
    Promise(
        96, "Actionable insights", "/kpi digest", "Each digest ends in a step that somebody takes."
    ),
    Promise(97, "Best posting times", "best times last 90 days"),
    Promise(98, "Content mix", "content mix last 90 days"),
    Promise(99, "Consistent publishing", "posts by week"),
    Promise(
        100,
        "Automated publishing and scheduling",
        "",
        "Kepi measures and advises; it does not publish.",
    ),
    Promise(101, "Replicate winners", "top posts last 90 days"),
    Promise(102, "Google Analytics as a source", "web traffic by channel group"),
    Promise(
        103,
        "CRM as a source",
        "conversions by recorded by source",
        "Files, or POST /ingest/v1/conversions.",
    ),
    Promise(
        104, "Social listening tools", "mentions by platform", "Files, or POST /ingest/v1/mentions."
    ),
    Promise(
        105,
        "Celebrate successes",
        "/kpi goal",
        "A goal that is reached is announced with its chart.",
    ),
)
PARTS = {
    "Reach and awareness": REACH,
    "Engagement": ENGAGEMENT,
    "Conversion, cost, return": RETURN,
    "Sentiment, loyalty, service": LOYALTY,
    "Practices": PRACTICES,
}


def print_page() -> str:
    """Return docs/kpis.md."""
    lines = [
        "# Every KPI, and what to type",
        "",
        "Made by `python -m kpis.promises`; a test asks all of it of the sample data.",
        "",
        "## What people ask for",
    ]
    for title, promises in PARTS.items():
        lines += ["", f"### {title}", "", "| # | What | Type | |", "| --- | --- | --- | --- |"]
        lines += [f"| {it.number} | {it.name} | {say_shown(it)} | {it.note} |" for it in promises]
    lines += ["", "## The catalogue"]
    for section, module in SECTIONS.items():
        lines += ["", f"### {section}", "", "| Key | Meaning | Formula |", "| --- | --- | --- |"]
        lines += [f"| `{it.key}` | {it.meaning} | {say_formula(it)} |" for it in declared(module)]
    return "\n".join(lines) + "\n"


def say_shown(promise: Promise) -> str:
    if not promise.shown:
        return "not done"
    return f"`{promise.shown if promise.shown.startswith('/') else f'/kpi {promise.shown}'}`"


def say_formula(entry: Kpi | Table | Service) -> str:
    if isinstance(entry, Kpi):
        return entry.formula.words
    if isinstance(entry, Table):
        return f"a row for each {', '.join(entry.by)}"
    return "read from issues"


if __name__ == "__main__":
    print(print_page(), end="")
