"""Setup by five questions; everything else stands filled in under *More* (what-people-see §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import StaticSelectElement

from commands import forms
from commands.blocks import Block, View_, actions, button, context, escape, form, option, section
from commands.saying import declare, say
from commands.support import wording
from commands.support.draft import SAME, Draft
from commands.support.setup_more import Options, hours, minutes, more_fields, spoken
from commands.support.week_words import say_week
from support.rules import Mode, Rules
from support.week import read_hours

FORM = "support_setup"
MORE, COPY = "support_setup_more", "support_setup_copy"

APP, OUTSIDE, ALL = "app", "outside", "all"
CUSTOMERS = (
    (APP, declare("People whose posts an app brings here")),
    (OUTSIDE, declare("People outside the company, and guests")),
    (ALL, declare("Everybody but the team")),
)
WHERE = (
    ("thread_reply", declare("In the thread here")),
    ("relay_out", declare("In the social tool, which posts our reply here")),
    ("marker", declare("In the social tool; we mark it here with 📤")),
)
HOURS = (
    "Mon–Fri 09:00–17:00",
    "Mon–Fri 08:00–18:00",
    "Mon–Fri 09:00–18:00; Sat 10:00–14:00",
    "Every day 09:00–21:00",
)
ALL_HOURS = "24/7"
WITHIN: Options = (*minutes(15, 30), *hours(1, 2, 4, 8, 24), ("0", declare("No promise")))


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
    blocks = [section(say(wording.SETUP_HEAD, channel=escape(around.name)))]
    blocks += [context([escape(line) for line in around.lacks])] if around.lacks else []
    blocks += [*copy_field(draft, around), *five_questions(draft, around)]
    if draft.more:
        blocks += more_fields(draft.rules, draft, draft.edition)
    else:
        blocks.append(actions([button(say(wording.LATER), MORE)], block_id="more"))
    return form(
        say(wording.FORM_SETUP),
        blocks,
        callback_id=FORM,
        submit=say(wording.TRY_OUT),
        close=say("Cancel"),
        memory=draft.pack(),
    )


def five_questions(draft: Draft, around: Surroundings) -> list[Block]:
    rules, edition = draft.rules, draft.edition
    offered = named_hours(around)
    team = [
        forms.people(
            say("Who answers: people"),
            "responders",
            rules.responders,
            edition,
            hint=say("Leave it empty if a user group or a channel says it."),
        )
    ]
    if around.groups:
        groups = forms.several(
            say("Who answers: user groups"),
            "responder_groups",
            around.groups,
            rules.responder_groups,
            edition,
        )
        team.append(groups)
    team.append(
        forms.conversation(
            say("Who answers: everyone in this channel"),
            "responders_channel",
            rules.responders_channel,
            edition,
        )
    )
    return [
        forms.radio(
            say("Who are the customers?"), "who", spoken(CUSTOMERS), who_of(rules), edition
        ),
        *team,
        forms.radio(
            say("Where is the answer given?"),
            "signal",
            spoken(WHERE),
            rules.response_signal,
            edition,
        ),
        forms.choice(say("Open hours"), "hours", offered, draft.hours, edition),
        forms.line(
            say("Or other hours"),
            "other_hours",
            "",
            edition,
            example="Mon–Fri 09:00–12:00, 13:00–18:00; Sat 10:00–14:00",
        ),
        forms.choice(
            say("First answer within (open hours)"),
            "first_response",
            spoken(WITHIN),
            str(draft.first_response),
            edition,
        ),
    ]


def named_hours(around: Surroundings) -> list[tuple[str, str]]:
    same = say("As the workspace")
    if around.workspace_hours:
        same = say("As the workspace: {hours}", hours=around.workspace_hours)
    weeks = [(it, say_week(read_hours(it))) for it in HOURS]
    return [(SAME, same), *weeks, (ALL_HOURS, say("Always"))]


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
        placeholder=say("Copy from another channel"),
        options=[option(f"#{name}", channel) for channel, name in around.others][:100],
    )
    return [actions([chooser], block_id=forms.name_of("copy", draft.edition))]
