"""Traffic and conversion: what people did on your own site (kpi-catalogue §4)."""

from kpis.counting import counted
from kpis.declarations import Kpi, Table, Variant
from kpis.language import count, total
from storage.measures import Unit, Where, account
from storage.platforms import PLATFORMS
from storage.record_measures import Credits, conversions, credits, web

MODELS = {
    "first touch": ("first", "first touch"),
    "linear": ("linear", "linear"),
    "time decay": ("time-decay", "time decay"),
    "position": ("position", "position based"),
}
"""Words that choose a model → its key, and how a title says it; last touch needs none."""

from_social = web.only(web.social.yes)
ga4 = from_social.only(web.bounce_kind.is_("ga4"))
one_page = from_social.only(web.bounce_kind.is_("one-page"))
last = credits.only(credits.model.is_("last"))
of_social = credits.platform.is_(*PLATFORMS)
of_others = Where("platform", ("", *PLATFORMS), negated=True)
"""Email, search and other media that the touches name."""
social = last.only(of_social)

LEADS = ("lead", "free-trial", "trial", "gated-download", "download", "demo", "quote")
SIGN_UPS = ("sign-up", "signup", "subscription", "newsletter", "registration")
PURCHASES = ("purchase", "order", "sale")


def by_models(title: str, *types: str) -> dict[str, Variant]:
    """Return the conversions as each other model shares them: the same number in all."""
    found = {}
    for word, (key, said) in MODELS.items():
        rows: Credits = credits.only(credits.model.is_(key))
        if types:
            rows = rows.only(credits.type.is_(*types))
        found[word] = Variant(total(rows.credit), Unit.COUNT, f"{title}, {said}")
    return found


web_traffic = Kpi(
    key="web-traffic",
    title="Web traffic",
    meaning="Sessions on your site that came from social media.",
    why="Shows whether posts bring people to where you can serve them.",
    formula=total(from_social.sessions),
    aliases=("sessions", "visits", "page visits", "referral traffic", "site visits"),
    beside={
        "untagged share of all sessions": (
            total(web.only(web.tagged.no).sessions) / total(web.sessions),
            Unit.PERCENT,
        )
    },
    variants={"all sources": Variant(total(web.sessions), Unit.COUNT, "Sessions from all sources")},
)

page_views = Kpi(
    key="page-views",
    title="Page views",
    meaning="Pages looked at on your site, from all sources.",
    why="How much of the site people see.",
    formula=total(web.page_views),
    variants={
        "from social": Variant(total(from_social.page_views), Unit.COUNT, "Page views from social")
    },
)

bounce_rate = Kpi(
    key="bounce-rate",
    title="Bounce rate",
    meaning="Sessions from social media that were not engaged, of all of them, as GA4 counts: "
    "under 10 seconds, one page and no key event.",
    why="Many bounces: the page does not keep what the post promised.",
    formula=total(ga4.bounced) / total(ga4.sessions),
    unit=Unit.PERCENT,
    better="lower",
    instead=total(one_page.bounced) / total(one_page.sessions),
    variants={
        "one page": Variant(
            total(one_page.bounced) / total(one_page.sessions),
            Unit.PERCENT,
            "Bounce rate, one-page visits",
        )
    },
)

conversion_rate = Kpi(
    key="conversion-rate",
    title="Conversion rate",
    meaning="Sessions from social media with a conversion, of all of them.",
    why="How many of the people who come do what you hoped for.",
    formula=total(from_social.converting) / total(from_social.sessions),
    unit=Unit.PERCENT,
    aliases=("cvr",),
    instead=count(conversions) / total(account.clicks),
)

total_conversions = Kpi(
    key="conversions",
    title="Conversions",
    meaning="Things that you hoped people would do, of every type: purchases, leads, sign-ups.",
    why="What social media is for, in the end.",
    formula=total(last.credit),
    aliases=("conversion",),
    beside={
        "direct": (total(social.direct), Unit.COUNT),
        "without revenue": (total(last.only(credits.currency.unknown).credit), Unit.COUNT),
        "unattributed": (total(last.only(credits.platform.unknown).credit), Unit.COUNT),
    },
    variants={
        "direct": Variant(total(social.direct), Unit.COUNT, "Direct conversions"),
        "assisted": Variant(
            total(credits.only(credits.model.is_("assisted")).credit),
            Unit.COUNT,
            "Assisted conversions",
        ),
        "recorded": Variant(count(conversions), Unit.COUNT, "Recorded conversions"),
        "referred": Variant(
            counted(conversions.only(conversions.referral.yes), "referred conversions"),
            Unit.COUNT,
            "Referred conversions",
        ),
        **by_models("Conversions"),
    },
)

leads = Kpi(
    key="leads",
    title="Leads",
    meaning="Sign-ups for a trial or a demo, gated downloads, requests for a quote.",
    why="People who may become customers.",
    formula=total(last.only(credits.type.is_(*LEADS)).credit),
    aliases=("lead",),
    variants=by_models("Leads", *LEADS),
)

sign_ups = Kpi(
    key="sign-ups",
    title="Sign-ups",
    meaning="People who subscribed or registered.",
    why="They asked to hear from you again.",
    formula=total(last.only(credits.type.is_(*SIGN_UPS)).credit),
    aliases=("signups", "subscriptions", "email sign ups"),
    variants=by_models("Sign-ups", *SIGN_UPS),
)

purchases = Kpi(
    key="purchases",
    title="Purchases",
    meaning="Conversions that were a purchase.",
    why="Sales that social media took part in.",
    formula=total(last.only(credits.type.is_(*PURCHASES)).credit),
    aliases=("köp", "sales", "orders from social"),
    beside={"direct": (total(social.only(credits.type.is_(*PURCHASES)).direct), Unit.COUNT)},
    variants={
        "direct": Variant(
            total(social.only(credits.type.is_(*PURCHASES)).direct), Unit.COUNT, "Direct purchases"
        ),
        **by_models("Purchases", *PURCHASES),
    },
)

revenue = Kpi(
    key="revenue",
    title="Revenue",
    meaning="The value of conversions that a contact on social media takes the credit for.",
    why="What social media earns.",
    formula=total(social.value),
    unit=Unit.MONEY,
    aliases=("sales value", "social revenue"),
    beside={
        "other media": (total(last.only(of_others).value), Unit.MONEY),
        "unattributed": (total(last.only(credits.platform.unknown).value), Unit.MONEY),
    },
    variants={
        word: Variant(
            total(credits.only(credits.model.is_(key), of_social).value),
            Unit.MONEY,
            f"Revenue, {said}",
        )
        for word, (key, said) in MODELS.items()
    },
)

attribution = Table(
    key="attribution",
    title="Attribution",
    meaning="Which media take the credit for conversions, under six models side by side.",
    why="The first contact and the last tell different stories; no model is the truth.",
    by=("platform",),
    columns={
        said: (total(credits.only(credits.model.is_(key)).credit), Unit.COUNT)
        for said, key in (
            ("first touch", "first"),
            ("last touch", "last"),
            ("linear", "linear"),
            ("time decay", "time-decay"),
            ("position", "position"),
        )
    },
    aliases=("attribution models", "touchpoints", "credit"),
)
