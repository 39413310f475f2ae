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


class KepiError(Exception):
    """What was wrong and what would work, in one line for the person who asked."""


class SourceError(KepiError):
    """A file that cannot be read as asked."""

    def __init__(
        self, words: str, *, file: str = "", line: int | None = None, column: str | None = None
    ) -> None:
        self.words, self.file, self.line, self.column = words, file, line, column
        place = ", ".join(
            part
            for part in (
                file,
                f"line {line}" if line is not None else "",
                f"column “{column}”" if column else "",
            )
            if part
        )
        super().__init__(f"{place}: {words}" if place else words)

    def in_file(self, file: str) -> "SourceError":
        """Return the same trouble with the file's name before it."""
        return SourceError(self.words, file=file, line=self.line, column=self.column)


class Nameless(SourceError):
    """A file that does not say whose its rows are; with an account named it can be read."""

    def __init__(self, words: str, *, file: str = "", platform: str) -> None:
        self.platform = platform
        """Of which its accounts are."""
        super().__init__(words, file=file)

    def in_file(self, file: str) -> "Nameless":
        return Nameless(self.words, file=file, platform=self.platform)


class UnknownLayout(SourceError):
    """A table that no source knows; its columns can be matched by hand."""

    def in_file(self, file: str) -> "UnknownLayout":
        return UnknownLayout(self.words, file=file, line=self.line, column=self.column)


class Unclear(KepiError):
    """Several things could be meant; each choice is a command that works."""

    def __init__(self, words: str, choices: tuple[str, ...]) -> None:
        self.choices = choices
        super().__init__(words)


class SettingsError(Exception):
    """The environment or the settings do not allow a start."""
