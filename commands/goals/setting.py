"""A goal on its way to being set: the draft, whose it will be and where it is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from commands.asker import Asker, unpack_asker
from commands.goals import wording
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.goals.draft import Draft
    from storage.goals import GoalRow


SHOWN = (
    *("kpi", "scope", "variant", "better", "target", "start", "end", "every"),
    *("aim", "why", "owner", "channel"),
)
"""Columns that a form shows; what is worked out from the data of the day is not among them."""


@dataclass(frozen=True)
class Setting:
    """What a form and its buttons remember."""

    draft: Draft
    owner: str
    channel: str = ""
    goal: int = 0
    """The goal that is changed; 0: a new one."""
    asker: Asker = field(default_factory=lambda: Asker("", ""))
    opened: str = ""
    """The mark of the goal that the form was opened on; empty of a new one."""
    looked: str = ""
    """When that was, as ISO has it."""

    def pack(self, *, with_asker: bool = True) -> str:
        """Return it as JSON, short enough for a button's value without the asker (2,000)."""
        held: dict[str, Any] = {
            "draft": pack_draft(self.draft),
            "owner": self.owner,
            "channel": self.channel,
            "goal": self.goal,
            "opened": self.opened,
            "looked": self.looked,
        }
        if with_asker:
            held["asker"] = self.asker.pack()
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str, asker: Asker | None = None) -> Setting:
    """Return what ``Setting.pack`` wrote; raises ``KepiError`` for anything else."""
    try:
        held = json.loads(text)
        return Setting(
            unpack_draft(held["draft"]),
            str(held["owner"]),
            str(held["channel"]),
            int(held["goal"]),
            asker if asker is not None else unpack_asker(held["asker"]),
            str(held.get("opened", "")),
            str(held.get("looked", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise KepiError(wording.TOO_OLD) from trouble


def mark_goal(row: GoalRow) -> str:
    """Return the mark of what a form shows of a goal (``storage.overtaken``)."""
    from storage.overtaken import mark

    return mark(*(str(getattr(row, it)) for it in SHOWN))


def pack_draft(draft: Draft) -> dict[str, Any]:
    """Return a draft's parts that are filled."""
    from kpis.scopes import pack_scope

    amount = draft.amount
    held = {
        "text": draft.text,
        "kpi": draft.kpi,
        "scope": pack_scope(draft.scope),
        "variant": draft.variant,
        "options": draft.options,
        "amount": [amount.kind, amount.value, amount.said] if amount else None,
        "better": draft.better,
        "start": draft.start.isoformat() if draft.start else None,
        "end": draft.end.isoformat() if draft.end else None,
        "by_then": draft.by_then,
        "every": draft.every,
        "aim": draft.aim,
        "why": draft.why,
        "private": draft.private,
    }
    return {key: it for key, it in held.items() if it}


def unpack_draft(held: Mapping[str, Any]) -> Draft:
    from kpis.goals.draft import Amount, Draft
    from kpis.scopes import unpack_scope

    amount = held.get("amount")
    return Draft(
        text=str(held.get("text", "")),
        kpi=str(held.get("kpi", "")),
        scope=unpack_scope(held.get("scope", {})),
        variant=str(held.get("variant", "")),
        options=tuple(held.get("options", ())),
        amount=Amount(amount[0], float(amount[1]), str(amount[2])) if amount else None,
        better=str(held.get("better", "")),
        start=day_of(held.get("start")),
        end=day_of(held.get("end")),
        by_then=bool(held.get("by_then")),
        every=str(held.get("every", "")),
        aim=str(held.get("aim", "")),
        why=str(held.get("why", "")),
        private=bool(held.get("private")),
    )


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
