"""``/kpi labels`` and its buttons, with the bot over sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from kpis.sentiment import backend as backends
from storage import mention_labels
from storage.mention_labels import Said
from tests.sentiment.planted import NOW, ids, mention, plant, standing
from tests.slack.conftest import Town, enter_town

ROWS = (
    mention("odd", "well <!channel> that & was *something*", language="en"),
    mention("bad", "late again, never answered", language="en", author="lena_k"),
    mention("told", "fine", sentiment="neutral"),
)


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """The bot, and three mentions: one that a model was unsure of, one negative, one by a file."""
    monkeypatch.setattr(backends, "is_thorough_here", lambda: False)
    async with enter_town(tmp_path, empty=True) as ready:
        context = ready.running.context
        workspace, _ = plant(context.database, ROWS)
        odd, bad = ids(context.database, workspace, ["odd", "bad"])
        said = [Said(odd, "unsure", 0.5, "en"), Said(bad, "negative", 0.9, "en")]
        await context.write(mention_labels.keep, workspace, said, "ngrams", "0", NOW)
        yield ready


async def test_labels_are_shown_to_the_asker_alone(town: Town) -> None:
    """How far it is, what is unsure, what was taken for negative; nothing in them can ping."""
    await town.mia.command("/kpi labels", "#marketing")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    assert message.is_private
    assert message.text == "Labelled 2 of 3 mentions."
    words = str(message.blocks)
    assert "A model was unsure of these" in words
    assert "Taken for negative, the newest" in words
    assert "X · lena_k · 20 Nov" in words
    assert "&lt;!channel&gt; that &amp; was" in words
    assert "<!channel>" not in words
    assert "fine" not in words, "what a file said is not asked about"
    assert "1 is unsure" in words
    assert len(message.blocks) <= 15
    assert town.omar.bot_said("#marketing") == []


async def test_a_press_corrects_a_label_and_the_page_follows(town: Town) -> None:
    """It stands, it is kept with who pressed, and the mention is asked about no more."""
    context = town.running.context
    workspace = context.home.workspace
    (odd,) = ids(context.database, workspace, ["odd"])
    await town.mia.command("/kpi labels", "#marketing")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    await town.mia.press(message, f"labels_mark:{odd}:positive")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    assert message.text == (
        "Kept as positive. It stays so whatever a model says. Labelled 3 of 3 mentions."
    )
    assert "unsure" not in str(message.blocks)
    assert standing(context.database, workspace)["odd"] == "positive"
    history = await context.read(mention_labels.history, workspace, odd)
    assert (history[-1].backend, history[-1].by) == ("hand", "U0MIA000000")


async def test_languages_are_chosen_and_what_is_wrong_gets_a_line(town: Town) -> None:
    for asked, said in (
        ("/kpi labels languages sv en", "Mentions are read as Svenska, English from now on."),
        ("/kpi labels languages tlh", "I know no language “tlh” in mentions."),
        ("/kpi labels please", "I don’t know “please” here."),
    ):
        await town.mia.command(asked, "#marketing")
        await town.quiet()
        assert said in town.mia.bot_said("#marketing")[-1].words


async def test_themes_and_ambassadors_of_four_weeks(town: Town) -> None:
    """Links lead to the web alone; older mentions and other people's brands are left out."""
    context = town.running.context
    rows = [
        mention("t1", sentiment="negative", topic="Price <!here>", author="a"),
        mention("t2", sentiment="negative", topic="price <!here>", permalink="javascript:x"),
        mention("t3", sentiment="negative", topic="Price <!here>", permalink="https://a|b>c"),
        mention("old", sentiment="negative", topic="Old", at=NOW - timedelta(days=29)),
        *(mention(f"p{n}", sentiment="positive", author="lena_k", followers=90) for n in range(3)),
    ]
    plant(context.database, rows, "more.csv")
    await town.mia.command("/kpi labels themes", "#marketing")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    assert message.is_private
    assert message.text == (
        "Negative mentions of the last 4 weeks are mostly about “Price &lt;!here&gt;”: 3 mentions."
    )
    words = str(message.blocks)
    assert "3 (<https://x.example/t1|1>)" in words
    assert "javascript" not in words
    assert "Old" not in words
    await town.mia.command("/kpi labels ambassadors", "#marketing")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    assert message.text == "1 person praised you three times or more in the last 4 weeks."
    assert "lena_k · X · 3 praises · 90 followers · <https://x.example/p2|newest>" in str(
        message.blocks
    )
    await town.mia.press(message, "labels_fix")
    await town.quiet()
    assert town.mia.bot_said("#marketing")[-1].text.startswith("Labelled ")


async def test_guests_neither_see_nor_label(town: Town) -> None:
    await town.person("gus").command("/kpi labels", "#marketing")
    await town.quiet()
    assert "Guests can’t see or label" in town.person("gus").bot_said("#marketing")[-1].words
