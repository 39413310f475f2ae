"""Words out of a text as people and Slack send it: cleaned, cut, and folded for comparing.

Slack sends ``<@U1|name>``, ``&amp;``, curly quotes and long dashes; phones add zero-width and
right-to-left marks; people write “Engagement-Rates”. Names of accounts and KPIs go through the
same cutting, so that whatever a name looks like, writing it finds it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kpis.simplified import SIMPLIFIED

SLACK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
"""A mention, channel or link: its sigil, what it points at, its label."""

ESCAPES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
ESCAPED = re.compile("|".join(ESCAPES))

SIGNS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−⁃﹘﹣－〜～", "-")
    | dict.fromkeys("‘’‚‛′‵`´＇", "'")
    | dict.fromkeys("“”„‟«»″＂", '"')
    | dict.fromkeys("，、", ",")
    | {"。": "."}
)

EMOJI = re.compile(r"(?<![^\W_]):[a-zA-Z+][\w+'-]*:(?![^\W_])")
"""Slack writes a picture as its name: ``:chart_with_upwards_trend:``."""

EAST_ASIAN = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
HAS_NO_SPACES = re.compile(f"[{EAST_ASIAN}]")
TOKEN = re.compile(
    rf"""
      (?P<clock>t?\d{{1,2}}:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:z|[+-]\d\d:\d\d)?(?!\w))
    | (?P<space>[\s=:]+)
    | (?P<mark>[,;+&|]+(?=\s|$)|[,;]|\+(?=\w))
    | (?P<range>\.{{2,}})
    | (?P<iso>\d{{4}}-(?:\d{{1,2}}-\d{{1,2}}|\d{{1,2}}|q\d|w\d{{1,2}})(?=t\d\d:|\b))
    | (?P<slashed>\d{{1,4}}(?:/\d{{1,2}}/|\.\d{{1,2}}\.)\d{{1,4}}(?!\w))
    | (?P<glue>[-_/]+)
    | (?P<asian>[{EAST_ASIAN}]+)
    | (?P<word>(?:(?!\.\.|\+\w)[^\s,;=:{EAST_ASIAN}_/-])+)
    """,
    re.VERBOSE,
)

EDGES = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¡¿·•"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: how it was written, how it is compared, and where it stands."""

    text: str
    """Lower case, without the punctuation around it."""
    stem: str
    """Singular, without a possessive: what is compared."""
    start: int
    end: int
    before: str = ""
    """What stands between it and the word before, if more than space: “-”, “ - ”, “/” or “,”."""
    handle: bool = False
    """Written with ``@`` or ``#``."""


def clean(text: str) -> str:
    """Return ``text`` as plain words: no Slack markup, no invisible marks, one kind of dash."""
    text = EMOJI.sub(" ", SLACK.sub(label, text))
    text = unescape(text)
    if not text.isascii():
        # Signs first: NFKC would turn “´” into a space with an accent.
        text = unicodedata.normalize("NFKC", text.translate(SIGNS)).translate(SIGNS)
        text = "".join(map(visible, text))
    else:
        text = "".join(char if char.isprintable() else " " for char in text.translate(SIGNS))
    return " ".join(text.split())


def unescape(text: str) -> str:
    """Return a text with the signs that Slack escapes as they were typed: “R&amp;D” → “R&D”."""
    return ESCAPED.sub(lambda found: ESCAPES[found[0]], text)


def label(found: re.Match[str]) -> str:
    """Return the words of a Slack mention or link; a mention without a label has none."""
    sigil, target, words = found.groups()
    if words is None:
        words = "" if sigil else target
    return f" {words} "


def visible(char: str) -> str:
    """Return the character, a space for one that moves the cursor, nothing for a hidden one."""
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind in ("Cf", "Cs", "Cn", "Co"):
        return ""
    return " " if kind in ("Cc", "Zl", "Zp", "Zs") else char


def split(cleaned: str) -> list[Word]:
    """Cut a cleaned text into words, in order; punctuation alone is no word."""
    words: list[Word] = []
    before = ""
    lowered = lower(cleaned)
    for found in TOKEN.finditer(lowered):
        kind, text = found.lastgroup, found[0]
        if kind == "space":
            continue
        if kind in ("glue", "mark"):
            around = lowered[max(found.start() - 1, 0) : found.end() + 1]
            before = "," if kind == "mark" else text if text == "/" else " - "
            if before == " - " and " " not in around:
                before = "-"
            continue
        bare = text.strip(EDGES) if kind == "word" else text
        if kind == "word" and not any(map(str.isalnum, bare)):
            continue
        start = found.start() + text.index(bare)
        handle = lowered[found.start() : start].endswith(("@", "#"))
        words.append(Word(bare, stem(bare), start, start + len(bare), before, handle))
        before = ""
    return words


def lower(text: str) -> str:
    """Return the text in lower case, each letter in its old place: “İ” would become two."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def is_east_asian(char: str) -> bool:
    """Whether a character is of a script that has no spaces between words."""
    return not char.isascii() and HAS_NO_SPACES.match(char) is not None


def stem(word: str) -> str:
    """Return the word as it is compared: singular, without “'s”, case folded, simplified."""
    word = word.casefold().removesuffix("'s")
    if not word.isascii():
        word = word.translate(SIMPLIFIED)
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]


@lru_cache(maxsize=8192)
def unaccent(word: str) -> str:
    """Return the word without accents: “räckvidd” as “rackvidd”, “tiếp” as “tiep”."""
    if word.isascii():
        return word
    marks = unicodedata.normalize("NFD", word).translate(STROKES)
    return "".join(char for char in marks if not unicodedata.combining(char))


STROKES = str.maketrans("đøł", "dol")


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """Return how a name is compared, word by word."""
    return tuple(word.stem for word in split(clean(text)))


def written(text: str) -> str:
    """Return a name in lower case as it is written, for telling “acme_se” from “acme-se”."""
    return clean(text).lower().lstrip("@#")


def quote(text: str, longest: int = 40) -> str:
    """Return what someone wrote in quotation marks, cut where it is long."""
    text = " ".join(text.split())
    return f"“{text if len(text) <= longest else text[: longest - 1] + '…'}”"


def join(words: Iterable[str], last: str = "and") -> str:
    """Return “a”, “a and b”, “a, b and c”."""
    *most, final = list(words)
    return f"{', '.join(most)} {last} {final}" if most else final
