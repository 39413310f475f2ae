"""Texts for people that know how to be said in another language, when they are shown.

These rooms stand right of the one that knows languages (``kpis.tongue``), which installs itself
here when it is loaded. A text is English, and compares, stores and logs as such; ``speak`` gives
it in the language that is spoken. Where nothing is installed everything stays English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True)
class Tongue:
    """What knows languages, as ``kpis.tongue`` has it."""

    chosen: Callable[[], str]
    """The language that was chosen for what is said now; empty: nobody chose."""
    speaking: Callable[[str], AbstractContextManager[None]]
    say: Callable[..., str]
    say_count: Callable[..., str]
    listed: Callable[[Sequence[str]], str]
    grouped: Callable[[float], str]
    days: Callable[[date, date], str]
    """Days from the first until before the second: “3–9 Nov 2026”."""
    weekday: Callable[[int], str]
    """“Monday” of 0."""


_INSTALLED: list[Tongue] = []


def install(tongue: Tongue) -> None:
    """Let ``tongue`` speak for the texts of these rooms from now on."""
    _INSTALLED[:] = [tongue]


class Said(str):
    """An English text that can be said in other languages too."""

    def speak(self, tongue: Tongue) -> str:
        """Return it in the language that is spoken."""
        raise NotImplementedError


class Words(Said):
    """A sentence whose ``{names}`` are filled in; ``template`` is a literal, or the name of one."""

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def speak(self, tongue: Tongue) -> str:
        return tongue.say(self.template, **speak_all(self.values))

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), dict(self.values)


def fill(words: str, values: Mapping[str, object]) -> str:
    """Return a literal with its ``values`` filled in; a text that was made already as it is."""
    return Words(words, **values) if values or not isinstance(words, Said) else words


def declared(words: str) -> Words:
    """Return what a declaration says, a noun or a note: the catalogues have it from there."""
    return Words(words)


class Capital(Said):
    """A text as a sentence begins: its first letter is large."""

    text: str

    def __new__(cls, text: str, /) -> Self:
        made = super().__new__(cls, text[:1].upper() + text[1:])
        made.text = text
        return made

    def speak(self, tongue: Tongue) -> str:
        said = speak(self.text)
        return said[:1].upper() + said[1:]

    def __getnewargs__(self) -> tuple[str]:
        return (self.text,)


class Counted(Said):
    """One sentence for 1 and another for more; ``{number}`` is filled in."""

    forms: tuple[str, str]
    number: float
    values: Mapping[str, object]

    def __new__(cls, one: str, several: str, number: float, /, **values: object) -> Self:
        text = one if number == 1 else several
        made = super().__new__(cls, text.format(**({"number": f"{number:,}"} | values)))
        made.forms, made.number, made.values = (one, several), number, values
        return made

    def speak(self, tongue: Tongue) -> str:
        return tongue.say_count(*self.forms, self.number, **speak_all(self.values))

    def __getnewargs_ex__(self) -> tuple[tuple[str, str, float], dict[str, Any]]:
        return (*self.forms, self.number), dict(self.values)


class Grouped(Said):
    """A number with its thousands grouped: “10,000”; with ``sign`` before it: “+10,000”."""

    number: float
    sign: str

    def __new__(cls, number: float, sign: str = "", /) -> Self:
        made = super().__new__(cls, f"{sign}{number:,}")
        made.number, made.sign = number, sign
        return made

    def speak(self, tongue: Tongue) -> str:
        return f"{self.sign}{tongue.grouped(self.number)}"

    def __getnewargs__(self) -> tuple[float, str]:  # type: ignore[override]
        return (self.number, self.sign)


class Listed(Said):
    """“saves”, “saves and clicks”, “likes, saves and clicks”."""

    parts: tuple[str, ...]

    def __new__(cls, parts: Sequence[str], /) -> Self:
        first, last = parts[:-1], parts[-1:]
        made = super().__new__(cls, " and ".join([*filter(None, [", ".join(first)]), *last]))
        made.parts = tuple(parts)
        return made

    def speak(self, tongue: Tongue) -> str:
        return tongue.listed([speak(it) for it in self.parts])

    def __getnewargs__(self) -> tuple[tuple[str, ...]]:  # type: ignore[override]
        return (self.parts,)


class Joined(Said):
    """Parts with commas between them, those that there are."""

    parts: tuple[str, ...]

    def __new__(cls, parts: Sequence[str], /) -> Self:
        made = super().__new__(cls, ", ".join(it for it in parts if it))
        made.parts = tuple(it for it in parts if it)
        return made

    def speak(self, tongue: Tongue) -> str:
        return tongue.say(", ").join(speak(it) for it in self.parts)

    def __getnewargs__(self) -> tuple[tuple[str, ...]]:  # type: ignore[override]
        return (self.parts,)


class Days(Said):
    """Days from ``first`` until before ``until``; ``text`` says them in English."""

    span: tuple[date, date]

    def __new__(cls, text: str, first: date, until: date, /) -> Self:
        made = super().__new__(cls, text)
        made.span = (first, until)
        return made

    def speak(self, tongue: Tongue) -> str:
        return tongue.days(*self.span)

    def __getnewargs__(self) -> tuple[str, date, date]:  # type: ignore[override]
        return (str(self), *self.span)


class Weekday(Said):
    """A day of the week, 0 is Monday; ``text`` says it in English."""

    number: int

    def __new__(cls, text: str, number: int, /) -> Self:
        made = super().__new__(cls, text)
        made.number = number
        return made

    def speak(self, tongue: Tongue) -> str:
        return tongue.weekday(self.number)

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]
        return (str(self), self.number)


def speak(text: str) -> str:
    """Return a text in the language that is spoken; what is no text of ours stays as it is."""
    if isinstance(text, Said) and _INSTALLED:
        return text.speak(_INSTALLED[0])
    return text


def speak_as_made(text: str, language: str) -> str:
    """Return a text in the language that is spoken; where nobody chose one, in ``language``."""
    if language and _INSTALLED and not _INSTALLED[0].chosen():
        with _INSTALLED[0].speaking(language):
            return speak(text)
    return speak(text)


def chosen_language() -> str:
    """Return the language that was chosen for what is said now; empty: nobody chose."""
    return _INSTALLED[0].chosen() if _INSTALLED else ""


def speak_all(values: Mapping[str, object]) -> dict[str, object]:
    return {key: speak(it) if isinstance(it, Said) else it for key, it in values.items()}
