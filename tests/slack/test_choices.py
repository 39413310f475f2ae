"""Choices in forms: Slack takes a hundred of them, and none that is chosen may be lost."""

import pytest

from commands import forms
from commands.question_form import scope_choices
from kpis.question import KnownAccount, KnownBrand
from kpis.surroundings import Surroundings

MANY = [(str(number), f"Account {number}") for number in range(150)]


@pytest.mark.parametrize("chosen", [["3"], ["149"], ["3", "120", "149"], []])
def test_what_is_chosen_stays_chosen(chosen: list[str]) -> None:
    """Saving a form whose account is the 150th must not turn it into all accounts."""
    element = forms.several("Accounts", "scope", MANY, chosen)["element"]
    assert [it["value"] for it in element.get("initial_options", [])] == chosen
    offered = [it["value"] for it in element["options"]]
    assert len(offered) == 100
    assert offered == sorted(offered, key=int)
    assert set(chosen) <= set(offered)


OURS = KnownAccount(1, "instagram", "acme", "Acme", 1, True)
THEIRS = KnownAccount(2, "x", "rival", "Rival", 2, False)
AROUND = Surroundings(
    workspace=1,
    zone="Europe/Stockholm",
    week_start=0,
    accounts=(OURS, THEIRS),
    brands=(KnownBrand(1, "Acme", True), KnownBrand(2, "Rival", False)),
    zones={},
    posts_watched=(),
    days_watched=(),
    readings=(),
    epochs=(),
    imports=(),
)


def test_a_goal_is_offered_own_accounts_alone() -> None:
    """An alert may watch a rival's account as well, but never all of a rival's platform."""
    mine = dict(scope_choices(AROUND, rivals=False))
    assert list(mine) == ["platform:instagram", "brand:1", "account:1"]
    everything = dict(scope_choices(AROUND))
    assert set(everything) - set(mine) == {"brand:2", "account:2"}
    assert everything["account:1"] == "Instagram acme"
