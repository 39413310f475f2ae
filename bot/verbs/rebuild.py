"""``rebuild``: every projection anew from the ledger, the explicit recompute of support-spec §2."""

from __future__ import annotations

from bot.verbs.home import open_home
from storage import ledger
from support.tracker import Tracker


def rebuild(*, team: str | None) -> None:
    """Fold every channel's whole ledger, and say how many issues came of it."""
    with open_home(team) as home:
        with home.database.read() as connection:
            channels = len(ledger.channels(connection, home.workspace.id))
        count = Tracker(home.database, home.workspace.id).rebuild(home.clock())
    issues = "1 issue" if count == 1 else f"{count} issues"
    places = "1 channel" if channels == 1 else f"{channels} channels"
    print(f"{issues} in {places} made anew.")
