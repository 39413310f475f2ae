"""A KPI's name within a sentence: small at the beginning, unless it begins with an abbreviation."""

from __future__ import annotations

import pytest

from kpis.titles import inside


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Web visits", "web visits"),
        ("PPC-equivalent value", "PPC-equivalent value"),
        ("SLA attainment", "SLA attainment"),
        ("Räckvidd", "räckvidd"),
        ("覆盖人数", "覆盖人数"),
        ("", ""),
    ],
)
def test_abbreviations_keep_their_capitals(title: str, said: str) -> None:
    """“No PPC-equivalent value a year before”, and not “No pPC-equivalent value”."""
    assert inside(title) == said
