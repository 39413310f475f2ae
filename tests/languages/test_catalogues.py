"""Each catalogue holds everything that the code says, with the same values in it, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from commands import wording
from kpis.languages.calls import Message, NotLiteral, collect_file
from kpis.languages.collect import bring_up_to_date, collect
from kpis.tongue import CATALOGUES, ENGLISH, LANGUAGES, LOCALES, say, speaking

FOREIGN = tuple(it for it in LANGUAGES if it != ENGLISH)
FORM_TITLE = 24
"""Letters that Slack takes in a form's title."""


@cache
def said() -> dict[str, Message]:
    return {it.one: it for it in collect()}


@cache
def catalogue(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=LOCALES[language])


def entries(language: str) -> Iterator[Entry]:
    return (it for it in catalogue(language) if it.id)


def english(entry: Entry) -> tuple[str, ...]:
    return entry.id if isinstance(entry.id, tuple) else (entry.id,)


def translated(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.string) if isinstance(entry.string, tuple | list) else (entry.string or "",)


def values(text: str) -> set[str]:
    """Return the names of the values that are filled into a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", FOREIGN)
def test_every_message_of_the_code_is_in_the_catalogue_and_no_other(language: str) -> None:
    """Run ``python -m kpis.languages.collect`` after saying something new, and translate it."""
    held = {english(it)[0]: len(english(it)) for it in entries(language)}
    assert sorted(set(said()) - set(held)) == [], "said, and not in the catalogue"
    assert sorted(set(held) - set(said())) == [], "in the catalogue, and nobody says it"
    counted = {it.one for it in said().values() if it.several}
    assert {it for it, forms in held.items() if forms == 2} == counted


@pytest.mark.parametrize("language", FOREIGN)
def test_every_message_is_translated_in_as_many_forms_as_the_language_has(language: str) -> None:
    """Nothing is empty or doubtful; a counted message has each plural form."""
    forms = catalogue(language).num_plurals
    for entry in entries(language):
        found = translated(entry)
        assert all(it.strip() for it in found), english(entry)
        assert len(found) == (forms if len(english(entry)) == 2 else 1), english(entry)
        assert not entry.fuzzy


@pytest.mark.parametrize("language", FOREIGN)
def test_translations_hold_the_values_of_the_english(language: str) -> None:
    """A value that the English leaves out for one may be said; none is lost or invented."""
    for entry in entries(language):
        one, *several = (values(it) for it in english(entry))
        most = set().union(one, *several, {"number"} if several else set())
        least = several[0] if several else one
        for at, text in enumerate(filter(None, translated(entry))):
            needed = one & least if at == 0 and several else least
            assert needed <= values(text) <= most, f"{english(entry)} → {text}"


@pytest.mark.parametrize("language", FOREIGN)
def test_a_catalogue_says_whether_a_native_speaker_has_read_it(language: str) -> None:
    text = (CATALOGUES / f"{language}.po").read_text("utf-8")
    assert text.startswith(f"# What Kepi says, in {LANGUAGES[language]}.\n# X-Read-By: ")


@pytest.mark.parametrize("language", FOREIGN)
def test_collecting_again_changes_nothing(language: str, tmp_path: Path) -> None:
    """The file is what the collector writes: a person and a machine never fight over it."""
    kept = (CATALOGUES / f"{language}.po").read_bytes()
    (tmp_path / f"{language}.po").write_bytes(kept)
    assert bring_up_to_date(language, collect(), tmp_path) == []
    assert (tmp_path / f"{language}.po").read_bytes() == kept


def test_a_new_message_is_added_an_old_one_goes_and_translations_stay(tmp_path: Path) -> None:
    before = [Message("Hello", "", "a.py:1"), Message("{number} cat", "{number} cats", "a.py:2")]
    assert bring_up_to_date("sv", before, tmp_path) == ["Hello", "{number} cat / {number} cats"]
    file = tmp_path / "sv.po"
    file.write_text(file.read_text("utf-8").replace('"Hello"\nmsgstr ""', '"Hello"\nmsgstr "Hej"'))
    after = [Message("Hello", "", "b.py:9"), Message("Bye", "", "b.py:10")]
    assert bring_up_to_date("sv", after, tmp_path) == ["Bye"]
    text = file.read_text("utf-8")
    assert 'msgstr "Hej"' in text
    assert "{number} cat" not in text
    assert 'msgid "Bye"' in text


def test_messages_are_found_in_every_way_of_saying_them(tmp_path: Path) -> None:
    """Literals over several lines, constants of the file, counted ones, nouns; not namesakes."""
    file = tmp_path / "drawn.py"
    file.write_text(
        "from kpis.tongue import say, say_count\n"
        "from kpis.titles import count\n"
        "WHY = 'Because.'\n"
        "def f(n, few):\n"
        "    say('One ' 'line {a}.', a=1)\n"
        "    say(WHY)\n"
        "    say_count('{number} cat', '{number} cats', n)\n"
        "    count(n, 'day' if few else 'week')\n"
        "    tell('not this')\n",
        encoding="utf-8",
    )
    found = {(it.one, it.several) for it in collect_file(file, "drawn.py")}
    assert found == {
        ("One line {a}.", ""),
        ("Because.", ""),
        ("{number} cat", "{number} cats"),
        ("{number} day", "{number} days"),
        ("{number} week", "{number} weeks"),
    }
    file.write_text("def say(x):\n    return x\nsay('not ours')\n", encoding="utf-8")
    assert list(collect_file(file, "drawn.py")) == []


def test_a_sentence_put_together_cannot_be_translated_and_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "drawn.py"
    file.write_text("from kpis.tongue import say\nsay(f'{1} cat')\n", encoding="utf-8")
    with pytest.raises(NotLiteral, match="drawn"):
        list(collect_file(file, "drawn.py"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_forms_fit_in_every_language(language: str) -> None:
    with speaking(language):
        for words in (
            wording.FORM_HOW,
            wording.FORM_CHANGE,
            wording.FORM_ASK,
            wording.FORM_POST,
        ):
            assert len(say(words)) <= FORM_TITLE


def test_a_sentence_that_no_catalogue_has_is_said_in_english() -> None:
    unknown = "A {thing} nobody translated."
    with speaking("zh"):
        assert say(unknown, thing="line") == "A line nobody translated."


@pytest.mark.parametrize("language", FOREIGN)
def test_why_no_change_is_told_begins_alike_in_every_language(language: str) -> None:
    """The shared notes of several answers know such a reason by its beginning."""
    with speaking(language):
        start = say("no change told")
        assert say("no change told: {why}", why="x").startswith(start)
        assert say("no change told, {why}", why="x").startswith(start)
        assert say(
            "no change told: {now} accounts now, {before} before", now=2, before=3
        ).startswith(start)
