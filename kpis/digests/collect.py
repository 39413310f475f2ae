"""Collects all that a digest says about one period: the only hop that reads for it.

rows with their histories → headline → went well, needs care → steps → what is corrected, missing,
held back. Nothing is written: ``kpis.digests.keep`` does that once the digest is out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from kpis.audit.holding import held_back
from kpis.digests.best import find_traits, pick_best, rank, say_best
from kpis.digests.choose import Picks, choose
from kpis.digests.customers import say_customers
from kpis.digests.goals import say_goals
from kpis.digests.happened import say_decided, say_surges
from kpis.digests.headline import most_telling, say_headline
from kpis.digests.lines import Line, lines_of
from kpis.digests.missing import find_missing, say_missing
from kpis.digests.naming import say_footnote, say_title
from kpis.digests.notes import say_notes
from kpis.digests.picture import compose
from kpis.digests.plan import Plan
from kpis.digests.posts import History, read_histories
from kpis.digests.report import Report, StepOffer
from kpis.digests.restated import find_corrections, numbers_of
from kpis.digests.reviews import find_reviews
from kpis.digests.scene import Scene
from kpis.digests.steps import propose
from kpis.digests.trends import praise, warn
from kpis.surroundings import Surroundings
from kpis.tongue import say


def collect(
    plan: Plan,
    key: str,
    connection: Connection,
    around: Surroundings,
    now: datetime,
    hidden: frozenset[str] = frozenset(),
    *,
    known_at: datetime | None = None,
) -> Report:
    """Return the report of the period that ``key`` names, told at ``now`` (aware).

    ``hidden`` are Slack channels that those who read it may not see into. ``known_at`` tells it
    as it was known at an earlier moment: what was sent on Monday, asked for again on Wednesday.
    Raises ``KepiError`` where ``key`` names no period of the plan.
    """
    scene = Scene(plan, key, connection, around.without(hidden), now, known_at)
    holding = held_back(connection, around.workspace)
    picks = choose(scene)
    lines = lines_of(scene, picks.rows, holding)
    histories = read_histories(scene)
    ranked = rank(scene, histories)
    zones = sorted({zone for it in lines for zone in it.answer.coverage.zones})
    return Report(
        workspace=around.workspace,
        digest=plan.id,
        key=key,
        period=scene.period,
        now=now,
        title=say_title(scene),
        headline=say_headline(scene, lines, histories),
        rows=tuple(it.row for it in lines),
        picture=compose(scene, lines, zones),
        goals=say_goals(scene),
        went_well=(
            *say_decided(scene, "reached"),
            *praise(scene, lines, say_best(scene, ranked), most_telling(lines)),
        ),
        needs_care=(*say_surges(scene), *say_decided(scene, "missed"), *warn(scene, lines)),
        customers="" if "customers" in plan.left_out else say_customers(scene),
        steps=steps_of(scene, lines, histories),
        reviews=find_reviews(scene, histories),
        best=pick_best(scene, ranked),
        traits=find_traits(scene, ranked),
        corrected=find_corrections(scene, holding),
        missing=say_what_lacks(scene, picks),
        held_back=say_held(lines),
        notes=say_notes(scene, lines, picks.notes),
        footnote=say_footnote(scene, zones),
        published=numbers_of(scene, lines),
    )


def steps_of(
    scene: Scene, lines: Sequence[Line], histories: Mapping[int, History]
) -> tuple[StepOffer, ...]:
    return () if "steps" in scene.plan.left_out else propose(scene, lines, histories)


def say_what_lacks(scene: Scene, picks: Picks) -> tuple[str, ...]:
    """Return what was chosen and has no data, and which accounts lack days."""
    found = find_missing(scene.accounts, scene.period, scene.around, scene.today, as_of=scene.as_of)
    return (*picks.missing, *say_missing(found))


def say_held(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return “Held back: Reach, Instagram. More people than views on 3 Nov.”, a line a reason."""
    by_reason: dict[str, list[str]] = {}
    for line in lines:
        if line.held:
            by_reason.setdefault(line.held, []).append(line.row.name)
    return tuple(
        say("Held back: {names}. {why}", names=say("; ").join(names), why=why)
        for why, names in by_reason.items()
    )
