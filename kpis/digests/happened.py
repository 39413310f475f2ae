"""What happened between two digests: goals that were decided, surges of negative mentions.

A surge is told whole, with its times: when it came, when customers were answered, when it was
over (features H6); a goal that was reached or missed is told in the next digest (row 105).
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from kpis.alerts.rules import read_rule
from kpis.alerts.things import brands_of
from kpis.digests.calendar import due_at, earlier, instant
from kpis.digests.goals import concerns
from kpis.digests.scene import Scene
from kpis.goals.say import name_of
from kpis.goals.standing import is_shown
from kpis.periods import say_day, say_weekday
from kpis.titles import count
from kpis.tongue import grouped, say
from storage import alerts, goals, incidents, issues
from storage.errors import KepiError
from storage.incidents import IncidentRow
from storage.issue_rows import ISSUE

CRISIS = "crisis"
MOST = 2
"""Surges that are told."""


def say_decided(scene: Scene, state: str) -> tuple[str, ...]:
    """Return “Goal reached: 10,000 likes, Instagram acme, by 31 Dec.” of each since the last one.

    By the moment at which it was decided: numbers settle days after the goal's own end.
    """
    if "goals" in scene.plan.left_out:
        return ()
    _, since = next(earlier(scene.plan, scene.key))
    until = due_at(scene.plan, scene.key)
    rows = goals.decided_since(scene.connection, scene.around.workspace, since)
    names = [
        name_of(it, scene.around.directory, scene.today)
        for it in reversed(rows)
        if it.state == state
        and it.decided is not None
        and it.decided < until
        and is_shown(it, "")
        and concerns(scene, it)
    ]
    return tuple(say_goal(state, f"{name[:1].lower()}{name[1:]}") for name in names)


def say_goal(state: str, name: str) -> str:
    if state == "reached":
        return say("Goal reached: {name}.", name=name)
    return say("Goal missed: {name}.", name=name)


def say_surges(scene: Scene) -> tuple[str, ...]:
    """Return the period's surges: “Negative mentions surged Mon 16 Nov 12:10. Normal since …”."""
    zone = scene.around.zone
    start = instant(zone, scene.period.start, 0)
    end = min(instant(zone, scene.period.end, 0), scene.now)
    rows = incidents.between(scene.connection, scene.around.workspace, CRISIS, start, end)
    # Each channel that was alerted has an incident of its own: the surge is told once.
    surges = {(it.thing, it.began): it for it in rows if is_ours(scene, it)}
    return tuple(say_surge(scene, it) for it in surges.values())[-MOST:]


def is_ours(scene: Scene, row: IncidentRow) -> bool:
    """Whether a surge is about a brand of the digest."""
    held = alerts.rule(scene.connection, scene.around.workspace, row.rule or 0)
    if held is None:
        return False
    try:
        brands = {it.id for it in brands_of(read_rule(held), scene.around)}
    except KepiError:
        return False
    return bool(brands & {it.brand for it in scene.accounts})


def say_surge(scene: Scene, row: IncidentRow) -> str:
    began = row.began.astimezone(ZoneInfo(scene.around.zone))
    words = str(row.details.get("words") or "").strip()
    when = say(
        "{weekday} {day} {time}",
        weekday=say_weekday(began.weekday(), short=True),
        day=say_day(began.date(), began.year),
        time=f"{began:%H:%M}",
    )
    parts = [say("Negative mentions surged {when}.", when=when), words]
    return " ".join(it for it in (*parts, say_answers(scene, row)) if it)


def say_answers(scene: Scene, row: IncidentRow) -> str:
    """Return “6 customer issues opened, 5 answered, the first at 12:22.” of what may be known."""
    channels = {it.id for it in scene.around.channels}
    if "customers" in scene.plan.left_out or not channels:
        return ""
    over = row.calm or row.closed or scene.now
    opened = issues.rows_where(
        scene.connection,
        scene.around.workspace,
        (ISSUE.c.opened >= row.began) & (ISSUE.c.opened < over),
    )
    found = [
        it
        for it in opened
        if it.channel in channels and it.dismissed is None and it.merged_into is None
    ]
    answered = sorted(it.responded for it in found if it.responded is not None)
    if not found:
        return ""
    said = count(len(found), "customer issue")
    if not answered:
        return say("{issues} opened, none answered.", issues=said)
    first = f"{answered[0].astimezone(ZoneInfo(scene.around.zone)):%H:%M}"
    if len(answered) == len(found):
        return say("{issues} opened, all answered, the first at {time}.", issues=said, time=first)
    return say(
        "{issues} opened, {number} answered, the first at {time}.",
        issues=said,
        number=grouped(len(answered)),
        time=first,
    )
