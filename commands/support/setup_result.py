"""The try-out in words: what was read, what would have been closed, what to press."""

from __future__ import annotations

from collections.abc import Mapping

from commands.blocks import Block, View_, actions, button, context, escape, form, section
from commands.saying import joined, say, say_count
from commands.support import wording
from commands.support.draft import Draft
from commands.support.line_words import say_span
from commands.support.listing import Listed
from commands.support.moments import moment_of, say_date
from commands.support.saving import Place
from commands.support.tryout import DAYS, Result
from support.rules import Mode, Rules

NOT_USED = "{days} {emoji} was not used here; it would have closed no issue."
USED_ONE = "{days} {emoji} was used {times} here and would have closed {issues}."
USED_SEVERAL = "{days} {emoji} were used {times} here and would have closed {issues}."
WOULD_OPEN = "{issues} would have been opened, {answered} answered."
WOULD_WAIT = "{number} would be waiting for an answer now."
HALF = "Half of the first answers came within {span}."
USE, BACK = "support_setup_use", "support_setup_back"


def compose_progress(draft: Draft, messages: int, since: int, threads: int = 0) -> View_:
    """Return what is shown while the channel is read; ``threads`` are yet to be read."""
    from kpis.tongue import grouped

    words, read = say(wording.READING), grouped(messages)
    if messages and since:
        words = say(wording.READ_BACK_TO, messages=read, day=say_day(since))
    elif messages:
        words = say(wording.READ_SO_FAR, messages=read)
    if messages and threads:
        words += " " + say_count(wording.THREAD_LEFT, wording.THREADS_LEFT, threads)
    return form(
        say(wording.FORM_SETUP),
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
    blocks.append(actions([button(say(wording.CHOOSE_ANOTHER), BACK)]))
    blocks.append(context([escape(say(wording.TRY_OUT_NOTE))]))
    return form(
        say(wording.FORM_SETUP),
        blocks,
        callback_id=USE,
        submit=say(wording.USE_IT),
        close=say("Cancel"),
        memory=draft.pack(),
    )


def say_headline(rules: Rules, result: Result) -> str:
    """Return “In 30 days ✅ was used 212 times here and would have closed 38 issues.”"""
    from kpis.tongue import grouped

    times = sum(result.marks.values())
    shown = " ".join(f":{it}:" for it in (result.marks or sorted(rules.marks.resolve)[-1:]))
    days = say_count("In one day", "In {number} days", result.days)
    if not times:
        return say(NOT_USED, days=days, emoji=shown)
    used = say("once") if times == 1 else say("{number} times", number=grouped(times))
    closed = say_count("{number} issue", "{number} issues", result.closed)
    words = {"days": days, "emoji": shown, "times": used, "issues": closed}
    return say(USED_ONE, **words) if len(result.marks) == 1 else say(USED_SEVERAL, **words)


def say_more(rules: Rules, result: Result) -> list[str]:
    """Return what else would have come of it."""
    from kpis.tongue import grouped

    lines = []
    if result.opened:
        issues = say_count("{number} issue", "{number} issues", result.opened)
        lines.append(say(WOULD_OPEN, issues=issues, answered=grouped(result.answered)))
        if result.waiting and result.is_whole:
            lines.append(say(WOULD_WAIT, number=grouped(result.waiting)))
    if result.first_answers:
        middle = result.first_answers[(len(result.first_answers) - 1) // 2]
        lines.append(say(HALF, span=say_span(middle)))
    if len(result.marks) > 1:
        lines.append(say_emoji(result.marks))
    if not sum(result.marks.values()) and result.others:
        lines.append(say("Used instead: {emoji}.", emoji=say_emoji(result.others)))
    if not result.is_whole:
        lines.append(
            say(
                wording.READ_PART,
                messages=grouped(result.messages),
                day=say_day(result.since),
                days=DAYS,
            )
        )
    return lines


def say_emoji(used: Mapping[str, int]) -> str:
    from kpis.tongue import grouped

    return joined(f":{name}: {grouped(count)}" for name, count in used.items())


def say_hints(rules: Rules, result: Result) -> list[str]:
    """Return what should be looked at before it is used."""
    hints = []
    if not result.messages:
        hints.append(say(wording.NOTHING_SAID))
    elif not result.opened and rules.mode is Mode.RELAY:
        hints.append(say(wording.NO_RELAY_YET))
    elif not result.opened and rules.mode is Mode.AUTO:
        hints.append(say(wording.NOBODY_ASKED))
    elif result.opened and not result.answered:
        hints.append(say(wording.NOBODY_ANSWERED))
    return [escape(it) for it in hints]


def say_day(at: int) -> str:
    return say_date(moment_of(at).date())


def say_saved(place: Place, rules: Rules) -> Listed:
    """Return what the one who set it up is told, alone."""
    text = say(wording.SAVED, channel=place.name or say("the channel"))
    opens = {
        Mode.AUTO: say(wording.OPENS_AUTO),
        Mode.RELAY: say(wording.OPENS_RELAY),
        Mode.MANUAL: say(wording.OPENS_MANUAL),
        Mode.OFF: say(wording.OPENS_OFF),
    }[rules.mode]
    lines = [text, opens, say(wording.TEACH)]
    if place.is_shared:
        lines.append(say(wording.SHARED_SILENT))
    return Listed(escape(text), [section("\n".join(map(escape, lines)))])
