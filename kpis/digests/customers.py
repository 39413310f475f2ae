"""The customers' line: how fast they were answered, and who still waits."""

from __future__ import annotations

from kpis.answers import Absent, Answer, Value
from kpis.digests.scene import Scene
from kpis.numbers import write
from kpis.question import Scope
from kpis.service_figures import FEW
from kpis.titles import count
from storage.measures import Unit

WAITING = "still waiting for a first answer"
"""*Show* lists those too who wait for another one."""
NOBODY = f"none {WAITING}"


def say_customers(scene: Scene) -> str:
    """Return “Half of 31 answered in 42 min; 4 still waiting for a first answer, oldest …”

    Empty where nobody tracks issues that the readers may know of. The unanswered are always told:
    those who wait as of now, whenever they began to (support-spec §9.4).
    """
    if not scene.around.channels:
        return ""
    answer = scene.ask("first-response-time", Scope(), scene.period)
    if answer is None:
        return ""
    waiting = say_waiting(answer)
    if isinstance(answer.main.value, Absent):
        opened = count_opened(scene)
        if not opened and waiting == NOBODY:
            return "No new issues; nobody waits for a first answer."
        return f"{count(opened, 'new issue')}, none answered; {waiting}."
    return f"{say_answered(answer)}; {waiting}."


def say_answered(answer: Answer) -> str:
    """Return “Half of 31 answered in 42 min”; fewer than five have no median and are listed."""
    main = answer.main
    assert isinstance(main.value, Value)
    if main.value.n < FEW or not main.value.exact:
        return f"{main.value.n} answered, in {main.headline}"
    return f"Half of {main.value.n:,} answered in {write(main.value.low, Unit.SECONDS)}"


def say_waiting(answer: Answer) -> str:
    """Return “4 still waiting for a first answer, oldest 2 d 04 h”."""
    main = answer.main
    if isinstance(main.value, Absent):
        said = main.value.words.rstrip(".").partition("; ")[2]
    else:
        said = main.details[1].rstrip(".").partition(", ")[2]
    return said.replace(" waiting now", " waiting").replace("still waiting", WAITING, 1) or NOBODY


def count_opened(scene: Scene) -> int:
    answer = scene.ask("issues", Scope(), scene.period)
    value = None if answer is None else answer.main.value
    return int(value.low) if isinstance(value, Value) else 0
