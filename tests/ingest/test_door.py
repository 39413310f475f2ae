"""Who comes in, and what is turned away: nothing of it but a line in the log."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.ingest import door
from bot.ingest.pace import Pace
from bot.manifest import build_manifest
from bot.playground import LocalSlack
from bot.playground.installed import seed_of
from bot.playground.run import free_port
from bot.serve import start
from bot.settings import read_settings
from bot.verbs.ask import as_text
from kpis.asking import ask
from storage.database import Database
from storage.ingest import revoke_token
from storage.workspaces import make_workspace
from tests.ingest.conftest import NOW, Sender, everything, open_door, serve
from tests.ingest.samples import BODIES
from tests.slack.conftest import environment

ORDERS = BODIES["orders"]
PLANTED = [{**ORDERS[0], "customer": "planted-customer"}]


async def test_whoever_has_no_token_leaves_no_trace_but_a_line(
    shop: Sender, log: io.StringIO
) -> None:
    """Absent, wrong, revoked, of another workspace or scheme: 401, and not a row differs."""
    gone, theirs = shop.add_token("gone"), shop.add_token("theirs")
    with shop.database.write() as connection:
        revoke_token(connection, shop.workspace, "gone", NOW)
        other = make_workspace(connection, "T2").id
        statement = "UPDATE ingest_token SET workspace = {} WHERE name = 'theirs'"
        connection.exec_driver_sql(statement.format(other))
    before = everything(shop.database)
    right = shop.token
    wrong = [
        "", "Bearer", "Bearer ", f"Basic {right}", right, f"Bearer {right}x",
        f"Bearer {right[:-1]}",
        f"Bearer {right.upper()}", f"Bearer kepi_{'a' * 43}", f"Bearer {gone}", f"Bearer {theirs}",
        f"Bearer {right} {right}", "Bearer kepi_' OR 1=1 --", f"Token {right}", "Bearer xoxb-1",
    ]  # fmt: skip
    for given in wrong:
        for kind in ("orders", "nonsense"):
            answer = await shop.send(kind, PLANTED, headers={"Authorization": given})
            assert answer.status == 401, given
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert everything(shop.database) == before
    lines = [json.loads(it) for it in log.getvalue().splitlines()]
    assert [it["event"] for it in lines] == ["ingest refused"] * 2 * len(wrong)
    assert {it["status"] for it in lines} == {401}
    for secret in ("kepi_", "planted", "orders", right[5:], gone[5:], theirs[5:]):
        assert secret not in log.getvalue()


async def test_the_body_of_a_stranger_is_not_asked_for(sqlite_shop: Sender) -> None:
    """Who waits with a body to be asked for it gets his 401 and no “continue”; a friend gets it."""
    head = (
        "POST /ingest/v1/orders HTTP/1.1\r\nHost: kepi\r\nContent-Type: application/json\r\n"
        "Idempotency-Key: waiting\r\nExpect: 100-continue\r\nContent-Length: {}\r\n"
        "Authorization: Bearer {}\r\n\r\n"
    )
    body = json.dumps({"rows": ORDERS}).encode()
    port = int(sqlite_shop.url.rpartition(":")[2])
    for token, first in (("kepi_wrong", b"HTTP/1.1 401"), (sqlite_shop.token, b"HTTP/1.1 100")):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.format(len(body), token).encode())
        said = await asyncio.wait_for(reader.readline(), 5)
        assert said.startswith(first)
        if first.endswith(b"100"):
            writer.write(body)
            await reader.readline()
            assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 200")
        writer.close()
        await writer.wait_closed()


async def test_a_token_sends_what_it_is_for(sqlite_shop: Sender) -> None:
    """403 for other kinds, which names those that it may send; 404 for no kind at all."""
    token = {"Authorization": f"Bearer {sqlite_shop.add_token('crm', 'orders', 'touches')}"}
    before = everything(sqlite_shop.database)
    refused = await sqlite_shop.send("ads", BODIES["ads"], headers=token)
    assert refused.status == 403
    assert "orders, touches" in refused.words["error"]
    unknown = await sqlite_shop.send("invoices", [], headers=token)
    assert unknown.status == 404
    assert "orders" in unknown.words["error"]
    assert everything(sqlite_shop.database) == before
    assert (await sqlite_shop.send("orders", ORDERS, headers=token)).status == 200


async def test_what_is_asked_of_a_request_is_said(sqlite_shop: Sender) -> None:
    """One clear line for each thing that is wrong; nothing is stored."""
    before = everything(sqlite_shop.database)
    expected = [
        ({"Idempotency-Key": ""}, 400, "Idempotency-Key"),
        ({"Idempotency-Key": "x" * 201}, 400, "200 characters"),
        ({"Idempotency-Key": "nyckel-å"}, 400, "Idempotency-Key"),
        ({"Content-Type": "text/csv"}, 415, "application/json"),
        ({"Content-Type": "application/json; charset=utf-16"}, 415, "UTF-8"),
        ({"Content-Encoding": "gzip"}, 415, "not compressed"),
    ]
    for headers, status, words in expected:
        answer = await sqlite_shop.send("orders", ORDERS, headers=headers)
        assert answer.status == status, headers
        assert words in answer.words["error"]
    assert everything(sqlite_shop.database) == before
    async with sqlite_shop.http.get(f"{sqlite_shop.url}/ingest/v1/orders") as answer:
        assert answer.status == 405


async def test_a_body_is_no_larger_than_five_megabytes(sqlite_shop: Sender) -> None:
    """Told by its length before it is read, or, without one, when it gets too long."""
    most = b'{"rows": [' + b" " * (door.LARGEST - 12) + b"]}"
    assert len(most) == 5_000_000
    assert (await sqlite_shop.send("orders", raw=most)).status == 200
    assert (await sqlite_shop.send("orders", raw=most + b" ")).status == 413

    async def flow():  # type: ignore[no-untyped-def]
        for _ in range(60):
            yield b" " * 100_000

    said = {
        "Authorization": f"Bearer {sqlite_shop.token}",
        "Idempotency-Key": "flow",
        "Content-Type": "application/json",
    }
    url = f"{sqlite_shop.url}/ingest/v1/orders"
    async with sqlite_shop.http.post(url, data=flow(), headers=said) as answer:
        assert answer.status == 413


async def test_a_token_has_its_pace(sqlite_shop: Sender) -> None:
    """The 61st request of a minute waits; another token does not, nor does anybody a minute on."""
    for _ in range(60):
        assert (await sqlite_shop.send("orders", [])).status == 200
    slow = await sqlite_shop.send("orders", [])
    assert slow.status == 429
    assert 1 <= int(slow.headers["Retry-After"]) <= 60
    other = {"Authorization": f"Bearer {sqlite_shop.add_token('other')}"}
    assert (await sqlite_shop.send("orders", [], headers=other)).status == 200


def test_the_pace_is_of_any_minute() -> None:
    """Not of the clock's: 60 at its end and 60 at its beginning are 120 in two seconds."""
    pace = Pace()
    assert [pace.wait(1, 59.0) for _ in range(60)] == [0] * 60
    assert pace.wait(1, 61.0) == 58
    assert pace.wait(2, 61.0) == 0
    assert pace.wait(1, 119.0) == 0


async def test_a_request_leaves_a_line_without_what_it_said(
    sqlite_shop: Sender, log: io.StringIO
) -> None:
    """Who sent how many rows of what, and how long it took; no row, no key, no token."""
    answer = await sqlite_shop.send("orders", PLANTED, key="planted-key")
    (line,) = [json.loads(it) for it in log.getvalue().splitlines()]
    assert line["token"] == "shop"
    assert (line["kind"], line["rows"], line["status"]) == ("orders", 1, 200)
    assert line["import"] == answer.words["import"]
    assert line["ms"] >= 0
    assert "planted" not in log.getvalue()
    assert sqlite_shop.token not in log.getvalue()


async def test_a_fault_of_ours_is_told_by_reference_alone(
    sqlite_shop: Sender, log: io.StringIO
) -> None:
    """A table is gone: the sender gets a reference, the log where it broke, nobody a row."""
    with sqlite_shop.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE customer_order")
    answer = await sqlite_shop.send("orders", PLANTED)
    assert answer.status == 500
    (line,) = [json.loads(it) for it in log.getvalue().splitlines()]
    assert line["reference"] in answer.words["error"]
    assert line["frames"]
    assert "planted" not in log.getvalue()
    assert "customer_order" not in answer.words["error"]


async def test_a_database_that_is_held_says_when_to_come_again(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 and Retry-After, nothing stored; the same request goes through a little later."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.1)
    patient = Database(sqlite_database.url.render_as_string(hide_password=False))
    async with open_door(patient) as sender:
        with sqlite_database.write():
            answer = await sender.send("orders", ORDERS, key="held")
            assert answer.status == 503
            assert int(answer.headers["Retry-After"]) > 0
        assert sender.select("SELECT 1 FROM ingest_seen") == []
        assert (await sender.send("orders", ORDERS, key="held")).status == 200
    patient.close()


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_the_bot_has_the_door_in_both_modes(tmp_path: Path, mode: Any) -> None:
    """Wherever HTTP is served; what came in is what ``/kpi`` answers with."""
    async with LocalSlack(mode=mode, seed=seed_of(build_manifest("socket"))) as slack:
        told = environment(slack, f"sqlite:///{tmp_path / 'kepi.db'}")
        settings = read_settings(told | {"PORT": str(free_port())})
        slack.events_url = f"http://127.0.0.1:{settings.port}/slack/events"
        async with start(settings) as running, aiohttp.ClientSession() as http:
            await slack.bot_ready()
            desk = door.Desk(running.context.database, running.context.home.workspace, lambda: NOW)
            url = f"http://127.0.0.1:{running.port}"
            sender = Sender(url, desk.database, desk.workspace, "", http, desk)
            sender.token = sender.add_token("shop")
            assert (await sender.send("posts", BODIES["posts"])).status == 200
            assert (await sender.send("posts", BODIES["posts"])).words["same"] == 2
            words = "likes instagram 2026-11"
            replies = ask(words, database=desk.database, workspace=desk.workspace, now=NOW)
            assert "\n5" in as_text(replies)


async def test_a_revoked_token_is_refused_at_once(sqlite_shop: Sender) -> None:
    """Also on the connection that it came in by a moment ago."""
    assert (await sqlite_shop.send("orders", [])).status == 200
    with sqlite_shop.database.write() as connection:
        revoke_token(connection, sqlite_shop.workspace, "shop", NOW)
    assert (await sqlite_shop.send("orders", [])).status == 401


async def test_two_doors_share_one_database(shop: Sender) -> None:
    """A second process sees what the first has taken in."""
    first = await shop.send("orders", ORDERS, key="one")
    async with serve(shop.database, shop.workspace) as (url, _):
        shop.url = url
        again = await shop.send("orders", ORDERS, key="one")
    assert again.words == first.words
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_what_is_no_http_is_not_quoted(sqlite_shop: Sender, log: io.StringIO) -> None:
    """Broken off, badly framed, with forbidden characters: 400 at most, a calm line, no trace."""
    head = (
        "POST /ingest/v1/orders HTTP/1.1\r\nHost: kepi\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {sqlite_shop.token}\r\nIdempotency-Key: planted-key\r\n"
    )
    before = everything(sqlite_shop.database)
    for rest in (
        'Content-Length: 500\r\n\r\n{"rows": [planted',
        "Transfer-Encoding: chunked\r\n\r\nZZ\r\nplanted\r\n",
        'Transfer-Encoding: chunked\r\n\r\n3\r\n{"r\r\nplanted!!\r\n',
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nplanted",
        "Planted: planted\0\r\n\r\n",
        f"Planted: {'planted' * 2000}\r\n\r\n",
        "Content-Encoding: gzip\r\nContent-Length: 7\r\n\r\nplanted",
    ):
        port = int(sqlite_shop.url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write((head + rest).encode())
        writer.write_eof()
        said = await asyncio.wait_for(reader.read(), 5)
        assert not said or said.split()[1] in (b"400", b"415"), said
        writer.close()
    assert everything(sqlite_shop.database) == before
    assert "planted" not in log.getvalue()
    assert sqlite_shop.token not in log.getvalue()
    assert "Traceback" not in log.getvalue()
