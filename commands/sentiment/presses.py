"""Correcting a label, and opening the page of labels from under an answer."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.models.blocks import ButtonElement

from commands.blocks import button
from commands.context import Context
from commands.pressed import Pressed, number_of, on_press
from commands.rights import require_member
from commands.saying import say
from commands.sentiment.command import guests, show
from commands.tongues import in_own_language

FIX, SHOW, MARK = "labels_fix", "labels_show", "labels_mark"
MARKS = re.compile(f"^{MARK}:")


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, MARKS, in_own_language(mark))
    on_press(app, context, SHOW, in_own_language(show_all))
    on_press(app, context, FIX, in_own_language(show_anew))


def fix_button() -> ButtonElement:
    """Return *Wrong? Fix it*, for answers about mentions: it shows the presser the labels."""
    return button(say("Wrong? Fix it"), FIX)


async def mark(context: Context, pressed: Pressed) -> None:
    """Keep a person's label of one mention; the button remembers “4711 negative”."""
    from storage import mention_labels

    await require_member(context, pressed.asker.user, guests())
    number, _, label = pressed.value.partition(" ")
    user, now = pressed.asker.user, context.clock()
    workspace = context.home.workspace
    await context.write(mention_labels.correct, workspace, number_of(number), label, user, now)
    said = {
        "positive": say("Kept as positive. It stays so whatever a model says."),
        "neutral": say("Kept as neutral. It stays so whatever a model says."),
        "negative": say("Kept as negative. It stays so whatever a model says."),
    }
    await show(context, pressed.asker, said[label], replace=pressed.is_private)


async def show_all(context: Context, pressed: Pressed) -> None:
    """Show the page again in its place."""
    await show(context, pressed.asker, replace=pressed.is_private)


async def show_anew(context: Context, pressed: Pressed) -> None:
    """Show the page to the presser alone, beside the answer."""
    await show(context, pressed.asker)
