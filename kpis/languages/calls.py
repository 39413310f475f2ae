"""Finds what the code says: the literals in calls of ``say``, ``say_count`` and their like.

The rooms to the right of this one hold texts that are said later: ``Words("…")``, ``Counted`` and
the refusals, ``KepiError("…")``; refusals that hold a literal are collected everywhere. What only a
command line shows stays English, and is not.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "commands", "kpis", "support", "storage")
SAYS, COUNTS = frozenset({"say", "declare", "Words"}), frozenset({"say_count", "Counted"})
NOUNS = frozenset({"say_noun", "count"})
SAYING = frozenset({"kpis.tongue", "kpis.titles", "commands.saying", "storage.said"})
OWN = frozenset({"kpis/tongue.py", "commands/saying.py", "storage/said.py"})
"""Files that hand messages on."""
REFUSALS = frozenset(
    {
        *("KepiError", "SourceError", "Nameless", "UnknownLayout", "Unclear", "Refusal"),
        *("BadCell", "Missing", "Stale"),
    }
)
"""What a person meets; a literal in it is said when it is shown (``storage.errors``)."""
LATER = ("support/", "storage/")
"""Rooms that can say nothing themselves: their refusals are literals, or made of ``Words``."""
TYPED = (
    *("bot/", "storage/backup", "storage/restore", "storage/ingest", "storage/imports"),
    *("storage/sources/mapping.py", "storage/sources/mapped.py", "storage/sources/sessions.py"),
)
"""Files whose refusals are of what was typed at a command line, which speaks English."""


@dataclass(frozen=True)
class Message:
    """What is said somewhere: ``several`` is for more than one, where it is counted."""

    one: str
    several: str
    place: str
    """``kpis/wording.py:42``."""


class NotLiteral(Exception):
    """A call of ``say`` with something that is neither a literal nor the name of one."""


def collect_calls(root: Path = ROOT) -> Iterator[Message]:
    """Yield every message of every call, in the order of files and lines."""
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            yield from collect_file(file, str(file.relative_to(root)))


def collect_file(file: Path, name: str) -> Iterator[Message]:
    """Yield the messages of one file; raises ``NotLiteral`` where one cannot be read."""
    tree = ast.parse(file.read_text("utf-8"))
    if name in OWN:
        return
    known = imported_constants(tree) | read_constants(tree)
    ours = imported(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        called, place = node.func.id, f"{name}:{node.lineno}"
        if called in ours:
            yield from read_call(node, called, place, known)
        elif called in REFUSALS and node.args and not name.startswith(TYPED):
            yield from read_refusal(node.args[0], place, known)


def imported(tree: ast.Module) -> frozenset[str]:
    """Return which names a file has from where messages are said; others have functions so called.

    They are imported by their own names.
    """
    return frozenset(
        it.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in SAYING
        for it in node.names
    )


def imported_constants(tree: ast.Module) -> dict[str, str]:
    """Return the texts that a file imports from files of ours: ``NAME``, and ``wording.NAME``."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        if node.module.split(".")[0] not in ROOMS:
            continue
        place = ROOT / node.module.replace(".", "/")
        held = constants_of(place.with_suffix(".py"))
        found |= {it.name: held[it.name] for it in node.names if it.name in held}
        for it in node.names:
            inside = constants_of(place / f"{it.name}.py")
            found |= {f"{it.asname or it.name}.{name}": text for name, text in inside.items()}
    return found


@cache
def constants_of(file: Path) -> dict[str, str]:
    """Return the constants of a file, read once; none where there is no such file."""
    return read_constants(ast.parse(file.read_text("utf-8"))) if file.is_file() else {}


def read_call(
    node: ast.Call, called: str, place: str, known: Mapping[str, str]
) -> Iterator[Message]:
    """Yield what one call says, or nothing where it says nothing."""
    if called in SAYS and node.args:
        for it in branches(node.args[0]) or (node.args[0],):
            yield Message(text_of(it, place, known), "", place)
    elif called in COUNTS and len(node.args) > 1:
        one, several = (text_of(it, place, known) for it in node.args[:2])
        yield Message(one, several, place)
    elif called in NOUNS:
        for noun in nouns_of(node):
            yield message_of_noun(noun, place)


def read_refusal(words: ast.expr, place: str, known: Mapping[str, str]) -> Iterator[Message]:
    """Yield what a refusal says; what was said before it was raised is collected where that was."""
    if isinstance(words, ast.JoinedStr) and place.startswith(LATER):
        raise NotLiteral(f"{place}: a refusal takes a literal and values, or Words")
    try:
        yield Message(text_of(words, place, known), "", place)
    except NotLiteral:
        return


def message_of_noun(noun: str, place: str) -> Message:
    """Return “{number} post”, “{number} posts”."""
    return Message(f"{{number}} {noun}", f"{{number}} {noun}s", place)


def nouns_of(node: ast.Call) -> list[str]:
    """Return the literal nouns of a call; both of a choice between two."""
    words = [it for arg in node.args for it in (arg, *branches(arg))]
    return [it.value for it in words if isinstance(it, ast.Constant) and isinstance(it.value, str)]


def branches(arg: ast.expr) -> tuple[ast.expr, ...]:
    return (arg.body, arg.orelse) if isinstance(arg, ast.IfExp) else ()


def text_of(node: ast.expr, place: str, known: Mapping[str, str]) -> str:
    """Return the text of a literal, of a constant of the file, or of one that it imports."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name | ast.Attribute) and (name := ast.unparse(node)) in known:
        return known[name]
    raise NotLiteral(f"{place}: say(…) takes a literal, or the name of one")


def read_constants(tree: ast.Module) -> dict[str, str]:
    """Return the constants of a file that are texts, by name; of lists, each text is one more."""
    found: dict[str, str] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        names, values = node.targets, [node.value]
        if isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
            names, values = node.targets[0].elts, node.value.elts
        for name, value in zip(names, values, strict=False):
            if isinstance(name, ast.Name) and isinstance(value, ast.Constant):
                found[name.id] = str(value.value)
    return found
