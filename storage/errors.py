"""The errors that people meet.

    Exception
    ├── KepiError            the asker can mend it; the text is shown to them alone
    │   ├── SourceError      a file: names the file, the line and the column
    │   │   ├── Nameless     it does not say whose it is
    │   │   └── UnknownLayout  a table whose columns nobody knows; they can be matched
    │   └── Unclear          several readings; offers each as a command
    └── SettingsError        the start ends with one line

Everything else is a fault of ours: it reaches the last handler, which logs the traceback under
a short reference and shows the reference.
"""

from __future__ import annotations

import copyreg
from typing import Any

from storage.said import Joined, Words, chosen_language, fill, speak_as_made


class KepiError(Exception):
    """What was wrong and what would work, in one line for the person who asked.

    ``words`` are a literal (or the name of one) whose ``{names}`` are filled in with ``values``,
    or a text that was made already. ``str`` gives it in the language that is spoken where it is
    shown; where nobody chose one there, in the one that was spoken where it was raised.
    ``english`` is for the log.
    """

    def __init__(self, words: str, /, **values: object) -> None:
        self.said = fill(words, values)
        super().__init__(self.said)
        self.language = chosen_language()

    def __str__(self) -> str:
        return speak_as_made(self.said, self.language)

    @property
    def english(self) -> str:
        return self.said

    def __reduce__(self) -> tuple[Any, ...]:
        # As it is, without ``__init__``: errors come back from other processes.
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class SourceError(KepiError):
    """A file that cannot be read as asked."""

    def __init__(
        self,
        words: str,
        /,
        *,
        file: str = "",
        line: int | None = None,
        column: str | None = None,
        **values: object,
    ) -> None:
        self.words = fill(words, values)
        self.file, self.line, self.column = file, line, column
        place = Joined(
            [
                file,
                Words("line {line}", line=line) if line is not None else "",
                Words("column “{column}”", column=column) if column else "",
            ]
        )
        super().__init__(
            Words("{place}: {words}", place=place, words=self.words) if place else self.words
        )

    def in_file(self, file: str) -> SourceError:
        """Return the same trouble with the file's name before it."""
        return SourceError(self.words, file=file, line=self.line, column=self.column)


class Nameless(SourceError):
    """A file that does not say whose its rows are; with an account named it can be read."""

    def __init__(self, words: str, /, *, file: str = "", platform: str, **values: object) -> None:
        self.platform = platform
        """Of which its accounts are."""
        super().__init__(fill(words, values), file=file)

    def in_file(self, file: str) -> Nameless:
        return Nameless(self.words, file=file, platform=self.platform)


class UnknownLayout(SourceError):
    """A table that no source knows; its columns can be matched by hand."""

    def in_file(self, file: str) -> UnknownLayout:
        return UnknownLayout(self.words, file=file, line=self.line, column=self.column)


class Unclear(KepiError):
    """Several things could be meant; each choice is a command that works."""

    def __init__(self, words: str, choices: tuple[str, ...], /, **values: object) -> None:
        self.choices = choices
        super().__init__(words, **values)


class SettingsError(Exception):
    """The environment or the settings do not allow a start."""
