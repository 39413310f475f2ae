"""A made-up language: every sentence of the catalogue in other letters, so that English shows."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from typing import Any

import pytest

from bot.playground import Message
from bot.playground.world import View
from kpis.languages.calls import collect_calls
from kpis.languages.declared import collect_declared
from support.rules import MINUTE
from tests.support_life.conftest import MIA, SUPPORT, Desk

WORD = re.compile(r"[A-Za-z]{2,}")
PLACEHOLDER = re.compile(r"(\{\w*\})")
ADDRESS = re.compile(r"<(?:https?://[^|>]*\||[@#][A-Z0-9]+>)|https?://\S+|:[a-z_]+:")
"""Of links, people, channels and emoji."""
DAYS = "mån tis ons tors fre lör sön jan feb mars apr maj juni juli aug sep okt nov dec"
TIMES = frozenset(DAYS.split())
"""What Babel says of days: the made-up language stands in the place of Swedish."""


def other_letters(words: str) -> str:
    """Return a sentence with each letter as its wide form, the names in it kept."""
    parts = PLACEHOLDER.split(words)
    return "".join(it if number % 2 else widen(it) for number, it in enumerate(parts))


def widen(words: str) -> str:
    return "".join(chr(ord(it) + 0xFEE0) if it.isascii() and it.isalpha() else it for it in words)


@cache
def catalogue() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return everything that the code says, as the made-up language says it."""
    every = [*collect_calls(), *collect_declared()]
    plain = {it.one: other_letters(it.one) for it in every if not it.several}
    several = {
        it.one: tuple(map(other_letters, (it.one, it.several))) for it in every if it.several
    }
    return plain, several


def speak_it(patch: pytest.MonkeyPatch) -> None:
    """Let Swedish be the made-up language."""
    plain, several = catalogue()
    patch.setattr("kpis.tongue.translations", lambda _: plain)
    patch.setattr("kpis.tongue.plurals", lambda _: several)


def english_in(shown: Message | View, known: Iterable[str]) -> set[str]:
    """Return the words that stand there and are neither said nor ``known`` data."""
    if isinstance(shown, View):
        ends = [shown.body[it]["text"] for it in ("submit", "close") if shown.body.get(it)]
        whole = "\n".join([shown.words, *ends, *shown.errors.values()])
    else:
        whole = f"{shown.text}\n{shown.words}"
    allowed = {it.lower() for it in known} | TIMES
    return {it for it in WORD.findall(ADDRESS.sub(" ", whole)) if it.lower() not in allowed}


KNOWN = """
    Kepi Mia Berg Omar Nilsson Gus Lena Paket saknas levereras fredag support UTC Europe Stockholm
    Instagram Facebook TikTok YouTube LinkedIn twitter Mon Fri Sat resolve customer VIP soon noon
    tomorrow English Bahasa Indonesia Svenska Ti ng Vi
"""
"""What people wrote, names, and words of the grammar."""


class Walk:
    """Mia and Omar at work, everything that they see looked through."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.mia, self.omar, self.gus = map(desk.person, ("mia", "omar", "gus"))
        self.left: dict[str, set[str]] = {}

    def look(self, what: str, shown: Message | View) -> None:
        """Note the words in it that are neither said, nor names, nor what was typed.

        What is called nothing is not looked at: names of holidays are data.
        """
        typed = re.findall(r"[a-z]+", what.lower())
        if what and (found := english_in(shown, {*KNOWN.split(), *typed})):
            self.left[what] = found

    async def ask(self, words: str, who: str = "mia") -> Message:
        """Type a command, look at the answer, and return it."""
        before = self.desk.slack.space.clock.mint_ts()
        await self.desk.person(who).command(words, SUPPORT)
        await self.desk.quiet()
        said = [it for it in self.desk.whispers(who) if it.ts > before]
        assert said, f"nothing was answered to {words!r}"
        self.look(words, said[-1])
        return said[-1]

    async def form(self, words: str) -> View:
        return await self.opened(words, lambda: self.mia.command(words, SUPPORT))

    async def opened(self, what: str, act: Callable[[], Awaitable[Any]]) -> View:
        """Press something that opens a form, look at it, and return it."""
        held = set(self.desk.slack.space.views)
        await act()
        await self.desk.quiet()
        (view,) = [it for key, it in self.desk.slack.space.views.items() if key not in held]
        self.look(what, view)
        return view

    def open_views(self) -> list[View]:
        return list(self.desk.slack.space.stacks.get(MIA, []))

    async def send(self, what: str, view: View, filled: dict[str, Any] | None = None) -> None:
        """Send a form off, and look at what it complains of, or at what is told then."""
        await self.mia.submit(view, filled)
        await self.desk.quiet()
        self.look(what, view if view.errors else self.desk.whispers("mia")[-1])
        if view.errors:
            await self.mia.close(view)

    async def issue(self, words: str = "Paket 8841 saknas") -> Message:
        asked = await self.gus.say(SUPPORT, words)
        await self.desk.quiet()
        self.desk.slack.clock.advance(MINUTE)
        return asked
