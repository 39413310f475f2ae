"""Every verb on accounts, brands and admins that people use, done once."""

from datetime import UTC, datetime

from storage import account_changes, account_list, account_removal, accounts, admins, brand_sweep
from storage.account_changes import Wanted
from storage.database import Database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Add accounts, move them, remove and bring back, erase; name an admin and take it back."""
    with database.write() as connection:
        (first,) = account_changes.add_accounts(
            connection, workspace, [Wanted("x", "lively", brand_name="Lively")], "U1", NOON
        )
        seen = account_list.find_listed(connection, workspace, first)
        assert seen is not None
        account_list.holdings(connection, workspace)
        account_list.holdings(connection, workspace, [first])
        brand_sweep.namings(connection, workspace, "accounts", first)
        wanted = Wanted("x", "livelier", brand_name="Livelier", own=False)
        seen = account_changes.change_account(
            connection, workspace, first, wanted, seen.state, "U1", NOON
        )
        brand = account_changes.find_brand(connection, workspace, seen.brand)
        known = account_changes.state_of_brand(brand)
        account_changes.change_brand(
            connection, workspace, brand.id, "Liveliest", True, known, "U3", NOON
        )
        made = account_changes.change_of(connection, workspace, first)
        assert made is not None
        assert made.by == "U3"
    remove_twice(database, workspace, first)
    with database.write() as connection:
        admins.add_admin(connection, workspace, "U2", "U1", NOON)
        admins.is_admin(connection, workspace, "U2")
        admins.admins(connection, workspace)
        admins.remove_admin(connection, workspace, "U2")


def remove_twice(database: Database, workspace: int, account: int) -> None:
    with database.write() as connection:
        for erases in (False, True):
            seen = account_list.find_listed(connection, workspace, account)
            assert seen is not None
            account_removal.remove_account(
                connection, workspace, account, seen.state, "U1", NOON, erases=erases
            )
            if not erases:
                account_removal.bring_back(connection, workspace, account, "U1", NOON)
        account_removal.erase_due(connection, workspace, NOON + account_removal.GRACE)
        assert account not in {it.id for it in accounts.accounts(connection, workspace)}
