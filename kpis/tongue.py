"""The language that is spoken, and the catalogues that translate what is said.

Code says English: ``say("No {what} for {days}.", what=…, days=…)``. Around a whole reply stands
``with speaking("sv"):``; below it every ``say`` looks its sentence up in ``kpis/languages/sv.po``
and fills the values in, so nobody hands a language through twenty calls. It is the one thing that
is ambient, as in gettext itself (docs/decisions/0010). Numbers and dates are written by Babel in
``locale()``. A sentence that a catalogue lacks is said in English.

What rooms to the right of this one have to say, refusals above all, comes as texts that are
translated when they are shown (``storage.said``).

Threads that ``asyncio.to_thread`` starts and tasks speak what their maker spoke; other processes
are told (``kpis.charts.picture.Picture.language``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from storage.said import Tongue, install

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "vi": "Tiếng Việt",
        "id": "Bahasa Indonesia",
        "sv": "Svenska",
        "zh": "中文",
    }
)
"""Every language that Kepi speaks, by its own name."""
LOCALES: Mapping[str, str] = MappingProxyType(
    {"en": "en", "vi": "vi", "id": "id", "sv": "sv", "zh": "zh_Hans_CN"}
)
"""How Babel calls them."""
CATALOGUES = Path(__file__).parent / "languages"

_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")


def spoken() -> str:
    """Return the key of the language that is spoken now."""
    return _SPOKEN.get() or ENGLISH


def chosen() -> str:
    """Return the language that was chosen for what is said now; empty where nobody chose."""
    return _SPOKEN.get()


def locale() -> str:
    """Return Babel's name of the language that is spoken now."""
    return LOCALES[spoken()]


def language_of(locale: str) -> str:
    """Return the language of a Slack locale, “sv-SE” → ``sv``; English where it is none of ours."""
    key = locale.replace("_", "-").partition("-")[0].lower()
    return key if key in LANGUAGES else ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language, a key of ``LANGUAGES``, for as long as the block lasts."""
    before = _SPOKEN.set(language if language in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def say(message: str, /, **values: object) -> str:
    """Return a sentence in the spoken language, its ``{names}`` filled in.

    ``message`` is a literal, or the name of one: the catalogues are collected from the calls.
    """
    if spoken() == ENGLISH:
        return message.format(**values) if values else message
    text = translations(spoken()).get(message) or message
    return fill(text, values) if values else text


def fill(text: str, values: Mapping[str, object]) -> str:
    """Fill values in; one that ends with a stop of its own, as “12 dec.” does, gets no second."""
    return text.format(
        **{
            name: it[:-1]
            if isinstance(it, str) and it.endswith(".") and f"{{{name}}}." in text
            else it
            for name, it in values.items()
        }
    )


def say_count(one: str, several: str, number: float, /, **values: object) -> str:
    """Return one sentence for 1 and another for more; ``{number}`` is what ``values`` say."""
    if spoken() == ENGLISH:
        text = one if number == 1 else several
        return text.format(**({"number": grouped(number)} | values))
    forms = plurals(spoken()).get(one) or (one, several)
    text = forms[0] if number == 1 or len(forms) == 1 else forms[1]
    return fill(text, {"number": grouped(number)} | values)


def say_declared(words: str, /, **values: object) -> str:
    """Return what a declaration says, a caveat or a noun, in the spoken language.

    The catalogues get these from ``kpis.languages.declared``, which walks the declarations, and
    from ``declare``; all else is as in ``say``.
    """
    return say(words, **values)


def say_noun(noun: str, number: float) -> str:
    """Return “1 post”, “2,140 posts”; ``noun`` is English, in the singular, with a plural in s."""
    return say_count(f"{{number}} {noun}", f"{{number}} {noun}s", number)


def listed(words: Sequence[str]) -> str:
    """Return “saves”, “saves and clicks”, “likes, saves and clicks”."""
    if spoken() == ENGLISH or not words:
        return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    from babel.lists import format_list

    return str(format_list(list(words), style="standard", locale=locale()))


def joined(words: Iterable[str]) -> str:
    """Return the words that there are, with commas between them."""
    return say(", ").join(it for it in words if it)


def grouped(number: float) -> str:
    """Return a number with its thousands grouped as the spoken language does: “2,140”, “2.140”."""
    if spoken() == ENGLISH:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=locale()))


def exact(number: float) -> str:
    """Return a number as somebody gave it, grouped and not rounded: “1,250,000”, “2.5”."""
    return grouped(int(number) if float(number).is_integer() else number)


@cache
def translations(language: str) -> Mapping[str, str]:
    """Return a catalogue: English sentence → the language's."""
    return {one: text for one, text in _read(language).items() if isinstance(text, str) and text}


@cache
def plurals(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return a catalogue's counted sentences: English for one → the language's forms."""
    return {
        one: forms
        for one, forms in _read(language).items()
        if isinstance(forms, tuple) and all(forms)
    }


@cache
def _read(language: str) -> Mapping[str, str | tuple[str, ...]]:
    from babel.messages.pofile import read_po

    path = CATALOGUES / f"{language}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file)
    found: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if isinstance(message.id, tuple):
            found[message.id[0]] = tuple(message.string or ())
        elif message.id and isinstance(message.string, str):
            found[str(message.id)] = message.string
    return found


def days_of(first: date, until: date) -> str:
    """Return the days from the first until before the second."""
    from kpis.periods import say_days

    return say_days(first, until, None)


def weekday_of(number: int) -> str:
    """Return the name of a day of the week, 0 is Monday."""
    from kpis.periods import say_weekday

    return say_weekday(number)


install(Tongue(chosen, speaking, say, say_count, listed, grouped, days_of, weekday_of))
# What the rooms to the right have to say (``storage.said``) is said by this one.
