"""What a file of settings wants, as it was read, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.saying import say
from commands.settings.digest_words import Wanted
from commands.settings.hours import WantedHours
from commands.settings.lines import Lines
from storage.errors import KepiError

if TYPE_CHECKING:
    from commands.support.hours import Date
    from support.relays import RelayRule

MOST_PROBLEMS = 1_000
"""What is wrong beyond that is not looked for: a file of noise would take minutes."""
WORKSPACE, DEFAULTS, CHANNELS, HOURS, RELAYS = (
    *("workspace", "defaults", "channels", "hours", "relays"),
)
SUPPORT, DIGESTS, NAME = "support", "digests", "name"
AS_USUAL = "as-usual"
"""What a channel's setting says that is as the workspace's; forms say the same."""


class Problem(NamedTuple):
    """Something that is wrong with a file."""

    line: int
    path: str
    words: str

    def __str__(self) -> str:
        place = say("line {line}", line=self.line) if self.line else ""
        return ": ".join(
            it for it in (", ".join(it for it in (place, self.path) if it), self.words) if it
        )


@dataclass
class WantedChannel:
    """A channel as the file has it; what it does not name is nothing."""

    id: str
    name: str = ""
    settings: dict[str, str | None] = field(default_factory=dict)
    """Words by key; nothing: as the workspace."""
    support: dict[str, Any] | None = None
    """Values of a draft, by the keys of ``setup_words``."""
    digests: list[Wanted] | None = None
    no_digests: frozenset[str] = frozenset()
    """Cadences that are to end: an undo says it, a file does not."""
    former_name: str | None = None
    """What it was called before a file named it: of an undo, too."""
    dates: tuple[Date, ...] | None = None
    """Those that differ from its own open hours."""
    relays: list[RelayRule] | None = None
    no_relays: list[RelayRule] = field(default_factory=list)
    """Rules that are to end: of an undo, too."""


@dataclass
class Document:
    """A file of settings."""

    workspace: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, Any] | None = None
    hours: WantedHours = field(default_factory=WantedHours)
    relays: list[RelayRule] | None = None
    no_relays: list[RelayRule] = field(default_factory=list)
    channels: dict[str, WantedChannel] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lines: Lines = field(default_factory=lambda: Lines(""))

    def complain(self, path: Sequence[str], words: str) -> None:
        """Write down what is wrong with a key or a table: the first fault of each place."""
        name = ".".join(path)
        if len(self.problems) < MOST_PROBLEMS and all(it.path != name for it in self.problems):
            self.problems.append(Problem(self.lines.find(path), name, words))

    def complain_unknown(
        self, path: Sequence[str], name: str, known: Mapping[str, Any] | Sequence[str]
    ) -> None:
        """Complain about a key that there is not, with a near one or all that there are."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        near = get_close_matches(name.lower(), known, n=1)
        if near:
            words = say("There is no “{name}”. Did you mean {near}?", name=name[:60], near=near[0])
        else:
            listed = ", ".join(known)
            words = say("There is no “{name}”. There is: {listed}.", name=name[:60], listed=listed)
        self.complain(path, words)

    def complain_no_table(self, path: Sequence[str], *, is_list: bool = False) -> None:
        name = f"[{'.'.join(path)}]"
        self.complain(path, say("It is a table: {name}.", name=f"[{name}]" if is_list else name))

    def take(self, path: Sequence[str], read: Callable[[], None]) -> None:
        """Read one thing; what is wrong with it is complained about at its place."""
        try:
            read()
        except KepiError as trouble:
            self.complain(path, str(trouble))
