"""Cost and return: what it costs, and what comes back (kpi-catalogue §4)."""

from kpis.catalogue import traffic
from kpis.counting import assumed, distinct, priced, summed, years
from kpis.declarations import Kpi, Variant
from kpis.language import count, total
from storage.measures import Label, Unit, account
from storage.record_measures import ads, orders, web

ESTIMATE = "An estimate: it says what others would charge, not what you earned."

BY_YEAR = (
    "Brought to a year by the days that were read; a short period says too much, since only those "
    "who bought in it are counted."
)

attributed = traffic.social
cost = summed(
    "cost",
    total(ads.spend),
    assumed("labour", unit=Unit.MONEY, is_needed=False),
    assumed("tools", unit=Unit.MONEY, is_needed=False),
)

spend = Kpi(
    key="spend",
    title="Spend",
    meaning="What advertisements cost.",
    why="The part of the cost that changes daily.",
    formula=total(ads.spend),
    unit=Unit.MONEY,
    aliases=("ad spend", "media spend", "costs"),
    better="neither",
)

cpc = Kpi(
    key="cpc",
    title="Cost per click",
    meaning="Ad spend per click on an advertisement.",
    why="Compares what attention costs on each platform.",
    formula=total(ads.spend) / total(ads.clicks),
    unit=Unit.MONEY,
    aliases=("cost per click",),
    better="lower",
)

cpm = Kpi(
    key="cpm",
    title="Cost per 1,000 impressions",
    meaning="Ad spend per 1,000 times that an advertisement was shown.",
    why="Compares what being seen costs on each platform.",
    formula=(total(ads.spend) / total(ads.impressions)) * 1000,
    unit=Unit.MONEY,
    aliases=("cost per mille", "cost per thousand impressions"),
    better="lower",
)

cost_per_conversion = Kpi(
    key="cost-per-conversion",
    title="Cost per conversion",
    meaning="Ad spend per conversion that a contact on social media takes the credit for.",
    why="What one more customer costs.",
    formula=total(ads.spend) / total(attributed.credit),
    unit=Unit.MONEY,
    aliases=("cpa", "cpl", "cost per lead", "cost per acquisition"),
    better="lower",
    bars=True,
)

roi = Kpi(
    key="roi",
    title="Return on investment",
    meaning="Attributed revenue minus cost, of the cost: advertising, and declared labour and "
    "tools.",
    why="The first thing that managers ask for.",
    formula=(total(attributed.value) - cost) / cost,
    unit=Unit.PERCENT,
    aliases=("return on investment", "direct roi"),
    instead=traffic.revenue,
    beside={"revenue": (total(attributed.value), Unit.MONEY), "cost": (cost, Unit.MONEY)},
)

roas = Kpi(
    key="roas",
    title="Return on ad spend",
    meaning="Attributed revenue per unit of ad spend.",
    why="Whether advertising pays for itself.",
    formula=total(attributed.value) / total(ads.spend),
    unit=Unit.RATIO,
    aliases=("return on ad spend",),
)

ave = Kpi(
    key="ave",
    title="Ad value equivalency",
    meaning="Organic impressions at the price of 1,000 bought ones, by platform.",
    why="Some still ask for it. It says nothing about what people thought or did.",
    formula=priced(account.impressions, "cpm", Label(account, "platform"), per=1000),
    unit=Unit.MONEY,
    aliases=("ad value", "ad value equivalent", "advertising value equivalency"),
    better="neither",
    caveat=f"{ESTIMATE} The Barcelona Principles reject it.",
)

ppc_equivalent = Kpi(
    key="ppc-equivalent",
    title="PPC-equivalent value",
    meaning="Sessions from social media by keyword, at the price of a click on that keyword.",
    why="A first measure of what unpaid traffic is worth.",
    formula=priced(web.only(web.social.yes).sessions, "cpc", web.keyword),
    unit=Unit.MONEY,
    aliases=("ppc value", "ppc equivalent"),
    better="neither",
    caveat=ESTIMATE,
)

service_savings = Kpi(
    key="service-savings",
    title="Service savings",
    meaning="Contacts that a public answer spared, at the cost of one contact.",
    why="One public answer can spare many private ones.",
    formula=assumed("deflected-contacts")
    * assumed("cost-per-contact", unit=Unit.MONEY, how="last"),
    unit=Unit.MONEY,
    aliases=("cost savings", "deflection savings"),
    caveat="Stands on declared numbers, which are listed with who declared them.",
)

indirect_roi = Kpi(
    key="indirect-roi",
    title="Indirect return",
    meaning="Declared indirect values, of the cost. Never part of the direct return.",
    why="Reputation, trust and partners are worth something; here somebody stands for how much.",
    formula=assumed("indirect", unit=Unit.MONEY) / cost,
    unit=Unit.PERCENT,
    aliases=("indirect return",),
    caveat="Stands on declared numbers, which are listed with who declared them.",
)

aov = Kpi(
    key="aov",
    title="Average order value",
    meaning="Order value per order.",
    why="How much people buy at a time.",
    formula=total(orders.value) / count(orders),
    unit=Unit.MONEY,
    aliases=("average order value", "order value"),
)

annual_customer_value = Kpi(
    key="annual-customer-value",
    title="Annual customer value",
    meaning="Average order value × orders per customer per year.",
    why="What a customer brings in a year.",
    formula=total(orders.value) / distinct(orders.customer) / years(orders),
    unit=Unit.MONEY,
    aliases=("yearly customer value",),
    caveat=BY_YEAR,
    bars=True,
)

clv = Kpi(
    key="clv",
    title="Customer lifetime value",
    meaning="Average order value × orders per customer per year × years that a customer stays.",
    why="What it is worth to win and to keep a customer.",
    formula=(total(orders.value) / distinct(orders.customer) / years(orders))
    * assumed("lifetime-years", how="last"),
    unit=Unit.MONEY,
    aliases=("customer lifetime value", "ltv", "lifetime value"),
    instead=annual_customer_value,
    caveat=BY_YEAR,
    variants={
        "with margin": Variant(
            (total(orders.value) / distinct(orders.customer) / years(orders))
            * assumed("lifetime-years", how="last")
            * assumed("margin", how="last"),
            Unit.MONEY,
            "Customer lifetime value, margin",
        ),
        "subscription": Variant(
            assumed("arpa", unit=Unit.MONEY, how="last")
            * assumed("margin", how="last")
            / assumed("churn", how="last"),
            Unit.MONEY,
            "Customer lifetime value, subscription",
        ),
    },
    bars=True,
)

repeat_rate = Kpi(
    key="repeat-rate",
    title="Repeat rate",
    meaning="Customers with two or more orders in the period, of all who ordered.",
    why="Keeping a customer usually costs less than winning one.",
    formula=distinct(orders.customer, at_least=2) / distinct(orders.customer),
    unit=Unit.PERCENT,
    aliases=("repeat purchase rate", "repeat purchases", "returning customers"),
    bars=True,
)
