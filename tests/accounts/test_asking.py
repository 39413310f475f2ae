"""The Ask form: complaints at the field, every choice answered as words are, Home's own way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.playground import Message
from bot.playground.elements import options_of
from bot.playground.world import View
from tests.accounts.crafted import open_up, send
from tests.accounts.test_forms import choose, close, front, open_list, rows
from tests.slack.conftest import Town, enter_town, has_chart

MARKETING = "#marketing"
PAIRS = {
    "followers instagram vs bluebird last 28 days": {
        "kpi": "followers", "scope": "platform:instagram", "compare": "bluebird",
    },
    "likes instagram vs competitors last 7 days": {
        "kpi": "likes", "scope": "platform:instagram", "compare": "All competitors",
        "period": "last 7 days",
    },
    "likes vs last year last month": {
        "kpi": "likes", "compare": "A year before", "period": "last month",
    },
    "likes instagram vs facebook last 28 days": {
        "kpi": "likes", "scope": "platform:instagram", "compare": "facebook",
    },
    "likes by platform last week": {"kpi": "likes", "by": "platform", "days": "last wek"},
    "likes vs bluebird last 28 days": {"kpi": "likes", "compare": "bluebird"},
}  # fmt: skip
"""What words ask, and the form that asks the same; a comparison by the words of its choice."""


async def open_ask(town: Town, channel: str = MARKETING) -> View:
    shown = await town.mia.ask("/kpi help", channel, "Ask for a number")
    await town.mia.press(shown, "ask_form")
    return await town.mia.await_view("Or other days")


def fill(view: View, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with a comparison's words as its choice."""
    wanted = values.get("compare", "").casefold()
    for it in options_of(view.element("compare")):
        if wanted and it["text"]["text"].casefold() == wanted:
            return {**values, "compare": it["value"]}
    return values


async def said(town: Town, channel: str = MARKETING) -> Message:
    await town.quiet()
    return town.mia.bot_said(channel)[-1]


async def test_the_form_asks_what_words_ask(tmp_path: Path) -> None:
    """The headline of each is the same; on one platform it is compared with that platform's."""
    async with enter_town(tmp_path) as town:
        differ = {}
        for words, values in PAIRS.items():
            await town.mia.command(f"/kpi {words}", MARKETING)
            typed = (await said(town)).words.split("\n")[:3]
            view = await open_ask(town)
            assert await send(town, view, fill(view, values)) == {}, words
            formed = (await said(town)).words.split("\n")[:3]
            if typed != formed or ("vs" in words and not typed[1]):
                differ[words] = (typed, formed)
        assert differ == {}


async def test_what_cannot_be_is_said_at_its_field(tmp_path: Path) -> None:
    """Days, splits, platforms that do not report; what is not offered, or not here any more."""
    bad: dict[str, tuple[dict[str, str], str]] = {
        "days": ({"days": "smorgasbord"}, "I can’t read “smorgasbord” as days"),
        "days of nobody": ({"days": "<!channel>"}, "as days"),
        "days of fillers": ({"days": "please the"}, "as days"),
        "kpi": ({"kpi": "reach", "scope": "platform:x"}, "X doesn't report reach."),
        "by": ({"kpi": "followers", "by": "hour"}, "Followers can't be split by that. It can by"),
        "by of posts": ({"kpi": "reach", "by": "hashtag"}, "can't be split"),
    }
    strange = {
        "kpi": ("blorp", "not here any more"),
        "scope": ("account:99999", "not here any more"),
        "compare": ("brand:99999", "not here any more"),
        "by": ("<!channel>", "can't be split"),
    }
    async with enter_town(tmp_path) as town:
        view = await open_ask(town)
        good = {"kpi": "likes", "scope": "all", "by": "none", "days": "", "compare": "previous"}
        for name, (values, words) in bad.items():
            errors = await send(town, view, {**good, **values})
            assert list(errors) == [name.split()[0]], (name, errors)
            assert words in errors[name.split()[0]], errors
        await close(town.mia)
        for field, (value, words) in strange.items():
            view = open_up(await open_ask(town), **{field: value})
            errors = await send(town, view, {field: value})
            assert list(errors) == [field]
            assert words in errors[field], errors
            await close(town.mia)


async def test_an_account_removed_meanwhile_is_not_here(tmp_path: Path) -> None:
    async with enter_town(tmp_path) as town:
        view = await open_ask(town)
        account = next(it.id for it in await rows(town) if it.platform == "x")
        removal = await choose(town.omar, await open_list(town, town.omar), "remove", account)
        await town.omar.submit(removal)
        errors = await send(town, view, {"scope": f"account:{account}"})
        assert errors == {"scope": "That is not here any more. Choose another."}


async def test_without_data_it_offers_the_first_step(tmp_path: Path) -> None:
    """The form opens, says that there is nothing yet, and leads to the form of accounts."""
    async with enter_town(tmp_path, empty=True) as town:
        await town.mia.open_home()
        await town.quiet()
        home = town.mia.home()
        shown = await town.mia.ask("/kpi help", MARKETING)
        button = next(it for it in ("ask_form",) if it in str(shown.blocks))
        await town.mia.press(shown, button)
        view = await town.mia.await_view("Or other days")
        assert "No data yet" in view.words
        errors = await send(town, view, {"kpi": "likes"})
        assert "No accounts yet" in errors["kpi"]
        await town.mia.press(view, "account_add")
        await town.mia.await_view("Name of a new brand")
        assert home is None or "No data" in home.words


async def test_from_home_the_answer_lands_in_the_direct_message(tmp_path: Path) -> None:
    """With its chart; in no channel."""
    async with enter_town(tmp_path) as town:
        await town.mia.open_home()
        await town.quiet()
        home = town.mia.home()
        assert home is not None
        before = len(town.mia.bot_said(MARKETING))
        await town.mia.press(home, "ask_form")
        view = await town.mia.await_view("Or other days")
        await town.mia.submit(view, {"kpi": "likes", "scope": "platform:instagram"})
        answer = await town.mia.await_message("dm", has_chart, within=20)
        assert answer.words.startswith("Likes · Instagram acme")
        assert len(town.mia.bot_said(MARKETING)) == before
        await town.quiet()
        await town.mia.press(town.mia.home(), "account_add")  # type: ignore[arg-type]
        view = await town.mia.await_view("Name of a new brand")
        rival = {"platform": "x", "handles": "newcomer", "brand": "competitor"}
        assert await send(town, view, {**rival, "brand_name": "Newcomer"}) == {}
        await town.mia.press(front(town.mia), "account_list")
        page = await town.mia.await_view("accounts · 1–8")
        menus = [it["accessory"]["action_id"] for it in page.blocks if "accessory" in it]
        view = await choose(town.mia, page, "change", int(menus[0].rpartition(":")[2]))
        assert await send(town, view, {}) == {}
        await town.mia.press(front(town.mia), "account_ask")
        assert "ollowers" in (await said(town, "dm")).words
