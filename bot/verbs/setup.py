"""``migrate``, ``account`` and ``set``."""

from __future__ import annotations

from bot.opening import require_sound
from bot.settings import database_url, read_settings
from bot.verbs.home import open_home
from storage import schema
from storage.account_changes import put_account as put_one
from storage.database import Database
from storage.errors import KepiError
from storage.settings import change as change_one
from storage.soundness import path_of


def migrate() -> None:
    """Bring the schema to the newest revision."""
    database = Database(database_url(read_settings()))
    try:
        if database.sqlite:
            require_sound(path_of(database))
        schema.migrate(database)
    finally:
        database.close()
    print("The schema is up to date.")


def put_account(
    name: str, brand: str, *, competitor: bool, zone: str | None, team: str | None
) -> None:
    """Add or change an account."""
    platform, handle = split_account(name)
    with open_home(team) as home, home.database.write() as connection:
        put_one(
            connection,
            home.workspace.id,
            platform,
            handle,
            brand,
            own=not competitor,
            zone=zone,
            at=home.clock(),
        )
    print(f"{platform}/{handle} belongs to {brand}{', a competitor' if competitor else ''}.")


def split_account(name: str) -> tuple[str, str]:
    """Return platform and handle of ``PLATFORM/HANDLE``."""
    platform, slash, handle = name.partition("/")
    if not slash or not platform.strip() or not handle.strip():
        raise KepiError(f"“{name}” is not an account. Write PLATFORM/HANDLE: instagram/acme")
    return platform.strip(), handle.strip()


def change(setting: str, *, team: str | None) -> None:
    """Change one setting of the workspace."""
    key, equals, value = setting.partition("=")
    if not equals:
        raise KepiError(f"“{setting}” is not a setting. Write KEY=VALUE: zone=Europe/Stockholm")
    with open_home(team) as home, home.database.write() as connection:
        change_one(connection, home.workspace.id, key, value, "", home.clock(), source="cli")
    print(f"{key.strip()} is {value.strip()}.")


def print_key() -> None:
    """Print a new key; nothing keeps it."""
    from storage.installations import make_key

    print(make_key())
