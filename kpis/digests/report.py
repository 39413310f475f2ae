"""What a digest says, as plain data: computed once, rendered as message, thread and document.

Nothing here reads or computes; ``kpis.digests.collect`` fills it. All words are finished
sentences or lines that a surface prints as they are (escaped), but for people: those are Slack
user ids in fields of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpis.question import Period
from kpis.tongue import say
from storage.published import Number

if TYPE_CHECKING:
    from kpis.charts.picture import Picture


@dataclass(frozen=True)
class ReportRow:
    """One line of the digest's table."""

    name: str
    """“Reach, Instagram”."""
    shown: str
    """The value as it is written: “18,900”, “≥ 9,400”, “held back”."""
    change: str = ""
    """“+12 %”, “−4 %”, “+0.3 pt”, “+210”; empty where no change may be told."""
    value: float | None = None
    """The exact number; empty for ranges and for what is held back."""
    asks: str = ""
    """Words after ``/kpi`` that ask the same of the same days."""
    note: str = ""
    """Why it is held back, or why no change is told."""
    kpi: str = ""
    previous: float | None = None
    better: str = "higher"


@dataclass(frozen=True)
class StepOffer:
    """A next step that a named rule proposes, with the figures that triggered it."""

    rule: str
    """Name of the rule in ``kpis.digests.steps``."""
    subject: str
    """What it is about, unique with ``rule``: ``instagram/acme tue 18-20 reel``."""
    words: str
    """“Post Reels Tue 18–20 on Instagram: your last 6 there reached 2.1 × the median.”"""
    figures: Mapping[str, float | int | str | None] = field(default_factory=dict)
    """The numbers that triggered it, and what is measured before and after; goes into JSON."""
    asks: str = ""
    """Words after ``/kpi``, without a period: what is compared before and after."""
    days: int = 28
    """How long it is tried before the digest tells before and after."""
    strength: float = 0.0
    """Size of the effect, by which steps are ordered."""


@dataclass(frozen=True)
class Review:
    """Before and after of a step that somebody took, when its date has come.

    Rendered as “{what} ({name of owner}, since {said_since}): {result}”.
    """

    step: int
    what: str
    """“Post Reels Tue 18–20 on Instagram”."""
    owner: str
    """Slack user id."""
    since: date
    said_since: str
    """“20 Oct”."""
    result: str
    """“median reach 2,100 → 2,900 over 6 posts; too few to be sure.”"""


@dataclass(frozen=True)
class BestPost:
    """One of the best posts of the period, for the thread."""

    name: str
    """“Reel “Latte art””."""
    where: str
    """“Instagram”; with the handle where a platform has several accounts."""
    day: date
    said_day: str
    """“Tue 17 Nov”."""
    words: str
    """“6,300 reached, 3 × usual.”"""
    link: str = ""
    """Permalink; may be empty."""
    times: float | None = None
    """Against the account's own median before; empty where too few posts came before."""


@dataclass(frozen=True)
class Correction:
    """A published number that later data moved by more than 2 % (kpi-catalogue §1)."""

    published: int
    """Id of the ``published`` row."""
    words: str
    """“Corrected: week 46 Instagram reach 16,400 → 16,900.”"""
    value: float
    shown: str
    period: str = ""
    """Key of the period that it was told of."""


@dataclass(frozen=True)
class Report:
    """All that one digest says about one period."""

    workspace: int
    digest: int
    """Id of the digest; 0 for the preview of one that was never set up."""
    key: str
    """``2026-W47``, ``2026-11``, ``2026-Q4``, ``2026-11-22``."""
    period: Period
    now: datetime
    title: str
    """“Acme · week 47 · 16–22 Nov”."""
    headline: str
    """One or two sentences, computed from the numbers."""
    rows: tuple[ReportRow, ...] = ()
    picture: Picture | None = None
    goals: tuple[str, ...] = ()
    """A line a goal: “45,000 followers by 31 Dec: behind. Needs 95 a day, has 30.”"""
    went_well: tuple[str, ...] = ()
    needs_care: tuple[str, ...] = ()
    customers: str = ""
    """Empty where nobody tracks issues, or the part is left out."""
    steps: tuple[StepOffer, ...] = ()
    """The first is shown in the digest, the others in its thread."""
    reviews: tuple[Review, ...] = ()
    best: tuple[BestPost, ...] = ()
    """Three to five, best first."""
    traits: tuple[str, ...] = ()
    """What the best posts share: “4 of the 5 best are Reels.”"""
    corrected: tuple[Correction, ...] = ()
    missing: tuple[str, ...] = ()
    """“TikTok after 15 Nov”: rendered as “Missing: {…}; {…}.”"""
    held_back: tuple[str, ...] = ()
    """A line a reason: “Held back: Reach, Instagram. Impressions are below reach on 18 Nov.”"""
    notes: tuple[str, ...] = ()
    """Sentences: a definition break inside, days that are not final, sample data."""
    footnote: str = ""
    """“16–22 Nov, Pacific and UTC · as of Mon 23 Nov 09:00, Stockholm time”."""
    published: tuple[Number, ...] = ()
    """What to keep once it is out: ``kpis.digests.keep.keep`` does."""

    @property
    def has_numbers(self) -> bool:
        """Whether any row holds a number of the period."""
        return any(it.value is not None or it.shown for it in self.rows)

    @property
    def missing_line(self) -> str:
        """Return “Missing: TikTok after 15 Nov; X 18–19 Nov.”, or nothing."""
        return say("Missing: {what}.", what=say("; ").join(self.missing)) if self.missing else ""
