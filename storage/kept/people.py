"""Who is forgotten, and what becomes of their ids.

A **pseudonym** is ``gone-`` and twelve digits of a keyed hash. Its key is random, made for one
erasure, and erased with the last row: afterwards nobody can tell whose it was, not even by trying
all ids there are. The same id always gets the same one, so people are counted as before.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Protocol

MARK = "gone-"
SLACK = "slack"
"""The platform of a customer who writes in Slack: ``slack:U123``."""
TELLING = 5
SHORTEST = 3
"""Shorter handles and names are looked for in their own columns alone, not in texts."""


def is_pseudonym(value: str) -> bool:
    """Say whether an id is what became of one."""
    return value.rpartition(":")[2].startswith(MARK)


def make_pseudonym(secret: str, value: str) -> str:
    """Return what becomes of an id: always the same under one secret."""
    return MARK + hmac.digest(secret.encode(), value.encode(), "sha256").hex()[:12]


@dataclass(frozen=True)
class Person:
    """Somebody, as people name them: by Slack user, by a platform's handle, by a shop's id."""

    user: str = ""
    names: tuple[str, ...] = ()
    """As Slack shows them; looked for where people write names."""
    platform: str = ""
    """Empty: the handle on any."""
    handle: str = ""
    customer: str = ""
    conversations: tuple[str, ...] = ()
    """``platform:id`` of theirs, found when the forgetting begins."""

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """What is looked for in every column of words."""
        return tuple(it for it in (self.user, self.handle, self.customer) if len(it) >= SHORTEST)


class Within(IntEnum):
    """What a text is: the more it is about people, the more is looked for in it."""

    ANYTHING = 0
    """A column that tells of no people, but could name a Slack user."""
    TEXTS = 1
    """Words or JSON."""
    TOLD = 2
    """Words that Kepi made, with people's names in them."""
    THEIRS = 3
    """Words in a row that is the person's own."""


class Whom(Protocol):
    """Whose ids are replaced, and by what."""

    @property
    def heir(self) -> str:
        """Slack id of who takes over what they looked after; empty: nobody."""
        ...

    def is_name(self, name: str) -> bool:
        """Say whether a column of names names them."""
        ...

    def is_user(self, user: str) -> bool: ...

    def is_author(self, platform: str, handle: str) -> bool: ...

    def is_customer(self, customer: str) -> bool: ...

    def is_conversation(self, conversation: str) -> bool: ...

    def replace(self, text: str, within: Within) -> str:
        """Return a text without what tells of them."""
        ...

    def rename(self, value: str) -> str:
        """Return the pseudonym of an id."""
        ...


@dataclass(frozen=True)
class One:
    """One person."""

    person: Person
    secret: str
    heir: str = ""

    def is_user(self, user: str) -> bool:
        return bool(user) and user == self.person.user

    def is_name(self, name: str) -> bool:
        return name.casefold() in (it.casefold() for it in self.person.names)

    def is_author(self, platform: str, handle: str) -> bool:
        if platform == SLACK:
            return self.is_user(handle)
        wanted = self.person
        return (
            bool(handle and wanted.handle)
            and handle.lstrip("@").casefold() == wanted.handle.casefold()
            and (not (wanted.platform and platform) or platform.lower() == wanted.platform)
        )

    def is_customer(self, customer: str) -> bool:
        return bool(customer) and customer == self.person.customer

    def is_conversation(self, conversation: str) -> bool:
        return conversation in self.person.conversations

    def replace(self, text: str, within: Within) -> str:
        for reach, pattern in self.patterns:
            if reach <= within:
                text = pattern.sub(self._put, text)
        return text

    def rename(self, value: str) -> str:
        return make_pseudonym(self.secret, value)

    def _put(self, found: re.Match[str]) -> str:
        return self.rename(found[0])

    @cached_property
    def patterns(self) -> tuple[tuple[Within, re.Pattern[str]], ...]:
        """What is looked for, and in what at least: a handle may be a word like any other."""
        person, found = self.person, []
        if person.user:
            found.append((Within.ANYTHING, whole_words([person.user])))
        ids = [it for it in (person.handle, person.customer) if len(it) >= SHORTEST]
        for it in ids:
            least = Within.TEXTS if is_telling(it) else Within.THEIRS
            found.append((least, whole_words([it], re.IGNORECASE)))
        if len(person.handle) >= SHORTEST:
            found.append((Within.TEXTS, as_handle(person)))
        names = [it for it in person.names if len(it) >= SHORTEST]
        found += [(Within.TEXTS if " " in it else Within.TOLD, whole_words([it])) for it in names]
        return tuple(found)


@dataclass(frozen=True)
class Several:
    """Many people at once, by what stands in the columns: for what is kept for some days alone."""

    secret: str
    authors: frozenset[tuple[str, str]] = frozenset()
    customers: frozenset[str] = frozenset()
    heir: str = ""

    def is_user(self, user: str) -> bool:
        return (SLACK, user) in self.authors

    def is_name(self, name: str) -> bool:
        return False

    def is_author(self, platform: str, handle: str) -> bool:
        return (platform, handle) in self.authors

    def is_customer(self, customer: str) -> bool:
        return customer in self.customers

    def is_conversation(self, conversation: str) -> bool:
        return False

    def replace(self, text: str, within: Within) -> str:
        return text

    def rename(self, value: str) -> str:
        return make_pseudonym(self.secret, value)


@dataclass(frozen=True)
class Everyone:
    """All people of a workspace that removed Kepi."""

    secret: str
    heir: str = ""

    def is_user(self, user: str) -> bool:
        return bool(user) and not is_pseudonym(user)

    def is_name(self, name: str) -> bool:
        return bool(name) and not is_pseudonym(name)

    def is_author(self, platform: str, handle: str) -> bool:
        return bool(handle) and not is_pseudonym(handle)

    def is_customer(self, customer: str) -> bool:
        return bool(customer) and not is_pseudonym(customer)

    def is_conversation(self, conversation: str) -> bool:
        return bool(conversation) and not is_pseudonym(conversation)

    def replace(self, text: str, within: Within) -> str:
        return ANY_USER.sub(lambda found: self.rename(found[0]), text)

    def rename(self, value: str) -> str:
        return make_pseudonym(self.secret, value)


ANY_USER = re.compile(r"(?<![A-Za-z0-9])[UW](?=[A-Z]*\d)[A-Z0-9]{7,20}(?![A-Za-z0-9])")
"""Slack ids of people have a digit somewhere; words in capitals have none."""


def whole_words(words: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Return what finds any of some words where they stand alone."""
    listed = "|".join(re.escape(it) for it in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", flags)


def as_handle(person: Person) -> re.Pattern[str]:
    """Return what finds a handle where it is written as one: ``@lena``, ``x:lena``, ``/lena/``."""
    marks = ["@", ".com/", "/user/", *([f"{person.platform}:"] if person.platform else [])]
    before = "|".join(f"(?<={re.escape(it)})" for it in marks)
    return re.compile(rf"(?:{before}){re.escape(person.handle)}(?!\w)", re.IGNORECASE)


def is_telling(value: str) -> bool:
    """Say whether an id can be nothing else: “lena_k” and “c-8841”, not “coffee” or “2026”."""
    has_letter = any(it.isalpha() for it in value)
    return len(value) >= TELLING and has_letter and not value.isalpha()
