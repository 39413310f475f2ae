"""Negative mentions, judged now: the surge that goes on, or how the last one ended.

A file that comes a day late tells of a surge that is long over. It is told all the same, for 6
hours from the file on, if the surge was in the last two days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.alerts.crisis import (
    CALM,
    Spell,
    Surge,
    count_negative,
    measure,
    peak,
    spells,
)
from kpis.alerts.crisis_pictures import BARS, draw_surge
from kpis.alerts.crisis_words import (
    say_lasted,
    say_over,
    say_rest,
    say_share,
    say_since,
    say_title,
    say_usual,
)
from kpis.alerts.rules import Rule
from kpis.alerts.things import brands_of, thing_of
from kpis.alerts.tide import REACH, WINDOW, Tide, minute_of, moment_of, read_tide
from kpis.alerts.verdict import Verdict
from kpis.charts.noting import note_under
from kpis.charts.picture import Picture
from kpis.surroundings import Surroundings
from kpis.titles import listed
from kpis.tongue import grouped, joined, say, say_count
from storage.mentions import heard_of, platforms, topics
from storage.platforms import PLATFORMS

LOOK = timedelta(days=14)
"""How far back a surge that goes on may have begun."""
LATE = timedelta(days=2)
NOTHING = "No mentions yet. Import a file of them first: columns time, platform, id, sentiment."


@dataclass(frozen=True)
class Watch:
    """A crisis rule at a moment, and what it reads."""

    rule: Rule
    connection: Connection
    around: Surroundings
    tide: Tide
    end: int
    """The minute after the one that runs: all of what was said so far lies before it."""

    @property
    def zone(self) -> ZoneInfo:
        return self.tide.zone

    @property
    def brands(self) -> list[int]:
        return [it.id for it in brands_of(self.rule, self.around)]

    def local(self, minute: int) -> datetime:
        return moment_of(minute).astimezone(self.zone)


def judge_crisis(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime
) -> Verdict:
    """Return how negative mentions stand at ``now``."""
    watch = start_watch(rule, connection, around, now)
    if watch.tide.first is None:
        return verdict_of_none(watch, now)
    found = spells(watch.tide, minute_of(now - LOOK), watch.end, rule.bar)
    surge = measure(watch.tide, watch.end, rule.bar)
    if not found:
        return verdict_of_calm(watch, surge, now)
    return verdict_of_spell(watch, found[-1], surge)


def start_watch(rule: Rule, connection: Connection, around: Surroundings, now: datetime) -> Watch:
    ids = [it.id for it in brands_of(rule, around)]
    tide = read_tide(connection, around.workspace, ids, around.zone, now - LOOK - REACH, now)
    return Watch(rule, connection, around, tide, minute_of(now) + 1)


def verdict_of_spell(watch: Watch, spell: Spell, surge: Surge) -> Verdict:
    """Return the verdict where a surge goes on, or did lately."""
    began, rule = moment_of(spell.began), watch.rule
    is_old = rule.made is not None and began < rule.made
    is_on = spell.calm > watch.end
    last = surge if is_on else measure(watch.tide, spell.calm - 1, rule.bar)
    titled = (
        say_title(last.negative) if is_on else say_lasted(watch.local, spell, total(watch, spell))
    )
    return Verdict(
        is_firing=not is_old and is_open(watch, spell),
        good=False,
        thing=thing_of(rule, watch.around),
        began=began,
        title=titled,
        lines=lines_of(watch, spell, last),
        words=words_of(watch, spell, surge, is_on=is_on),
        rest="" if is_on else say_rest(spell, total(watch, spell)),
        facts=facts_of(watch, spell, last),
        picture=draw_noted(watch, titled),
        calm=None if is_on else moment_of(spell.calm),
        is_old=is_old,
        footnote=" · ".join(
            it for it in (say_since(watch.local(spell.began)), where(watch, spell)) if it
        ),
    )


def draw_noted(watch: Watch, titled: str) -> Picture:
    """Return the picture of a surge; what was noted on its days is told under it."""
    picture = draw_surge(watch.tide, watch.end, watch.rule.bar, titled)
    first, last = (watch.local(it).date() for it in (watch.end - WINDOW * BARS, watch.end - 1))
    days = first, last + timedelta(days=1)
    return note_under(picture, watch.around.date_notes, days, last.year)


def is_open(watch: Watch, spell: Spell) -> bool:
    """Whether an episode is not closed: it was not calm, nor known, for 6 hours.

    Known is it with the file that brought as many mentions as it took; more of them later do not
    open it again.
    """
    if spell.is_open(watch.end):
        return True
    if moment_of(spell.calm) < moment_of(watch.end) - LATE:
        return False
    heard = heard_of(
        watch.connection,
        watch.around.workspace,
        watch.brands,
        moment_of(spell.began - WINDOW),
        moment_of(spell.calm),
        ceil(measure(watch.tide, spell.began, watch.rule.bar).bar),
    )
    return heard is not None and watch.end < minute_of(heard) + CALM


def total(watch: Watch, spell: Spell) -> int:
    return count_negative(watch.tide, spell)


def lines_of(watch: Watch, spell: Spell, surge: Surge) -> tuple[str, ...]:
    """Return what is usual, and what most of the surge is about."""
    lines = [f"{say_usual(surge, watch.local)} {say_share(surge)}"]
    about = topics(
        watch.connection,
        watch.around.workspace,
        watch.brands,
        moment_of(surge.end - WINDOW),
        moment_of(surge.end),
    )
    if about:
        topic, number = about[0]
        most = say_count(
            "{number} is about {topic}.", "{number} are about {topic}.", number, topic=topic
        )
        lines[0] += f" {most}"
    return tuple(lines)


def words_of(watch: Watch, spell: Spell, surge: Surge, *, is_on: bool) -> str:
    if is_on:
        return say("Still high: {number}.", number=grouped(surge.negative))
    return say_over(watch.local, spell, total(watch, spell))


def where(watch: Watch, spell: Spell) -> str:
    """Return the platforms of a surge, the most frequent first."""
    found = platforms(
        watch.connection,
        watch.around.workspace,
        watch.brands,
        moment_of(spell.began - WINDOW),
        moment_of(spell.calm),
    )
    named = [PLATFORMS[it].title if it in PLATFORMS else it for it, _ in found[:4]]
    brands = [it.name for it in brands_of(watch.rule, watch.around)]
    own = [it for it in watch.around.brands if it.own]
    said = [joined(named)] if named else []
    return " · ".join([*said, listed(brands)] if len(own) != 1 or brands != [own[0].name] else said)


def facts_of(watch: Watch, spell: Spell, surge: Surge) -> dict[str, Any]:
    return {
        "value": surge.negative,
        "usual": surge.usual.median,
        "limit": surge.bar,
        "share": surge.share,
        "usual_share": surge.usual_share,
        "total": total(watch, spell),
        "peak": peak(watch.tide, spell),
        "since": moment_of(spell.began).isoformat(),
    }


def verdict_of_calm(watch: Watch, surge: Surge, now: datetime) -> Verdict:
    number = grouped(surge.negative)
    words = say("{number} negative mentions in 3 hours, as usual.", number=number)
    facts = {"value": surge.negative, "usual": surge.usual.median, "limit": surge.bar}
    return quiet(watch, now, words, facts, is_known=True)


def verdict_of_none(watch: Watch, now: datetime) -> Verdict:
    return quiet(watch, now, say(NOTHING), {}, is_known=False)


def quiet(
    watch: Watch, now: datetime, words: str, facts: dict[str, Any], *, is_known: bool
) -> Verdict:
    return Verdict(
        is_firing=False,
        good=False,
        thing=thing_of(watch.rule, watch.around),
        began=now,
        title=say("Negative mentions"),
        lines=(),
        words=words,
        facts=facts,
        is_known=is_known,
    )
