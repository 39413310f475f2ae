"""Files of records that nobody knows: their rows are orders, spending, answers, reviews."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage.errors import SourceError
from storage.sources import read
from storage.sources.mapping import check_mapping
from tests.columns.test_journey import asked, chosen, dropped, field_of, opened, sent
from tests.slack.conftest import NOW, Enter

ORDERS = """\
Number;Placed;Buyer;Sum
A1;03/11/2026 10:00;mia@example.com;1.500
A2;04/11/2026 11:00;lena@example.com;2.250
A3;05/11/2026 12:00;mia@example.com;3.125
"""
ANSWERS = "Answered,Points\n2026-11-02 10:00,5\n2026-11-03 10:00,4\n2026-11-04 10:00,1\n"


async def test_orders_are_matched_imported_and_taken_back(enter: Enter) -> None:
    """Guessed, asked what is open, previewed, asked for, known again, undone."""
    async with enter() as town:
        view = await opened(town, await dropped(town, ORDERS, "shop.csv"))
        assert chosen(view, "grain") == "An order"
        assert chosen(view, "pick_id") == "Number · A1"
        assert chosen(view, "pick_customer") == "Buyer · mia@example.com"
        assert "Whose are the rows?" not in view.words
        assert "Network" not in view.words
        ways = [it["text"]["text"] for it in field_of(view, "numbers")["options"]]
        assert ways == ["“1.500” is 1,500", "“1.500” is 1.500"]
        wrong = await sent(town, view, {"dates": "day", "numbers": ",", "currency": "kr"})
        assert wrong == {"currency": "Write its three letters, such as EUR."}
        assert await sent(town, view, {"dates": "day", "numbers": ",", "currency": "sek"}) == {}
        preview = town.omar.bot_said("dm")[-1]
        assert "Orders, 3 rows" in preview.words
        assert "3 new" in preview.words
        await town.omar.press(preview, "file_import")
        added = await town.omar.await_message("dm", "Added 3 orders.")
        # (1,500 + 2,250 + 3,125) / 3, by hand
        assert "2,291.67" in await asked(town, "average order value 2026-11")

        again = await dropped(town, ORDERS.replace("A3;05", "A4;06"), "next.csv")
        assert "1 new" in again.words
        assert "Read as you matched it" in again.words
        assert "shop.csv* · orders" in (await asked(town, "columns"))
        await town.omar.press(added, "file_undo")
        await town.quiet()
        assert "2,291.67" not in await asked(town, "average order value 2026-11")


async def test_what_all_rows_are_is_said_once(enter: Enter) -> None:
    """A survey's file names neither its question nor its scale; kept, and shown when changed."""
    async with enter() as town:
        view = await opened(town, await dropped(town, ANSWERS, "survey.csv"))
        await town.omar.press(view, "columns_grain", "answer")
        await town.quiet()
        told = {"pick_time": "0", "pick_score": "1"}
        wrong = await sent(town, view, told)
        assert wrong == {"said_answer": "Say it here, or choose its column."}
        assert await sent(town, view, told | {"said_answer": "csat 1-5"}) == {}
        await town.omar.press(town.omar.bot_said("dm")[-1], "file_import")
        await town.omar.await_message("dm", "Added 3")
        await asked(town, "columns")
        change = await opened(town, town.omar.bot_said("dm")[-1], "columns_change")
        assert chosen(change, "said_answer") == "How satisfied are you? 1–5"


def test_what_nobody_matched_does_not_count_and_its_own_currency_does() -> None:
    """Of two amounts in two currencies the matched one is read; a short row is still named."""
    table = "Ref,When,Who,Paid (EUR),Tax (SEK)\na,2026-11-02,c1,10.50,99\nb,2026-11-03,c2,7\n"
    columns = {"id": "Ref", "time": "When", "customer": "Who", "value": "Paid (EUR)"}
    mapping = check_mapping(
        {"file": {"grain": "order", "currency": "USD"}, "columns": columns,
         "always": {"campaign": "Black Week"}}
    )  # fmt: skip
    batch = read(table.encode(), "a.csv", now=NOW, zone="UTC", mapping=mapping)
    (told,) = batch.records
    at = datetime(2026, 11, 2, tzinfo=UTC)
    assert [it.values for it in told.rows] == [("a", at, "c1", "", "", "Black Week", 1050, "EUR")]
    assert [(bad.line, bad.reason.split(",")[0]) for bad in batch.bad] == [(3, "4 cells")]
    for lacking in (
        {"always": {"campaign": ""}},
        {"columns": {"id": "Ref"}},
        {"always": {"x": "y"}},
    ):
        with pytest.raises(SourceError):
            check_mapping({"file": {"grain": "order"}, "columns": columns} | lacking)


@pytest.mark.parametrize(
    ("grain", "table", "wrong", "right", "said"),
    [
        ("spend", "Day,Cost\n2026-11-02,10.50\n2026-11-03,20\n",
         {"any_network": "none"}, {"any_network": "x"}, "Ad spend"),
        ("review", "When,Ref,Betyg\n2026-11-02,r1,5\n",
         {"said_review": ""}, {"said_review": "Google"}, "Reviews"),
        ("visits", "Day,Hits\n2026-11-02,50\n",
         {"pick_sessions": "0"}, {"pick_sessions": "1"}, "Web visits"),
        ("comment", "Ref,When,Said\nc1,2026-11-02,so good\n",
         {"pick_text": "2", "any_network": "none"}, {"any_network": "instagram"}, "Comments"),
        ("touch", "When,Who,From\n2026-11-02,c1,instagram\n",
         {"pick_customer": "1", "pick_source": "none"}, {"pick_source": "2"}, "Touches"),
        ("conversion", "When,Who\n2026-11-02,c1\n",
         {"said_conversion": ""}, {"said_conversion": "lead"}, "Conversions"),
    ],
)  # fmt: skip
async def test_every_kind_of_record_goes_through(
    enter: Enter, grain: str, table: str, wrong: dict[str, str], right: dict[str, str], said: str
) -> None:
    """With what is needed said the file is previewed and stored; without, a field complains."""
    async with enter() as town:
        view = await opened(town, await dropped(town, table, "some.csv"))
        if chosen(view, "grain") != grain:
            await town.omar.press(view, "columns_grain", grain)
            await town.quiet()
        rows = table.count("\n") - 1
        assert await sent(town, view, wrong) != {}
        assert await sent(town, view, wrong | right) == {}
        preview = town.omar.bot_said("dm")[-1]
        assert f"{said}, {rows} row" in preview.words
        assert f"{rows} new" in preview.words
        await town.omar.press(preview, "file_import")
        await town.omar.await_message("dm", f"Added {rows}")
