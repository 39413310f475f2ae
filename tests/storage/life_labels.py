"""What labelling mentions does to a database: every verb, once or more."""

from datetime import UTC, datetime

from kpis.sentiment import choosing, standing, themes
from kpis.sentiment.backend import NGRAMS
from storage import labelling, mention_labels, mention_lists
from storage.database import Database
from storage.mention_labels import Said
from tests.sentiment.planted import MENTION, mention, plant

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Claim, label, correct, look over, teach, find themes and ambassadors, give back."""
    plant(database, [mention(f"life-{n}", f"cold coffee {n}", author="lena") for n in range(4)])
    with database.write() as connection:
        labelling.claim(connection, workspace, "one", NOW)
        found = mention_labels.waiting(connection, workspace, 10)
        said = [Said(it.mention, "positive", 0.9, "en") for it in found]
        mention_labels.keep(connection, workspace, said, "ngrams", "1", NOW)
        mention_labels.outdated(connection, workspace, 10, "ngrams", "2")
        mention_labels.correct(connection, workspace, said[0].mention, "negative", "U1", NOW)
        mention_labels.settle(connection, workspace, [it.mention for it in said])
        labelling.claim(connection, workspace, "one", NOW, len(said))
        labelling.release(connection, workspace, "one")
        labelling.mark_idle(connection, workspace, 1, NOW)
        labelling.is_idle(connection, workspace)
        mention_lists.latest_unsure(connection, workspace, 3)
        mention_lists.latest_negative(connection, workspace, 3)
        mention_lists.taught(connection, workspace)
        mention_lists.taught(connection, workspace, 1)
        mention_labels.history(connection, workspace, said[0].mention)
        brands = connection.execute(MENTION.select().where(MENTION.c.workspace == workspace))
        brand = int(brands.mappings().all()[-1]["brand"])
        themes.themes(connection, workspace, [brand], START, END)
        assert themes.themes(connection, workspace, [brand], START, END, sentiment="positive")
        assert themes.ambassadors(connection, workspace, [brand], START, END)
        standing.read_standing(connection, workspace, NOW)
        choosing.languages_of(connection, workspace)
        choosing.choose_languages(connection, workspace, "en", "U1", NOW)
        choosing.model_of(connection, workspace, NGRAMS)
