"""A zip's true size, found before anything in it is believed.

The directory of a zip states what each entry unpacks to, but it may lie. The stated sizes are
added up first, which refuses the usual bomb at once; then every entry is inflated in pieces and
its bytes counted, so that a lie is found after a piece too much. Nothing unpacked is kept.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from storage.errors import SourceError

LARGEST_UNPACKED = 50 * 1024 * 1024
LARGEST_RATIO = 100
MOST_ENTRIES = 1_000
PIECE = 256 * 1024

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ARCHIVE_NAMES = (".zip", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".xlsx", ".xlsm", ".docx")
_ARCHIVE_STARTS = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_TOO_LARGE = "unpacked, this file is larger than 50 MB; export a shorter period"


def list_entries(data: bytes) -> list[zipfile.ZipInfo]:
    """Return the entries of a zip whose stated sizes are within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, struct.error, NotImplementedError):
        raise _damaged() from None
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise SourceError(_TOO_LARGE)
    if unpacked > LARGEST_RATIO * len(data):
        raise SourceError("this file unpacks to more than 100 times its size; it was not opened")
    if len(entries) > MOST_ENTRIES:
        raise SourceError("this file holds more parts than any export; it was not opened")
    for entry in entries:
        if entry.filename.lower().endswith(_ARCHIVE_NAMES):
            raise SourceError("an archive lies inside the archive; unpack it and send the CSV")
        if entry.flag_bits & 0x1:
            raise SourceError("the file is locked with a password; save it without one")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged()
    return entries


def inflate(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield an entry in pieces; refuse it where its size or content is not as stated."""
    packed = memoryview(data)[_content_start(data, entry) :][: entry.compress_size]
    stored = entry.compress_type == zipfile.ZIP_STORED
    length = checksum = 0
    for piece in _stored_pieces(packed) if stored else _inflated_pieces(packed):
        if not length and piece.startswith(_ARCHIVE_STARTS):
            raise SourceError("an archive lies inside the archive; unpack it and send the CSV")
        length += len(piece)
        if length > entry.file_size:
            raise SourceError("this file unpacks to more than it states; it was not opened")
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if length != entry.file_size or checksum != entry.CRC:
        raise _damaged()


def _content_start(data: bytes, entry: zipfile.ZipInfo) -> int:
    try:
        fields = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    except struct.error:
        raise _damaged() from None
    if fields[0] != b"PK\x03\x04" or fields[3] != entry.compress_type:
        raise _damaged()
    return int(entry.header_offset + _LOCAL_HEADER.size + fields[9] + fields[10])


def _stored_pieces(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), PIECE):
        yield bytes(packed[start : start + PIECE])


def _inflated_pieces(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while not inflater.eof:
            piece = inflater.decompress(rest, PIECE)
            if not piece and not inflater.unconsumed_tail:
                break
            rest = inflater.unconsumed_tail
            if piece:
                yield piece
    except zlib.error:
        raise _damaged() from None
    if not inflater.eof:
        raise _damaged()


def _damaged() -> SourceError:
    return SourceError("the XLSX file is damaged; save or export it again")
