"""How every command ends: one line for people, an exit code, never a traceback."""

from __future__ import annotations

import io
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands.tasks import new_reference
from storage.errors import KepiError, SettingsError

REFUSED, INTERRUPTED = 1, 130


@contextmanager
def ending() -> Iterator[None]:
    """Turn whatever ends the block into an exit code, and what went wrong into one line."""
    take_any_sign()
    try:
        yield
    except (KepiError, SettingsError) as refusal:
        leave(" ".join(str(refusal).split()))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(REFUSED)
    except Exception as fault:
        reference = new_reference()
        leave(
            f"Something broke on my side ({reference}). Nothing is lost. {keep(fault, reference)}"
        )


def take_any_sign() -> None:
    """Let what cannot be printed be printed by its number: arguments may be any bytes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def leave(line: str) -> None:
    """Say one line on stderr and end with 1."""
    print(line, file=sys.stderr)
    sys.exit(REFUSED)


def keep(fault: Exception, reference: str) -> str:
    """Write the traceback to a file of its own and say where it is."""
    path = Path(tempfile.gettempdir()) / f"kepi-{reference}.log"
    try:
        path.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
        path.chmod(0o600)
    except OSError:
        return "Its details could not be written down."
    return f"Details: {path}"
