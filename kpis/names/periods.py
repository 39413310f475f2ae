"""Periods in the spoken language: “senaste 30 dagarna”, “2026年10月”, “24 thg 10 – 22 thg 11”."""

from kpis.question import Period


def say_period(period: Period) -> str:
    """Return a period as people say it, in the spoken language."""
    return period.words
