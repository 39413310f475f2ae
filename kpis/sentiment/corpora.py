"""The labelled sentences that models are trained and measured on, and how they are split.

Only what may be shipped is trained on: NusaX (CC BY-SA 4.0), XED (CC BY 4.0) and the sentences of
our own in ``phrases/``. A fifth of each corpus is held out by a mark of its words, so equal
sentences are on one side; ours by their place in the lists, which say the same in each language.
NusaX comes from SmSA: SmSA is left out altogether.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from kpis.sentiment.backend import CLASSES, NEGATIVE, POSITIVE

LANGUAGES = ("en", "vi", "id", "sv", "zh")
PHRASES = Path(__file__).parent / "phrases"
NUSAX, XED, OWN, FRAMED = "nusax", "xed", "own", "framed"
DOMAINS = {
    NUSAX: "reviews and tweets (NusaX)",
    XED: "film subtitles (XED)",
    OWN: "customers’ sentences (our own)",
}
POLAR = (NEGATIVE, POSITIVE)
"""XED has no neutral rows: nothing is learnt of that class from it."""
FIFTHS = 5
"""One of so many is held out; none of ``FRAMED``, words of ours in frames, which come back."""


class Sample(NamedTuple):
    """A labelled text."""

    text: str
    label: str
    domain: str
    """A key of ``DOMAINS``, or ``FRAMED``."""
    place: str = ""
    """Of a sentence of our own: the lists of all languages say the same in the same places."""

    @property
    def known(self) -> tuple[str, ...]:
        """The classes that its corpus tells apart."""
        return POLAR if self.domain == XED else CLASSES


class Split(NamedTuple):
    """Samples of one language: to learn from, and to be measured on."""

    learn: list[Sample]
    held_out: list[Sample]


def read_corpora(folder: Path, language: str) -> Split:
    """Return all samples of a language, split; files that are absent are left out."""
    split = Split([], [])
    seen: set[str] = set()
    for sample in [*_files(folder, language), *own_sentences(language)]:
        mark = words_of(sample.text)
        if not mark or mark in seen:
            continue
        seen.add(mark)
        is_out = sample.domain != FRAMED and is_held_out(sample.place or mark)
        (split.held_out if is_out else split.learn).append(sample)
    return split


def words_of(text: str) -> str:
    """Return the letters and digits of a text: what makes two texts the same sentence."""
    return "".join(filter(str.isalnum, text.casefold())) or text.strip()


def is_held_out(mark: str) -> bool:
    digest = blake2b(mark.encode(), digest_size=4, person=b"kepi-held-out").digest()
    return int.from_bytes(digest, "big") % FIFTHS == 0


def _files(folder: Path, language: str) -> Iterator[Sample]:
    for domain in (NUSAX, XED):
        path = folder / f"{language}_{domain}.tsv"
        if not path.is_file():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row["label"] in CLASSES:
                    yield Sample(row["text"], row["label"], domain)


def own_sentences(language: str) -> Iterator[Sample]:
    """Yield our own sentences: whole ones, and words of praise and blame alone and in frames."""
    said = tomllib.loads((PHRASES / f"{language}.toml").read_text(encoding="utf-8"))
    for label in CLASSES:
        for place, text in enumerate(said[label]):
            yield Sample(text, label, OWN, f"{label} {place}")
    for label, words in ((POSITIVE, said["praise"]), (NEGATIVE, said["blame"])):
        other = NEGATIVE if label == POSITIVE else POSITIVE
        for place, word in enumerate(words):
            yield Sample(word, label, FRAMED)
            for frame in said["frames"]:
                yield Sample(_fill(frame, said["subjects"], word, place), label, FRAMED)
                place += 3
            if label == POSITIVE and said["flips"]:
                frame = said["flips"][place % len(said["flips"])]
                yield Sample(_fill(frame, said["subjects"], word, place), other, FRAMED)

    for label, words in ((POSITIVE, said["praises"]), (NEGATIVE, said["blames"])):
        for place, word in enumerate(" ".join(words.split()).split(", ")):
            frame = said["frames"][place % len(said["frames"])]
            yield Sample(word, label, FRAMED)
            yield Sample(_fill(frame, said["subjects"], word, place), label, FRAMED)


def _fill(frame: str, subjects: list[str], word: str, place: int) -> str:
    return frame.format(subject=subjects[place % len(subjects)], word=word)
