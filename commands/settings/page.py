"""The tables of docs/settings.md: ``python -m commands.settings.page`` makes them anew."""

from __future__ import annotations

from collections.abc import Iterable

from commands.digests.noting import DAYS
from commands.support.draft import Draft
from commands.support.setup_words import FIELDS, Word
from storage.setting import Setting, Where

PLACES = {
    Where.WORKSPACE: "workspace",
    Where.CHANNEL: "channel",
    Where.BOTH: "workspace, channel",
}


def settings_table() -> str:
    """Return the table of every setting."""
    from storage.settings import SETTINGS

    rows: list[tuple[str, ...]] = [("key", "what it is", "where", "as usual", "values")]
    rows += [setting_row(it) for it in SETTINGS.values()]
    return table(rows)


def setting_row(it: Setting) -> tuple[str, ...]:
    values = ", ".join(f"`{words}`" for words, _ in it.choices)
    if it.is_switch:
        values = "`true`, `false`"
    example = it.example or it.write(it.default)
    usual = it.write(it.default)
    return (
        f"`{it.key}`",
        f"{it.title}. {it.does}",
        PLACES[it.where],
        f"`{usual}`" if not it.is_switch else f"`{str(it.default).lower()}`",
        values or f"such as {example}",
    )


def setup_table() -> str:
    """Return the table of every field of ``support``."""
    usual = Draft("")
    rows = [("key", "what it is", "as usual")]
    rows += [(f"`{it.key}`", it.title, f"`{write(it.word(usual))}`") for it in FIELDS]
    return table(rows)


def write(word: Word) -> str:
    from commands.settings.toml import write_value

    return write_value(word)


def digest_table() -> str:
    """Return the table of the keys of a digest."""
    rows = [
        ("key", "values"),
        ("`cadence`", "`daily`, `weekly`, `monthly`, `quarterly`; one of each a channel"),
        ("`day`", f"`{DAYS[0]}` … `{DAYS[-1]}`; of months and quarters 1 to 28"),
        ("`time`, `zone`", "such as `09:00`, `Europe/Stockholm`"),
        ("`language`", "`channel` (the channel's, as usual), or `en`, `vi`, `id`, `sv`, `zh`"),
        ("`kpis`", "keys of docs/kpis.md, up to ten; none: the ones that say most"),
        ("`leave-out`", "`goals`, `customers`, `steps`"),
        ("`owner`", "a Slack user id"),
    ]
    return table(rows)


def table(rows: Iterable[tuple[str, ...]]) -> str:
    head, *others = rows
    lines = [head, tuple("---" for _ in head), *others]
    return "\n".join(f"| {' | '.join(it)} |" for it in lines)


def renew(text: str) -> str:
    """Return the page with its tables as the declarations have them now."""
    for made in (settings_table(), setup_table(), digest_table()):
        head = made.partition("\n")[0]
        before, found, rest = text.partition(f"{head}\n")
        if not found:
            raise LookupError(f"the page has no table {head}")
        lines = rest.split("\n")
        kept = next((at for at, line in enumerate(lines) if not line.startswith("|")), len(lines))
        text = "\n".join([before + made, *lines[kept:]])
    return text


if __name__ == "__main__":
    from pathlib import Path

    PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
    PAGE.write_text(renew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
