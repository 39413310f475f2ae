"""The form of a test: the same parts as its words, each in a field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import DatePickerElement, StaticSelectElement

from commands import forms
from commands.asker import Asker, sender_of, tell, tell_blocks, unpack_asker
from commands.blocks import View_, actions, button, escape, field, form, option, section
from commands.context import Context
from commands.experiments import wording
from commands.experiments.changing import begin, day_here, read_new
from commands.experiments.listing import NEW
from commands.pressed import Pressed
from commands.rights import require_member
from commands.saying import say
from commands.tongues import language_of_person
from commands.unpacking import unpacking
from commands.views import open_form
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.experiments import NewExperiment

FORM = "test_form"
MEASURES = (
    "engagement-rate",
    "interaction-rate",
    "likes",
    "comments",
    "shares",
    "saves",
    "impressions",
    "reach",
    "video-views",
    "engagement-rate-impressions",
    "ctr",
    "conversion-rate",
)
EXAMPLES = "reel / photo, 8-12 / 17-21, red 120/2400 / blue 150/2400"


def kinds() -> forms.Options:
    """Return what tells variants apart, as words begin it and as a person reads it."""
    return (
        ("content type", say("Content type")),
        ("hashtag", say("Hashtag")),
        ("campaign", say("Campaign mark")),
        ("variant", say("Variant mark")),
        ("hour", say("Hour of posting")),
        ("weekday", say("Weekday of posting")),
        ("ads", say("Variant of advertisements")),
        ("counts", say("Counts that I type")),
    )


async def open_new(context: Context, asker: Asker, trigger: str, key: str = "") -> None:
    """Open an empty form; where nothing was pressed, offer a button that does."""
    from kpis.analyses.experiment_asking import EXAMPLE

    if not trigger:
        text = escape(say(wording.SAY_OR_FILL, example=EXAMPLE))
        blocks = [section(text), actions([button(say(wording.NEW), NEW)])]
        await tell_blocks(context, asker, text, blocks, key=key)
        return
    today = await context.read(day_here, context)
    await open_form(context, trigger, compose_form(asker, today))


async def press_new(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    await open_new(context, pressed.asker, pressed.trigger)


def compose_form(asker: Asker, today: date) -> View_:
    """Return the form, empty but for what most tests have; it remembers who asked."""
    import json

    from kpis.catalogue import CATALOGUE
    from kpis.names import title_of

    measures = [option(title_of(CATALOGUE[it]), it) for it in MEASURES if it in CATALOGUE]
    measure = StaticSelectElement(action_id="measure", options=measures, initial_option=measures[0])
    since = DatePickerElement(action_id="start", initial_date=today.isoformat())
    blocks = [
        forms.line(say("Name"), "name", optional=False, most=80, example="Reels vs photos"),
        field(say("What decides"), measure, "measure"),
        forms.choice(say("What tells the variants apart"), "of", kinds(), "content type"),
        forms.line(say("Variants"), "arms", optional=False, most=300, example=EXAMPLES),
        forms.line(say("Of which accounts"), "scope", most=100, example="instagram"),
        field(say("Since"), since, "start"),
    ]
    return form(
        say(wording.FORM),
        blocks,
        callback_id=FORM,
        submit=say(wording.BEGIN),
        close=say("Cancel"),
        memory=json.dumps(asker.pack()),
    )


async def submit(context: Context, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Complain at the fields, or begin the test; in the language of whoever filled it in."""
    import json

    from kpis.tongue import speaking

    view = body["view"]
    with unpacking("/kpi test"):
        asker = sender_of(unpack_asker(json.loads(view["private_metadata"])), body)
    with speaking(await language_of_person(context, asker.user)):
        await read_and_begin(context, ack, asker, view)


async def read_and_begin(
    context: Context, ack: AsyncAck, asker: Asker, view: dict[str, Any]
) -> None:
    """Acknowledge with complaints, or acknowledge and begin."""
    try:
        await require_member(context, asker.user, say(wording.GUESTS))
        new = await read_filled(context, asker, forms.filled(view))
    except KepiError as trouble:
        await ack(response_action="errors", errors={"arms": str(trouble)})
        return
    await ack()
    context.tasks.start(begin(context, asker, new), lambda words: tell(context, asker, words))


async def read_filled(context: Context, asker: Asker, filled: dict[str, Any]) -> NewExperiment:
    """Return the test that a form says: its fields make the words that people type."""
    name = str(filled.get("name") or "").strip().strip("\"'“”") or "Test"
    of = str(filled.get("of") or "")
    parts = (str(filled.get("measure") or ""), str(filled.get("scope") or ""))
    words = f"“{name.replace('”', '')}” {' '.join(parts)}: {of} {filled.get('arms') or ''}"
    if start := str(filled.get("start") or ""):
        words += f" since {start}"
    return await read_new(context, asker.user, words)
