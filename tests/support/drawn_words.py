"""The words of a drawing: what each verb, setting and addition means (``drawn_issues``)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from support.entries import Act, Role, Said
from support.reading import read_words
from support.rules import Mode, Rules
from tests.support.drawn_cast import CAST, CHANNEL, Actor, message_at, moment

FLAGS = frozenset({"top", "broadcast", "late", "admin"})
OF_MESSAGES = "in mentioning linking conversation written"
OF_ACTS = "in to because until into opened for via"
WITH_VALUE = frozenset(f"on as {OF_MESSAGES} {OF_ACTS}".split())
MESSAGES = {
    "says": Said(),
    "asks": Said(asks=True),
    "answers": Said(),
    "thanks": Said(polite=True),
    "notes": Said(note=True),
    "routes": Said(routing=True),
    "shares": Said(),
    "joins": Said(empty=True),
    "unfurls": Said(empty=True),
    "posts": Said(),
}
WRITES = "writes"
ACTS = {
    "tracks": Act.TRACK,
    "resolves": Act.RESOLVE,
    "undoes": Act.UNDO,
    "reopens": Act.REOPEN,
    "dismisses": Act.DISMISS,
    "restores": Act.RESTORE,
    "claims": Act.CLAIM,
    "assigns": Act.ASSIGN,
    "waits": Act.WAIT,
    "unwaits": Act.UNWAIT,
    "replied": Act.REPLIED,
    "snoozes": Act.SNOOZE,
    "merges": Act.MERGE,
    "unmerges": Act.UNMERGE,
    "attaches": Act.ATTACH,
    "detaches": Act.DETACH,
    "ranks": Act.PRIORITY,
    "denies": Act.STILL_OPEN,
}
NUMBERS = frozenset(name for name, value in vars(Rules()).items() if type(value) is int)
SWITCHES = frozenset(name for name, value in vars(Rules()).items() if type(value) is bool)
WORDS = frozenset(name for name, value in vars(Rules()).items() if isinstance(value, str))


@dataclass
class Line:
    """What follows the verb: bare words, flags, and words with a value."""

    bare: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)
    text: str = ""
    """The words that were written, where they were drawn, and the rules they were read by."""
    rules: Rules = field(default_factory=Rules)

    def only(self, flags: str = "", values: str = "", bare: int = 0) -> None:
        """Raise ``ValueError`` where a word was drawn that this verb does not know."""
        strange = (self.flags - set(flags.split())) | (set(self.values) - set(values.split()))
        if strange or len(self.bare) > bare:
            raise ValueError(f"unknown here: {sorted(strange) or self.bare}")


def line_of(words: list[str]) -> Line:
    """Return words by what they are; a word with a value takes the next one."""
    line, rest = Line(), iter(words)
    for word in rest:
        if word in FLAGS:
            line.flags.add(word)
        elif word in WITH_VALUE:
            line.values[word] = next(rest)
        else:
            line.bare.append(word)
    return line


def said_by(actor: Actor, verb: str, line: Line) -> Said:
    """Return what the reading would have decided about a message."""
    said = read_words(line.text, line.rules, CHANNEL) if verb == WRITES else MESSAGES[verb]
    said = replace(said, broadcast="broadcast" in line.flags)
    if "mentioning" in line.values:
        said = replace(said, mentions=(CAST[line.values["mentioning"]].id,))
    if "linking" in line.values:
        said = replace(said, links=(message_at(line.values["linking"]),))
    if actor.role is Role.CUSTOMER:
        said = replace(said, customer=f"slack:{actor.id}")
    if actor.role in (Role.RELAY_IN, Role.RELAY_OUT):
        said = relayed(said, line)
    return said


def relayed(said: Said, line: Line) -> Said:
    """Return the same, read from a relayed post: ``@handle`` of Instagram."""
    handle = line.bare[0].removeprefix("@") if line.bare else ""
    conversation = line.values.get("conversation", "")
    said = replace(
        said,
        platform="instagram",
        handle=handle,
        conversation=f"instagram:{conversation}" if conversation else "",
        customer=f"instagram:{handle or conversation}",
    )
    if "written" in line.values:
        said = replace(said, source_at=moment(line.values["written"]))
    return said


def more_of(act: Act, line: Line) -> dict[str, str | int]:
    """Return what an act says beside its name (``support.entries.Act``)."""
    values = line.values
    more: dict[str, str | int] = {}
    if "because" in values:
        more["reason"] = values["because"]
    if "admin" in line.flags:
        more["admin"] = 1
    if "until" in values:
        more["until"] = moment(values["until"]) if values["until"] != "never" else 0
    if act is Act.TRACK:
        more["via"] = values.get("via", "shortcut")
        if "opened" in values:
            more["opened"] = moment(values["opened"])
        if "for" in values:
            more["customer"] = f"slack:{CAST[values['for']].id}"
    elif act is Act.ASSIGN:
        more["to"] = CAST[values["to"]].id if values["to"] != "nobody" else ""
    elif act is Act.PRIORITY:
        more["to"] = values["to"]
    elif act is Act.MERGE:
        more |= {"root": message_at(values["into"]), "episode": 1}
    return more


def changed(rules: Rules, words: list[str]) -> Rules:
    """Return the rules with one setting changed; raises ``ValueError`` for an unknown one."""
    name, value = words[0], words[-1]
    if len(words) != (3 if name == "alias" else 2):
        raise ValueError(f"a setting is a name and a value, not: {words}")
    if name == "alias":
        return replace(rules, aliases=(*rules.aliases, (words[1], words[2])))
    if name == "mode":
        return replace(rules, mode=Mode(value))
    if name in NUMBERS:
        return replace(rules, **{name: int(value)})  # type: ignore[arg-type]
    if name in SWITCHES:
        return replace(rules, **{name: {"yes": True, "no": False}[value]})  # type: ignore[arg-type]
    if name in WORDS:
        return replace(rules, **{name: value})  # type: ignore[arg-type]
    raise ValueError(f"unknown setting: {name!r}")
