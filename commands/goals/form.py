"""The form of a goal: its five parts as fields, filled in, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_sdk.models.blocks import OptionGroup, StaticSelectElement, UserSelectElement

from commands import forms
from commands.blocks import Block, View_, field, form, option
from commands.goals import wording
from commands.goals.setting import Setting
from commands.question_form import ALL, SAME, code_of, read_scope, scope_choices
from commands.saying import say, say_declared
from storage.errors import KepiError

if TYPE_CHECKING:
    from datetime import date

    from kpis.goals.draft import Draft
    from kpis.surroundings import Surroundings

FORM = "goal_form"


def compose_form(setting: Setting, around: Surroundings) -> View_:
    """Return the form, filled in as far as the draft is."""
    from kpis.goals.parts import say_aim
    from kpis.goals.say import say_until, write_amount
    from kpis.goals.shapes import AIMS, unit_of

    draft = setting.draft
    amount = draft.amount.said if draft.amount else ""
    if draft.kpi:
        amount = write_amount(draft, unit_of(draft.kpi, draft.variant))
        amount = f"{amount} {draft.currency}".strip()
    aims = [(key, say_aim(key)) for key in AIMS]
    private = [("private", say("For the owner alone"))]
    blocks = [
        kpi_field(draft.kpi),
        scope_field(draft, around),
        forms.line(
            say("How much"),
            "amount",
            amount,
            optional=False,
            most=60,
            example=say("5,000, up 20 %, at most 30 min"),
        ),
        forms.line(
            say("By when"),
            "end",
            say_until(draft),
            optional=False,
            most=60,
            example=say("by 2027-06-30, next quarter, a month"),
        ),
        forms.choice(say("What it is for"), "aim", aims, draft.aim or "awareness"),
        forms.line(say("Why"), "why", draft.why, most=200),
        owner_field(setting.owner),
        forms.conversation(
            say("Told in"), "channel", setting.channel, hint=say("Empty: to the owner alone.")
        ),
        forms.ticks(say("Seen"), "private", private, ["private"] if draft.private else []),
    ]
    title = say(wording.FORM_CHANGE) if setting.goal else say(wording.FORM)
    return form(
        title,
        blocks,
        callback_id=FORM,
        submit=say(wording.LOOK),
        close=say("Cancel"),
        memory=setting.pack(),
    )


def kpi_field(chosen: str) -> Block:
    """Return the choice of a number, by section; tables and estimates make no goal."""
    from kpis.catalogue import CATALOGUE, SECTIONS, Table, declared
    from kpis.names import title_of

    groups = []
    for name, module in SECTIONS.items():
        entries = [it for it in declared(module) if not isinstance(it, Table)]
        options = [option(title_of(it), it.key) for it in entries]
        groups += [OptionGroup(label=say_declared(name), options=options)] if options else []
    known = any(it.value == chosen for group in groups for it in group.options or [])
    first = option(title_of(CATALOGUE[chosen]), chosen) if known else None
    element = StaticSelectElement(action_id="kpi", option_groups=groups, initial_option=first)
    return field(say("Which number"), element, "kpi")


def scope_field(draft: Draft, around: Surroundings) -> Block:
    offered = [(ALL, say(wording.NO_SCOPE)), *scope_choices(around, rivals=False)]
    code = code_of(draft.scope)
    if code == SAME:
        offered.insert(0, (SAME, say("As it was said")))
    return forms.choice(say("Of which accounts"), "scope", offered, code)


def owner_field(owner: str) -> Block:
    element = UserSelectElement(action_id="owner", initial_user=owner or None)
    return field(say("Whose goal"), element, "owner")


def read_form(
    filled: Mapping[str, Any], setting: Setting, around: Surroundings, today: date
) -> tuple[Setting, dict[str, str]]:
    """Return what the form says, and complaints by field."""
    from kpis.goals.fields import read_amount, read_days
    from kpis.goals.shapes import check_goal

    errors: dict[str, str] = {}
    kpi = str(filled.get("kpi") or "")
    before = setting.draft
    draft = replace(
        before,
        kpi=kpi,
        variant=before.variant if kpi == before.kpi else "",
        options=before.options if kpi == before.kpi else (),
        scope=read_scope(str(filled.get("scope") or SAME), before.scope),
        aim=str(filled.get("aim") or ""),
        why=str(filled.get("why") or "").strip(),
        private=bool(filled.get("private")),
        notes=(),
    )
    if not kpi:
        errors["kpi"] = say("Choose a number.")
    else:
        try:
            check_goal(kpi)
            draft = read_amount(str(filled.get("amount") or ""), draft)
        except KepiError as trouble:
            errors["amount"] = str(trouble)
    try:
        draft = read_days(str(filled.get("end") or ""), draft, today, around.week_start)
    except KepiError as trouble:
        errors["end"] = str(trouble)
    owner = str(filled.get("owner") or setting.owner)
    channel = str(filled.get("channel") or "")
    return replace(setting, draft=draft, owner=owner, channel=channel), errors
