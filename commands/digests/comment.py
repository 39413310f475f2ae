"""A line that its owner puts above the numbers, before a digest goes out."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, tell, tell_blocks
from commands.blocks import View_, actions, button, escape, form, section
from commands.context import Context
from commands.digests import words
from commands.digests.owner import COMMENT, SEE, find_open
from commands.digests.reading import Period
from commands.pressed import Pressed, on_press
from commands.saying import say
from commands.tongues import in_own_language, language_of_person
from commands.views import open_form

FORM = "digest_comment_form"
LONGEST = 300


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, COMMENT, in_own_language(open_comment))

    @app.view(FORM)
    async def commented(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        user, view = str(body["user"]["id"]), body["view"]
        value = str(view.get("private_metadata") or "")
        line = str(forms.filled(view).get("comment") or "")
        context.tasks.start(
            take(context, user, value, line),
            lambda trouble: tell(context, Asker(user, ""), trouble),
        )


async def take(context: Context, user: str, value: str, line: str) -> None:
    """Keep a comment in the language of who wrote it."""
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, user)):
        await keep_comment(context, user, value, line)


async def open_comment(context: Context, pressed: Pressed) -> None:
    period = await find_open(context, pressed.asker.user, pressed.value)
    await open_form(context, pressed.trigger, comment_form(period))


def comment_form(period: Period) -> View_:
    line = forms.line(
        say(words.COMMENT_FIELD),
        "comment",
        period.run.comment,
        most=LONGEST,
        example=say("Black Week starts Thursday."),
        hint=say(words.COMMENT_HINT),
    )
    return form(
        say(words.FORM_COMMENT),
        [line],
        callback_id=FORM,
        submit=say("Save"),
        close=say("Cancel"),
        memory=f"{period.plan.id}|{period.key}",
    )


async def keep_comment(context: Context, user: str, value: str, line: str) -> None:
    """Keep the comment, and say so to the one who made it."""
    from storage import digest_periods

    period = await find_open(context, user, value)
    said = " ".join(line.split())[:LONGEST]
    await context.write(
        digest_periods.comment, context.home.workspace, period.plan.id, period.key, said, user
    )
    see = say(words.SEE)
    text = escape(say(words.COMMENTED, button=see) if said else say(words.UNCOMMENTED))
    again = button(see, SEE, value)
    await tell_blocks(context, Asker(user, ""), text, [section(text), actions([again])])
