"""Hours, closed dates and promises: by form, for admins; everybody may read them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.playground import Message
from storage import hours, policies
from storage.setting_changes import ChangeRow, history
from support.calendars import load_calendar, save_hours
from support.policies import Clock, TargetKind, read_policy
from support.policy_book import save_policy
from support.week import read_hours, say_hours
from tests.support_surfaces.conftest import SUPPORT, Desk


def told(desk: Desk) -> Message:
    return [it for it in desk.mia.bot_said(SUPPORT) if it.is_private][-1]


async def change_hours(desk: Desk, filled: dict[str, Any]) -> dict[str, str]:
    await desk.mia.command("/support hours", SUPPORT)
    view = await desk.mia.await_view("Dates that differ")
    await desk.mia.submit(view, filled)
    await desk.quiet()
    errors = dict(view.errors)
    if errors:
        await desk.mia.close(view)
    return errors


async def changes_of_hours(desk: Desk) -> list[ChangeRow]:
    context = desk.town.running.context
    rows = await context.read(history, context.home.workspace, most=500)
    return [it for it in rows if it.key.startswith("hours.")]


async def test_hours_are_saved_and_everybody_may_read_them(both_desks: Desk) -> None:
    """Several windows a day, a zone, closed dates and dates with hours of their own."""
    desk = both_desks
    errors = await change_hours(
        desk,
        {
            "hours": "Mon-Fri 9-12, 13-18; Sat 10-14",
            "zone": "europe/stockholm",
            "dates": "2026-12-24 Christmas Eve\n2026-12-31 09:00–13:00 New Year’s Eve",
        },
    )
    assert errors == {}
    context = desk.town.running.context
    calendar = await context.read(load_calendar, context.home.workspace)
    assert say_hours(calendar.week) == "Mon–Fri 09:00–12:00, 13:00–18:00; Sat 10:00–14:00"
    assert calendar.zone == "Europe/Stockholm"
    assert [str(it) for it in calendar.closed] == ["2026-12-24"]
    assert [str(it) for it in calendar.overrides] == ["2026-12-31"]
    read = await desk.ask(desk.omar, "/support hours")
    assert "Europe/Stockholm" in read.words
    assert "2026-12-24 Christmas Eve" in read.words
    await change_hours(desk, {"dates": "2026-12-31 09:00–12:00 New Year’s Eve"})
    calendar = await context.read(load_calendar, context.home.workspace)
    assert not calendar.closed
    versions = await context.read(hours.read_versions, context.home.workspace, 0)
    assert versions[-1].by == desk.mia.id
    told = await changes_of_hours(desk)
    assert {(it.key, it.by) for it in told} == {
        (f"hours.{it}", desk.mia.id) for it in ("open-hours", "zone", "dates")
    }
    newest = {(it.before, it.after) for it in told if it.at == told[0].at}
    assert newest == {
        ("2026-12-24 Christmas Eve", ""),
        ("2026-12-31 09:00–13:00 New Year’s Eve", "2026-12-31 09:00–12:00 New Year’s Eve"),
    }


async def test_the_next_four_dates_are_told_and_how_many_more(desk: Desk) -> None:
    """Not the last ones of a long list, and none that are past."""
    days = [f"2026-12-{day} Closed {day}" for day in (24, 25, 26, 30, 31)] + ["2027-01-01 New Year"]
    await change_hours(desk, {"dates": "\n".join(reversed(days))})
    read = await desk.ask(desk.omar, "/support hours")
    for day in days[:4]:
        assert day in read.words
    assert "2026-12-31" not in read.words
    assert "and 2 more" in read.words
    desk.town.slack.clock.advance(34 * 86_400)
    object.__setattr__(desk.town.running.context, "clock", desk.town.slack.clock.instant)
    read = await desk.ask(desk.omar, "/support hours")
    assert "2026-12-25" not in read.words
    assert "2027-01-01 New Year" in read.words
    assert "more" not in read.words


async def test_hours_that_another_saved_since_are_not_overwritten(both_desks: Desk) -> None:
    """A date that came since is no part of the form; whoever opens it again saves."""
    desk, context = both_desks, both_desks.town.running.context
    late = "Somebody changed “Open hours” after you looked at it, so nothing was saved."

    def save_meanwhile(connection: Connection, zone: str, first: int) -> None:
        week, today = read_hours(f"Mon {first}-14"), context.clock().date()
        home, now = context.home.workspace, context.clock()
        save_hours(connection, home, 0, week, since=today, zone=zone, by="", at=now)

    for zone, first in (("Europe/London", 9), ("UTC", 9), ("UTC", 10)):
        await desk.mia.command("/support hours", SUPPORT)
        view = await desk.mia.await_view("Dates that differ")
        await context.write(save_meanwhile, zone, first)
        await desk.mia.submit(view, {"hours": "24/7"})
        await desk.quiet()
        assert late in told(desk).words
        calendar = await context.read(load_calendar, context.home.workspace)
        assert (calendar.zone, say_hours(calendar.week)) == (zone, f"Mon {first:02d}:00–14:00")
    assert await change_hours(desk, {"hours": "24/7"}) == {}
    calendar = await context.read(load_calendar, context.home.workspace)
    assert say_hours(calendar.week) == "24/7"


COMPLAINTS = {
    ("hours", "9-5"): "Say on which days",
    ("hours", "Mon 9-12, 11-13"): "overlap",
    ("zone", "Stockholmia"): "is not a time zone",
    ("since", "tomorrow"): "Write it like 2026-12-24",
    ("dates", "Christmas"): "Line 1, “Christmas”",
    ("dates", "2026-12-24\n\n2026-02-30 x"): "as a date",
    ("dates", "2026-12-24 a\n2026-12-24 b"): "twice",
}


async def test_hours_that_cannot_be_read_are_said_at_their_field(desk: Desk) -> None:
    """The form stays open with what was typed."""
    for (name, typed), line in COMPLAINTS.items():
        errors = await change_hours(desk, {name: typed})
        assert line in errors.get(name, ""), (name, typed, errors)


async def test_holidays_are_proposed_and_copied_when_confirmed(desk: Desk) -> None:
    """Unticked ones are not; the table says which version of the source they came from."""
    await desk.mia.command("/support holidays SE 2027", SUPPORT)
    view = await desk.mia.await_view("Midsummer Eve, customary")
    first = view.element("dates_0")
    ticked = [it["value"] for it in first["initial_options"]]
    assert "2027-06-25" not in ticked, "customary alone: proposed, not taken for granted"
    await desk.mia.submit(view, {"dates_0": [*ticked[:3], "2027-06-25"], "dates_1": []})
    await desk.quiet()
    assert "4 dates of SE saved" in told(desk).words
    context = desk.town.running.context
    rows = await context.read(hours.read_dates, context.home.workspace, 0)
    assert [str(it.day) for it in rows] == [*ticked[:3], "2027-06-25"]
    assert all(it.source.startswith("holidays ") and it.source.endswith(" SE") for it in rows)
    noted = await changes_of_hours(desk)
    assert sorted(it.after.split()[0] for it in noted) == [*ticked[:3], "2027-06-25"]


ASKED = {
    "holidays": "Which country and year?",
    "holidays 2027": "Which country and year?",
    "holidays Narnia 2027": "is no country that is known",
    "holidays GB 2027": "differ by region. Choose one of ENG",
    "holidays SE 2020": "All dates of 2020 are past",
    "holidays SE 3027": "Dates are known from 2000 to 2099, not for 3027.",
    "holidays 1812 SE": "Dates are known from 2000 to 2099, not for 1812.",
}


@pytest.mark.parametrize(("words", "line"), ASKED.items())
async def test_which_holidays_is_asked_in_one_line(desk: Desk, words: str, line: str) -> None:
    """With what would work."""
    assert line in (await desk.ask(desk.mia, f"/support {words}")).words


async def held_policies(desk: Desk) -> dict[str, Any]:
    context = desk.town.running.context
    rows = await context.read(policies.current, context.home.workspace)
    return {it.name: (read_policy(it.policy), it.by) for it in rows}


async def test_promises_are_listed_changed_and_ended(both_desks: Desk) -> None:
    """A change is a new row with who made it; what is ended holds for no new issue."""
    desk = both_desks
    listed = await desk.ask(desk.omar, "/support targets")
    assert "first answer 4 h" in listed.words
    await desk.mia.press(await desk.ask(desk.mia, "/support targets"), "support_target:0")
    view = await desk.mia.await_view("Warn after")
    assert view.element("first_response")["initial_value"] == "4 h"
    await desk.mia.submit(view, {"next_response": "soon"})
    assert "I can’t read “soon”" in view.errors["next_response"]
    await desk.mia.submit(view, {"next_response": "30 min", "clock": "calendar"})
    await desk.quiet()
    policy, by = (await held_policies(desk))["#support"]
    assert by == desk.mia.id
    assert policy.targets[TargetKind.NEXT_RESPONSE] == (1800, Clock.CALENDAR)
    await desk.mia.press(await desk.ask(desk.mia, "/support targets"), "support_target:0")
    view = await desk.mia.await_view("Promise this no longer")
    await desk.mia.submit(view, {"end": ["end"]})
    await desk.quiet()
    assert await held_policies(desk) == {}
    assert "Nothing is promised yet" in (await desk.ask(desk.mia, "/support targets")).words


@pytest.mark.parametrize(
    "filled", [{"next_response": "30 min"}, {"end": ["end"]}], ids=["saved", "ended"]
)
async def test_a_promise_that_another_changed_or_ended_since_is_left(
    desk: Desk, filled: dict[str, Any]
) -> None:
    """Who was later is told, and by whom it was changed."""
    context = desk.town.running.context
    home = context.home.workspace
    held = replace((await held_policies(desk))["#support"][0], warn_at=0.5)
    for changes, line in (
        (save_policy, "omar changed “#support”"),
        (None, "Somebody removed “#support”"),
    ):
        await desk.mia.press(await desk.ask(desk.mia, "/support targets"), "support_target:0")
        view = await desk.mia.await_view("Warn after")
        if changes is not None:
            await context.write(changes, home, held, desk.omar.id, context.clock())
        else:
            await context.write(policies.retire, home, "#support", context.clock())
        after = await held_policies(desk)
        await desk.mia.submit(view, filled)
        await desk.quiet()
        assert line in told(desk).words
        assert "nothing was saved" in told(desk).words
        assert await held_policies(desk) == after


async def test_proposals_by_priority_are_a_start(desk: Desk) -> None:
    """Four promises, each to be changed; pressed twice, still four."""
    await desk.mia.press(await desk.ask(desk.mia, "/support targets"), "support_target:new")
    view = await desk.mia.await_view("Warn after")
    await desk.mia.submit(view, {"name": "VIP", "customer": "X:Lena_K", "first_response": "15 min"})
    await desk.quiet()
    assert (await held_policies(desk))["VIP"][0].scope.customer == "x:lena_k"
    context = desk.town.running.context
    await context.write(policies.retire, context.home.workspace, "VIP", context.clock())
    await context.write(policies.retire, context.home.workspace, "#support", context.clock())
    empty = await desk.ask(desk.mia, "/support targets")
    await desk.mia.press(empty, "support_target_propose")
    await desk.quiet()
    assert "4 promises hold for new issues" in told(desk).words
    assert len(await held_policies(desk)) == 4


async def test_members_who_are_no_admins_change_no_promise(desk: Desk) -> None:
    """The button is there for whoever may; pressed by others it refuses."""
    listed = await desk.ask(desk.omar, "/support targets")
    await desk.omar.press(listed, "support_target:0")
    await desk.quiet()
    said = [it for it in desk.omar.bot_said(SUPPORT) if it.is_private][-1]
    assert "Only an admin" in said.words
    assert desk.omar.open_view() is None


async def test_every_number_is_derived(both_desks: Desk) -> None:
    """``explain``: which message was the first response, and why another was not."""
    desk = both_desks
    asked = await desk.issue()
    await desk.omar.say(SUPPORT, "// who has this?", thread_ts=asked.ts)
    await desk.omar.say(SUPPORT, "Hi Gus, checking", thread_ts=asked.ts)
    await desk.gus.say(SUPPORT, "thanks!", thread_ts=asked.ts)
    await desk.quiet()
    await desk.mia.command("/support explain 1", SUPPORT)
    view = await desk.mia.await_view("The team's time")
    lines = view.words.splitlines()
    note = next(it for it in lines if "does not count" in it)
    assert "internal note" in note
    assert any("omar answered: the first response" in it for it in lines)
    assert any("gus wrote a pleasantry" in it for it in lines)
    assert any(it.startswith("First response: ") for it in lines)
    await desk.mia.say("dm", "support explain 1")
    assert await desk.mia.await_message("dm", "omar answered: the first response")


def test_a_long_explanation_turns_pages() -> None:
    """No view has more than 100 blocks, and no line is lost."""
    from types import SimpleNamespace
    from zoneinfo import ZoneInfo

    from bot.playground.blocks import accept_view
    from commands.support.explain import as_form, as_message

    row = SimpleNamespace(number=7)
    found: Any = SimpleNamespace(row=row, zone=ZoneInfo("Europe/Stockholm"))
    lines = [f"line {it} <!here>" for it in range(1000)]
    seen: list[str] = []
    start = 0
    while True:
        view = as_form(found, lines, start)
        accept_view(json.loads(json.dumps(view)), ("modal",), lambda _file: False)
        texts = [it["text"]["text"] for it in view["blocks"] if it["type"] == "section"]
        seen += [line for text in texts for line in text.splitlines()]
        turns = [it for it in view["blocks"] if it["type"] == "actions"]
        forward = [it for it in turns[0]["elements"] if it["action_id"].endswith("_turn")]
        if not forward:
            break
        start = int(forward[0]["value"].partition("|")[2])
    assert seen == [f"line {it} &lt;!here&gt;" for it in range(1000)]
    assert len(as_message(found, lines).blocks) <= 15
