"""A row is the same row, whether it came in a file or over HTTP."""

from __future__ import annotations

import pytest

from storage.imports import store
from storage.sources import read
from tests.ingest.conftest import NOW, Sender
from tests.ingest.samples import BODIES

FILES = {
    "orders": """
        id,time,customer,value,currency,platform
        o1,2026-11-20T09:30:00+07:00,c1,19.99,EUR,instagram
        o2,2026-11-20T10:30:00Z,c2,250000,VND,
    """,
    "reviews": """
        id,time,source,brand,stars,most
        r1,2026-11-19T08:00:00Z,Google,acme,4.5,5
        r2,2026-11-19T09:00:00Z,app store,Rival,8,10
    """,
    "surveys": """
        id,time,survey,kind,score,lowest,highest,agent
        s1,2026-11-19T08:00:00Z,Autumn,nps,9,,,
        s2,2026-11-19T09:00:00Z,after chat,csat,4,1,5,mia
    """,
    "touches": """
        id,time,customer,platform
        t1,2026-11-20T10:00:00+01:00,c1,ig
        t2,2026-11-20T11:00:00Z,c1,Email
    """,
    "conversions": """
        id,time,type,customer,value,currency,direct,source
        k1,2026-11-20T12:00:00Z,Purchases,c1,20,SEK,yes,
        k2,2026-11-20T13:00:00Z,leads,,,,,fair
    """,
    "web": """
        day,channel group,source,sessions,engaged,revenue,currency
        2026-11-20,Organic Social,instagram,120,80,99.50,EUR
        2026-11-20,Direct,,40,10,,
    """,
    "ads": """
        day,platform,campaign,spend,currency,impressions,clicks
        2026-11-20,Facebook,autumn,12.5,EUR,1000,20
        2026-11-20,tiktok,autumn,1500,JPY,,
    """,
    "segments": """
        day,platform,account,measure,dimension,segment,people
        2026-11-19,instagram,@Acme,followers,country,SE,700
        2026-11-19,instagram,acme,followers,country,VN,300
    """,
    "mentions": """
        id,time,platform,brand,author,followers,sentiment,topic
        n1,2026-11-19T08:00:00Z,x,Acme,@lena,1200,negative,Delivery
        n2,2026-11-19T09:00:00Z,x,Rival,,,,
    """,
}


@pytest.mark.parametrize("kind", sorted(FILES))
async def test_what_a_file_told_is_known(sqlite_shop: Sender, kind: str) -> None:
    """Stored from a file first; sent over HTTP then, nothing is new and nothing differs."""
    lines = [it.strip() for it in FILES[kind].strip().splitlines()]
    batch = read("\n".join(lines).encode(), f"{kind}.csv", now=NOW, zone="UTC", format=kind)
    first = store(sqlite_shop.database, sqlite_shop.workspace, batch, "", NOW)
    assert first.added == 2, batch.bad
    answer = await sqlite_shop.send(kind, BODIES[kind])
    assert answer.status == 200, answer.words
    assert (answer.words["added"], answer.words["changed"]) == (0, 0)
    assert answer.words["same"] == 2
    assert "notes" not in answer.words
