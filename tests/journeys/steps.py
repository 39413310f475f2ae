"""A drawing as what people do: each line's entry, beside the words and the emoji that were drawn.

The drawing says what the bot should have understood; here its words become words that people
type, from which the bot has to understand it by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from storage.tables import EPOCH
from support.entries import Entry, Kind
from tests.support.drawn_cast import CAST, NAMES
from tests.support.drawn_issues import QUOTED, draw

WORDS = {
    "says": "Order 8841 still has not come",
    "asks": "Where is my order 8841?",
    "answers": "It arrives tomorrow, we have checked",
    "thanks": "terima kasih!",
    "notes": "// ask dev",
    "routes": "@nils",
    "posts": "Order 8841 never came",
}
"""What somebody types where no words are drawn; ``thanks`` are those of support-spec §8."""
RELAYED = "@{handle}: {words}\nconversation {conversation}\nwritten {written}"


@dataclass(frozen=True)
class Step:
    """One line of a drawing."""

    entry: Entry
    verb: str
    words: str
    """The message's text, where it is one."""
    emoji: str
    """As a person picks it: with skin tone, without colons."""

    @property
    def who(self) -> str:
        """The drawn name; empty where something happens by itself."""
        return NAMES.get(self.entry.actor, "")

    @property
    def is_missed(self) -> bool:
        """Say whether the bot was not there."""
        return self.entry.late

    @property
    def thread(self) -> str | None:
        return self.entry.root if self.entry.root != self.entry.ts else None


def steps_of(text: str) -> list[Step]:
    """Return what happens, in the order drawn, which is the order of delivery."""
    lines = [line.strip() for line in text.splitlines() if happens(line)]
    return [step_of(line, entry) for line, entry in zip(lines, draw(text).entries, strict=True)]


def happens(line: str) -> bool:
    """Say whether a line is more than a setting."""
    tokens = line.split()
    return bool(tokens) and not tokens[0][0].isalpha() and tokens[1] != "rules"


def step_of(line: str, entry: Entry) -> Step:
    tokens = QUOTED.sub("writes", line).split()
    quoted = QUOTED.search(line)
    verb = tokens[2]
    words = quoted[1] if quoted else WORDS.get(verb, "")
    if entry.kind is Kind.EDIT:
        words = WORDS[tokens[tokens.index("as") + 1] if "as" in tokens else "says"]
    emoji = tokens[3].strip(":") if verb in ("marks", "unmarks") else ""
    return Step(entry, verb, addressed(entry, words), emoji)


def addressed(entry: Entry, words: str) -> str:
    """Return the words as they are typed: with the names of whom they are for."""
    said = entry.said
    if said is None:
        return words
    if said.handle or said.conversation:
        conversation = said.conversation.partition(":")[2] or "none"
        written = "unknown"
        if said.source_at is not None:
            written = (EPOCH + timedelta(microseconds=said.source_at)).isoformat()
        return RELAYED.format(
            handle=said.handle, words=words, conversation=conversation, written=written
        )
    names = " ".join(f"@{NAMES[it]}" for it in said.mentions)
    return f"{names} {words}".strip()


def chronological(steps: list[Step]) -> list[int]:
    """Return the positions of steps in the order in which they happened."""
    return sorted(range(len(steps)), key=lambda it: (steps[it].entry.at, it))


PEOPLE = tuple(name for name, actor in CAST.items() if actor.id.startswith("U0") and name != "bot")
