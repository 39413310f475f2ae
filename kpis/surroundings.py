"""What a workspace has: its accounts and brands, what was read when, and known breaks.

Read once and passed in; ``kpis.asking`` keeps it as long as the workspace's data stand still.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Select, bindparam, func, select

from kpis.answers import Answer
from kpis.catalogue import CATALOGUE, Entry, Kpi
from kpis.catalogue_directory import catalogue_directory
from kpis.custom.entry import entries
from kpis.dimensions import dimensions
from kpis.frame import Span
from kpis.question import (
    Directory,
    KnownAccount,
    KnownBrand,
    KnownChannel,
    Question,
    Refusal,
    Scope,
)
from kpis.readers.columns import TABLES
from kpis.readers.request import ReadRequest
from kpis.survey import (
    Epoch,
    Taken,
    merged,
    read_accounts,
    read_brands,
    read_channels,
    read_epochs,
    read_home,
    read_imports,
    read_watched,
)
from storage.custom_kpis import customs
from storage.database import Database
from storage.date_notes import DateNoteRow, standing_notes
from storage.platforms import PLATFORMS
from storage.tables import day_number

WORKSPACE, DESK = TABLES["workspace"], TABLES["desk"]


MOST_NARROWED = 8
"""How many readers' views of a workspace are kept: each has a directory and answers of its own."""


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
        found = self.narrowed.get(hidden)
        if found is None:
            channels = tuple(it for it in self.channels if it.id not in hidden)
            found = replace(self, channels=channels, hidden=hidden, narrowed={})
            while len(self.narrowed) >= MOST_NARROWED:
                self.narrowed.pop(next(iter(self.narrowed)), None)
            self.narrowed[hidden] = found
        return found

    @cached_property
    def directory(self) -> Directory:
        """Return what words can mean here."""
        common = catalogue_directory()
        custom = {it.title.lower().replace("-", " "): key for key, it in self.custom.items()}
        splits = {key: dimensions(it) for key, it in self.custom.items()}
        return replace(
            common,
            accounts=self.accounts,
            brands=self.brands,
            channels=self.channels,
            zone=self.zone,
            week_start=self.week_start,
            names={**custom, **common.names} if custom else common.names,
            dimensions={**common.dimensions, **splits} if splits else common.dimensions,
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


def survey(connection: Connection, workspace: int) -> Surroundings:
    """Read a workspace's surroundings."""
    home, brands = read_home(connection, workspace), read_brands(connection, workspace)
    accounts, zones = read_accounts(connection, workspace, brands)
    watched = read_watched(connection, workspace)
    spans = [it for it in watched if it.is_of_accounts]
    return Surroundings(
        workspace=workspace,
        zone=home.zone,
        week_start=home.week_start,
        custom=entries(customs(connection, workspace)),
        date_notes=tuple(standing_notes(connection, workspace)),
        accounts=accounts,
        brands=brands,
        zones=zones,
        posts_watched=merged(it[1:4] for it in spans if it.is_of_posts),
        days_watched=merged(it[1:4] for it in spans if not it.is_of_posts),
        readings=tuple((it.is_of_posts, *it[1:]) for it in spans),
        record_readings=tuple(
            (it.source, it.start, it.end, it.import_id) for it in watched if not it.is_of_accounts
        ),
        epochs=read_epochs(connection, workspace),
        imports=read_imports(connection, workspace),
    )
