"""Files that Kepi writes are dead text, and it fetches files from Slack alone (rows 35, 37)."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from commands.data_file import LIVE, Cell, write_csv
from commands.files_download import Dropped, download, is_slack_origin
from storage.batch import Batch, PostRow
from storage.errors import KepiError
from storage.sources import read as read_export
from tests.drawn import AT
from tests.hardening.strange import FORMULAS, MARKUP, mixed

if TYPE_CHECKING:
    from tests.slack.conftest import Enter

HEADER: list[Cell] = [
    *("Post ID", "Account username", "Publish time", "Post type", "Permalink", "Description"),
    *("Views", "Reach", "Likes", "Comments"),
]
ADDRESSES = (
    "http://files.slack.com/files-pri/T1-F1/a.csv",
    "https://files.slack.com.evil.example/a.csv",
    "https://files.slack.com@evil.example/a.csv",
    "https://files.slack.com%40evil.example/a.csv",
    "https://files.slack.com\\@evil.example/a.csv",
    "https://files.slack.com#@evil.example/a.csv".replace("files.slack.com#", "evil.example#"),
    "https://user:word@files.slack.com/a.csv",
    "https://:@files.slack.com/a.csv",
    "https://evil.example/files.slack.com/a.csv",
    "https://evil.example?files.slack.com",
    "https://files.slack.com:8443/a.csv",
    "https://files.slack.com:0/a.csv",
    "https://files.slack.com:port/a.csv",
    "https://files-slack.com/a.csv",
    "https://xfiles.slack.com/a.csv",
    "https://slack.com/a.csv",
    "https://files.slack.com./a.csv",
    "https://ﬁles.slack.com/a.csv",
    "https://files。slack.com/a.csv",
    "https://169.254.169.254/latest/meta-data",
    "https://[fd00:ec2::254]/latest",
    "https://0x7f.1/a.csv",
    "https://2130706433/a.csv",
    "https://[::1]/a.csv",
    "https://[::ffff:127.0.0.1]/a.csv",
    "https://localhost/a.csv",
    "https://127.0.0.1.nip.io/a.csv",
    "file:///etc/passwd",
    "gopher://files.slack.com/a",
    "ftp://files.slack.com/a",
    "//files.slack.com/a.csv",
    "files.slack.com/a.csv",
    "javascript:alert(1)",
    "data:text/csv,a",
    "https://",
    "",
)


def is_live(cell: str) -> bool:
    """Say whether a spreadsheet would calculate a cell, by what OWASP lists, wide signs too."""
    return cell.strip(" \n")[:1] in set("=+-@\t\r−＝＋－＠") and not is_number(cell)


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_no_cell_of_a_data_file_is_a_formula() -> None:
    """40 payloads as names beside true numbers: 0 live cells, numbers as they were."""
    payloads = mixed(35, 40, FORMULAS, MARKUP)
    numbers = (-12, -0.5, 0, 7, 1_000_000, None)
    rows = [[it, *numbers] for it in payloads]
    text = write_csv([["name", *"abcdef"], *rows]).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text)))[1:]
    for (name, *cells), payload in zip(found, payloads, strict=True):
        assert not is_live(name), (name, payload)
        assert name in (payload, f"'{payload}")
        assert cells == ["-12", "-0.5", "0", "7", "1000000", ""]
    assert {"=", "+", "-", "@", "\t", "\r"} <= set(LIVE)


def test_what_was_written_is_read_back_equal() -> None:
    """An export with payloads as captions, written disarmed and read again: nothing is lost."""
    payloads = [it for it in mixed(35, 40, FORMULAS) if it.strip()]
    first = read(write_csv([HEADER, *(row_of(n, it) for n, it in enumerate(payloads))]))
    assert not first.bad
    assert len(first.posts) == len(payloads)
    again = write_csv([HEADER, *(row_of(n, it.title or "") for n, it in enumerate(first.posts))])
    second = read(again)
    assert [unplaced(it) for it in second.posts] == [unplaced(it) for it in first.posts]


def row_of(number: int, title: str) -> list[Cell]:
    """Return a row of an export of Instagram posts."""
    link = "https://instagram.com/p/1"
    row: list[Cell] = [f"{number}", "nova", "11/02/2026 10:00", "IG image", link, title]
    return [*row, 9, 8, 7, 6]


def unplaced(post: PostRow) -> PostRow:
    return post._replace(line=0)


def read(data: bytes) -> Batch:
    return read_export(data, "posts.csv", now=AT, zone="UTC")


async def test_files_are_fetched_from_slack_alone(enter: Enter) -> None:
    """36 addresses: each refused before anything is sent; nothing listens to them, or hears."""
    heard: list[str] = []

    async def listen(request: web.Request) -> web.Response:
        heard.append(str(request.headers.get("Authorization")))
        return web.Response(body=b"stolen")

    async with enter("socket") as town:
        runner = await serve(listen)
        port = runner.addresses[0][1]
        context = town.running.context
        ours = AsyncWebClient(token="xoxb-planted", session=context.http)
        real = replace(context, client=ours)
        near = [f"http://127.0.0.1:{port}/a.csv", f"http://localhost:{port}/a.csv"]
        near += [f"https://files.slack.com@127.0.0.1:{port}/", f"http://[::1]:{port}/a"]
        for held in (real, context):
            for url in (*ADDRESSES, *near):
                assert not is_slack_origin(held, url), url
                with pytest.raises(KepiError, match="can't open"):
                    await download(held, Dropped("F1", "a.csv", 10, "U1", url))
        assert is_slack_origin(real, "https://files.slack.com/files-pri/T1-F1/a.csv")
        assert not is_slack_origin(real, f"{town.slack.url}/files/a.csv")
        await runner.cleanup()
    assert heard == []


async def serve(handler: object) -> web.AppRunner:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)  # type: ignore[arg-type]
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner
