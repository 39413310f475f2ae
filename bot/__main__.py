"""``python -m bot``: serves when nothing else is asked for.

Serving does not load what only the command line needs (typer, and rich with it).
"""

from __future__ import annotations

import sys


def main() -> None:
    """Do what the command line asks; every end is an exit code."""
    from bot.ending import ending

    with ending():
        if sys.argv[1:] in ([], ["run"]):
            from bot.serve import run_from_environment

            run_from_environment()
        else:
            from bot.cli import run_cli

            run_cli(sys.argv[1:])


if __name__ == "__main__":
    main()
