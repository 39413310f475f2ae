"""What people say: mentions, reviews, survey answers, comments; and who the audience is."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.ingest.fields import (
    Address,
    Count,
    Handle,
    LowerNeeded,
    LowerWord,
    Medium,
    Needed,
    NeededMedium,
    Number,
    Person,
    Platform,
    Prose,
    Word,
    read_whole,
    refuse,
)
from bot.ingest.rows import Event, Spanned, one_of
from storage.batch import AccountName
from storage.sources.records.lengths import measure
from storage.sources.records.segments import name_segment

Brand = Annotated[Word, Field(description="By name; may be left out where one brand is your own.")]
Scale = Annotated[int, Field(ge=-1000, le=1000), BeforeValidator(read_whole)]
Most = Annotated[int, Field(ge=1, le=100), BeforeValidator(read_whole)]
NPS = 0, 10


class MentionIn(Event):
    """Somebody named a brand."""

    platform: Platform
    brand: Brand = ""
    author: Person = ""
    followers: Count | None = Field(None, description="Of the author.")
    tagged: bool | None = Field(None, description="It names our handle.")
    sentiment: Literal["positive", "neutral", "negative"] | None = None
    topic: LowerWord = ""
    url: Address = ""
    text: Prose = Field("", description="What was said: kept to be classified; it can be erased.")
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")] | None = Field(
        None, description="ISO 639: en, vi, id, sv, zh."
    )


class ReviewIn(Event):
    """A customer's stars. The words are not asked for."""

    source: NeededMedium = Field(description="Where it stands: “google”, “app store”, a platform.")
    brand: Brand = ""
    stars: Number
    most: Most = Field(5, description="Stars there are.")
    author: Person = ""
    permalink: Address = ""

    @model_validator(mode="after")
    def demand_stars(self) -> Self:
        if not 0 <= self.stars <= self.most:
            raise refuse("stars: has to be from 0 to most")
        return self


class SurveyIn(Event):
    """A person's answer to one question on a scale."""

    survey: LowerNeeded = Field(description="The name of the survey.")
    kind: Literal["nps", "csat", "scale"]
    score: Number
    lowest: Scale | None = Field(None, description="Of the scale; of nps it is 0.")
    highest: Scale | None = Field(None, description="Of the scale; of nps it is 10.")
    agent: Person = ""
    platform: Medium = ""
    respondent: Word = ""

    @model_validator(mode="after")
    def demand_scale(self) -> Self:
        lowest, highest = self.scale
        if lowest is None or highest is None:
            raise refuse("lowest: say it and highest, the ends of the scale")
        if self.kind == "nps" and (lowest, highest) != NPS:
            raise refuse("kind: nps is from 0 to 10; another scale is of kind scale")
        if lowest >= highest:
            raise refuse("lowest: has to be below highest")
        if not lowest <= self.score <= highest:
            raise refuse(f"score: has to be from {lowest} to {highest}")
        if self.kind == "nps" and self.score != int(self.score):
            raise refuse("score: of nps it is a whole number")
        return self

    @property
    def scale(self) -> tuple[int | None, int | None]:
        if self.kind == "nps" and self.lowest is None and self.highest is None:
            return NPS
        return self.lowest, self.highest

    def told(self) -> dict[str, object]:
        lowest, highest = self.scale
        return super().told() | {"lowest": lowest, "highest": highest}


class SegmentIn(Spanned):
    """Known people of an account in one segment, as the platform counted them."""

    platform: Platform
    account: Handle
    measure: Literal["followers", "reach", "engaged"]
    dimension: Literal["country", "city", "age", "gender", "age-gender", "follow-type"]
    segment: Needed
    people: Count

    def told(self) -> dict[str, object]:
        segment = name_segment(self.dimension, self.segment)
        account = AccountName(self.platform, self.account)
        return super().told() | {"account": account, "segment": segment}


class CommentIn(Event):
    """A comment under a post. Its text is measured when it comes and not kept."""

    platform: Platform
    post: Word = Field("", description="The platform's id of the post.")
    author: Person = ""
    own: bool = Field(False, description="We wrote it ourselves.")
    text: Prose | None = Field(None, description="Else characters and words.")
    characters: Count | None = Field(None, description="As a reader counts them.")
    words: Count | None = None

    @model_validator(mode="after")
    def demand_length(self) -> Self:
        counts = self.characters, self.words
        if self.text is None and None in counts:
            raise refuse("text: is missing, or characters and words in its place")
        if self.text is not None and counts != (None, None):
            raise refuse("text: say it, or characters and words, not both")
        return self

    @classmethod
    def demands(cls) -> dict[str, Any]:
        return super().demands() | one_of(("text",), ("characters", "words"))

    def told(self) -> dict[str, object]:
        said = super().told()
        text = said.pop("text")
        if text is not None:
            said["characters"], said["words"] = measure(str(text))
        return said
