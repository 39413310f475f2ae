"""Where the customer's own words stand in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from support import relay_values as values
from support.relay_anchors import ANY_NAME
from support.relay_candidates import (
    AT_SIGN,
    SPEAKERS,
    Candidate,
    Fields,
    anchored,
    labelled,
    texts,
)
from support.relay_headlines import words
from support.relays import Extractor

SAYING = ("message", "comment", "text", "content", "review", "body", "tweet", "post", "question")
QUOTED = re.compile(r"^(?:&gt;|>)\s{0,3}(\S.*)$", re.MULTILINE)


def guess_text(fields: Fields) -> Iterator[Candidate]:
    yield from labelled(fields, SAYING, values.text_of)
    for path, text in fields.items():
        if re.fullmatch(r"attachments\.\d+\.text", path):
            quoted = QUOTED.search(text)
            if not quoted:
                yield Candidate(text, "attachment", Extractor(path), True)
    for path, text in texts(fields):
        quoted = QUOTED.search(text)
        if quoted:
            pattern = r"^(?:&gt;|>)\s{0,3}(\S.*)$"
            value = values.text_of(text[quoted.start() :])
            yield Candidate(value, "quotation", Extractor(path, pattern, rest=True), True)
    yield from words(fields)
    for path, text in texts(fields):
        yield from words_after_names(path, text)
    for path, text in sorted(texts(fields), key=lambda it: -len(it[1])):
        yield Candidate(values.text_of(text), "whole text", Extractor(path))


def words_after_names(path: str, text: str) -> Iterator[Candidate]:
    """Give what follows "@name: " or "by Name: "."""
    for found in re.finditer(rf"{AT_SIGN.pattern}(>?\)?\*?\s?:\s)(?=\S)", text):
        after = re.escape(found[1].strip())
        pattern = rf"(?:^|[^\w@/.]){ANY_NAME}{after}\s{{1,3}}(\S.*)$"
        value = values.text_of(text[found.end() :])
        yield Candidate(value, "after the name", Extractor(path, pattern, rest=True), True)
    for found in SPEAKERS.finditer(text):
        name = found.lastgroup or "a"
        after_name = re.match(r"(\*?\s?:\s{1,3})(?=\S)", text[found.end(name) :])
        candidate = anchored(path, text, found.start(name), found.end(name), sure=True)
        if after_name and candidate.extractor.pattern:
            head = candidate.extractor.pattern.replace("(", "(?:", 1)
            sign = r"\s{0,3}" if head.endswith(re.escape(":")) else r"\*?\s?:\s{0,3}"
            value = values.text_of(text[found.end(name) + after_name.end() :])
            extractor = Extractor(path, rf"{head}{sign}(\S.*)$", rest=True)
            yield Candidate(value, "after the name", extractor, True)


def spoken_from(fields: Fields) -> dict[str, int]:
    """Return where in each field the customer's own words begin."""
    starts: dict[str, int] = {}
    for each in guess_text(fields):
        text = fields.get(each.extractor.field, "")
        if not (each.is_sure and each.value) or each.extractor.field.startswith("labels."):
            continue
        start = text.find(each.value.partition("\n")[0])
        if start >= 0:
            starts[each.extractor.field] = min(start, starts.get(each.extractor.field, start))
    return starts
