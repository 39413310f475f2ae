"""Setting a digest up: what is wrong is said at its field, before anything is saved."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.playground import View
from commands.digests.reading import read_plans
from storage import alerts
from tests.digests.weeks import Week, words_of

TITLE = "Set up a digest"


async def open_form(week: Week, words: str = "/kpi digest setup", who: str = "mia") -> View:
    person = week.slack.person(who)
    await person.command(words, "#marketing")
    await week.quiet()
    return await person.await_view(TITLE)


async def fill(week: Week, view: View, who: str = "mia", **values: Any) -> dict[str, str]:
    """Send the form and return the faults by field."""
    await week.slack.person(who).submit(view, values)
    await week.quiet()
    return dict(view.errors or {})


async def plans(week: Week) -> list[Any]:
    return await week.context.read(read_plans, week.workspace)


async def test_the_form_comes_filled_in_with_what_is_usual(week: Week) -> None:
    """Mondays at nine in this channel, by whoever asked; KPIs with data come first."""
    view = await open_form(week)
    elements = {it["block_id"]: it["element"] for it in view.blocks if it["type"] == "input"}
    assert elements["channel"]["initial_conversation"] == week.mia.channel("#marketing").id
    assert elements["cadence"]["initial_option"]["value"] == "weekly"
    assert elements["weekday"]["initial_option"]["value"] == "0"
    assert elements["time"]["initial_time"] == "09:00"
    assert elements["owner"]["initial_user"] == week.mia.id
    first, second = elements["kpis"]["option_groups"]
    assert (first["label"]["text"], second["label"]["text"]) == ("With data", "No data yet")
    assert "reach" in {it["value"] for it in first["options"]}
    assert await fill(week, view) == {}
    (made,) = await plans(week)
    assert (made.cadence, made.weekday, made.hour, made.owner) == ("weekly", 0, 9, week.mia.id)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("zone", "Stokholm", "“Stokholm” is not a time zone. Use a name such as Europe/Stockholm."),
        ("channel", "#random", "I'm not in #random. Write /invite @Kepi there, then save again."),
        ("owner", "gus", "gus can't look after a digest: choose a member of the workspace."),
        ("kpis", ["first-response"], "No data yet for First response time. Leave it out, or add"),
    ],
)
async def test_a_fault_is_said_at_its_field_with_what_would_work(
    week: Week, field: str, value: Any, says: str
) -> None:
    """Nothing is saved, the form stays open with everything filled in."""
    view = await open_form(week)
    if field == "channel":
        value = week.slack.space.find_channel(value).id
    if field == "owner":
        value = week.slack.person(value).id
    if field == "kpis":
        value = [no_data_kpi(view)]
        says = "No data yet for "
    errors = await fill(week, view, **{field: value})
    assert list(errors) == [field]
    assert errors[field].startswith(says)
    assert await plans(week) == []
    assert await fill(week, view, **usual(week)) == {}, "mended, it is saved"
    assert len(await plans(week)) == 1


def no_data_kpi(view: View) -> str:
    """Return a KPI of which there are no data."""
    element = next(it["element"] for it in view.blocks if it.get("block_id") == "kpis")
    return str(element["option_groups"][1]["options"][0]["value"])


def usual(week: Week) -> dict[str, Any]:
    return {
        "zone": "Stockholm",
        "channel": week.mia.channel("#marketing").id,
        "owner": week.mia.id,
        "kpis": ["reach"],
    }


async def test_an_archived_channel_is_refused(week: Week) -> None:
    """Nobody reads there."""
    week.slack.archive("#support")
    view = await open_form(week)
    errors = await fill(week, view, channel=week.slack.space.find_channel("#support").id)
    assert errors == {"channel": "#support is archived. Choose a channel that people read."}


async def test_a_private_channel_that_kepi_is_not_in_is_refused(week: Week) -> None:
    """Slack does not even tell its name: the way in is said."""
    view = await open_form(week)
    errors = await fill(week, view, channel=week.slack.space.find_channel("#board").id)
    assert list(errors) == ["channel"]
    assert "/invite @Kepi" in errors["channel"]


async def test_more_than_ten_kpis_are_too_many(week: Week) -> None:
    view = await open_form(week)
    element = next(it["element"] for it in view.blocks if it.get("block_id") == "kpis")
    every = [it["value"] for group in element["option_groups"] for it in group["options"]]
    errors = await fill(week, view, kpis=every[:12])
    assert "A digest holds 10 KPIs at most" in errors["kpis"]


async def test_a_shared_channel_needs_a_yes_that_names_the_company(week: Week) -> None:
    """Another company would read along: it is asked by name, and kept with the digest."""
    view = await open_form(week)
    shared = week.slack.space.find_channel("#partner-acme")
    assert await fill(week, view, channel=shared.id) == {}
    assert await plans(week) == [], "not before somebody said yes"
    asked = await week.mia.await_view("Another company")
    assert "#partner-acme is shared with another company" in str(asked.blocks)
    await week.mia.submit(asked, {"company": "Nordic Agency"})
    await week.quiet()
    (made,) = await plans(week)
    assert (made.channel, made.company) == (shared.id, "Nordic Agency")
    assert "Nordic Agency reads along." in week.mia.bot_said("#marketing")[-1].text


async def test_a_second_one_of_the_same_rhythm_is_refused(week: Week) -> None:
    """One weekly digest a channel; a monthly one beside it is fine."""
    assert await fill(week, await open_form(week)) == {}
    again = await open_form(week)
    errors = await fill(week, again)
    assert errors == {
        "cadence": "#marketing has a weekly digest already. Change that one: /kpi digest"
    }
    assert await fill(week, again, cadence="monthly", day="3") == {}
    assert [it.cadence for it in await plans(week)] == ["weekly", "monthly"]
    assert "Thursday 3 Dec at 09:00" in week.mia.bot_said("#marketing")[-1].text


async def test_of_two_who_save_at_once_the_second_is_told(week: Week) -> None:
    """Nobody's choice is written over; who was first, and when, and the history tells it."""
    week.slack.space.members[week.omar.id].is_admin = True
    await week.digest()
    second = await open_form(week, "/kpi digest change")
    same = await open_form(week, "/kpi digest change", "omar")
    assert await fill(week, same, "omar") == {}
    first = await open_form(week, "/kpi digest change", "omar")
    assert await fill(week, first, "omar", time="08:00", scope=["platform:instagram"]) == {}
    errors = await fill(week, second, time="10:00")
    said = r"omar changed this digest at \d\d:\d\d, after you looked at it, so nothing was saved"
    assert re.match(said, errors["channel"])
    (kept,) = await plans(week)
    assert (kept.hour, kept.version) == (8, 2), "to save it as it is changed nothing"
    told = (await week.ask(week.mia, "/kpi settings history")).words
    zone = "Europe/Stockholm"
    was, now = f"monday 09:00 {zone}, all accounts", f"monday 08:00 {zone}, Instagram"
    assert f"omar · #marketing · Digest, every week: {was} → {now}" in told


async def test_a_removed_one_is_not_brought_back_by_an_old_form(week: Week) -> None:
    """Whoever sends it is told who removed the digest; it stays removed."""
    await week.digest()
    old = await open_form(week, "/kpi digest change")
    week.slack.space.members[week.omar.id].is_admin = True
    asked = await week.ask(week.omar, "/kpi digest remove")
    await week.omar.press(asked, "digest_remove:yes")
    await week.quiet()
    errors = await fill(week, old, time="10:00")
    assert re.match(r"omar removed this digest at \d\d:\d\d", errors["channel"])
    assert await plans(week) == []


async def test_who_may_not_change_it_hears_nothing_of_who_did(week: Week) -> None:
    """No admin any more when the form is sent: refused, with whom to ask."""
    omar = week.slack.space.members[week.omar.id]
    await week.digest()
    omar.is_admin = True
    old = await open_form(week, "/kpi digest change", "omar")
    mine = await open_form(week, "/kpi digest change")
    assert await fill(week, mine, time="08:00") == {}
    omar.is_admin = False
    week.context.people.forget(week.omar.id)
    errors = await fill(week, old, "omar", time="10:00")
    assert errors == {
        "channel": "Only mia, who looks after this digest, or a Slack admin can change it."
    }


async def test_a_change_says_when_the_next_one_comes(week: Week) -> None:
    """Moved to Fridays at half past four, for likes alone, of one account, without next steps."""
    await week.digest()
    view = await open_form(week, "/kpi digest change")
    chosen: dict[str, Any] = {
        "weekday": "4",
        "time": "16:30",
        "kpis": ["likes"],
        "scope": ["platform:instagram"],
        "parts": ["goals"],
    }
    assert await fill(week, view, **chosen) == {}
    said = week.mia.bot_said("#marketing")[-1].text
    assert said.startswith("The next one comes on Friday 27 Nov at 16:30, Stockholm time.")
    (kept,) = await plans(week)
    assert kept.kpis == ("likes",)
    assert kept.scope.platforms == ("instagram",)
    assert kept.left_out == {"customers", "steps"}
    again = await open_form(week, "/kpi digest change")
    elements = {it["block_id"]: it["element"] for it in again.blocks if it["type"] == "input"}
    assert [it["value"] for it in elements["kpis"]["initial_options"]] == ["likes"]
    assert [it["value"] for it in elements["scope"]["initial_options"]] == ["platform:instagram"]
    assert elements["time"]["initial_time"] == "16:30"


async def test_guests_set_nothing_up(week: Week) -> None:
    """A guest is told who can; no form opens."""
    gus = week.slack.person("gus")
    if gus.id not in week.mia.channel("#marketing").members:
        week.mia.channel("#marketing").members.append(gus.id)
    refused = await week.ask(gus, "/kpi digest setup")
    assert refused.text == "Guests can read digests. A member of the workspace can set one up."


async def test_by_mention_a_button_opens_the_form(week: Week) -> None:
    """Words without a trigger can open nothing: the button can."""
    await week.mia.mention("#marketing", "digest setup")
    await week.quiet()
    said = week.mia.bot_said("#marketing")[-1]
    assert said.is_private
    await week.mia.press(said, "digest_setup")
    await week.quiet()
    assert (await week.mia.await_view(TITLE)).blocks


async def test_the_list_prints_the_next_run_with_its_zone(week: Week) -> None:
    """Every digest with its rhythm, next run, zone, last delivery and owner."""
    await week.digest()
    await week.digest(cadence="monthly", day=3, zone="Asia/Kathmandu", owner=week.omar.id)
    said = words_of(await week.ask(week.mia, "/kpi digest"))
    assert "Mondays at 09:00, Stockholm time" in said
    assert "Next: Monday 23 Nov at 09:00, Stockholm time" in said
    assert "Every month on the 3rd at 09:00, Kathmandu time" in said
    assert "Next: Thursday 3 Dec at 09:00, Kathmandu time" in said
    assert "Owner: omar" in said


async def test_a_new_digest_leads_on_to_watching_crises_and_silence(week: Week) -> None:
    """One press has both watched there; where they are, and after a change, it is not offered."""
    view = await open_form(week)
    assert await fill(week, view) == {}
    said = [it for it in week.mia.bot_said("#marketing") if it.is_private][-1]
    await week.mia.press(said, "alert_defaults:offer")
    await week.quiet()
    rules = await week.context.read(alerts.rules, week.workspace)
    channel = week.mia.channel("#marketing").id
    assert {(it.channel, it.kind) for it in rules} == {(channel, "crisis"), (channel, "silence")}
    view = await open_form(week)
    assert await fill(week, view, cadence="monthly") == {}
    said = [it for it in week.mia.bot_said("#marketing") if it.is_private][-1]
    assert "The first one comes on" in said.words
    assert "Watch crises" not in words_of(said)
