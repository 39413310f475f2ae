"""KPIs that the catalogue names and whose rows cannot be brought in yet: none."""

from kpis.declarations import Later

LATER: tuple[Later, ...] = ()
