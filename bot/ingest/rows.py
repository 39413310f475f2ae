"""What rows of every kind have in common: no unknown field, and what they tell, by column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.ingest.fields import Currency, Day, Key, Moment, refuse
from storage.money import digits_of, is_exact, to_minor

LONGEST_SPAN = timedelta(days=731)


def add_demands(schema: dict[str, Any], model: type[Row]) -> None:
    """Say in a JSON Schema what fields have to do with each other."""
    schema.update(model.demands())


def one_of(*groups: tuple[str, ...]) -> dict[str, Any]:
    """Return the schema of a row that has all fields of one group and none of the others."""
    every = {it for group in groups for it in group}
    return {
        "oneOf": [
            {
                "required": list(group),
                "not": {"anyOf": [{"required": [it]} for it in sorted(every - set(group))]},
            }
            for group in groups
        ]
    }


class Row(BaseModel):
    """A row as a source sends it; a field that is null is the same as one that is left out."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        hide_input_in_errors=True,
        json_schema_extra=add_demands,
    )
    columns: ClassVar[Mapping[str, str]] = {}
    """Fields that a column calls otherwise."""

    def told(self) -> dict[str, object]:
        """Return what the row says, by column; money still in units."""
        return {self.columns.get(it, it): getattr(self, it) for it in type(self).model_fields}

    @classmethod
    def demands(cls) -> dict[str, Any]:
        """Return what a JSON Schema of the row holds beside its fields."""
        return {}


class Event(Row):
    """Something that happened at a moment."""

    columns: ClassVar[Mapping[str, str]] = {"id": "external_id"}
    id: Key
    at: Moment


class Spanned(Row):
    """Something that was counted over days: one ``day``, or from ``start`` until before ``end``."""

    day: Day | None = Field(None, description="The day; else start and end.")
    start: Day | None = Field(None, description="The first day.")
    end: Day | None = Field(None, description="The first day after the last.")

    @model_validator(mode="after")
    def demand_days(self) -> Self:
        if self.day is not None and self.start is None and self.end is None:
            return self
        if self.day is not None or self.start is None or self.end is None:
            raise refuse("day: say the day, or start and end")
        if not self.start < self.end <= self.start + LONGEST_SPAN:
            raise refuse(
                "end: has to be after start, at most two years; it is the first day after the last"
            )
        return self

    @property
    def first(self) -> date:
        """The first day."""
        first: date | None = self.day or self.start
        assert first is not None
        return first

    @property
    def after(self) -> date:
        """The first day after the last."""
        return self.end or self.first + timedelta(days=1)

    def told(self) -> dict[str, object]:
        said = super().told()
        del said["day"]
        return said | {"start": self.first, "end": self.after}

    @classmethod
    def demands(cls) -> dict[str, Any]:
        return super().demands() | one_of(("day",), ("start", "end"))


class Priced(Row):
    """A row whose amounts are in a currency, which it names."""

    amounts: ClassVar[tuple[str, ...]] = ("value",)
    currency: Currency = ""

    @model_validator(mode="after")
    def demand_currency(self) -> Self:
        for name in self.amounts:
            amount = getattr(self, name)
            if amount is None:
                continue
            if not self.currency:
                raise refuse(f"currency: is missing beside {name}")
            if not self.fits(amount):
                digits = digits_of(self.currency)
                many = "no decimals" if not digits else f"at most {digits} decimals"
                raise refuse(f"{name}: amounts in {self.currency} have {many}")
        return self

    def fits(self, amount: Any) -> bool:
        return is_exact(amount, self.currency)

    def told(self) -> dict[str, object]:
        return super().told() | {it: self.minor(getattr(self, it)) for it in self.amounts}

    def minor(self, amount: Any) -> int | None:
        return None if amount is None else to_minor(amount, self.currency)

    @classmethod
    def demands(cls) -> dict[str, Any]:
        return super().demands() | {"dependentRequired": {it: ["currency"] for it in cls.amounts}}
