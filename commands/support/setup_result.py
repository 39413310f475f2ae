"""The try-out in words: what was read, what would have been closed, what to press."""

from __future__ import annotations

from collections.abc import Mapping

from commands.blocks import Block, View_, actions, button, context, escape, form, section
from commands.support import wording
from commands.support.draft import Draft
from commands.support.line_words import say_span
from commands.support.listing import Listed
from commands.support.moments import moment_of
from commands.support.saving import Place
from commands.support.tryout import DAYS, Result
from support.rules import Mode, Rules

USE, BACK = "support_setup_use", "support_setup_back"


def compose_progress(draft: Draft, messages: int, since: int, threads: int = 0) -> View_:
    """Return what is shown while the channel is read; ``threads`` are yet to be read."""
    words = wording.READING
    if messages:
        words = wording.READ_SO_FAR.format(messages=f"{messages:,}")
        if since:
            words += wording.BACK_TO.format(day=say_day(since))
        if threads:
            words += wording.THREADS_LEFT if threads > 1 else wording.THREAD_LEFT
            words = words.format(count=threads)
    return form(
        wording.FORM_SETUP,
        [section(escape(words))],
        callback_id="support_setup_reading",
        memory=draft.pack(),
    )


def compose_result(draft: Draft, result: Result) -> View_:
    """Return what the rules would have made of the last days, to use or to choose anew."""
    blocks: list[Block] = [section(f"*{say_headline(draft.rules, result)}*")]
    blocks += [section("\n".join(lines))] if (lines := say_more(draft.rules, result)) else []
    if hints := say_hints(draft.rules, result):
        blocks.append(section("\n".join(hints)))
    blocks.append(actions([button(wording.CHOOSE_ANOTHER, BACK)]))
    blocks.append(context([escape(wording.TRY_OUT_NOTE)]))
    return form(
        wording.FORM_SETUP,
        blocks,
        callback_id=USE,
        submit=wording.USE_IT,
        close="Cancel",
        memory=draft.pack(),
    )


def say_headline(rules: Rules, result: Result) -> str:
    """Return “In 30 days ✅ was used 212 times here and would have closed 38 issues.”"""
    times = sum(result.marks.values())
    shown = " ".join(f":{it}:" for it in (result.marks or sorted(rules.marks.resolve)[-1:]))
    used = "once" if times == 1 else f"{times:,} times"
    was = "was" if len(result.marks) == 1 else "were"
    closed = "1 issue" if result.closed == 1 else f"{result.closed:,} issues"
    days = f"In {result.days} days" if result.days != 1 else "In one day"
    if not times:
        return f"{days} {shown} was not used here; it would have closed no issue."
    return f"{days} {shown} {was} used {used} here and would have closed {closed}."


def say_more(rules: Rules, result: Result) -> list[str]:
    """Return what else would have come of it."""
    lines = []
    if result.opened:
        issues = "1 issue" if result.opened == 1 else f"{result.opened:,} issues"
        lines.append(f"{issues} would have been opened, {result.answered:,} answered.")
        if result.waiting and result.is_whole:
            lines.append(f"{result.waiting:,} would be waiting for an answer now.")
    if result.first_answers:
        middle = result.first_answers[(len(result.first_answers) - 1) // 2]
        lines.append(f"Half of the first answers came within {say_span(middle)}.")
    if len(result.marks) > 1:
        said = ", ".join(f":{name}: {count:,}" for name, count in result.marks.items())
        lines.append(said)
    if not sum(result.marks.values()) and result.others:
        lines.append(f"Used instead: {say_emoji(result.others)}.")
    if not result.is_whole:
        lines.append(
            wording.READ_PART.format(
                messages=f"{result.messages:,}", day=say_day(result.since), days=DAYS
            )
        )
    return lines


def say_emoji(used: Mapping[str, int]) -> str:
    return ", ".join(f":{name}: {count:,}" for name, count in used.items())


def say_hints(rules: Rules, result: Result) -> list[str]:
    """Return what should be looked at before it is used."""
    hints = []
    if not result.messages:
        hints.append(wording.NOTHING_SAID)
    elif not result.opened and rules.mode is Mode.RELAY:
        hints.append(wording.NO_RELAY_YET)
    elif not result.opened and rules.mode is Mode.AUTO:
        hints.append(wording.NOBODY_ASKED)
    elif result.opened and not result.answered:
        hints.append(wording.NOBODY_ANSWERED)
    return [escape(it) for it in hints]


def say_day(at: int) -> str:
    day = moment_of(at)
    return f"{day.day} {day:%b}"


def say_saved(place: Place, rules: Rules) -> Listed:
    """Return what the one who set it up is told, alone."""
    text = wording.SAVED.format(channel=place.name or "the channel")
    opens = {
        Mode.AUTO: wording.OPENS_AUTO,
        Mode.RELAY: wording.OPENS_RELAY,
        Mode.MANUAL: wording.OPENS_MANUAL,
        Mode.OFF: wording.OPENS_OFF,
    }[rules.mode]
    lines = [text, opens, wording.TEACH]
    if place.is_shared:
        lines.append(wording.SHARED_SILENT)
    return Listed(escape(text), [section("\n".join(map(escape, lines)))])
