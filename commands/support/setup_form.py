"""Setup by five questions; everything else stands filled in under *More* (what-people-see §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import StaticSelectElement

from commands import forms
from commands.blocks import Block, View_, actions, button, context, escape, form, option, section
from commands.support import wording
from commands.support.draft import SAME, Draft
from commands.support.setup_more import more_fields
from support.rules import HOUR, MINUTE, Mode, Rules

FORM = "support_setup"
MORE, COPY = "support_setup_more", "support_setup_copy"

APP, OUTSIDE, ALL = "app", "outside", "all"
CUSTOMERS = (
    (APP, "People whose posts an app brings here"),
    (OUTSIDE, "People outside the company, and guests"),
    (ALL, "Everybody but the team"),
)
WHERE = (
    ("thread_reply", "In the thread here"),
    ("relay_out", "In the social tool, which posts our reply here"),
    ("marker", "In the social tool; we mark it here with 📤"),
)
HOURS = (
    (SAME, "As the workspace"),
    ("Mon–Fri 09:00–17:00", "Mon–Fri 09:00–17:00"),
    ("Mon–Fri 08:00–18:00", "Mon–Fri 08:00–18:00"),
    ("Mon–Fri 09:00–18:00; Sat 10:00–14:00", "Mon–Fri 09:00–18:00; Sat 10:00–14:00"),
    ("Every day 09:00–21:00", "Every day 09:00–21:00"),
    ("24/7", "Always"),
)
WITHIN = (
    *((str(it * MINUTE), f"{it} minutes") for it in (15, 30)),
    *((str(it * HOUR), f"{it} hours" if it > 1 else "1 hour") for it in (1, 2, 4, 8, 24)),
    ("0", "No promise"),
)


@dataclass(frozen=True)
class Surroundings:
    """What the form offers beside the rules."""

    name: str
    """The channel's, for people to read."""
    zone: str
    workspace_hours: str
    groups: tuple[tuple[str, str], ...] = ()
    """User groups: id and handle; empty where Kepi may not know them."""
    others: tuple[tuple[str, str], ...] = ()
    """Other channels that are set up: id and name."""
    lacks: tuple[str, ...] = ()
    """Permissions that are missing, as lines."""


def compose_setup(draft: Draft, around: Surroundings) -> View_:
    """Return the form, filled in with ``draft``."""
    blocks = [section(wording.SETUP_HEAD.format(channel=escape(around.name)))]
    blocks += [context([escape(line) for line in around.lacks])] if around.lacks else []
    blocks += [*copy_field(draft, around), *five_questions(draft, around)]
    if draft.more:
        blocks += more_fields(draft.rules, draft, draft.edition)
    else:
        blocks.append(actions([button("More", MORE)], block_id="more"))
    return form(
        wording.FORM_SETUP,
        blocks,
        callback_id=FORM,
        submit=wording.TRY_OUT,
        close="Cancel",
        memory=draft.pack(),
    )


def five_questions(draft: Draft, around: Surroundings) -> list[Block]:
    rules, edition = draft.rules, draft.edition
    hours = [*HOURS] if around.workspace_hours == "" else named_hours(around)
    team = [
        forms.people(
            "Who answers: people",
            "responders",
            rules.responders,
            edition,
            hint="Leave it empty if a user group or a channel says it.",
        )
    ]
    if around.groups:
        groups = forms.several(
            "Who answers: user groups",
            "responder_groups",
            around.groups,
            rules.responder_groups,
            edition,
        )
        team.append(groups)
    team.append(
        forms.conversation(
            "Who answers: everyone in this channel",
            "responders_channel",
            rules.responders_channel,
            edition,
        )
    )
    return [
        forms.radio("Who are the customers?", "who", CUSTOMERS, who_of(rules), edition),
        *team,
        forms.radio("Where is the answer given?", "signal", WHERE, rules.response_signal, edition),
        forms.choice("Open hours", "hours", hours, draft.hours, edition),
        forms.line(
            "Or other hours",
            "other_hours",
            "",
            edition,
            example="Mon–Fri 09:00–12:00, 13:00–18:00; Sat 10:00–14:00",
        ),
        forms.choice(
            "First answer within (open hours)",
            "first_response",
            WITHIN,
            str(draft.first_response),
            edition,
        ),
    ]


def named_hours(around: Surroundings) -> list[tuple[str, str]]:
    same = f"As the workspace: {around.workspace_hours}"
    return [(SAME, same), *HOURS[1:]]


def who_of(rules: Rules) -> str:
    """Return which of the three answers the rules amount to."""
    if rules.mode is Mode.RELAY:
        return APP
    return ALL if rules.others_are == "customer" else OUTSIDE


def copy_field(draft: Draft, around: Surroundings) -> Sequence[Block]:
    """Return *Copy from another channel*, where there is one."""
    if not around.others:
        return []
    chooser = StaticSelectElement(
        action_id=COPY,
        placeholder="Copy from another channel",
        options=[option(f"#{name}", channel) for channel, name in around.others][:100],
    )
    return [actions([chooser], block_id=forms.name_of("copy", draft.edition))]
