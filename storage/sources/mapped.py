"""Any table by a mapping file: posts, accounts by day, mentions, web sessions, or records."""

from dataclasses import replace
from types import MappingProxyType

from storage.batch import AccountName, Batch
from storage.errors import SourceError
from storage.platforms import PLATFORMS
from storage.said import Words
from storage.sources.account_days import read_account_days
from storage.sources.dates import find_zone
from storage.sources.headers import list_names, normalise
from storage.sources.layout import DayLayout, PostLayout
from storage.sources.links import read_handle
from storage.sources.mapped_records import read_mapped_records
from storage.sources.mapping import Mapping, find_platform
from storage.sources.mentions import MentionLayout, read_mentions
from storage.sources.origin import Origin, make_handle
from storage.sources.posts import read_posts
from storage.sources.record_grains import RECORD_GRAINS
from storage.sources.rows import Table
from storage.sources.sessions import read_sessions

KEY = "mapped"

_POST_FIELDS = {"account": "handle", "type": "content_type"}


def read_mapped(table: Table, mapping: Mapping, origin: Origin) -> Batch:
    """Return what a mapping makes of a table."""
    _check_columns(table, mapping)
    if mapping.file.grain == "session":
        return read_sessions(table, mapping, place_file(mapping, origin))
    if mapping.file.grain == "mention":
        return read_mentions(table, place_file(mapping, origin), _make_mention_layout(mapping))
    if mapping.file.grain in RECORD_GRAINS:
        return read_mapped_records(table, mapping, place_file(mapping, origin), KEY)
    platform, origin = _place(mapping, origin)
    if mapping.file.grain == "account-day":
        return read_account_days(table, _make_day_layout(mapping, platform), origin)
    return read_posts(table, _make_post_layout(mapping, platform), origin)


def _check_columns(table: Table, mapping: Mapping) -> None:
    names = {normalise(name) for name in table.header}
    lacking = [
        column
        for column in (*mapping.columns.values(), *mapping.measures.values())
        if normalise(column) not in names
    ]
    if lacking:
        raise SourceError(
            "the mapping names {lacking}, which the file does not have; it has {header}",
            lacking=list_names(lacking),
            header=list_names(table.header),
        )


def place_file(mapping: Mapping, origin: Origin) -> Origin:
    """Return the origin with what a mapping says of an export that is known: zone and account."""
    file = mapping.file
    origin = replace(origin, zone=find_zone(file.zone)) if file.zone else origin
    if not (file.account and (file.platform or "/" in file.account)):
        return origin
    return _place(mapping, origin)[1]


def _place(mapping: Mapping, origin: Origin) -> tuple[str, Origin]:
    """Return the platform, and the origin with the mapping's zone and account."""
    file = mapping.file
    platform = find_platform(file.platform) if file.platform else None
    account = origin.account
    if account is None and file.account and not {"account", "account_id"} & set(mapping.columns):
        before, slash, after = file.account.rpartition("/")
        platform = platform or (find_platform(before) if slash else None)
        handle = make_handle(after)
        if platform and handle:
            account = AccountName(platform, handle)
    platform = platform or (account.platform if account else None)
    if platform is None:
        raise SourceError(
            "the mapping names no platform; [file] needs one of {platforms}",
            platforms=", ".join(PLATFORMS),
        )
    zone = find_zone(file.zone) if file.zone else origin.zone
    return platform, replace(origin, account=account, zone=zone)


def _make_day_layout(mapping: Mapping, platform: str) -> DayLayout:
    return DayLayout(
        key=KEY,
        title=Words("{platform} account days", platform=PLATFORMS[platform].title),
        platform=platform,
        columns=MappingProxyType({name: (it,) for name, it in mapping.columns.items()}),
        measures=MappingProxyType({name: (it,) for name, it in mapping.measures.items()}),
        needs=(("day",),),
        date_formats=tuple(mapping.file.date_formats),
        decimal=mapping.file.decimal,
        account_hint=(
            'add an account column to [columns], or account = "…" to [file] of the mapping'
        ),
    )


def _make_mention_layout(mapping: Mapping) -> MentionLayout:
    file = mapping.file
    return MentionLayout(
        key=KEY,
        columns=MappingProxyType({name: (it,) for name, it in mapping.columns.items()}),
        date_formats=tuple(file.date_formats),
        decimal=file.decimal,
        platform=find_platform(file.platform) if file.platform else "",
    )


def _make_post_layout(mapping: Mapping, platform: str) -> PostLayout:
    return PostLayout(
        key=KEY,
        title=Words("{platform} posts", platform=PLATFORMS[platform].title),
        platform=platform,
        columns=MappingProxyType(
            {_POST_FIELDS.get(name, name): (it,) for name, it in mapping.columns.items()}
        ),
        measures=MappingProxyType({name: (it,) for name, it in mapping.measures.items()}),
        needs=(("id",), ("published",)),
        date_formats=tuple(mapping.file.date_formats),
        decimal=mapping.file.decimal,
        handle_of=read_handle,
        account_hint=f'as account = "…" in [file] of the mapping, or as {platform}/HANDLE',
    )
