"""*Set this alert*: saved straight from a button, for words that came without a form."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands.alerts import saving
from commands.alerts.draft import unpack_draft
from commands.alerts.trying import replayed, say_saved
from commands.context import Context
from commands.pressed import Pressed, on_press
from commands.tongues import in_own_language
from storage.errors import KepiError

SET = "alert_set"


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, SET, in_own_language(set_alert))


async def set_alert(context: Context, pressed: Pressed) -> None:
    """Try the rule, save it unless it makes no sense, and say how often it would have told."""
    draft = unpack_draft(pressed.value, context.home.workspace)
    user = pressed.asker.user
    await saving.check(context, user, draft)
    tried = await replayed(context, draft.rule)
    if tried.refusal:
        raise KepiError(tried.refusal)
    rule = await saving.save(context, user, draft)
    await say_saved(context, pressed.asker, rule, tried.words)
