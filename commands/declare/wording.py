"""What is said about declared rows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RATE_EXAMPLE = "/kpi rate cpm instagram 6.50 EUR from “Agency card 2026”"
VALUE_EXAMPLE = "/kpi value cost-per-contact 4 EUR owner Mia “survey 2025”"
BENCHMARK_EXAMPLE = (
    "/kpi benchmark engagement-rate by reach median instagram retail 2026 3.2 % “Rival IQ”"
)
GUESTS = "Guests can read the answers. A member of the workspace can declare what they stand on."
OLD = "That button is too old. See the list: /kpi value list"
EXAMPLES: Mapping[str, str] = MappingProxyType(
    {"values": VALUE_EXAMPLE, "rates": RATE_EXAMPLE, "benchmarks": BENCHMARK_EXAMPLE}
)
"""Kind → a command that works."""


def name_list(kind: str) -> str:
    """Return the button that opens the list."""
    from kpis.tongue import say

    if kind == "benchmarks":
        return say("All benchmarks")
    return say("All prices") if kind == "rates" else say("All values")


def say_none(kind: str) -> str:
    from kpis.tongue import say

    example = EXAMPLES[kind]
    if kind == "benchmarks":
        return say("There are no benchmarks yet. Say one like {example}", example=example)
    if kind == "rates":
        return say("There is no rate card yet. Say a price like {example}", example=example)
    return say(
        "Nothing is declared yet. Say a cost, a value or an assumption like {example}",
        example=example,
    )


def say_how_many(kind: str, number: int) -> str:
    from kpis.tongue import say_count

    if kind == "benchmarks":
        return say_count("1 benchmark.", "{number} benchmarks.", number)
    if kind == "rates":
        return say_count("1 price.", "{number} prices.", number)
    return say_count("1 declared value.", "{number} declared values.", number)


def say_gone(kind: str, number: int) -> str:
    from kpis.tongue import say

    if kind == "benchmarks":
        return say("There is no benchmark {number}. See: /kpi benchmark list", number=number)
    if kind == "rates":
        return say("There is no price {number}. See: /kpi rate list", number=number)
    return say("There is no declared value {number}. See: /kpi value list", number=number)
