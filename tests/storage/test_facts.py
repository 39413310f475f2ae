"""Facts and their rollup: newest wins, the older is kept, the sums are always right."""

import random
from itertools import product

import pytest
from sqlalchemy import text

from storage.accounts import add_account
from storage.stretches import Counts
from storage.workspaces import only_workspace
from tests.merging import merge_days

RECOUNTED = (
    "SELECT f.measure, f.platform, b.own, f.day, sum(f.value), count(*), sum(a.mark) FROM fact f"
    " JOIN account a ON a.id = f.account JOIN brand b ON b.id = a.brand"
    " GROUP BY f.measure, f.platform, b.own, f.day ORDER BY 1, 2, 3, 4"
)
ROLLUP = "SELECT measure, platform, own, day, total, n, who FROM rollup ORDER BY 1, 2, 3, 4"
FACTS = "SELECT measure, platform, day, account, value, import_id FROM fact"
REVISIONS = "SELECT measure, start, account, value, import_id, replaced_by FROM revision"


def make_accounts(connection, count: int) -> list[int]:
    """Return the ids of ``count`` accounts, every third of them a competitor's."""
    workspace = only_workspace(connection).id
    return [
        add_account(
            connection,
            workspace,
            "instagram",
            f"a{number}",
            "Rival" if number % 3 == 2 else "Acme",
            own=number % 3 != 2,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("share", [0.0, 0.02, 0.4, 0.7, 0.97, 1.0])
@pytest.mark.parametrize("accounts", [3, 40])
def test_any_share_of_changed_rows_is_merged_alike(database, share, accounts):
    """A plain dictionary knows what should be held, whatever way the rows were written.

    With 40 accounts the import speaks of three, so that the others' rows must stay untouched.
    """
    draw = random.Random(f"{share} {accounts}")
    with database.write() as connection:
        ids = make_accounts(connection, accounts)
        keys = list(product(("likes", "followers"), ("instagram",), range(100, 130), ids))
        draw.shuffle(keys)
        first = {key: draw.randrange(50) for key in keys if draw.random() < 0.9}
        assert merge_days(connection, 1, [(*key, it) for key, it in first.items()], 1) == Counts(
            len(first), 0, 0
        )
        second = {
            key: first.get(key, 0) + (100 if draw.random() < share else 0)
            for key in keys
            if key[3] in ids[:3]
            and (share == 1.0 or draw.random() < 0.95)
            and (share < 1.0 or key in first)
        }
        done = merge_days(connection, 1, [(*key, it) for key, it in second.items()], 2)
        changed = {key for key, it in second.items() if key in first and first[key] != it}
        new = second.keys() - first.keys()
        assert done == Counts(len(new), len(changed), len(second) - len(new) - len(changed))
        held = {row[:4]: row[4:] for row in connection.execute(text(FACTS))}
        assert held == {
            key: (second[key], 2) if key in changed | new else (first[key], 1)
            for key in first.keys() | second.keys()
        }
        revisions = {tuple(row) for row in connection.execute(text(REVISIONS))}
        assert revisions == {(key[0], key[2], key[3], first[key], 1, 2) for key in changed}
        assert connection.execute(text(ROLLUP)).all() == connection.execute(text(RECOUNTED)).all()


def test_an_account_that_changes_sides_takes_its_sums_along(database):
    """Own and competitors' sums are made again when a brand turns out to be a competitor's."""
    with database.write() as connection:
        ids = make_accounts(connection, 4)
        rows = [("likes", "instagram", day, it, day + it) for day in range(3) for it in ids]
        merge_days(connection, 1, rows, 1)
        add_account(connection, 1, "instagram", "a0", "Rival", own=False)
        assert connection.execute(text(ROLLUP)).all() == connection.execute(text(RECOUNTED)).all()
        add_account(connection, 1, "instagram", "a2", "Rival", own=True)
        assert connection.execute(text(ROLLUP)).all() == connection.execute(text(RECOUNTED)).all()
        owned = connection.execute(text("SELECT min(n), max(n) FROM rollup")).one()
        assert tuple(owned) == (4, 4)


def test_negative_values_are_kept(database):
    """Daily reactions may be negative (kpi-catalogue §1); they are added as they are."""
    with database.write() as connection:
        ids = make_accounts(connection, 2)
        merge_days(connection, 1, [("likes", "instagram", 1, ids[0], -3)], 1)
        merge_days(connection, 1, [("likes", "instagram", 1, ids[1], 3)], 2)
        assert connection.execute(text("SELECT total, n FROM rollup")).all() == [(0, 2)]
