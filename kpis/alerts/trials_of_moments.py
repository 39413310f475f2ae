"""Rules that are judged by the moment, tried on history: crises, late data, goals at risk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.alerts.crisis import Spell, count_negative, spells
from kpis.alerts.crisis_judge import NOTHING
from kpis.alerts.crisis_pictures import draw_history
from kpis.alerts.crisis_words import say_lasted
from kpis.alerts.goal_judge import goal_of, is_at_risk
from kpis.alerts.rules import SENSITIVITIES, Rule
from kpis.alerts.silence import DAY, Source, habit_at, silent_at, sources_of
from kpis.alerts.silence_judge import TOO_FEW, draw
from kpis.alerts.things import brands_of
from kpis.alerts.tide import REACH, Tide, minute_of, moment_of, read_tide
from kpis.alerts.trials import Trial
from kpis.alerts.verdict import Episode
from kpis.charts.noting import note_picture
from kpis.goals.judge import judge as judge_goal
from kpis.surroundings import Surroundings
from kpis.tongue import say


def try_crisis(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime, days: int
) -> Trial:
    """Return the surges of some days, to the minute."""
    start = now - days * DAY
    ids = [it.id for it in brands_of(rule, around)]
    tide = read_tide(connection, around.workspace, ids, around.zone, start - REACH, now)
    if tide.first is None:
        return Trial({}, {}, 0, 0, around.zone, nothing=say(NOTHING))
    first, end = max(minute_of(start), tide.first), minute_of(now) + 1
    every = {it: spells(tide, first, end, rule.at(it).bar) for it in SENSITIVITIES}
    length = max((moment_of(end) - moment_of(first)) // DAY, 1)
    found = every[rule.settings.sensitivity]
    picture = draw_history(tide, found, first, end - 1, rule.bar)
    return Trial(
        episodes={
            it: tuple(episode_of(tide, spell, end) for spell in held) for it, held in every.items()
        },
        firing={it: len(days_of(tide, held)) for it, held in every.items()},
        known=length,
        length=length,
        zone=around.zone,
        picture=note_picture(picture, around.date_notes, now.year),
    )


def episode_of(tide: Tide, spell: Spell, end: int) -> Episode:
    def local(minute: int) -> datetime:
        return moment_of(minute).astimezone(tide.zone)

    is_on = spell.calm > end
    return Episode(
        began=moment_of(spell.began),
        ended=None if is_on else moment_of(spell.calm),
        title=say_lasted(local, spell, count_negative(tide, spell)),
        days=len(days_of(tide, [spell])),
    )


def days_of(tide: Tide, found: Sequence[Spell]) -> set[object]:
    """Return the local days that some surges touch."""
    return {
        moment_of(minute).astimezone(tide.zone).date()
        for spell in found
        for minute in (*range(spell.began, spell.calm, 24 * 60), spell.calm - 1)
    }


def try_silence(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime, days: int
) -> Trial:
    """Return when data were late, looked at once a day at the time of ``now``."""
    sources = sources_of(rule, around)
    moments = [now - (days - 1 - it) * DAY for it in range(days)]
    known = [it for it in moments if any(habit_at(source, it, rule) for source in sources)]
    if not known:
        return Trial({}, {}, 0, 0, around.zone, nothing=say(TOO_FEW))
    every = {it: late_times(sources, known, rule.at(it)) for it in SENSITIVITIES}
    return Trial(
        episodes=every,
        firing={it: sum(episode.days for episode in found) for it, found in every.items()},
        known=len(known),
        length=len(known),
        zone=around.zone,
        picture=draw(sources, rule, say("Days since new data came, today"), now),
    )


def late_times(
    sources: Sequence[Source], moments: Sequence[datetime], rule: Rule
) -> tuple[Episode, ...]:
    return episodes_of(moments, lambda moment: bool(silent_at(sources, moment, rule)))


def try_goal(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime, days: int
) -> Trial:
    """Return when a goal was behind, looked at once a day; it knows no sensitivity."""
    goal = goal_of(rule, connection, around)
    zone = ZoneInfo(around.zone)
    moments = [now - (days - 1 - it) * DAY for it in range(days)]
    known = [it for it in moments if it.astimezone(zone).date() > goal.start]
    if not known:
        nothing = say("The goal has not begun, so there is no history to try it on.")
        return Trial({}, {}, 0, 0, around.zone, nothing=nothing)

    def is_behind(moment: datetime) -> bool:
        return is_at_risk(judge_goal(goal, connection, around, moment, drawn=False))

    found = episodes_of(known, is_behind)
    return Trial(
        episodes=dict.fromkeys(SENSITIVITIES, found),
        firing={},
        known=len(known),
        length=len(known),
        zone=around.zone,
        picture=judge_goal(goal, connection, around, now).picture,
    )


def episodes_of(
    moments: Sequence[datetime], holds: Callable[[datetime], bool]
) -> tuple[Episode, ...]:
    """Return the stretches of daily moments at which something held."""
    found: list[Episode] = []
    began: datetime | None = None
    for moment in moments:
        if holds(moment):
            began = began or moment
        elif began is not None:
            found.append(Episode(began, moment, "", days=round((moment - began) / DAY)))
            began = None
    if began is not None:
        days = round((moments[-1] - began) / timedelta(days=1)) + 1
        found.append(Episode(began, None, "", days=days))
    return tuple(found)
