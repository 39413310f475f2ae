"""Bytes to text: what kind of file it is and how its characters are written."""

import codecs
import re

from charset_normalizer import from_bytes

from storage.errors import SourceError
from storage.said import Words

SAMPLE = 200_000
"""Bytes that are enough to tell an encoding by."""

ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1254", "cp1258", "cp874", "gb18030", "big5", "cp932",
    "euc_kr", "mac_roman",
)  # fmt: skip
"""What spreadsheets on the desks of our users save, beside Unicode."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta)\b", re.I)
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!",
           b"BZh", b"\xfd7zXZ", b"SQLite format 3")  # fmt: skip
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BROKEN = "\ufffd"


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of an export and what should be known of its reading.

    Refuses web pages, other kinds of file, and NUL characters (by their line).
    """
    _refuse_other_kinds(data)
    text, notes = _decode_characters(data)
    if _PAGE.match(text[:2000]):
        raise SourceError(
            "this is a web page, not an export; download it again while signed in, then send "
            "the CSV or XLSX file"
        )
    nul = text.find("\0")
    if nul >= 0:
        raise SourceError(
            "a NUL character stands in the text; export the file again",
            line=text.count("\n", 0, nul) + 1,
        )
    return text, notes


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(_OLD_EXCEL):
        raise SourceError(
            "this is an old or locked Excel file; save it as XLSX without a password, or as CSV"
        )
    if data.startswith(_BINARY):
        raise SourceError("this is not a CSV or XLSX file; export one of these")


def _decode_characters(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_strictly(data[len(mark) :], encoding), ()
    unmarked = _guess_utf16(data[:SAMPLE])
    if unmarked:
        return _decode_strictly(data, unmarked), ()
    control = sum(data[:SAMPLE].count(code) for code in (*range(1, 9), *range(14, 27), 28, 29))
    if control > len(data[:SAMPLE]) // 100 + 2:
        raise SourceError("this is not a CSV or XLSX file; export one of these")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        _refuse_broken_utf8(data, error.start)
    return _decode_by_likeness(data)


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        raise SourceError(
            "the text breaks off: these bytes are not {encoding}; export it again",
            line=before.count("\n") + 1,
            encoding=encoding.upper(),
        ) from None


def _guess_utf16(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes: every second one, in Latin headers."""
    head = sample[:400]
    if len(head) >= 8:
        if head[1::2].count(0) > len(head) * 0.4 and head[0::2].count(0) == 0:
            return "utf-16-le"
        if head[0::2].count(0) > len(head) * 0.4 and head[1::2].count(0) == 0:
            return "utf-16-be"
    return None


def _refuse_broken_utf8(data: bytes, start: int) -> None:
    """Refuse UTF-8 with a few wrong bytes: as another encoding, all its letters would be wrong."""
    text = data.decode("utf-8", "replace")
    broken = text.count(_BROKEN)
    sound = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    if sound > broken:
        raise SourceError(
            "some bytes are not UTF-8, though the rest of the file is; export it again",
            line=data.count(b"\n", 0, start) + 1,
        )


def _decode_by_likeness(data: bytes) -> tuple[str, tuple[str, ...]]:
    first = next(index for index, byte in enumerate(data) if byte > 127)
    start = data.rfind(b"\n", 0, first) + 1
    likely = _rank_encodings(data[start : start + SAMPLE])
    for encoding in likely:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        note = Words("The text is not UTF-8; it was read as {encoding}.", encoding=encoding)
        return text, (note,)
    raise SourceError("the letters of this file cannot be told; save it as CSV UTF-8")


def _rank_encodings(sample: bytes) -> tuple[str, ...]:
    """Return the likeliest encoding, then Windows-1252, which also wins where both fit as well.

    Short Western texts fit several code pages equally; of those, 1252 is by far the usual one.
    """
    matches = from_bytes(sample, cp_isolation=list(ENCODINGS))
    best = matches.best()
    if best is None:
        return ("cp1252",)
    as_good = any(
        "cp1252" in (match.encoding, *match.could_be_from_charset)
        and match.chaos <= best.chaos
        and match.coherence >= best.coherence
        for match in matches
    )
    return ("cp1252",) if as_good else tuple(dict.fromkeys((best.encoding, "cp1252")))
