"""Brings the catalogues up to date with what the code says: ``python -m kpis.languages.collect``.

What is new is added without a translation, what nobody says any more is taken out. Prints what
has none in each; exit 1 where anything has.
"""

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from kpis.languages.calls import Message, collect_calls
from kpis.languages.declared import collect_declared
from kpis.tongue import CATALOGUES, ENGLISH, LANGUAGES, LOCALES

HEADER = """\
What Kepi says, in {language}.
X-Read-By: nobody yet
No native speaker has read this catalogue. Whoever does writes a name in the line above.
"""
WRITTEN = datetime(2026, 11, 22, tzinfo=UTC)
"""Catalogues say when they were begun, not when they were last collected: that would differ."""


def collect() -> list[Message]:
    """Return everything that is said, each thing once with every place."""
    return [it for it in (*collect_calls(), *collect_declared()) if it.one]


def make_catalogue(language: str, messages: Iterable[Message]) -> Catalog:
    """Return an empty catalogue of all messages, in the order of their first words."""
    catalogue = Catalog(
        locale=LOCALES[language],
        project="Kepi",
        header_comment="\n".join(
            f"# {it}" for it in HEADER.format(language=LANGUAGES[language]).splitlines()
        ),
        version="1",
        msgid_bugs_address="CONTRIBUTING.md",
        last_translator="nobody yet",
        language_team=LANGUAGES[language],
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        fuzzy=False,
    )
    for it in sorted(messages, key=lambda it: (it.one, it.place)):
        known = catalogue.get(it.one)
        said = (it.one, it.several) if it.several else it.one
        if known is not None and isinstance(known.id, tuple) and not it.several:
            raise ValueError(f"{it.place}: “{it.one}” is counted elsewhere, and here it is not")
        catalogue.add(said)
    return catalogue


def bring_up_to_date(
    language: str, messages: Iterable[Message], folder: Path = CATALOGUES
) -> list[str]:
    """Write a language's catalogue with the translations that it had; return what lacks one."""
    catalogue, path = make_catalogue(language, messages), folder / f"{language}.po"
    if path.is_file():
        with path.open("rb") as file:
            for old in read_po(file, locale=LOCALES[language]):
                new = catalogue.get(old.id[0] if isinstance(old.id, tuple) else old.id)
                if old.id and new is not None and type(new.id) is type(old.id):
                    new.string = old.string
    write(catalogue, path)
    return [
        " / ".join(it.id) if isinstance(it.id, tuple) else str(it.id)
        for it in catalogue
        if it.id and is_missing(it.string)
    ]


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue in one order and without places: the same messages are the same file.

    Code moves without any catalogue changing; ``grep`` finds where something is said.
    """
    with path.open("wb") as file:
        write_po(file, catalogue, width=96, sort_output=True, no_location=True)


def is_missing(translation: str | Sequence[str] | None) -> bool:
    parts = [translation] if isinstance(translation, str) else list(translation or ())
    return not parts or not all(parts)


def main() -> int:
    """Update every catalogue."""
    messages = collect()
    missing = {it: bring_up_to_date(it, messages) for it in LANGUAGES if it != ENGLISH}
    for language, lines in missing.items():
        print(
            f"{language}: {len(lines)} without a translation" if lines else f"{language}: complete"
        )
        for line in lines:
            print(f"  {line}")
    return 1 if any(missing.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
