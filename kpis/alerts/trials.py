"""What a rule's history comes to: how often it would have fired, in words, or why it may not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kpis.alerts.rules import SENSITIVITIES, Rule, Sensitivity, say_sensitivity
from kpis.alerts.verdict import Episode, Replay
from kpis.charts.picture import Picture
from kpis.periods import say_day
from kpis.titles import count, times
from kpis.tongue import joined, say

MOST_OFTEN = 1 / 3
"""A rule that fires on more of the days is no news (design: refused)."""
FEWEST_DAYS = 7
"""On fewer firing days than this nothing is called daily."""
MOST_DATES = 5


@dataclass(frozen=True)
class Trial:
    """What a rule would have done at each sensitivity, the oldest episode first."""

    episodes: Mapping[Sensitivity, tuple[Episode, ...]]
    firing: Mapping[Sensitivity, int]
    """Days on which it held."""
    known: int
    """Days that could be judged."""
    length: int
    """Days from the first that could be judged to the last."""
    zone: str
    picture: Picture | None = None
    nothing: str = ""
    """Why there is no history to try it on."""
    is_vain: bool = False
    """Nothing is there that the rule could ever judge, so it is not kept."""
    advice: str = ""
    """What else would work where it fires too often: “Above 12,000 would have fired twice.”"""


def sum_up(rule: Rule, trial: Trial, days: int) -> Replay:
    """Return a trial in words, with the cool-down kept."""
    cool = timedelta(hours=rule.settings.cool_hours)
    told = {it: keep_cool(trial.episodes.get(it, ()), cool) for it in SENSITIVITIES}
    chosen = told[rule.settings.sensitivity]
    counts = {it: len(found) for it, found in told.items()}
    length = min(days, trial.length)
    words = trial.nothing or say_fired(chosen, length, trial.zone)
    refusal = refuse(rule, trial, counts, length)
    return Replay(words, chosen, counts, trial.known, trial.picture, refusal)


def keep_cool(episodes: Sequence[Episode], cool: timedelta) -> tuple[Episode, ...]:
    """Return the episodes that open an incident: not what comes and goes within a cool-down."""
    kept: list[Episode] = []
    over: datetime | None = None
    for it in episodes:
        is_told = over is None or it.began >= over or it.ended is None or it.ended > over
        if is_told:
            kept.append(it)
            over = None if it.ended is None else it.ended + cool
    return tuple(kept)


def say_fired(episodes: Sequence[Episode], length: int, zone: str) -> str:
    """Return “Would have fired 3 times in 90 days: 4 Oct, 19 Oct (lasted 2 days), 11 Nov.”"""
    span = count(length, "day")
    if not episodes:
        return say("Would not have fired in {days}.", days=span)
    place = ZoneInfo(zone)
    year = episodes[-1].began.astimezone(place).year
    shown = [say_episode(it, place, year) for it in episodes[-MOST_DATES:]]
    told = {"times": times(len(episodes)), "days": span, "dates": joined(shown)}
    if len(episodes) > MOST_DATES:
        return say(
            "Would have fired {times} in {days}, the last {number}: {dates}.",
            **told,
            number=MOST_DATES,
        )
    return say("Would have fired {times} in {days}: {dates}.", **told)


def say_episode(episode: Episode, place: ZoneInfo, year: int) -> str:
    day = say_day(episode.began.astimezone(place).date(), year)
    if episode.ended is None:
        return say("{day} (still)", day=day)
    if episode.days > 1:
        return say("{day} (lasted {days})", day=day, days=count(episode.days, "day"))
    return day


def refuse(rule: Rule, trial: Trial, counts: Mapping[Sensitivity, int], length: int) -> str:
    """Return why a rule that would fire daily is not kept, and what would work."""
    if trial.is_vain:
        return trial.nothing
    if not fires_daily(trial, rule.settings.sensitivity):
        return ""
    held = trial.firing[rule.settings.sensitivity]
    words = say(
        "It would have held on {held} of {days} days, which nobody reads.",
        held=held,
        days=trial.known,
    )
    for other in SENSITIVITIES[: SENSITIVITIES.index(rule.settings.sensitivity)][::-1]:
        if not fires_daily(trial, other):
            return f"{words} {say_other(other, counts[other], length)}"
    return f"{words} {trial.advice or say('Watch another number, or fewer accounts.')}"


def say_other(sensitivity: Sensitivity, often: int, length: int) -> str:
    """Return “Fewer alerts” would have fired twice in 90 days.”"""
    told = {"setting": say_sensitivity(sensitivity), "days": count(length, "day")}
    if not often:
        return say("“{setting}” would not have fired in {days}.", **told)
    return say("“{setting}” would have fired {times} in {days}.", **told, times=times(often))


def fires_daily(trial: Trial, sensitivity: Sensitivity) -> bool:
    held = trial.firing.get(sensitivity, 0)
    return held >= FEWEST_DAYS and held > trial.known * MOST_OFTEN
