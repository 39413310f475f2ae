"""The form of a promise: for which issues, what within how long, by which clock (§10)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from commands import forms
from commands.blocks import View_, form
from commands.saying import say, say_declared
from commands.support import target_steps, wording
from commands.support.promise_words import KINDS
from commands.support.sources import platform_title
from storage.errors import KepiError
from support.policies import PRIORITIES, Clock, Policy, Promise, Scope, TargetKind
from support.rules import DAY, HOUR, MINUTE

FORM = "support_target_form"
LENGTH = re.compile(r"(\d{1,4})\s*(m|min|minutes?|h|hours?|d|days?)", re.IGNORECASE)
UNITS = {"m": MINUTE, "h": HOUR, "d": DAY}
ANY = "any"


def compose_form(policy: Policy, memory: Mapping[str, Any]) -> View_:
    """Return the form, filled in."""
    scope = policy.scope
    named = [(it, say_declared(it).capitalize()) for it in PRIORITIES]
    priorities = [(ANY, say("Any")), *named]
    networks = [(ANY, say("Any")), *((it, platform_title(it)) for it in NETWORKS)]
    blocks = [
        forms.line(
            say("Name"),
            "name",
            policy.name,
            optional=False,
            most=60,
            example=say("VIP customers"),
        ),
        forms.conversation(say("For issues of the channel"), "channel", scope.channel),
        forms.choice(say("With the priority"), "priority", priorities, scope.priority or ANY),
        forms.choice(say("From"), "platform", networks, scope.platform or ANY),
        forms.line(say("Of the brand"), "brand", scope.brand, most=60),
        forms.line(
            say("Of the customer"), "customer", scope.customer, most=150, example="instagram:lena_k"
        ),
    ]
    blocks += [
        forms.line(
            say("{what} within", what=say_declared(KINDS[kind])),
            kind.value,
            say_length(policy.targets[kind].seconds) if kind in policy.targets else "",
            most=20,
            example=say("30 min, 4 h or 3 d"),
        )
        for kind in TargetKind
    ]
    calendar = any(it.clock is Clock.CALENDAR for it in policy.targets.values())
    clock = "calendar" if calendar else "business"
    clocks = (("business", say("In open hours")), ("calendar", say("Around the clock")))
    switches = (
        ("applies_to_open", say("Also for issues that are open now")),
        ("pause_in_waiting", say("Solving stands still while we wait for the customer")),
        ("quiet", say("Warnings in open hours alone")),
    )
    on = [name for name, _ in switches if getattr(policy, name)]
    warnings = (
        ("0.5", say("half")),
        ("0.75", say("three quarters")),
        ("0.9", say("nine tenths")),
        ("0", say("never")),
    )
    blocks += [
        forms.radio(say("Counted"), "clock", clocks, clock),
        forms.choice(say("Warn after"), "warn_at", warnings, f"{policy.warn_at:g}"),
        forms.ticks(say("Also"), "switches", switches, on),
        *target_steps.fields(policy, str(memory.get("manager") or "")),
    ]
    if policy.name:
        blocks.append(forms.ticks(say("Or"), "end", (("end", say("Promise this no longer")),), ()))
    return form(
        say(wording.FORM_TARGET),
        blocks,
        callback_id=FORM,
        submit=say("Save"),
        close=say("Cancel"),
        memory=json.dumps(dict(memory)),
    )


NETWORKS = ("x", "instagram", "facebook", "tiktok", "youtube", "linkedin", "email", "other")


def say_length(seconds: int) -> str:
    """Return a length as the form reads it again."""
    if seconds % HOUR:
        return f"{seconds // MINUTE} min"
    return f"{seconds // HOUR} h"


def read_length(text: str) -> int:
    """Return seconds; raises ``KepiError`` with what would work."""
    found = LENGTH.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise KepiError(wording.UNREAD_LENGTH, words=text[:20])
    return int(found[1]) * UNITS[found[2][0].casefold()]


def read_form(
    filled: Mapping[str, Any], held: Mapping[str, Any]
) -> tuple[Policy, bool, dict[str, str]]:
    """Return the policy, whether it is to end, and complaints by field."""
    errors: dict[str, str] = {}
    clock = Clock(str(filled.get("clock") or "business"))
    targets: dict[TargetKind, Promise] = {}
    for kind in TargetKind:
        if words := str(filled.get(kind.value) or "").strip():
            try:
                targets[kind] = Promise(read_length(words), clock)
            except KepiError as trouble:
                errors[kind.value] = str(trouble)
    ends = bool(filled.get("end"))
    if not targets and not ends:
        errors.setdefault(TargetKind.FIRST_RESPONSE.value, say(wording.NO_LENGTH))
    scope = Scope(
        channel=str(filled.get("channel") or ""),
        priority=chosen(filled, "priority"),
        platform=chosen(filled, "platform"),
        brand=str(filled.get("brand") or "").strip(),
        customer=str(filled.get("customer") or "").strip().casefold(),
    )
    on = set(filled.get("switches") or ())
    escalate, complaints = target_steps.read(filled)
    errors |= {} if ends else complaints
    policy = Policy(
        name=" ".join(str(filled.get("name") or "").split()),
        targets=targets,
        scope=scope,
        warn_at=float(filled.get("warn_at") or 0.75),
        escalate=escalate,
        applies_to_open="applies_to_open" in on,
        pause_in_waiting="pause_in_waiting" in on,
        quiet="quiet" in on,
    )
    return policy, ends, errors


def chosen(filled: Mapping[str, Any], name: str) -> str:
    value = str(filled.get(name) or ANY)
    return "" if value == ANY else value
