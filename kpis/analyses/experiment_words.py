"""A test's verdict in words, and as a chart."""

from __future__ import annotations

from datetime import date

from kpis.analyses.experiment import ArmResult, Verdict
from kpis.analyses.experiment_reading import SETTLED_DAYS
from kpis.analyses.proportions import WORTH
from kpis.answers import Change
from kpis.charts.picture import Picture, Series
from kpis.numbers import write, write_change
from kpis.periods import say_day, say_days
from kpis.titles import say_dimension
from kpis.tongue import grouped, say, say_count
from storage.measures import Unit

SMALL = 5


def headline(verdict: Verdict) -> str:
    """Return the verdict as one sentence with its number."""
    pair = verdict.pair
    if verdict.state == "won" and pair is not None:
        best = arm_of(verdict, verdict.winner)
        second = arm_of(verdict, pair.worse)
        return say("{winner} wins: {value} against {other}.", winner=verdict.winner,
                   value=shown(best, verdict), other=shown(second, verdict))  # fmt: skip
    if verdict.state == "even" and verdict.material.counted:
        return say("No winner: the variants differ by less than a fifth.")
    if verdict.state == "even":
        posts = max(it.used for it in verdict.arms)
        return say("No winner: after {posts} posts of each no difference shows.", posts=posts)
    missing = verdict.missing or (next_look(verdict) if verdict.state == "open" else 0)
    if not missing:
        return say("No winner yet.")
    if verdict.material.counted:
        return say("No winner yet: needs about {missing} more cases.", missing=about(missing))
    return say_count(
        "No winner yet: needs one more post.",
        "No winner yet: needs about {missing} more posts.",
        missing,
        missing=about(missing),
    )


def next_look(verdict: Verdict) -> int:
    return sum(it.n for it in verdict.arms)


def about(number: int) -> str:
    """Return a number of two figures: what is about so many has no more."""
    if number < 100:
        return f"{number}"
    size = 10 ** (len(str(number)) - 2)
    return grouped(-(-number // size) * size)


def arm_of(verdict: Verdict, name: str) -> ArmResult:
    return next(it for it in verdict.arms if it.name == name)


def shown(arm: ArmResult, verdict: Verdict) -> str:
    return "–" if arm.value is None else write(arm.value, verdict.material.unit)


def lines_of(verdict: Verdict) -> list[str]:
    """Return a line for each variant: its value, its interval, how many it has and lacks."""
    return [line_of(it, verdict) for it in verdict.arms]


def line_of(arm: ArmResult, verdict: Verdict) -> str:
    unit = verdict.material.unit
    if arm.value is None:
        return say("{name}: none yet", name=arm.name)
    if arm.part is not None:
        counted = f"{grouped(arm.part)} / {grouped(arm.n)}"
    else:
        counted = say_count("{number} post", "{number} posts", arm.n)
    said = f"{arm.name}: {write(arm.value, unit)}"
    if arm.low is not None and arm.high is not None and (arm.part is not None or arm.n > SMALL):
        said += f" ({write(arm.low, unit)}–{write(arm.high, unit)})"
    said += f", {counted}"
    if arm.missing:
        said += ", " + say("{missing} to go", missing=about(arm.missing))
    return said


def details(verdict: Verdict) -> list[str]:
    """Return what lies between the two best, how it was tested, and what was left out."""
    return [*say_pair(verdict), *verdict.material.notes]


def say_pair(verdict: Verdict) -> list[str]:
    pair, unit = verdict.pair, verdict.material.unit
    if pair is None:
        return []
    said = say(
        "{better} − {worse}: {size} (19 in 20: {low} to {high}).",
        better=pair.better,
        worse=pair.worse,
        size=signed(pair.difference, unit),
        low=signed(pair.low, unit),
        high=signed(pair.high, unit),
    )
    lines = [said]
    if pair.wins is not None and verdict.state in ("won", "even"):
        lines.append(
            say(
                "A post of {better} beats one of {worse} {times} times in 100.",
                better=pair.better,
                worse=pair.worse,
                times=round(pair.wins * 100),
            )
        )
    if verdict.state in ("early", "open"):
        lines.append(say("Until then a lead may be chance, however it looks."))
    return lines


def signed(size: float, unit: Unit) -> str:
    return write_change(Change("points" if unit is Unit.PERCENT else "absolute", size), unit)


def method(verdict: Verdict) -> list[str]:
    """Return how it is judged, for “How?”."""
    pair = verdict.pair
    if verdict.material.counted:
        lines = [
            say(
                "Two shares: z test and Newcombe's interval; a winner needs the always-valid p, "
                "which may be looked at every day, made for a difference of {worth}.",
                worth=write(WORTH, Unit.PERCENT),
            )
        ]
    else:
        horizon = max((it.used + it.missing for it in verdict.arms), default=0)
        lines = [
            say(
                "Medians of posts: Mann–Whitney and a bootstrap interval on the first {horizon} "
                "posts of each variant that are {days} days old. So many show a difference of two "
                "in three, in 4 of 5 tests.",
                horizon=horizon,
                days=SETTLED_DAYS,
            )
        ]
    if pair is not None and verdict.state in ("won", "even", "open"):
        lines.append(say("p {p}; what decides {decisive}, under 0.05 wins.",
                         p=say_p(pair.p), decisive=say_p(pair.decisive)))  # fmt: skip
    return lines


def say_p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def span(verdict: Verdict, today: date) -> str:
    """Return “since 1 Nov” or “1 Nov – 30 Nov”."""
    row = verdict.row
    if row.end is None:
        return say("since {day}", day=say_day(row.start, today.year))
    return say_days(row.start, row.end, today.year)


def about_it(verdict: Verdict, today: date) -> str:
    """Return “Engagement rate by reach · by content type · since 1 Nov”."""
    row = verdict.row
    if row.plan.of == "counts":
        how = say("typed counts")
    elif row.plan.of == "ads":
        how = say("by advertisement")
    else:
        how = say("by {dimension}", dimension=say_dimension(row.plan.of))
    parts = [verdict.material.title, how]
    if row.plan.of != "counts":
        parts.append(span(verdict, today))
    return " · ".join(parts)


def picture(verdict: Verdict, today: date) -> Picture | None:
    """Return the variants as bars with their n; nothing where none has a value."""
    held = [it for it in verdict.arms if it.value is not None]
    if not held:
        return None
    words = [f"{it.name} (n {grouped(it.n)})" for it in held]
    alt = ". ".join([verdict.row.name, headline(verdict).rstrip("."), *lines_of(verdict)])
    return Picture(
        kind="bars",
        title=verdict.row.name,
        headline=headline(verdict),
        footnote=about_it(verdict, today),
        unit=verdict.material.unit,
        series=(Series(verdict.material.title, tuple(it.value for it in held)),),
        categories=tuple(words),
        hatched=frozenset(at for at, it in enumerate(held) if it.missing),
        alt_text=f"{alt}."[:2000],
        file_name=f"test-{verdict.row.id}.png",
    )
