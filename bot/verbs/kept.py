"""``kept`` and ``forget``: what is kept, and forgetting somebody without Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.verbs.home import Home, open_home
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.kept.people import Person


def show() -> None:
    """Print the page of what is kept."""
    from storage.kept.page import print_page

    print(print_page(), end="")


def forget(who: str, names: list[str], *, is_sure: bool, team: str | None) -> int:
    """Say what forgetting somebody takes, and with ``is_sure`` do it; 1 where there is nobody."""
    from dataclasses import replace

    from commands.kept.reading import read_whom, say_whom
    from storage.kept.counts import count_rows

    person = read_whom(who)
    person = replace(person, names=tuple(names))
    with open_home(team) as home:
        found = count_rows(home.database, home.workspace.id, person)
        if not found:
            raise KepiError(f"I keep nothing of {say_whom(person)}. There is nothing to forget.")
        for kind, number in found.items():
            print(f"{number:,} {kind}")
        if not is_sure:
            print("Nothing was changed. To forget them for good: --yes")
            return 0
        erase(home, person)
    return 0


def erase(home: Home, person: Person) -> None:
    """Forget somebody, and say what came of it."""
    from storage.forgetting import begin, carry_out
    from storage.kept.copies import copies_before, replace_copies
    from storage.settings import value
    from storage.settings_kept import FORGET_COPIES

    now, workspace = home.clock(), home.workspace
    with home.database.write() as connection:
        order = begin(connection, workspace.id, person, workspace.installer or "", now)
    done = carry_out(home.database, workspace.id, order, now)
    print(f"Forgotten: {done.rows:,} rows changed. Every count is as it was.")
    if not done.is_scrubbed:
        print("The last bytes leave the file once nobody reads it any more, within a day.")
    files = copies_before(home.database, now)
    with home.database.read() as connection:
        goes = bool(value(connection, workspace.id, FORGET_COPIES))
    if goes and replace_copies(home.database, files, now):
        print("Older copies were deleted, and a new one made.")
        return
    for file in files:
        print(f"An older copy still holds them: {file}")
