"""What a table keeps, told for people and for the erasing of them (``storage.kept.register``)."""

from __future__ import annotations

from dataclasses import dataclass

NEVER = "while the workspace uses Kepi"
"""How long what has no limit of its own is kept."""


@dataclass(frozen=True)
class Kept:
    """One table: what it keeps, why, for how long, who sees it, and where people stand in it.

    A column that is named in none of the tuples holds nothing that tells of a person; a Slack
    user id is looked for in every column of text all the same, unless ``is_plain``.
    """

    table: str
    what: str
    why: str = ""
    long: str = NEVER
    seen: str = "whoever asks"
    erased: str = ""
    """What forgetting does to it, where that is not plain from the columns."""
    is_plain: bool = False
    """It holds numbers and our own words alone: no column is looked through."""
    slack: tuple[str, ...] = ()
    """Slack user ids: they become a pseudonym."""
    owners: tuple[str, ...] = ()
    """Slack user ids of who looks after it: whoever forgets takes over what is live."""
    live: str = ""
    """What a row of ``owners`` must fulfil to be live: ``column=value``, or ``column=`` empty."""
    author: tuple[str, str] | None = None
    """A handle and the column of its platform; the pair becomes a pseudonym."""
    customers: tuple[str, ...] = ()
    """Ids that a shop or a CRM gave."""
    sessions: tuple[str, ...] = ()
    """Ids of visits of the rows' customers."""
    keyed: tuple[str, ...] = ()
    """``platform:handle`` or ``slack:user``."""
    names: tuple[str, ...] = ()
    """Names as people write them."""
    texts: tuple[str, ...] = ()
    """Words or JSON in which somebody may be named: the name is replaced, the rest stays."""
    told: tuple[str, ...] = ()
    """Of ``texts``, those into which Kepi itself puts names, first names too."""
    links: tuple[str, ...] = ()
    """Addresses that lead to the person: emptied in their rows."""
    words: tuple[str, ...] = ()
    """What the person themselves said: emptied in their rows."""
    gone: tuple[str, ...] = ()
    """The whole row goes where one of these Slack ids is the person's."""

    @property
    def is_personal(self) -> bool:
        """It tells of people."""
        return bool(self.places)

    @property
    def places(self) -> tuple[str, ...]:
        """The columns that tell of people, in the order of this class."""
        author = self.author[:1] if self.author else ()
        named = (
            *self.slack, *self.owners, *author, *self.customers, *self.sessions, *self.keyed,
            *self.names, *self.texts, *self.links, *self.words, *self.gone,
        )  # fmt: skip
        return tuple(dict.fromkeys(named))
