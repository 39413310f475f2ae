"""What follows from a change of settings, told before it is made: by forms, files and verbs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from commands.saying import say, say_count, say_declared
from commands.settings import wording
from commands.settings.memory import words_now
from support.rules import Mode

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.settings.applying import Ready
    from commands.support.draft import Draft

PROMISES = ("first_response", "next_response", "resolution")


def find_consequences(
    connection: Connection, workspace: int, wanted: Mapping[str, str | None]
) -> list[str]:
    """Return what follows from other words of the workspace's settings, by key."""
    held = words_now(connection, workspace, "")
    changing = {
        key: words for key, words in wanted.items() if words is not None and held.get(key) != words
    }
    lines = say_recomputed(connection, workspace, changing, held)
    return lines + list(say_erased(changing, held))


def say_recomputed(
    connection: Connection,
    workspace: int,
    changing: Mapping[str, str],
    held: Mapping[str, str | None],
) -> list[str]:
    """Return what is counted anew, where there is something to count."""
    from sqlalchemy import func, select

    from kpis.tongue import grouped
    from storage.settings import SETTINGS
    from storage.tables import Post, table_of

    recomputing = [it for key, it in SETTINGS.items() if it.recomputes and key in changing]
    if not recomputing:
        return []
    post = table_of(Post)
    counting = select(func.count()).select_from(post).where(post.c.workspace == workspace)
    posts = connection.execute(counting).scalar_one()
    if not posts:
        return []
    lines = []
    for it in recomputing:
        before, after = held[it.key], changing[it.key]
        line = say(wording.CONFIRM_CURRENCY, before=before, after=after)
        if it.key == "zone":
            line = say(wording.CONFIRM_ZONE, before=before, after=after, posts=grouped(posts))
        lines += [line, f"{say_declared(it.recomputes)}."]
    return [*lines, say(wording.FIGURES_CHANGE)]


def say_erased(changing: Mapping[str, str], held: Mapping[str, str | None]) -> Iterator[str]:
    """Yield what a shorter time, or a smaller number, lets go for good."""
    from kpis.titles import say_written
    from storage.settings import SETTINGS

    for key, words in changing.items():
        setting, before = SETTINGS[key], held.get(key)
        if not setting.erases or before is None:
            continue
        was, now = setting.read(before), setting.read(words)
        if now and (not was or now < was):
            title = say_declared(setting.title)
            yield say(
                wording.ERASED, title=title, before=say_written(before), after=say_written(words)
            )


def find_all(connection: Connection, workspace: int, ready: Ready) -> list[str]:
    """Return what follows from a file."""
    return [
        *find_consequences(connection, workspace, ready.plan.workspace),
        *say_set_ups(ready),
    ]


def say_set_ups(ready: Ready) -> Iterator[str]:
    """Yield what other set-ups and hours mean for what was before."""
    pairs = [
        (ready.state.channel(it.id).draft, it.draft)
        for it in ready.plan.channels
        if it.draft is not None
    ]
    begun = sum(not is_on(before) and is_on(after) for before, after in pairs)
    ended = sum(is_on(before) and not is_on(after) for before, after in pairs)
    if begun:
        yield say_count(wording.BEGINS_ONE, wording.BEGINS, begun)
    if ended:
        yield say_count(wording.ENDS_ONE, wording.ENDS, ended)
    if any(is_on(before) and is_on(after) for before, after in pairs):
        yield say(wording.FROM_NOW_ON)
    if any(promises_of(before) != promises_of(after) for before, after in pairs if before):
        yield say(wording.NEW_TARGETS)
    hours = any(week_of(before) != week_of(after) for before, after in pairs if before)
    if hours or ready.plan.hours is not None:
        yield say(wording.NEW_HOURS)


def is_on(draft: Draft | None) -> bool:
    return draft is not None and draft.rules.mode is not Mode.OFF


def promises_of(draft: Draft | None) -> tuple[int, ...]:
    return tuple(getattr(draft, name) for name in PROMISES) if draft else ()


def week_of(draft: Draft | None) -> tuple[str, str]:
    return (draft.hours, draft.zone) if draft else ("", "")
