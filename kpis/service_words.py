"""How a service figure is explained: its view, its clock, its rules."""

from collections.abc import Sequence

from kpis.service_shapes import Attainment, Backlog, Clocked, Portion, Shape
from kpis.tongue import joined, say, say_declared

QUANTILES = (
    "Median and 9 in 10 lie between the two nearest samples (linear interpolation). "
    "Fewer than 5 samples are listed."
)
SURVIVAL = (
    "Kaplan–Meier: what is still pending counts as longer than it has run so far, "
    "so nobody who waits is left out."
)
FIRST_ANSWER = "An answer is a message: a reaction, a bot's message or an internal note is none."


def say_basis(shape: Shape, options: Sequence[str], signal: str, *, runs: bool) -> str:
    """Return what a figure claims, for the footnote: its view, its clock, what is an answer.

    ``runs``: the period is not over, so a level is told as it is now.
    """
    view = say_declared(shape.view)
    if isinstance(shape, Backlog) and runs:
        view = say("live now")
    said = []
    if isinstance(shape, Clocked):
        view = say_declared(shape.cohort if "cohort" in options else shape.view)
        if shape.source.business:
            said.append(say("business hours") if "business" in options else say("all hours"))
        if "strict" in options:
            said.append(say("strict"))
    return joined((view, *said, signal))


def formula_of(title: str, shape: Shape, options: Sequence[str]) -> str:
    """Return the formula in words: “First response time = median of …”."""
    if isinstance(shape, Clocked):
        clock = "working hours" if "business" in options else "all hours"
        what = f"median over {shape.noun}s that were {shape.done}"
        if "cohort" in options:
            what = f"median over all {shape.noun}s that began in the period"
        unit = f", in {clock}" if shape.source.business else ""
        return f"{title} = {what}{unit}"
    if isinstance(shape, Portion):
        return f"{title} = {shape.noun}s {shape.done} ÷ {shape.noun}s {shape.of}"
    if isinstance(shape, Attainment):
        return f"{title} = met ÷ (met + missed)"
    if isinstance(shape, Backlog):
        return f"{title} = issues that are live at the end of the period"
    return f"{title} = {shape.noun}s counted {shape.view}"


def say_rules(shape: Shape, options: Sequence[str]) -> tuple[str, ...]:
    """Return the rules behind a figure, for *How?*."""
    if isinstance(shape, Clocked):
        rule = say(SURVIVAL) if "cohort" in options else say(QUANTILES)
        return (rule, say(FIRST_ANSWER)) if shape.signal else (rule,)
    if isinstance(shape, Portion) and shape.settles:
        return (say("An issue counts once the window for reopening it has passed."),)
    return ()
