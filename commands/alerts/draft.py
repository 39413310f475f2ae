"""A rule that is being made or changed, as forms and buttons remember it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from commands.alerts import wording
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.alerts.rules import Rule


@dataclass(frozen=True)
class Draft:
    """A rule that nobody saved yet, or not in this form; ``rule.id`` is 0 of a new one."""

    rule: Rule
    company: str = ""
    """The other company that may read along in a shared channel, by its name."""
    asker: tuple[Any, ...] = ()
    """Who fills it in, as ``Asker.pack`` has it."""
    opened: str = ""
    """The mark of the saved rule that its form was opened on; empty of a new one."""
    looked: str = ""
    """When that was, as ISO has it."""

    def pack(self) -> str:
        """Return the draft as text of at most 3,000 characters."""
        from kpis.alerts.rules import pack_settings, write_scope

        rule = self.rule
        held = {
            "id": rule.id,
            "channel": rule.channel,
            "kind": rule.kind,
            "name": rule.name,
            "kpi": rule.kpi,
            "scope": write_scope(rule.scope),
            "settings": pack_settings(rule.settings),
            "owner": rule.owner,
            "by": rule.by,
            "company": self.company,
            "asker": list(self.asker),
            "opened": self.opened,
            "looked": self.looked,
        }
        return json.dumps({k: v for k, v in held.items() if v}, ensure_ascii=False)

    def of(self, rule: Rule) -> Draft:
        return replace(self, rule=rule)


def mark_rule(rule: Rule) -> str:
    """Return the mark of what a form shows of a rule (``storage.overtaken``)."""
    from kpis.alerts.rules import pack_settings, write_scope
    from storage.overtaken import mark

    settings, scope = pack_settings(rule.settings), write_scope(rule.scope)
    return mark(rule.channel, rule.kind, rule.kpi, scope, settings, rule.name, rule.owner)


def unpack_draft(text: str, workspace: int) -> Draft:
    """Return what ``pack`` wrote; raises ``KepiError`` for anything else."""
    from datetime import UTC, datetime

    from kpis.alerts.rules import KINDS, read_rule
    from storage.alerts import RuleRow

    try:
        held = json.loads(text)
        if held["kind"] not in KINDS:
            raise ValueError(held["kind"])
        row = RuleRow(
            id=int(held.get("id") or 0),
            workspace=workspace,
            channel=str(held.get("channel") or ""),
            kind=str(held["kind"]),
            name=str(held.get("name") or ""),
            kpi=str(held.get("kpi") or ""),
            scope=str(held.get("scope") or "{}"),
            settings=str(held.get("settings") or "{}"),
            owner=str(held.get("owner") or ""),
            by=str(held.get("by") or ""),
            made=datetime.min.replace(tzinfo=UTC),
            paused=None,
            muted=None,
            removed=None,
        )
        rule = replace(read_rule(row), made=None)
        return Draft(
            rule,
            str(held.get("company") or ""),
            tuple(held.get("asker") or ()),
            str(held.get("opened") or ""),
            str(held.get("looked") or ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise KepiError(wording.OLD_BUTTON) from fault
