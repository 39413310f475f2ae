"""A scope comes back from columns, buttons and forms as it went in, whichever room wrote it."""

import json

import pytest

from kpis.question import Scope
from kpis.scopes import pack_scope, unpack_scope

EVERYTHING = Scope(("instagram", "x"), (3, 4), (2,), ("C9",))


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(accounts=(3,)), Scope(channels=("C9",)), EVERYTHING]
)
def test_it_comes_back_as_it_went_in(scope: Scope) -> None:
    assert unpack_scope(json.loads(json.dumps(pack_scope(scope)))) == scope


def test_what_chooses_nothing_is_left_out() -> None:
    """A button holds 2,000 characters: empty lists would be the most of it."""
    assert pack_scope(Scope(brands=(2,))) == {"brands": [2]}
    assert pack_scope(Scope()) == {}


def test_what_stands_beside_a_scope_is_not_read_as_one() -> None:
    """A goal keeps its options in the same column."""
    assert unpack_scope({"brands": [2], "options": ["cohort"], "private": True}) == Scope(
        brands=(2,)
    )
