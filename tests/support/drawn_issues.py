"""Scenarios drawn as the specification's tables are.

    mode auto
    0     lena    asks
    5     bot     says
    60    omar    answers

One line an event: when, who, what (``drawn_cast`` says how a moment is written). Lines that do
not begin with a moment are settings (``support.rules.Rules``) or ``alias X EMOJI``; the mode is
``auto`` unless drawn. The first message is at the top of the channel and every later one answers
in its thread, unless it says ``top`` or ``in 200`` (the thread whose root was posted at 200).

Messages   ``says`` ``asks`` ``answers`` ``thanks`` (polite) ``notes`` ``routes`` (names a
           colleague, nothing else) ``shares`` (a file) ``joins`` (a system notice) ``unfurls``
           ``posts [@handle]`` (a program); or the words themselves, as ``support.reading`` reads
           them: ``lena "cảm ơn bạn!"``; then any of ``top``, ``in N``, ``broadcast``,
           ``mentioning lena``, ``linking N``, ``conversation c1``, ``written T``, ``late``
Changes    ``edits N [as asks|says|thanks|notes]``, ``deletes N``
Marks      ``marks EMOJI on N``, ``unmarks EMOJI on N``; ``(100, 5000]`` says that it happened
           after 100 and was found at 5000
Acts       ``tracks N`` ``resolves`` ``undoes`` ``reopens`` ``dismisses`` ``restores``
           ``claims`` ``assigns`` ``waits`` ``unwaits`` ``replied`` ``snoozes`` ``merges``
           ``unmerges`` ``attaches N`` ``detaches N`` ``ranks`` ``denies`` (“Still open”);
           the issue is ``in N``, by default the first thread drawn; then any of ``to NAME``,
           ``because REASON``, ``until T``, ``into N``, ``opened T``, ``for NAME``, ``via WAY``,
           ``admin``
Channel    ``60 channel archived|removed|back|unreadable in N``, ``60 omar deactivated``,
           ``60 timer auto-close``, ``60 rules SETTING VALUE``

A word that is not known raises ``ValueError``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from support.entries import Act, Entry, Kind, Life, Role, Timer
from support.reading import normalise
from support.rules import Mode, RuleBook, Rules
from tests.support.drawn_cast import CAST, CHANNEL, Actor, message_at, moment
from tests.support.drawn_words import (
    ACTS,
    MESSAGES,
    OF_ACTS,
    OF_MESSAGES,
    WRITES,
    Line,
    changed,
    line_of,
    more_of,
    said_by,
)

QUOTED = re.compile(r'"([^"]*)"')
BOUNDS = re.compile(r"\(([^,\s]+),\s*([^\]\s]+)\]")


@dataclass(frozen=True)
class Drawing:
    """What a drawing says happened, in the order drawn."""

    entries: list[Entry]
    book: RuleBook
    channel: str = CHANNEL


def draw(text: str) -> Drawing:
    """Return what a drawing says; raises ``ValueError`` for a word that is not known."""
    pen = Pen()
    for line in text.splitlines():
        if line.strip():
            pen.draw(line.strip())
    return Drawing(pen.entries, RuleBook(tuple(pen.versions)))


class Pen:
    """Reads a drawing line by line and remembers whose thread each message is in."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.versions: list[tuple[int, Rules]] = [(0, Rules(mode=Mode.AUTO))]
        self.roots: dict[str, str] = {}
        self.authors: dict[str, Actor] = {}
        self.first = ""

    def draw(self, text: str) -> None:
        bounds, quoted = BOUNDS.search(text), QUOTED.search(text)
        first, *rest = BOUNDS.sub("", QUOTED.sub(WRITES, text)).split()
        if first[0].isalpha():
            self.set_rule(0, [first, *rest])
            return
        at, (who, verb, *words) = moment(first), rest
        if who == "rules":
            self.set_rule(at, [verb, *words])
            return
        entry = self.entry(at, who, verb, self.read(words, quoted))
        if bounds:
            entry = replace(entry, low=moment(bounds[1]), at=moment(bounds[2]), late=True)
        self.entries.append(replace(entry, key=key_of(entry, len(self.entries))))

    def entry(self, at: int, who: str, verb: str, line: Line) -> Entry:
        if who == "channel":
            line.only(values="in")
            root = self.thread(line) if "in" in line.values else ""
            return blank(at, Kind.LIFE, name=Life(verb), root=root)
        if who == "timer":
            line.only(values="in")
            return blank(at, Kind.TIMER, name=Timer(verb), root=self.thread(line))
        actor = CAST[who]
        if verb == Life.DEACTIVATED:
            line.only()
            return blank(at, Kind.LIFE, name=Life.DEACTIVATED, actor=actor.id)
        by = blank(at, Kind.MESSAGE, actor=actor.id, role=actor.role)
        return self.verbs().get(verb, self.act)(by, actor, verb, line)

    def read(self, words: list[str], quoted: re.Match[str] | None) -> Line:
        line = line_of(words)
        return replace(line, text=quoted[1], rules=self.rules) if quoted else line

    @property
    def rules(self) -> Rules:
        return self.versions[-1][1]

    def verbs(self) -> dict[str, Callable[[Entry, Actor, str, Line], Entry]]:
        return {
            **dict.fromkeys((*MESSAGES, WRITES), self.message),
            "edits": self.edit,
            "deletes": self.delete,
            "marks": self.mark,
            "unmarks": self.mark,
        }

    def message(self, by: Entry, actor: Actor, verb: str, line: Line) -> Entry:
        line.only("top broadcast late", OF_MESSAGES, bare=int(actor.name in ("relay", "crm")))
        ts = message_at_micros(by.at)
        if ts in self.roots:
            raise ValueError(f"two messages at {ts}")
        is_first = not self.first and "in" not in line.values
        root = ts if "top" in line.flags or is_first else self.thread(line)
        self.first = self.first or root
        self.roots[ts], self.authors[ts] = root, actor
        said = said_by(actor, verb, line)
        role = Role.IGNORED if verb == "joins" else by.role
        return replace(by, ts=ts, root=root, said=said, role=role, late="late" in line.flags)

    def edit(self, by: Entry, actor: Actor, verb: str, line: Line) -> Entry:
        line.only(values="as", bare=1)
        ts = self.posted(line.bare[0])
        said = said_by(actor, line.values.get("as", "says"), Line())
        return replace(by, kind=Kind.EDIT, ts=ts, root=self.roots[ts], said=said)

    def delete(self, by: Entry, actor: Actor, verb: str, line: Line) -> Entry:
        line.only(bare=1)
        ts = self.posted(line.bare[0])
        return replace(by, kind=Kind.DELETE, ts=ts, root=self.roots[ts])

    def mark(self, by: Entry, actor: Actor, verb: str, line: Line) -> Entry:
        """Slack does not say in which thread a reaction was: ``root`` stays empty."""
        line.only(values="on", bare=1)
        name = normalise(line.bare[0], self.rules.aliases)
        kind = Kind.MARK if verb == "marks" else Kind.UNMARK
        return replace(by, kind=kind, ts=message_at(line.values["on"]), name=name)

    def act(self, by: Entry, actor: Actor, verb: str, line: Line) -> Entry:
        act = ACTS.get(verb)
        if act is None:
            raise ValueError(f"unknown verb: {verb!r}")
        about = act in (Act.TRACK, Act.ATTACH, Act.DETACH)
        line.only("admin", OF_ACTS, bare=int(about))
        root = self.thread(line)
        ts = message_at(line.bare[0]) if about else root
        if act is Act.TRACK:
            root = self.roots.get(ts, ts)
        return replace(by, kind=Kind.ACT, name=act, ts=ts, root=root, more=more_of(act, line))

    def thread(self, line: Line) -> str:
        named = line.values.get("in")
        return self.first if named is None else message_at(named)

    def posted(self, token: str) -> str:
        ts = message_at(token)
        if ts not in self.roots:
            raise ValueError(f"no message was drawn at {token}")
        return ts

    def set_rule(self, since: int, words: list[str]) -> None:
        rules = changed(self.rules, words)
        if since == self.versions[-1][0]:
            self.versions.pop()
        self.versions.append((since, rules))


def blank(at: int, kind: Kind, **known: object) -> Entry:
    return Entry(key="", kind=kind, channel=CHANNEL, at=at, **known)  # type: ignore[arg-type]


def message_at_micros(at: int) -> str:
    return f"{at // 1_000_000}.{at % 1_000_000:06d}"


def key_of(entry: Entry, number: int) -> str:
    """Return Slack's identity of the thing (support-spec §5.2)."""
    match entry.kind:
        case Kind.MESSAGE:
            return f"m|T0|{CHANNEL}|{entry.ts}"
        case Kind.EDIT:
            return f"e|{CHANNEL}|{entry.ts}|{message_at_micros(entry.at)}"
        case Kind.DELETE:
            return f"d|{CHANNEL}|{entry.ts}"
        case Kind.MARK | Kind.UNMARK:
            how = "added" if entry.kind is Kind.MARK else "removed"
            when = message_at_micros(entry.at)
            return f"r|{CHANNEL}|{entry.ts}|{entry.actor}|{entry.name}|{how}|{when}"
        case Kind.ACT:
            return f"i|{number:05d}.{entry.at}"
        case Kind.TIMER:
            return f"t|{entry.root}|{entry.name}|{entry.at}"
        case Kind.LIFE:
            return f"l|{CHANNEL}|{entry.name}|{entry.actor}|{entry.at}"
