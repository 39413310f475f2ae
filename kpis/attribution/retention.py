"""What social media do for keeping customers, and recommendations that brought some (§C 50, 51).

Customers whom social media met before their first order of a period are set against the others:
whose ordered again? It is a difference between people, not proof of a cause, and is told so.
"""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Connection, and_, case, cast, exists, func, select

from kpis.analyses.proportions import newcombe
from kpis.numbers import write
from kpis.question import Question
from kpis.readers.columns import TABLES, microseconds
from kpis.statistics import SMALL_RATE
from kpis.surroundings import Surroundings
from kpis.tongue import grouped, say, say_count
from storage.journeys import Span
from storage.measures import Unit
from storage.platforms import PLATFORMS
from storage.tables import day_number

ORDER, TOUCH = TABLES["customer_order"], TABLES["touch"]
CONVERSION = TABLES["conversion"]
FEW = 10
"""Customers on either side, from which on the two are told beside each other."""


class Kept(NamedTuple):
    """Customers who ordered, and how many of them ordered again."""

    customers: int
    again: int

    @property
    def share(self) -> float:
        return self.again / self.customers


class Retention(NamedTuple):
    """Customers of a period, told apart by whether social media met them before."""

    touched: Kept
    others: Kept


def read_retention(
    connection: Connection, workspace: int, zone: str, start: int, end: int
) -> Retention:
    """Return the customers who ordered between two local days (numbers, half-open).

    A customer is touched where the first order of the period came from a social platform, or a
    touch on one was made at or before it. “Again” is two orders or more, as ``repeat-rate`` counts.
    """
    moments = Span(start, end).instants(ZoneInfo(zone))
    at, social = microseconds(ORDER.c.at), tuple(PLATFORMS)
    buyers = (
        select(
            ORDER.c.customer.label("customer"),
            func.min(at).label("first"),
            func.count().label("orders"),
        )
        .where(
            ORDER.c.workspace == workspace,
            ORDER.c.customer != "",
            at >= moments.first,
            at < moments.end,
        )
        .group_by(ORDER.c.customer)
        .subquery()
    )
    met = exists().where(
        TOUCH.c.workspace == workspace,
        TOUCH.c.customer == buyers.c.customer,
        microseconds(TOUCH.c.at) <= buyers.c.first,
        TOUCH.c.platform.in_(social),
    )
    came = exists().where(
        ORDER.c.workspace == workspace,
        ORDER.c.customer == buyers.c.customer,
        at == buyers.c.first,
        ORDER.c.platform.in_(social),
    )
    told = select(
        case((met | came, 1), else_=0).label("touched"),
        case((buyers.c.orders > 1, 1), else_=0).label("again"),
    ).subquery()
    statement = select(
        told.c.touched,
        cast(func.count(), BigInteger),
        cast(func.sum(told.c.again), BigInteger),
    ).group_by(told.c.touched)
    found = {row[0]: Kept(row[1], row[2]) for row in connection.execute(statement)}
    return Retention(found.get(1, Kept(0, 0)), found.get(0, Kept(0, 0)))


def retention_notes(
    connection: Connection, around: Surroundings, question: Question
) -> tuple[str, ...]:
    """Return what stands beside ``repeat-rate``: customers met on social media against the others.

    Nothing where either side has fewer than 10 customers.
    """
    start, end = day_number(question.period.start), day_number(question.period.end)
    found = read_retention(connection, around.workspace, around.zone, start, end)
    if min(found.touched.customers, found.others.customers) < FEW:
        return ()
    said = say(
        "Met on social media before their first order here: {touched} of {n} ordered again; "
        "of the {m} others {others}.",
        touched=write(found.touched.share, Unit.PERCENT),
        n=grouped(found.touched.customers),
        m=grouped(found.others.customers),
        others=write(found.others.share, Unit.PERCENT),
    )
    return (f"{said} {say_certainty(found)}",)


def say_certainty(found: Retention) -> str:
    """Return whether the two differ by more than chance."""
    one, other = found
    low, high = newcombe(one.again, one.customers, other.again, other.customers)
    if low <= 0 <= high:
        return say("The difference may be chance.")
    if min(found.touched.customers, found.others.customers) < SMALL_RATE:
        return say("Small sample; and who is met may be who would stay anyway.")
    return say("Who is met may also be who would stay anyway.")


def referral_notes(
    connection: Connection, around: Surroundings, question: Question
) -> tuple[str, ...]:
    """Return how many conversions of the period a customer's recommendation brought, if any."""
    period = question.period
    moments = Span(day_number(period.start), day_number(period.end)).instants(ZoneInfo(around.zone))
    at = microseconds(CONVERSION.c.at)
    inside = and_(CONVERSION.c.workspace == around.workspace, at >= moments.first, at < moments.end)
    counted = cast(func.sum(case((CONVERSION.c.referral, 1), else_=0)), BigInteger)
    every, referred = connection.execute(select(func.count(), counted).where(inside)).one()
    if not referred:
        return ()
    return (
        say_count(
            "{number} of {every} conversions came by a customer's recommendation ({share}).",
            "{number} of {every} conversions came by customers' recommendations ({share}).",
            referred,
            every=grouped(every),
            share=write(referred / every, Unit.PERCENT),
        ),
    )
