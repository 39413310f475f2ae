"""What is known of a file beside its rows: who sent what, when, for which account."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.batch import AccountName
from storage.errors import SourceError
from storage.platforms import PLATFORMS
from storage.said import Counted, Joined, Words

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
    """Names the accounts of one file, each once: an id keeps the first name it is seen with.

    A file of one ``platform``, or of several, where each row names its own. Of several, an
    account that the person named chooses the rows of its platform; the others are left out.
    """

    platform: str
    given: AccountName | None
    seen: dict[tuple[str, str], AccountName] = field(default_factory=dict)
    renamed: str = ""
    """The handle that the file itself has, where the person named another."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Rows of platforms that were not asked for."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Rows of platforms that Kepi does not know, as the file calls them."""

    def __post_init__(self) -> None:
        if self.given and self.platform and self.given.platform != self.platform:
            raise SourceError(
                "this file is of {whose}, the account of {given}; name it {whose}/{handle}",
                whose=self.platform,
                given=self.given.platform,
                handle=self.given.handle,
            )

    def choose(self, platform: str) -> bool:
        """Tell whether a row of a platform is wanted; count those that are not."""
        if platform not in PLATFORMS:
            self.unknown[platform] += 1
            return False
        if self.given is None or platform == self.given.platform:
            return True
        self.left_out[platform] += 1
        return False

    def name(
        self, handle: str, external_id: str | None, title: str, platform: str = ""
    ) -> AccountName | None:
        """Return the account of a row, or ``None`` where neither file nor person names one."""
        key = platform or self.platform, external_id or make_handle(handle)
        if key not in self.seen:
            account = self._make(
                key[0], make_handle(handle) or external_id or "", external_id, title
            )
            if account is None:
                return None
            self.seen[key] = account
        return self.seen[key]

    def _make(
        self, platform: str, handle: str, external_id: str | None, title: str
    ) -> AccountName | None:
        if self.given:
            self.renamed = handle if handle != self.given.handle else ""
            handle = self.given.handle
            external_id = external_id or self.given.external_id
            title = title or self.given.name
        if not handle or not platform:
            return None
        return AccountName(platform, handle, external_id, " ".join(title.split())[:100])

    def check(self) -> tuple[str, ...]:
        """Return notes on rows that go to another account than the file names, or nowhere.

        Refuse a file of several accounts that was sent as one.
        """
        notes: list[str] = []
        if self.unknown:
            notes.append(
                Counted(
                    "{number} row was left out: of {names}, where Kepi knows {known}.",
                    "{number} rows were left out: of {names}, where Kepi knows {known}.",
                    self.unknown.total(),
                    names=Joined([f"“{name}”" for name in sorted(self.unknown)[:10]]),
                    known=Joined([it.title for it in PLATFORMS.values()]),
                )
            )
        if self.given is None:
            return tuple(notes)
        asked = f"{self.given.platform}/{self.given.handle}"
        named = [key for key in self.seen if key[1]]
        if len(named) > 1:
            raise SourceError(
                "the file holds {number} accounts, so all of them cannot be {asked}; "
                "leave the account out",
                number=len(named),
                asked=asked,
            )
        if self.left_out:
            notes.append(
                Counted(
                    "{number} row was left out: of {others}, where {asked} was asked for.",
                    "{number} rows were left out: of {others}, where {asked} was asked for.",
                    self.left_out.total(),
                    others=Joined([PLATFORMS[it].title for it in sorted(self.left_out)]),
                    asked=asked,
                )
            )
        if self.renamed:
            notes.append(
                Words(
                    "The file is of {named}; taken as {asked}, as asked.",
                    named=f"{self.given.platform}/{self.renamed}",
                    asked=asked,
                )
            )
        return tuple(notes)
