"""The forms of accounts and brands, filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slack_sdk.models.blocks import Option, OptionGroup, StaticSelectElement

from commands import forms
from commands.accounts import names
from commands.accounts.memory import Memory
from commands.blocks import Block, View_, escape, field, form, option, section
from commands.blocks import context as small
from commands.saying import say
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from storage.account_list import Listed
    from storage.accounts import BrandRow

ADD, CHANGE, BRAND = "account_add", "account_change", "account_brand"
"""Callbacks of the forms."""
OURS, THEIRS = "own", "competitor"
"""Values of the choice of a brand beside the ids of those that there are."""
MOST = 90
ZONE = "Zone of its days"
ZONE_HINT = "Empty: as the platform cuts its days. Exports name days in this zone."


def compose_add(memory: Memory, brands: Sequence[BrandRow]) -> View_:
    """Return the form of new accounts: one platform and brand, one handle a line."""
    fields = [
        forms.choice(say("Platform"), "platform", platforms(), ""),
        forms.line(
            say("Handles"),
            "handles",
            optional=False,
            example="@acme",
            most=2500,
            lines=True,
            hint=say("One a line. The address of a profile works too."),
        ),
        brand_field(brands, OURS if not brands else ""),
        brand_name_field(),
        name_field(""),
        zone_field(None),
    ]
    return form(
        say("Add accounts"), fields, callback_id=ADD, submit=say("Add"), close=say("Cancel"),
        memory=memory.pack(),
    )  # fmt: skip


def compose_change(memory: Memory, row: Listed, brands: Sequence[BrandRow]) -> View_:
    """Return the form of an account that is there; its platform stays, its data are of that."""
    title = PLATFORMS[row.platform].title
    fields = [
        section(f"*{escape(f'{title} {row.handle}')}*"),
        forms.line(
            say("Handle"),
            "handles",
            row.handle,
            optional=False,
            most=300,
            hint=say("It was renamed? Write the new one: it keeps all its days."),
        ),
        brand_field(brands, str(row.brand)),
        brand_name_field(),
        name_field(row.name),
        zone_field(row.zone),
    ]
    return form(
        say("Change an account"), fields, callback_id=CHANGE, submit=say("Save"),
        close=say("Cancel"), memory=memory.pack(),
    )  # fmt: skip


def compose_brand(memory: Memory, brand: BrandRow, accounts: int) -> View_:
    """Return the form of a brand: its name, and whose side it is on."""
    from kpis.tongue import say_count

    sides = [(OURS, say("Our own")), (THEIRS, say("A competitor"))]
    fields = [
        forms.line(
            say("Name"), "brand_name", brand.name, optional=False, most=names.LONGEST + 1
        ),
        forms.radio(say("Whose"), "side", sides, OURS if brand.own else THEIRS),
        small([
            say_count(
                "It holds for its {number} account, from the first day on.",
                "It holds for all its {number} accounts, from the first day on.",
                accounts,
                number=accounts,
            )
        ]),
    ]  # fmt: skip
    return form(
        say("Change a brand"), fields, callback_id=BRAND, submit=say("Save"), close=say("Cancel"),
        memory=memory.pack(),
    )  # fmt: skip


def platforms() -> list[tuple[str, str]]:
    return [(it.key, it.title) for it in PLATFORMS.values()]


def brand_field(brands: Sequence[BrandRow], chosen: str) -> Block:
    """Return the choice of a brand: those that there are, or a new one, on either side."""
    offered = {it.id: option(it.name, str(it.id)) for it in brands}
    kept = [it for it in brands if str(it.id) == chosen]
    kept += [it for it in brands if str(it.id) != chosen]
    groups = []
    for own, label, new in (
        (True, say("Our own"), option(say("A new brand of ours"), OURS)),
        (False, say("Competitors"), option(say("A new competitor"), THEIRS)),
    ):
        some = [offered[it.id] for it in kept if it.own is own][:MOST]
        groups.append(OptionGroup(label=label, options=[*some, new]))
    every: list[Option] = [it for group in groups for it in group.options or []]
    first = next((it for it in every if it.value == chosen), None)
    element = StaticSelectElement(action_id="brand", option_groups=groups, initial_option=first)
    return field(say("Brand"), element, "brand")


def brand_name_field() -> Block:
    return forms.line(
        say("Name of a new brand"), "brand_name", example="Acme", most=names.LONGEST + 1
    )


def name_field(name: str) -> Block:
    hint = say("Answers call the account by it. Empty: by its handle.")
    return forms.line(say("Name to show"), "name", name, most=names.LONGEST + 1, hint=hint)


def zone_field(zone: str | None) -> Block:
    return forms.line(
        say(ZONE), "zone", zone or "", example="Europe/Stockholm", most=60, hint=say(ZONE_HINT)
    )
