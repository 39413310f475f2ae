"""The filled-in setup form, read back; what cannot be is said at its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from commands.saying import say, say_declared
from commands.support import wording
from commands.support.draft import Draft
from commands.support.setup_form import ALL, APP, OUTSIDE
from commands.support.setup_more import LANGUAGES, MARKS, NUMBERS, PICKS, SWITCHES
from storage.errors import KepiError
from support.reading import normalise
from support.rules import Marks, Mode, Rules
from support.week import read_hours

EMOJI = re.compile(r":?([a-z0-9_+'\-]{1,100})(?:::skin-tone-[2-6])?:?")
MOST_PEOPLE = 100
PICTURES = {
    "✅": "white_check_mark",
    "✔": "heavy_check_mark",
    "☑": "ballot_box_with_check",
    "👀": "eyes",
    "👋": "wave",
    "🙋": "raising_hand",
    "⏳": "hourglass_flowing_sand",
    "⌛": "hourglass",
    "🎫": "ticket",
    "🚫": "no_entry_sign",
    "⛔": "no_entry",
    "🗑": "wastebasket",
    "🔒": "lock",
    "📤": "outbox_tray",
    "👍": "+1",
    "💯": "100",
}
"""A field may be sent with the picture itself."""


def read_setup(filled: Mapping[str, Any], before: Draft) -> tuple[Draft, dict[str, str]]:
    """Return the draft as the form changes it, and complaints by the name of their field."""
    errors: dict[str, str] = {}
    rules = read_five(filled, before.rules)
    if "mode" in filled:
        rules = read_more(filled, rules, errors)
    draft = replace(
        before,
        rules=rules,
        hours=str(filled.get("hours") or before.hours),
        first_response=int(filled.get("first_response") or before.first_response),
        next_response=int(filled.get("next_response") or before.next_response),
        resolution=int(filled.get("resolution") or before.resolution),
    )
    if typed := str(filled.get("other_hours") or "").strip():
        try:
            read_hours(typed)
        except KepiError as trouble:
            errors["other_hours"] = str(trouble)
        else:
            draft = replace(draft, hours=typed)
    complain_about_people(draft, errors)
    return draft, errors


def read_five(filled: Mapping[str, Any], rules: Rules) -> Rules:
    """Return the rules with the first three questions answered."""
    who = str(filled.get("who") or "")
    opening = {
        APP: {"mode": Mode.RELAY, "others_are": "bystander"},
        OUTSIDE: {"mode": Mode.AUTO, "others_are": "responder"},
        ALL: {"mode": Mode.AUTO, "others_are": "customer"},
    }
    changed: dict[str, Any] = dict(opening.get(who, {}))
    return replace(
        rules,
        **changed,
        responders=tuple(filled.get("responders") or ()),
        responder_groups=tuple(filled.get("responder_groups", rules.responder_groups) or ()),
        responders_channel=str(filled.get("responders_channel") or ""),
        response_signal=str(filled.get("signal") or rules.response_signal),
    )


def read_more(filled: Mapping[str, Any], rules: Rules, errors: dict[str, str]) -> Rules:
    """Return the rules with the fields under *More*."""
    changed: dict[str, Any] = {}
    for pick in PICKS:
        value = str(filled.get(pick.name) or "")
        if pick.name in NUMBERS and value.isdecimal():
            changed[pick.name] = int(value)
        elif value and pick.name not in NUMBERS:
            changed[pick.name] = Mode(value) if pick.name == "mode" else value
    on = set(filled.get("switches") or ())
    changed |= {name: name in on for name, _ in SWITCHES}
    spoken = set(filled.get("languages") or ())
    changed["languages"] = tuple(it for it, _ in LANGUAGES if it in spoken)
    changed["marks"] = read_marks(filled, errors)
    changed["note_prefixes"] = tuple(str(filled.get("note_prefixes") or "").split())[:10]
    changed["customers"] = tuple(filled.get("customers") or ())
    changed["ignored"] = tuple(filled.get("ignored") or ())
    changed["alerts_channel"] = str(filled.get("alerts_channel") or "")
    return replace(rules, **keep_choice_of_customers(changed, rules, filled))


def keep_choice_of_customers(
    changed: dict[str, Any], rules: Rules, filled: Mapping[str, Any]
) -> dict[str, Any]:
    """Let the first question win where it was changed; else what stands under *More* holds.

    The first question sets two of the fields under *More*, which still show what was before.
    """
    asked = {"mode": rules.mode, "others_are": rules.others_are}
    shown = {"mode": changed.get("mode"), "others_are": changed.get("others_are")}
    if filled.get("who") and not agrees(str(filled["who"]), shown):
        return changed | asked
    return changed


def agrees(who: str, shown: Mapping[str, Any]) -> bool:
    """Say whether the fields under *More* are a refinement of the first answer."""
    if who == APP:
        return shown["mode"] in (Mode.RELAY, Mode.MANUAL, Mode.OFF)
    if shown["mode"] is Mode.RELAY:
        return False
    return bool((shown["others_are"] == "customer") == (who == ALL))


def read_marks(filled: Mapping[str, Any], errors: dict[str, str]) -> Marks:
    """Return which emoji mean what; one that would mean two things is complained about."""
    found: dict[str, frozenset[str]] = {}
    meant: dict[str, str] = {}
    for name, label in MARKS:
        typed = str(filled.get(f"mark_{name}") or "")
        emoji = {read_emoji(it) for it in typed.split()}
        if "" in emoji:
            errors[f"mark_{name}"] = say(wording.UNREAD_EMOJI)
        for each in emoji - {""}:
            if each in meant:
                errors[f"mark_{name}"] = say(
                    wording.EMOJI_TWICE, emoji=each, other=say_declared(meant[each])
                )
            meant[each] = label
        found[name] = frozenset(emoji - {""})
    if not found["resolve"]:
        errors.setdefault("mark_resolve", say(wording.NO_EMOJI))
    return Marks(**found)


def read_emoji(typed: str) -> str:
    """Return the name of an emoji, or nothing for what is none."""
    picture = typed.strip("\ufe0f\u200d,;")
    if picture in PICTURES:
        return PICTURES[picture]
    found = EMOJI.fullmatch(typed.strip(",;").casefold())
    return normalise(found[1]) if found else ""


def complain_about_people(draft: Draft, errors: dict[str, str]) -> None:
    """Nobody who answers, or somebody on both sides, is said before it is tried out."""
    rules = draft.rules
    named = rules.responders or rules.responder_groups or rules.responders_channel
    if rules.others_are != "responder" and not named and rules.mode is not Mode.OFF:
        errors["responders"] = say(wording.NOBODY_ANSWERS)
    if set(rules.responders) & set(rules.customers):
        errors["customers"] = say(wording.BOTH_SIDES)
    if len(rules.responders) + len(rules.customers) + len(rules.ignored) > MOST_PEOPLE:
        errors["responders"] = say(wording.TOO_MANY_PEOPLE)
