"""Days as people name them where something is kept or begun, not asked: today counts too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpis.parsing import parse
from kpis.question import Asked, Directory, Period
from storage.errors import KepiError

ANY = "posts"
"""Some KPI: days are read beside one."""


def read_days(words: str, today: date, directory: Directory) -> Period | None:
    """Return the days that words name, in any language, up to today; nothing where they name none.

    A question reads “today” as yesterday, for today is not over; here it is today.
    """
    live = replace(directory, options={**directory.options, ANY: ()})
    try:
        asked = parse(f"{ANY} {words}", today, live)
    except KepiError:
        return None
    return asked.questions[0].period if isinstance(asked, Asked) else None
