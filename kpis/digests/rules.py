"""What the rules look at, and what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log2

import numpy as np

from kpis.digests.choose import say_where
from kpis.digests.evidence import Comparison, compare, mann_whitney
from kpis.digests.lines import Line
from kpis.digests.posts import History, Post
from kpis.digests.report import StepOffer
from kpis.digests.scene import Scene
from kpis.parsing import parse, word_scope
from kpis.question import Asked, KnownAccount, Scope
from storage.errors import KepiError

FEWEST, FEWEST_OTHERS = 5, 10
RARE = 0.01
LIVELY_DAYS = 28


@dataclass(frozen=True)
class Evidence:
    """What was read for a digest."""

    scene: Scene
    lines: tuple[Line, ...]
    histories: Mapping[int, History]

    def recent(self, history: History, days: int) -> tuple[Post, ...]:
        """Return an account's posts of the days before the period's end that have a result.

        None where nothing went out for four weeks: what was true then is no advice now.
        """
        end = self.scene.period.end
        if not history.between(end - timedelta(days=LIVELY_DAYS), end):
            return ()
        return history.between(end - timedelta(days=days), end)

    def where(self, history: History) -> str:
        return say_where(self.scene, (history.account,))


Rule = Callable[[Evidence], Iterator[StepOffer]]


def beside(
    history: History,
    posts: Sequence[Post],
    group: Sequence[Post],
    *,
    fewest_others: int = FEWEST_OTHERS,
) -> Comparison | None:
    """Return a group of posts beside all others; nothing where chance may have made it.

    Nothing either where one side is too small.
    """
    inside = {it.id for it in group}
    others = [it for it in posts if it.id not in inside]
    if len(group) < FEWEST or len(others) < fewest_others:
        return None
    ours, theirs = history.results(group), history.results(others)
    if mann_whitney(np.asarray(ours), np.asarray(theirs)) > RARE:
        return None  # resampling costs more than ranking, and there are many groups
    return compare(ours, theirs)


def stands_out(found: Comparison, times: float) -> bool:
    """Whether a group's median is so many times the others', the lower end above them too."""
    return found.times >= times and found.low > 1


def strength_of(found: Comparison) -> float:
    return log2(found.low) if found.low > 0 else 0.0


def figures_of(
    history: History, found: Comparison, **more: float | int | str | None
) -> dict[str, float | int | str | None]:
    """Return the numbers of a comparison, and what the review looks at again."""
    return {
        "account": history.account.id,
        "measure": history.measure,
        "n": found.n,
        "others": found.others,
        "median": found.median,
        "median_others": found.median_others,
        "p": round(found.p, 4),
        **more,
    }


def word(scene: Scene, kpi: str, account: KnownAccount, tail: str = "") -> str:
    """Return words after ``/kpi``, without a period, that ask a KPI of one account."""
    texts = [
        " ".join(filter(None, (kpi, scope, tail)))
        for scope in word_scope(Scope(accounts=(account.id,)), scene.around.directory)
    ]
    return next((it for it in texts if asks_of(scene, it, account)), texts[-1])


def asks_of(scene: Scene, text: str, account: KnownAccount) -> bool:
    try:
        asked = parse(text, scene.today, scene.around.directory)
    except KepiError:
        return False
    return isinstance(asked, Asked) and asked.questions[0].scope.accounts == (account.id,)


def subject_of(account: KnownAccount, *parts: str) -> str:
    return " ".join((f"{account.platform}/{account.handle}", *parts)).strip()
