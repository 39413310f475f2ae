"""What a workspace has: its accounts and brands, what was read when, and known breaks.

Read once and passed in; ``kpis.asking`` keeps it as long as the workspace's data stand still.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Select, bindparam, func, or_, select

from kpis.answers import Answer
from kpis.catalogue import CATALOGUE, OVERVIEW, Entry, Kpi, Service, Table, names
from kpis.custom.entry import entries
from kpis.frame import Span
from kpis.language import Grown, Leaf, Levels, People, Total
from kpis.question import (
    Directory,
    KnownAccount,
    KnownBrand,
    KnownChannel,
    Question,
    Refusal,
    Scope,
)
from kpis.readers.columns import ACCOUNT, TABLES, number
from kpis.readers.request import ReadRequest
from kpis.records.kinds import dimensions_of, reads_records
from kpis.service_shapes import Backlog
from storage.accounts import REMOVED
from storage.custom_kpis import customs
from storage.database import Database
from storage.date_notes import DateNoteRow, standing_notes
from storage.measures import AccountDays, Each, State
from storage.platforms import PLATFORMS
from storage.tables import day_number

BRAND, WORKSPACE, IMPORT = TABLES["brand"], TABLES["workspace"], TABLES["import"]
DESK = TABLES["desk"]
WATCHED, EPOCH = TABLES["watched"], TABLES["definition_epoch"]

OF_ACCOUNTS = ("posts", "account-days")
"""Sources that are read account by account; all others are kinds of records."""

ACCOUNT_DIMENSIONS = ("platform", "account", "brand", "weekday", "day", "week", "month")
MARKS = ("campaign", "variant")
"""Kinds of words that people put on posts."""
POST_DIMENSIONS = (*ACCOUNT_DIMENSIONS, "content-type", "hashtag", "hour", "paid", *MARKS)
SEGMENTS = ("country", "city", "age", "gender", "follow-type")
"""What platforms know of the people they count."""
SEGMENTED = {"reach": "reach", "followers": "followers", "engagements": "engaged"}
"""KPI → the measure whose people platforms tell apart (``audience_segment.measure``)."""
TOP_POSTS = "top-posts"
RANKINGS = tuple(
    f"by {it}"
    for it in (
        *("reach", "impressions", "engagements", "likes", "comments", "shares", "saves"),
        *("clicks", "video views", "interaction rate"),
    )
)
"""What top posts may be ranked by; unsaid it is the engagement rate."""


class Epoch(NamedTuple):
    """A day from which a platform counts a measure otherwise."""

    platform: str
    measure: str
    day: date
    note: str


class Taken(NamedTuple):
    """An import that stands."""

    format: str
    id: int
    at: datetime
    file_name: str
    by: str


@dataclass(frozen=True)
class Surroundings:
    """Everything an answer needs to know that is not the numbers."""

    workspace: int
    zone: str
    week_start: int
    accounts: tuple[KnownAccount, ...]
    brands: tuple[KnownBrand, ...]
    zones: dict[int, str]
    """Zone of each account's reported days."""
    posts_watched: tuple[Span, ...]
    days_watched: tuple[Span, ...]
    readings: tuple[tuple[bool, int, int, int, int], ...]
    """Every watched span: of posts, account, start, end, import."""
    epochs: tuple[Epoch, ...]
    imports: tuple[Taken, ...]
    """Newest last."""
    date_notes: tuple[DateNoteRow, ...] = ()
    """What people noted on days, the earliest first."""
    channels: tuple[KnownChannel, ...] = ()
    """Slack channels whose issues are tracked."""
    hidden: frozenset[str] = frozenset()
    """Slack channels of whose issues nothing may be told here."""
    record_readings: tuple[tuple[str, int, int, int], ...] = ()
    """Every watched span of records: kind, start, end, import."""
    custom: dict[str, Kpi] = field(default_factory=dict, compare=False)
    """The team's own KPIs by key."""
    chosen: dict[Scope, tuple[KnownAccount, ...]] = field(default_factory=dict, compare=False)
    """Accounts by scope, as they were looked up."""
    answers: dict[tuple[Question, str], Answer] = field(default_factory=dict, compare=False)
    """Answers that were worked out in these surroundings, by language; they go with them."""
    narrowed: dict[frozenset[str], "Surroundings"] = field(default_factory=dict, compare=False)
    """The same without some channels, as it was asked for."""

    def without(self, hidden: frozenset[str]) -> "Surroundings":
        """Return the surroundings of somebody who may know nothing of some Slack channels."""
        if not hidden:
            return self
        if hidden not in self.narrowed:
            channels = tuple(it for it in self.channels if it.id not in hidden)
            self.narrowed[hidden] = replace(self, channels=channels, hidden=hidden, narrowed={})
        return self.narrowed[hidden]

    @cached_property
    def directory(self) -> Directory:
        """Return what words can mean here."""
        return Directory(
            accounts=self.accounts,
            brands=self.brands,
            channels=self.channels,
            zone=self.zone,
            week_start=self.week_start,
            names={it.title.lower().replace("-", " "): key for key, it in self.custom.items()}
            | names(),
            variants={
                key: tuple(it.variants)
                for key, it in CATALOGUE.items()
                if isinstance(it, Kpi) and it.variants
            }
            | {TOP_POSTS: RANKINGS},
            dimensions={key: dimensions(it) for key, it in {**CATALOGUE, **self.custom}.items()},
            options={key: it.options for key, it in CATALOGUE.items() if isinstance(it, Service)},
            levels=frozenset(
                key
                for key, it in CATALOGUE.items()
                if isinstance(it, Service) and isinstance(it.figure, Backlog)
            ),
            overview=OVERVIEW,
            own=self.custom,
        )

    def entry(self, kpi: str) -> Entry:
        """Return what a key stands for: of the catalogue, or the team's own."""
        return self.custom.get(kpi) or CATALOGUE[kpi]

    @cached_property
    def by_id(self) -> dict[int, KnownAccount]:
        return {it.id: it for it in self.accounts}

    @cached_property
    def channel_names(self) -> dict[str, str]:
        return {it.id: it.name for it in self.channels}

    @cached_property
    def brand_names(self) -> dict[int, str]:
        return {it.id: it.name for it in self.brands}

    def choose(self, scope: Scope) -> tuple[KnownAccount, ...]:
        """Return the accounts of a scope: all own ones where nothing is named.

        Raises ``Refusal`` where none is left.
        """
        if scope not in self.chosen:
            self.chosen[scope] = self.find(scope)
        return self.chosen[scope]

    def find(self, scope: Scope) -> tuple[KnownAccount, ...]:
        chosen = [
            it
            for it in self.accounts
            if (not scope.platforms or it.platform in scope.platforms)
            and (
                it.id in scope.accounts
                or it.brand in scope.brands
                or (not scope.accounts and not scope.brands and it.own)
            )
        ]
        if chosen:
            return tuple(chosen)
        if not any(it.own for it in self.accounts):
            raise Refusal(
                "No accounts yet. Drop an export in our direct message and I'll make one."
            )
        missing = " and ".join(PLATFORMS[it].title for it in scope.platforms) or "this scope"
        have = ", ".join(sorted({PLATFORMS[it.platform].title for it in self.accounts if it.own}))
        raise Refusal(f"No account on {missing}. You have {have}.")

    def watched(self, posts: bool, as_of: datetime | None = None) -> tuple[Span, ...]:
        """Return the days that were read for posts, or for account days, up to a moment."""
        later = self.later(as_of)
        if not later:
            return self.posts_watched if posts else self.days_watched
        return merged(it[1:4] for it in self.readings if it[0] == posts and it[4] not in later)

    def request(
        self,
        accounts: tuple[KnownAccount, ...],
        start: date,
        end: date,
        question: Question,
        *,
        group: str | None = None,
        whole: bool = False,
    ) -> ReadRequest:
        """Return what to read of some accounts from ``start`` until before ``end``."""
        return ReadRequest(
            workspace=self.workspace,
            zone=self.zone,
            accounts=tuple(it.id for it in accounts),
            platforms=tuple(sorted({it.platform for it in accounts})),
            whole=whole,
            start=day_number(start),
            end=day_number(end),
            asked=day_number(question.period.start),
            group=group,
            later=self.later(question.as_of),
        )

    def contributing(
        self, accounts: set[int], start: int, end: int, posts: bool, as_of: datetime | None
    ) -> list[Taken]:
        """Return the imports that were read for these accounts and days, up to a moment."""
        later = self.later(as_of)
        ids = {
            number
            for of_posts, account, first, last, number in self.readings
            if of_posts == posts and account in accounts and first < end and last > start
        }
        return [it for it in self.imports if it.id in ids and it.id not in later]

    def records_watched(
        self, as_of: datetime | None = None
    ) -> dict[str, tuple[tuple[int, int], ...]]:
        """Return the days that each kind of records was read for, up to a moment."""
        later = self.later(as_of)
        return self.read_but(later) if later else self.records_read

    @cached_property
    def records_read(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """The days that each kind of records was read for, overlaps joined."""
        return self.read_but(())

    def read_but(self, later: tuple[int, ...]) -> dict[str, tuple[tuple[int, int], ...]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for kind, start, end, brought_by in sorted(self.record_readings):
            if brought_by in later:
                continue
            spans = found.setdefault(kind, [])
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return {kind: tuple(spans) for kind, spans in found.items()}

    def later(self, as_of: datetime | None) -> tuple[int, ...]:
        """Return the imports that came after a moment."""
        return () if as_of is None else tuple(it.id for it in self.imports if it.at > as_of)

    def held(
        self, accounts: tuple[int, ...], as_of: datetime | None = None
    ) -> tuple[int, int] | None:
        """Return the first and last day number held of any of ``accounts``."""
        every = (*self.watched(True, as_of), *self.watched(False, as_of))
        spans = [it for it in every if it.account in accounts]
        if not spans:
            return None
        return min(it.start for it in spans), max(it.end for it in spans) - 1


def dimensions(entry: object) -> tuple[str, ...]:
    """Return what a KPI can be split by."""
    if isinstance(entry, Service):
        return entry.figure.splits
    if isinstance(entry, Table) and entry.key == "attribution":
        return ("platform", "campaign", "paid")
    if not isinstance(entry, Kpi):
        return ()
    if reads_records(entry.formula):
        formulas = [entry.formula, *(it.formula for it in (entry.variants or {}).values())]
        return tuple(dict.fromkeys(by for it in formulas for by in dimensions_of(it)))
    segments = SEGMENTS if entry.key in SEGMENTED else ()
    if any(isinstance(it, People) for it in entry.formula.leaves()):
        return ("platform", "account", "brand", *segments)
    if any(isinstance(it, Levels) for it in entry.formula.leaves()):
        return ("platform", "account", "brand", "day", "week", "month", *segments)
    return (*(POST_DIMENSIONS if reads_posts(entry) else ACCOUNT_DIMENSIONS), *segments)


def reads_posts(entry: Kpi) -> bool:
    formulas = [entry.formula]
    if entry.instead is not None and not isinstance(entry.instead, Kpi):
        formulas.append(entry.instead)
    return any(
        not isinstance(it.rows, AccountDays) for formula in formulas for it in formula.leaves()
    )


def of_posts(leaf: Leaf) -> bool:
    return not isinstance(leaf.rows, AccountDays)


def measures_of(leaf: Leaf) -> tuple[str, ...]:
    """Return the measures that a leaf reads, for epochs and availability."""
    if isinstance(leaf, Total | Grown):
        return tuple(it.removesuffix(".daily") for it in leaf.number.columns)
    if isinstance(leaf, People):
        return (leaf.unique.column,)
    if isinstance(leaf, Levels):
        return (leaf.state.column,)
    number = getattr(leaf, "number", None)
    return columns_of(number) if isinstance(number, Each) else ()


def columns_of(number: Each) -> tuple[str, ...]:
    """Return the columns of a row's number, with those of its divisor."""
    if number.over is None:
        return number.columns
    if isinstance(number.over, State):
        return (*number.columns, number.over.column)
    return (*number.columns, *columns_of(number.over))


Version = tuple[int, str, str]
"""Version of a workspace, its tracked channels (they change without a new version), its team.

The id of a workspace that was erased may be another's today: its team tells them apart.
"""
KEPT: WeakKeyDictionary[Database, dict[int, tuple[Version, Surroundings]]] = WeakKeyDictionary()
"""Surroundings by database and workspace, with the version of the workspace they were read at."""


def look_around(database: Database, connection: Connection, workspace: int) -> Surroundings:
    """Return a workspace's surroundings, read again only where something has changed."""
    number, tracked, team = connection.execute(VERSION, {"of": workspace}).one()
    version = (number, tracked or "", team or "")
    kept = KEPT.setdefault(database, {})
    held = kept.get(workspace)
    if held is not None and held[0] == version:
        return held[1]
    around = replace(survey(connection, workspace), channels=read_channels(version[1]))
    if held is None or held[0][2] != version[2] or held[0][0] <= number:
        # Else a slow reader saw an older moment.
        kept[workspace] = (version, around)
    return around


def version_of_a_workspace() -> Select[Any]:
    """Return the statement that tells whether anything changed, with the tracked channels."""
    line = DESK.c.channel + " " + DESK.c.name
    channels = (
        select(func.aggregate_strings(line, "\n"))
        .where(DESK.c.workspace == bindparam("of"))
        .scalar_subquery()
    )
    columns = WORKSPACE.c.version, channels, WORKSPACE.c.team_id
    return select(*columns).where(WORKSPACE.c.id == bindparam("of"))


VERSION = version_of_a_workspace()


def read_channels(tracked: str) -> tuple[KnownChannel, ...]:
    """Return the tracked channels, one a line: id and name."""
    lines = sorted(filter(None, tracked.split("\n")))
    return tuple(
        KnownChannel(channel, name) for channel, _, name in (it.partition(" ") for it in lines)
    )


def survey(connection: Connection, workspace: int) -> Surroundings:
    """Read a workspace's surroundings."""
    home = connection.execute(
        select(WORKSPACE.c.zone, WORKSPACE.c.week_start).where(WORKSPACE.c.id == workspace)
    ).one()
    brands = tuple(
        KnownBrand(*row)
        for row in connection.execute(
            select(BRAND.c.id, BRAND.c.name, BRAND.c.own)
            .where(BRAND.c.workspace == workspace, BRAND.c.name != REMOVED)
            .order_by(BRAND.c.id)
        )
    )
    own = {it.id: it.own for it in brands}
    rows = connection.execute(
        select(
            ACCOUNT.c.id,
            ACCOUNT.c.platform,
            ACCOUNT.c.handle,
            ACCOUNT.c.name,
            ACCOUNT.c.brand,
            ACCOUNT.c.zone,
        )
        .where(ACCOUNT.c.workspace == workspace, ACCOUNT.c.brand.in_(list(own)))
        .order_by(ACCOUNT.c.id)
    ).all()
    watched = connection.execute(
        select(
            WATCHED.c.source,
            WATCHED.c.account,
            number(WATCHED.c.start),
            number(WATCHED.c.end),
            WATCHED.c.import_id,
        ).where(WATCHED.c.workspace == workspace)
    ).all()
    spans = [(it[0] == "posts", *it[1:]) for it in watched if it[0] in OF_ACCOUNTS]
    return Surroundings(
        workspace=workspace,
        zone=home.zone,
        week_start=home.week_start,
        custom=entries(customs(connection, workspace)),
        date_notes=tuple(standing_notes(connection, workspace)),
        accounts=tuple(KnownAccount(*row[:5], own=own[row.brand]) for row in rows),
        brands=brands,
        zones={row.id: row.zone or PLATFORMS[row.platform].zone for row in rows},
        posts_watched=merged(it[1:4] for it in spans if it[0]),
        days_watched=merged(it[1:4] for it in spans if not it[0]),
        readings=tuple((it[0], it[1], it[2], it[3], it[4]) for it in spans),
        record_readings=tuple(
            (it[0], it[2], it[3], it[4]) for it in watched if it[0] not in OF_ACCOUNTS
        ),
        epochs=tuple(
            Epoch(*row)
            for row in connection.execute(
                select(EPOCH.c.platform, EPOCH.c.measure, EPOCH.c.day, EPOCH.c.note).where(
                    or_(EPOCH.c.workspace.is_(None), EPOCH.c.workspace == workspace)
                )
            )
        ),
        imports=tuple(
            Taken(*row)
            for row in connection.execute(
                select(IMPORT.c.format, IMPORT.c.id, IMPORT.c.at, IMPORT.c.file_name, IMPORT.c.by)
                .where(IMPORT.c.workspace == workspace, IMPORT.c.undone.is_(None))
                .order_by(IMPORT.c.id)
            )
        ),
    )


def merged(spans: object) -> tuple[Span, ...]:
    """Return spans per account with overlaps joined, so that no day counts twice."""
    found: list[Span] = []
    for account, start, end in sorted(tuple(it) for it in spans):  # type: ignore[attr-defined]
        if found and found[-1].account == account and start <= found[-1].end:
            found[-1] = Span(account, found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(account, start, end))
    return tuple(found)
