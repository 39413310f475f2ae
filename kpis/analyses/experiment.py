"""Judges an A/B test: who wins, or how much is missing until that can be said.

No winner before the numbers allow one, however often somebody looks (docs/decisions/0012):

* posts: a fixed horizon. Only the first ``posts_needed()`` settled posts of each variant decide,
  so looking again at the same posts is the same look. Mann–Whitney on them, and the bootstrap
  interval of the medians; never Student's t.
* counts (so many of so many): they cannot be cut back to a horizon, so an always-valid p decides;
  the two-proportion test and Newcombe's interval stand beside it.

With more than two variants every pair is compared, and the pairs share the 5 % (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.analyses.experiment_reading import Counted, Material, Numbered, bring
from kpis.analyses.proportions import (
    SURE,
    WORTH,
    always_valid,
    cases_needed,
    newcombe,
    two_proportion,
)
from kpis.analyses.ranks import (
    difference_of_medians,
    interval_of_median,
    mann_whitney,
    posts_needed,
)
from kpis.statistics import wilson
from kpis.surroundings import Surroundings
from storage.experiments import ExperimentRow


@dataclass(frozen=True)
class ArmResult:
    """One variant: its value with the 95 % interval."""

    name: str
    n: int
    """Posts, or cases, that it has."""
    used: int
    """Of those, how many are judged."""
    value: float | None
    low: float | None = None
    high: float | None = None
    part: int | None = None
    """Of counts: how many of the ``n``."""
    missing: int = 0
    """How many more it needs."""


@dataclass(frozen=True)
class Pair:
    """The two best variants beside each other."""

    better: str
    worse: str
    difference: float
    low: float
    high: float
    p: float
    """Of the usual test: Mann–Whitney, or two proportions."""
    decisive: float
    """What decides: the same of posts, the always-valid p of counts; times the pairs."""
    wins: float | None = None
    """Of posts: how often one of the better beats one of the worse."""


@dataclass(frozen=True)
class Verdict:
    """What a test says now."""

    row: ExperimentRow
    material: Material
    arms: tuple[ArmResult, ...]
    """In the order in which they were named."""
    state: str
    """``empty``, ``early`` (too few), ``open`` (counts without a winner yet), ``won``, ``even``
    (all posts are in, and no difference shows; or of counts none as large as a fifth)."""
    winner: str = ""
    pair: Pair | None = None

    @property
    def missing(self) -> int:
        """Return about how many more posts or cases are needed in all."""
        return sum(it.missing for it in self.arms)


def judge(
    experiment: ExperimentRow, connection: Connection, around: Surroundings, now: datetime
) -> Verdict:
    """Return what a test says at ``now`` (aware), in the workspace's days."""
    today = now.astimezone(ZoneInfo(around.zone)).date()
    return judge_material(experiment, bring(experiment, connection, around, today))


def judge_material(row: ExperimentRow, material: Material) -> Verdict:
    """Return what the gathered numbers say."""
    if material.counted:
        return judge_counts(row, material)
    return judge_posts(row, material)


# --- posts -----------------------------------------------------------------------------------


def judge_posts(row: ExperimentRow, material: Material) -> Verdict:
    pairs = len(list(combinations(material.numbered, 2))) or 1
    horizon = posts_needed(pairs)
    used = [it._replace(values=it.values[:horizon]) for it in material.numbered]
    arms = tuple(
        posts_of(every, judged, horizon)
        for every, judged in zip(material.numbered, used, strict=True)
    )
    if not any(it.n for it in arms):
        return Verdict(row, material, arms, "empty")
    if any(it.missing for it in arms):
        return Verdict(row, material, arms, "early", pair=pair_of_posts(used, material, pairs))
    higher = material.better != "lower"
    ordered = sorted(used, key=lambda it: median(it.values), reverse=higher)
    first, *others = ordered
    found = [compare_posts(first, it, pairs) for it in others]
    return finish(row, material, arms, first.name, found, "even")


def posts_of(every: Numbered, judged: Numbered, horizon: int) -> ArmResult:
    if not judged.values:
        return ArmResult(every.name, 0, 0, None, missing=horizon)
    low, high = interval_of_median(judged.values)
    return ArmResult(
        every.name,
        len(every.values),
        len(judged.values),
        median(judged.values),
        low,
        high,
        missing=horizon - len(judged.values),
    )


def pair_of_posts(used: Sequence[Numbered], material: Material, pairs: int) -> Pair | None:
    """Return the two that lead, where each has enough posts for an interval to mean something."""
    held = [it for it in used if len(it.values) >= 5]
    if len(held) < 2:
        return None
    held.sort(key=lambda it: median(it.values), reverse=material.better != "lower")
    return compare_posts(held[0], held[1], pairs)


def compare_posts(better: Numbered, worse: Numbered, pairs: int) -> Pair:
    ranked = mann_whitney(better.values, worse.values)
    size, low, high = difference_of_medians(better.values, worse.values)
    return Pair(
        better.name,
        worse.name,
        size,
        low,
        high,
        ranked.p,
        min(1.0, ranked.p * pairs),
        wins=ranked.wins,
    )


# --- counts ----------------------------------------------------------------------------------


def judge_counts(row: ExperimentRow, material: Material) -> Verdict:
    held = [it for it in material.counted if it.whole > 0]
    pairs = len(list(combinations(material.counted, 2))) or 1
    pooled = sum(it.part for it in held) / (sum(it.whole for it in held) or 1)
    needed = cases_needed(pooled, SURE / pairs)
    arms = tuple(counts_of(it, needed) for it in material.counted)
    if len(held) < 2:
        return Verdict(row, material, arms, "empty")
    higher = material.better != "lower"
    first, *others = sorted(held, key=lambda it: it.part / it.whole, reverse=higher)
    found = [compare_counts(first, it, pairs) for it in others]
    enough = len(held) == len(arms) and not any(it.missing for it in arms)
    small = WORTH * pooled
    is_even = enough and all(max(abs(it.low), abs(it.high)) < small for it in found)
    if len(held) < len(arms):
        return Verdict(row, material, arms, "early", pair=found[0])
    return finish(row, material, arms, first.name, found, "even" if is_even else "open")


def counts_of(arm: Counted, needed: int) -> ArmResult:
    if not arm.whole:
        return ArmResult(arm.name, 0, 0, None, part=arm.part, missing=needed)
    low, high = wilson(arm.part, arm.whole)
    return ArmResult(
        arm.name,
        arm.whole,
        arm.whole,
        arm.part / arm.whole,
        low,
        high,
        arm.part,
        max(0, needed - arm.whole),
    )


def compare_counts(better: Counted, worse: Counted, pairs: int) -> Pair:
    given = (better.part, better.whole, worse.part, worse.whole)
    low, high = newcombe(*given)
    return Pair(
        better.name,
        worse.name,
        better.part / better.whole - worse.part / worse.whole,
        low,
        high,
        two_proportion(*given),
        min(1.0, always_valid(*given) * pairs),
    )


def finish(
    row: ExperimentRow,
    material: Material,
    arms: tuple[ArmResult, ...],
    leader: str,
    found: Sequence[Pair],
    otherwise: str,
) -> Verdict:
    """Return the winner where it beats every other one surely; the closest other is told."""
    closest = max(found, key=lambda it: it.decisive)
    if all(it.decisive < SURE and agrees(it, material) for it in found):
        done = tuple(replace(it, missing=0) for it in arms)
        return Verdict(row, material, done, "won", leader, closest)
    return Verdict(row, material, arms, otherwise, pair=closest)


def agrees(pair: Pair, material: Material) -> bool:
    """Whether the ranks of the posts point where the medians do: skewed numbers may not."""
    if pair.wins is None:
        return True
    return pair.wins < 0.5 if material.better == "lower" else pair.wins > 0.5
