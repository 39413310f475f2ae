"""What goals are read and judged among."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kpis.catalogue import CATALOGUE, OVERVIEW, Kpi, Service, names
from kpis.dimensions import dimensions
from kpis.question import Directory, KnownAccount, KnownBrand
from storage.database import Database
from tests.databases import KINDS, fresh
from tests.digests.weeks import Week, open_week

ACCOUNTS = (
    KnownAccount(1, "instagram", "acme", "Acme", 1, True),
    KnownAccount(2, "facebook", "acme", "Acme", 1, True),
    KnownAccount(3, "x", "acme", "Acme", 1, True),
    KnownAccount(4, "instagram", "nordkaffe", "Nordkaffe", 2, False),
)
DIRECTORY = Directory(
    accounts=ACCOUNTS,
    brands=(KnownBrand(1, "Acme", True), KnownBrand(2, "Nordkaffe", False)),
    names=names(),
    dimensions={key: dimensions(it) for key, it in CATALOGUE.items()},
    variants={
        key: tuple(it.variants)
        for key, it in CATALOGUE.items()
        if isinstance(it, Kpi) and it.variants
    },
    options={key: it.options for key, it in CATALOGUE.items() if isinstance(it, Service)},
    overview=OVERVIEW,
)
"""Acme on three platforms, and a competitor."""


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database, on SQLite and on PostgreSQL."""
    with fresh(request.param, tmp_path) as made:
        yield made


@pytest.fixture
async def week(tmp_path: Path) -> AsyncIterator[Week]:
    """The bot with sample data, on Sunday 22 November 2026, 18:00 UTC."""
    async with open_week(tmp_path) as ready:
        yield ready
