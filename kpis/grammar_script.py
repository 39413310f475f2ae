"""Chinese without spaces, cut into the words that are known: “覆盖率按平台” into three.

Of all ways to cut a run of characters, the one that leaves fewest characters unknown is taken,
then the one with fewest pieces, then the one whose first pieces are longest.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kpis.words import Word, is_east_asian, stem

STRANGE = 1000
"""What a character that belongs to no word weighs; a word weighs 1."""

MORE_THAN_A_NAME = 40
"""Characters: a longer run is no question, and is left whole."""


def cut(words: list[Word], known: frozenset[str]) -> list[Word]:
    """Return the words with each run of characters that is no known word cut into known ones."""
    if not any(is_east_asian(word.text[0]) for word in words):
        return words
    return [piece for word in words for piece in cut_one(word, known)]


def cut_one(word: Word, known: frozenset[str]) -> Iterator[Word]:
    """Yield the pieces of one word, each where it stands in the text; marked names stay whole."""
    if word.handle or word.stem in known or not is_east_asian(word.text[0]):
        yield word
        return
    at = 0
    for length in join_strange(word.stem, pieces(word.stem, known), known):
        text = word.text[at : at + length]
        start = word.start + at
        piece = Word(text, stem(text), start, start + length)
        yield replace(piece, before=word.before) if at == 0 else piece
        at += length


@lru_cache(maxsize=2048)
def pieces(run: str, known: frozenset[str]) -> tuple[int, ...]:
    """Return the lengths of the pieces of a run."""
    if len(run) > MORE_THAN_A_NAME:
        return (len(run),)
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for end in range(1, len(run) + 1):
        choices = []
        for start in range(end):
            weight = 1 if run[start:end] in known else STRANGE * (end - start)
            choices.append((best[start][0] + weight, (*best[start][1], end - start)))
        best.append(min(choices, key=lambda choice: (choice[0], [-it for it in choice[1]])))
    return best[-1][1]


def join_strange(run: str, lengths: tuple[int, ...], known: frozenset[str]) -> Iterator[int]:
    """Yield the lengths with what belongs to an unknown name as one.

    Unknown characters side by side are one name. A single character beside them is a part of it
    (“日” in “春日咖啡”), and one that follows a word makes another word of it (“覆盖率”).
    """
    joined: list[tuple[int, bool]] = []
    at = 0
    for length in lengths:
        strange = run[at : at + length] not in known
        at += length
        before, was_strange = joined[-1] if joined else (0, False)
        is_suffix = strange and before > 1 and at == len(run)
        if is_suffix or (was_strange and (strange or length == 1)):
            joined[-1] = (before + length, True)
        else:
            joined.append((length, strange))
    yield from (length for length, _ in joined)
