"""Brands as files name them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from storage.accounts import brands as all_brands
from storage.errors import KepiError
from storage.said import Words


class BrandNames:
    """Finds brands of a workspace by name, whatever the case; an unnamed one is our only one."""

    def __init__(self, connection: Connection, workspace: int) -> None:
        known = all_brands(connection, workspace)
        self.names = [it.name for it in known]
        self.ids = {it.name.casefold(): it.id for it in known}
        own = [it for it in known if it.own]
        if len(own) == 1:
            self.ids[""] = own[0].id

    def find(self, name: str, line: int) -> int:
        """Return a brand's id; raises ``KepiError`` naming the line and the brands there are."""
        brand = self.ids.get(name.casefold())
        if brand is None:
            raise KepiError(say_unknown(name, line, self.names))
        return brand


def say_unknown(name: str, line: int, known: Sequence[str]) -> str:
    brands = ", ".join(known) or Words("none yet")
    if not name:
        return Words(
            "Line {line} names no brand. Add a column “brand”; brands: {brands}.",
            line=line,
            brands=brands,
        )
    return Words(
        "Line {line}: “{name}” is no brand here; brands: {brands}. "
        "Add an account of it first, then send the file again.",
        line=line,
        name=name[:60],
        brands=brands,
    )
