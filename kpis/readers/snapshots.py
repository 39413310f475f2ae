"""Reads the snapshots of posts' counters: what rose between them is activity."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, select

from kpis.frame import Frame, Group, Rise
from kpis.language import Grown
from kpis.readers.columns import POST, POST_SNAPSHOT, POST_TAG, microseconds
from kpis.readers.posts import LABELS
from kpis.readers.request import ReadRequest
from storage.tables import EPOCH, day_number


def read(
    connection: Connection, request: ReadRequest, leaves: Sequence[Grown], frame: Frame
) -> None:
    """Fill ``frame.risen``: every snapshot of the posts of the accounts."""
    columns = sorted({column for leaf in leaves for column in leaf.number.columns})
    hashtag = request.group == "hashtag"
    group = POST_TAG.c.tag if hashtag else POST.c[LABELS.get(request.group or "", "workspace")]
    statement = (
        select(
            POST.c.id,
            group,
            microseconds(POST.c.published),
            microseconds(POST_SNAPSHOT.c.observed),
            *(POST_SNAPSHOT.c[name] for name in columns),
        )
        .join(POST_SNAPSHOT, POST_SNAPSHOT.c.post == POST.c.id)
        .where(
            POST.c.workspace == request.workspace,
            POST_SNAPSHOT.c.workspace == request.workspace,
            POST.c.account.in_(request.accounts),
        )
        .order_by(POST_SNAPSHOT.c.observed)
    )
    if hashtag:
        statement = statement.join(
            POST_TAG,
            and_(POST_TAG.c.post == POST.c.id, POST_TAG.c.workspace == POST.c.workspace),
        )
    if request.later:
        statement = statement.where(POST_SNAPSHOT.c.import_id.not_in(request.later))
    zone = ZoneInfo(request.zone)
    rises: list[dict[tuple[int, Group], Rise]] = [{} for _ in leaves]
    for post, word, published, observed, *values in connection.execute(statement):
        counters = dict(zip(columns, values, strict=True))
        for at, leaf in enumerate(leaves):
            parts = [counters[name] for name in leaf.number.columns]
            if None in parts:
                continue
            key = (post, word if request.group else None)
            rise = rises[at].setdefault(key, Rise(local_day(published, zone), []))
            rise.snapshots.append((local_day(observed, zone), sum(parts)))
    for leaf, by_post in zip(leaves, rises, strict=True):
        found: dict[Group, list[Rise]] = defaultdict(list)
        for (_, word), rise in by_post.items():
            found[word].append(rise)
        frame.risen[id(leaf)] = dict(found)


def local_day(microseconds_of: int, zone: ZoneInfo) -> int:
    moment = EPOCH + timedelta(microseconds=microseconds_of)
    return day_number(moment.astimezone(zone).date())
