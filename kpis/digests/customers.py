"""The customers' line: how fast they were answered, and who still waits."""

from __future__ import annotations

import re

from kpis.answers import Absent, Answer, Value
from kpis.digests.scene import Scene
from kpis.numbers import write
from kpis.question import Scope
from kpis.service_figures import FEW
from kpis.titles import count
from kpis.tongue import ENGLISH, grouped, say, spoken
from storage.measures import Unit

WAITING = "still waiting for a first answer"
"""*Show* lists those too who wait for another one."""
NOBODY = "none still waiting for a first answer"
SEMICOLON = re.compile("; |；")


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
        if not opened and waiting == say(NOBODY):
            return say("No new issues; nobody waits for a first answer.")
        issues = count(opened, "new issue")
        return say("{issues}, none answered; {waiting}.", issues=issues, waiting=waiting)
    both = say("{sentence}; {more}", sentence=say_answered(answer), more=waiting)
    return say("{sentence}.", sentence=both)


def say_answered(answer: Answer) -> str:
    """Return “Half of 31 answered in 42 min”; fewer than five have no median and are listed."""
    main = answer.main
    assert isinstance(main.value, Value)
    if main.value.n < FEW or not main.value.exact:
        return say("{number} answered, in {values}", number=main.value.n, values=main.headline)
    time = write(main.value.low, Unit.SECONDS)
    return say("Half of {number} answered in {time}", number=grouped(main.value.n), time=time)


def say_waiting(answer: Answer) -> str:
    """Return “4 still waiting for a first answer, oldest 2 d 04 h”."""
    main = answer.main
    if isinstance(main.value, Absent):
        said = "".join(SEMICOLON.split(main.value.words.rstrip(".。"), maxsplit=1)[1:])
    else:
        said = main.details[1].rstrip(".。").partition(say(", "))[2]
    if spoken() == ENGLISH:
        said = said.replace(" waiting now", " waiting").replace("still waiting", WAITING, 1)
    return said or say(NOBODY)


def count_opened(scene: Scene) -> int:
    answer = scene.ask("issues", Scope(), scene.period)
    value = None if answer is None else answer.main.value
    return int(value.low) if isinstance(value, Value) else 0
