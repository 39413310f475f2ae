"""The errors that people meet.

    Exception
    ├── KepiError            the asker can mend it; the text is shown to them alone
    │   ├── SourceError      a file: names the file, the line and the column
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


class Unclear(KepiError):
    """Several things could be meant; each choice is a command that works."""

    def __init__(self, words: str, choices: tuple[str, ...]) -> None:
        self.choices = choices
        super().__init__(words)


class SettingsError(Exception):
    """The environment or the settings do not allow a start."""
