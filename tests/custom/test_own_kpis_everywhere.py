"""An own KPI in every room: what takes it answers, what does not says so; nothing breaks."""

from __future__ import annotations

from pathlib import Path

from tests.languages.test_in_slack import ask
from tests.slack.conftest import enter_town

ASKED = {
    "talks nov": "*30*",
    "talks by week": "week of 16 Nov 2026 (6 of 7 days): 17",
    "trend talks": "Trend of Talks",
    "why talks last week": "Talks",
    "talks nov vs benchmark": "*30*",
    "weighted likes nov by platform": "Instagram",
    "trend weighted likes": "Trend of Weighted likes",
    "why weighted likes last week": "Weighted likes",
    "talks instagram nov": "Talks is not kept by platform. Ask without Instagram.",
    "talks nov vs competitors": "known of your own side alone",
    "test new “A” talks: type reel / photo": "not by one of your own",
    "goal 10 talks by 2027-06-30": "not for one of your own",
    "alert talks > 3": "not one of your own",
    "guide talks": "Talks, as mia declared it.",
}


async def test_an_own_kpi_breaks_nothing(tmp_path: Path) -> None:
    """3 + 10 + 17 talks in November: 30."""
    async with enter_town(tmp_path) as town:
        await ask(town, "mia", "/kpi own new “Talks”", "#marketing")
        await ask(town, "mia", "/kpi own new “Weighted likes” = likes + 2 × comments", "#marketing")
        for number in (3, 10, 17):
            words = f"/kpi own add talks {number} on 2026-11-{number:02d}"
            await ask(town, "mia", words, "#marketing")
        wrong = {}
        for words, wanted in ASKED.items():
            said = (await ask(town, "mia", f"/kpi {words}", "#marketing")).words
            if wanted not in said or "broke on my side" in said:
                wrong[words] = said[:200]
        assert wrong == {}
        answer = await ask(town, "mia", "/kpi talks nov", "#marketing")
        await town.mia.press(answer, "how")
        assert "Talks" in (await town.mia.await_view("Σ")).words
