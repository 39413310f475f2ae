"""One of each: no page of how Kepi, its data and its numbers stand says “1 accounts”."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commands.data import page as data
from commands.data.auditing import compose as compose_new
from commands.data.reading import AccountLine, DataSeen
from commands.home.page import compose_home
from commands.home.parts import MOST_ACCOUNTS, MOST_ALERTS
from commands.status import page as status
from commands.status.facts import Facts, Next
from commands.unsent import KINDS
from storage.at_a_glance import Desk, OpenAlert, OpenGoal
from storage.findings import FindingRow
from storage.outbox import DeliveryRow
from tests.audit.test_words import SEVERAL
from tests.digests.test_tongues import texts_of
from tests.home.test_page import EMPTY, drawn, standing
from tests.home.test_page import NOW as SUNDAY

ZONE = ZoneInfo("America/New_York")
LOST = DeliveryRow(
    id=1, channel="C1", kind="digest", period="1", due=SUNDAY, expires=None, state="dead",
    wake=SUNDAY, tries=1, holder="", beat=0, parent=None, body="{}", why="some_new_refusal",
    late=False, bare=False, posted_in="", ts="", sent=None,
)  # fmt: skip
FOUND = FindingRow(
    id=1, key="gap", check="gap", account=None, measure="", start=None, end=None, words="It lacks.",
    advice="Mend it.", holds=True, found=SUNDAY, seen=SUNDAY, fixed=None, accepted=None,
    accepted_by="",
)  # fmt: skip


def read(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(texts_of(blocks))


def test_status_tells_one_of_each() -> None:
    """One overdue, one of each kind sent, and one more than is shown of digests and failures."""
    facts = Facts(
        now=SUNDAY, zone=ZONE, vital=None, sent=dict.fromkeys([*KINDS, "new-kind"], 1), late=1,
        digests=(Next("C1", "weekly", SUNDAY + timedelta(hours=1), ZONE.key),)
        * (status.MOST_DIGESTS + 1),
        overdue=(LOST,), lost=(LOST,) * (status.MOST_LOST + 1), newest=None, ops="",
        copied=SUNDAY - timedelta(days=1, hours=12), is_not_copied=True,
    )  # fmt: skip
    text, blocks = status.compose(facts, "1", is_admin=False)
    said = f"{text}\n{read(blocks)}"
    assert "1 more was not sent" in said
    assert "1 message overdue" in said
    assert SEVERAL.findall(said) == []
    assert re.findall(r"\w+_\w+", said) == [], "zones and refusals are words"


def test_data_tell_one_of_each() -> None:
    """One account, and one more than the page shows of accounts and of findings."""
    line = AccountLine("Instagram acme", True, SUNDAY.date(), 1)
    seen = DataSeen((line,), None, (FOUND,), SUNDAY, 1, SUNDAY.date(), ZONE)
    more = replace(
        seen, accounts=(line,) * (data.ROWS + 1), findings=(FOUND,) * (data.FINDINGS + 1)
    )
    said = "\n".join(f"{text}\n{read(blocks)}" for text, blocks in (
        data.compose(seen, {}), data.compose(more, {}), compose_new([FOUND]),
    ))  # fmt: skip
    assert "1 more account ·" in said.replace("\n", " · ")
    assert "1 more finding ·" in said.replace("\n", " · ")
    assert SEVERAL.findall(said) == []
    assert re.findall(r"\w+_\w+", said) == []


def test_home_tells_one_of_each() -> None:
    """One of everything, and one more than Home shows of accounts, digests and alerts."""
    (account,) = drawn("instagram | acme | Acme | own | 2026-11-13")
    alert = OpenAlert("C1", "Reach fell", "{}", SUNDAY)
    facts = replace(
        EMPTY, accounts=(account,), digests=(standing(),), lost=1, alerts=(alert,),
        goals=(OpenGoal("{}", "U1", "U1", "behind"),),
        desks=(Desk("C1", True, 1, SUNDAY - timedelta(minutes=1)),),
    )  # fmt: skip
    more = replace(
        facts, accounts=facts.accounts * (MOST_ACCOUNTS + 1), digests=facts.digests * 5,
        alerts=facts.alerts * (MOST_ALERTS + 1),
    )  # fmt: skip
    steps = (replace(it, has_numbers=False) for it in (facts, more))
    said = "\n".join(
        read(compose_home(it, is_admin=True)["blocks"]) for it in (facts, more, *steps)
    )
    assert "and 1 more alert" in said
    assert SEVERAL.findall(said) == []
