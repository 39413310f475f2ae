"""Whom somebody means: ``@person``, ``x/lena_k``, ``customer c-8841``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commands.kept import wording
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.kept.people import Person

SLACK_USER = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^>]*)?>|\b([UW][A-Z0-9]{8,20})\b")
CUSTOMER = re.compile(r"(?:customer|respondent|id)[\s:#]+(\S{1,200})$", re.IGNORECASE)
LINK = re.compile(r"<(?:https?://)?[^|>]*\|([^>]*)>|<(?:https?://)([^>]*)>")
HANDLE = re.compile(r"([^/:@]{1,40}?)(\s*[/:]\s*|\s+)@?([^\s/:@][^\s/@]{0,199})$")
"""Platform, what stands between, and handle."""
PUNCTUATION = " \t.,;:!?“”\"'"


def read_whom(words: str) -> Person:
    """Return whom the words mean; names of a Slack user are still to be asked for.

    Raises ``KepiError`` for words that mean nobody.
    """
    from kpis.words import unescape
    from storage.kept.people import Person

    if found := SLACK_USER.search(words):
        return Person(user=found[1] or found[2])
    said = unescape(LINK.sub(lambda it: it[1] or it[2], words)).strip(PUNCTUATION)
    if found := CUSTOMER.match(said):
        return Person(customer=found[1])
    platform, handle = split_handle(said)
    if not handle:
        raise KepiError(wording.NOBODY)
    return Person(platform=platform, handle=handle)


def split_handle(said: str) -> tuple[str, str]:
    """Return platform and handle of “x/lena_k”, “x lena_k”, “instagram: @lena”."""
    from storage.platforms import find_platform

    found = HANDLE.match(said)
    if found is None:
        return "", ""
    known = find_platform(found[1])
    if known is None and not found[2].strip():
        return "", ""  # two words are a platform and a handle only where the first is one
    return (known.key if known else found[1].strip().lower()), found[3]


def say_whom(person: Person, name: str = "") -> str:
    """Return how people call somebody."""
    if person.user:
        return name or person.user
    if person.customer:
        return say("customer {id}", id=person.customer)
    return f"{person.platform}/{person.handle}"
