"""What is known of a file beside its rows: who sent what, when, for which account."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.batch import AccountName
from storage.errors import SourceError

_HANDLE = re.compile(r"[\w.]+")
_JOIN = re.compile(r"[^\w.]+")


@dataclass(frozen=True)
class Origin:
    """The file and the choices made for it."""

    file_name: str
    file_hash: str
    now: datetime
    zone: ZoneInfo
    """In which local times of the file are meant, and its days are cut."""
    account: AccountName | None = None
    """As the person named it; then all rows are of this account."""


def make_handle(name: str) -> str:
    """Return a name as a handle that can be typed: “Cosmetics Brand” is ``cosmetics-brand``.

    What is a handle already stays as it is: ``_acme_`` and ``acme`` are two accounts.
    """
    typed = name.strip().removeprefix("@").lower()
    if _HANDLE.fullmatch(typed):
        return typed[:100]
    return _JOIN.sub("-", name.strip().removeprefix("@").lower()).strip("-._")[:100]


@dataclass
class Accounts:
    """Names the accounts of one file, each once: an id keeps the first name it is seen with."""

    platform: str
    given: AccountName | None
    seen: dict[str, AccountName] = field(default_factory=dict)
    renamed: str = ""
    """The handle that the file itself has, where the person named another."""

    def __post_init__(self) -> None:
        if self.given and self.given.platform != self.platform:
            raise SourceError(
                f"this file is of {self.platform}, the account of {self.given.platform}; "
                f"name it {self.platform}/{self.given.handle}"
            )

    def name(self, handle: str, external_id: str | None, title: str) -> AccountName | None:
        """Return the account of a row, or ``None`` where neither file nor person names one."""
        key = external_id or make_handle(handle)
        if key not in self.seen:
            account = self._make(make_handle(handle) or external_id or "", external_id, title)
            if account is None:
                return None
            self.seen[key] = account
        return self.seen[key]

    def _make(self, handle: str, external_id: str | None, title: str) -> AccountName | None:
        if self.given:
            self.renamed = handle if handle != self.given.handle else ""
            handle = self.given.handle
            external_id = external_id or self.given.external_id
            title = title or self.given.name
        if not handle:
            return None
        return AccountName(self.platform, handle, external_id, " ".join(title.split())[:100])

    def check(self) -> tuple[str, ...]:
        """Return a note where rows go to another account than the file names.

        Refuse a file of several accounts that was sent as one.
        """
        named = [key for key in self.seen if key]
        if self.given and len(named) > 1:
            raise SourceError(
                f"the file holds {len(named)} accounts, so all of them cannot be "
                f"{self.given.platform}/{self.given.handle}; leave the account out"
            )
        if self.given and self.renamed:
            asked = f"{self.platform}/{self.given.handle}"
            return (f"The file is of {self.platform}/{self.renamed}; taken as {asked}, as asked.",)
        return ()
