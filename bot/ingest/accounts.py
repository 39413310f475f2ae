"""What platforms report of accounts and posts, for who reads it by an interface of their own."""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from typing import Annotated, Any, Self

from pydantic import Field, create_model, model_validator

from bot.ingest.fields import (
    Address,
    Count,
    Day,
    Handle,
    Moment,
    Platform,
    Prose,
    Signed,
    Word,
    refuse,
)
from bot.ingest.fields import Key as Id
from bot.ingest.rows import Row
from storage.batch import AccountName, DayRow, PostRow, WindowRow
from storage.measures import COUNTERS, AccountDays, Additive, State, Unique
from storage.sources.bad_rows import MAY_BE_NEGATIVE
from storage.sources.captions import find_hashtags, make_title, name_content_type

LEVELS = tuple(name for name, it in AccountDays.measures().items() if it.kind in (Additive, State))
WINDOWS = {
    f"{name}{suffix}": (name, length)
    for name, it in AccountDays.measures().items()
    if it.kind is Unique
    for suffix, length in (("", 1), ("_7d", 7), ("_28d", 28), ("_30d", 30))
}
"""Field → measure, and the days that end with the row's."""
Tag = Annotated[str, Field(max_length=200)]


class Counted(Row):
    """Counters of an account; some platforms correct some of them below 0."""

    platform: Platform
    account: Handle
    account_id: Word = Field("", description="The platform's own id of the account.")

    @property
    def name(self) -> AccountName:
        return AccountName(self.platform, self.account, self.account_id or None)

    @model_validator(mode="after")
    def demand_counts(self) -> Self:
        names = self.counters()
        if all(getattr(self, it) is None for it in names):
            raise refuse(f"counts nothing: it may have {', '.join(names)}")
        allowed = MAY_BE_NEGATIVE.get(self.platform, frozenset())
        for name in names:
            if (getattr(self, name) or 0) < 0 and name not in allowed:
                raise refuse(f"{name}: has to be 0 or more")
        return self

    @classmethod
    @abstractmethod
    def counters(cls) -> tuple[str, ...]:
        """Return the fields that count something."""


class DayBase(Counted):
    """What a platform reports of an account for a day; blank is not 0, it is unknown."""

    day: Day

    @classmethod
    def counters(cls) -> tuple[str, ...]:
        return (*LEVELS, *WINDOWS)

    def days(self, line: int) -> list[DayRow]:
        said = {name: getattr(self, name) for name in LEVELS}
        return [
            DayRow(line, self.name, name, self.day, value)
            for name, value in said.items()
            if value is not None
        ]

    def windows(self, line: int) -> list[WindowRow]:
        after = self.day + timedelta(days=1)
        return [
            WindowRow(line, self.name, measure, after - timedelta(days=length), after, value)
            for field, (measure, length) in WINDOWS.items()
            if (value := getattr(self, field)) is not None
        ]


class PostBase(Counted):
    """A post and its counters as they stand now; its words are read for hashtags and not kept."""

    id: Id
    published: Moment
    type: Word = Field("", description="photo, video, reel, carousel, story, text, link …")
    paid: bool | None = None
    title: Prose = ""
    text: Prose = Field("", description="The caption: its beginning and its hashtags are kept.")
    hashtags: list[Tag] = Field(default=[], max_length=60, description="Beside those in the text.")
    campaign: Word = ""
    variant: Word = ""
    url: Address = ""

    @classmethod
    def counters(cls) -> tuple[str, ...]:
        return COUNTERS

    def post(self, line: int) -> PostRow:
        tags = " ".join(f"#{it.strip().lstrip('#＃')}" for it in self.hashtags)
        marks = {"campaign": self.campaign, "variant": self.variant}
        return PostRow(
            line=line,
            account=self.name,
            external_id=self.id,
            published=self.published,
            counters=tuple(getattr(self, it) for it in COUNTERS),
            content_type=name_content_type(self.type) if self.type else None,
            paid=self.paid,
            title=make_title(self.title or self.text),
            permalink=self.url or None,
            hashtags=find_hashtags(f"{self.title}\n{self.text}\n{tags}"),
            marks=tuple((kind, word) for kind, word in marks.items() if word),
        )


def with_counts(base: type[Row], title: str, names: tuple[str, ...], signed: Any) -> Any:
    """Return a row with a field for each counter."""
    below = {it for names in MAY_BE_NEGATIVE.values() for it in names}
    fields: dict[str, Any] = {
        name: ((signed if name in below else Count) | None, None) for name in names
    }
    return create_model(title, __base__=base, __doc__=base.__doc__, **fields)


DayIn: type[DayBase] = with_counts(DayBase, "DayIn", DayBase.counters(), Signed)
PostIn: type[PostBase] = with_counts(PostBase, "PostIn", PostBase.counters(), Signed)
