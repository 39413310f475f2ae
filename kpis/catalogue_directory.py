"""What words can mean in every workspace: the KPIs of the catalogue, and what these take."""

from functools import cache

from kpis.catalogue import CATALOGUE, OVERVIEW, Kpi, Service, names
from kpis.dimensions import RANKINGS, TOP_POSTS, dimensions
from kpis.question import Directory
from kpis.service_shapes import Backlog


@cache
def catalogue_directory() -> Directory:
    """Return the directory of a workspace that has nothing of its own; each is made over it."""
    services = {key: it for key, it in CATALOGUE.items() if isinstance(it, Service)}
    variants = {
        key: tuple(it.variants)
        for key, it in CATALOGUE.items()
        if isinstance(it, Kpi) and it.variants
    }
    return Directory(
        names=names(),
        variants=variants | {TOP_POSTS: RANKINGS},
        dimensions={key: dimensions(it) for key, it in CATALOGUE.items()},
        options={key: it.options for key, it in services.items()},
        levels=frozenset(key for key, it in services.items() if isinstance(it.figure, Backlog)),
        overview=OVERVIEW,
    )
