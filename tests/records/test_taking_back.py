"""Records compared, written and taken back: whatever came and went, a plain model says the same."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.imports import store, undo
from storage.workspaces import only_workspace
from tests.records.histories import (
    AT,
    KINDS,
    Model,
    batch_of,
    draw_row,
    fill_in,
    revised,
    standing,
)


def live(database: Database, chance: Random, *, rows: int, names: int, steps: int) -> None:
    """Import and take back at random; after each step the database and the model agree."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
    model = Model()
    for step in range(steps):
        at = AT + timedelta(minutes=step)
        if model.imports and chance.random() < 0.45:
            number = chance.choice(sorted(model.imports))
            done = undo(database, workspace, number, at)
            before = {kind: model.standing(kind) for kind in KINDS}
            del model.imports[number]
            after = {kind: model.standing(kind) for kind in KINDS}
            assert done.removed == sum(len(before[it].keys() - after[it].keys()) for it in KINDS)
            assert done.restored == sum(
                before[it][key][1] != after[it][key][1] for it in KINDS for key in after[it]
            )
        else:
            kinds = chance.sample(KINDS, chance.randint(1, 3))
            told = {
                kind: [fill_in(kind, draw_row(chance, kind, names)) for _ in range(rows)]
                for kind in kinds
            }
            before = {kind: model.standing(kind) for kind in KINDS}
            stored = store(database, workspace, batch_of(told, f"{step}.csv"), "U1", at)
            if stored.id is None:
                assert (stored.added, stored.changed) == (0, 0)
                continue
            model.add(stored.id, told)
            after = {kind: model.standing(kind) for kind in KINDS}
            assert stored.added == sum(len(after[it].keys() - before[it].keys()) for it in KINDS)
            assert stored.changed == sum(
                before[it][key][1] != after[it][key][1] for it in KINDS for key in before[it]
            )
        for kind in KINDS:
            assert standing(database, workspace, kind) == model.standing(kind)
            assert revised(database, workspace, kind) == model.revised(kind)
    for number in chance.sample(sorted(model.imports), len(model.imports)):
        undo(database, workspace, number, AT + timedelta(days=1))
    for kind in KINDS:
        assert standing(database, workspace, kind) == {}
    with database.read() as connection:
        for table in ("revised_record", "observed", "watched", "credit"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_history_leaves_what_the_model_says(database: Database, seed: int) -> None:
    """Few keys and few values, so that imports repeat, contradict and inherit from each other."""
    live(database, Random(seed), rows=12, names=8, steps=25)


def test_ten_thousand_rows_come_and_go(database: Database) -> None:
    """Nothing depends on rows being few: portions, runs of ids and their holes all occur."""
    live(database, Random(7), rows=10_000, names=12_000, steps=6)
