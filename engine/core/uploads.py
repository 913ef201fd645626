"""What a file is, by its content, and whether it may be taken in: pure, on bytes."""

import io
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.core.errors import Reason, RefusalError

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 2_000, 200 * 1024 * 1024, 100
"""Limits of a packed file before anybody opens it. Source: OWASP ASVS 5.0, 5.2 and 5.3."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken in: what it begins with, and what it is served as."""

    suffix: str
    media_type: str
    magic: bytes
    inside: str | None = None


KINDS = (
    Kind(".pdf", "application/pdf", b"%PDF-"),
    Kind(".jpg", "image/jpeg", b"\xff\xd8\xff"),
    Kind(".png", "image/png", b"\x89PNG\r\n\x1a\n"),
    Kind(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         b"PK\x03\x04", "word/document.xml"),
    Kind(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         b"PK\x03\x04", "xl/workbook.xml"),
    Kind(".ofd", "application/ofd", b"PK\x03\x04", "OFD.xml"),
)  # fmt: skip
SUFFIXES = tuple(kind.suffix for kind in KINDS)


def judged(name: str, content: bytes) -> Kind:
    """Return what a file is.

    Raises:
        RefusalError: it is empty, too large, of no kind that is taken in, or packed to do harm.
            The name's ending alone decides nothing.
    """
    if not content:
        raise refuse("upload_empty", file=name)
    if len(content) > MOST_BYTES:
        raise refuse("upload_large", file=name, size=len(content), most=MOST_BYTES)
    found = [kind for kind in KINDS if content.startswith(kind.magic)]
    if found and found[0].inside is not None:
        return _packed(name, content)
    if not found or b"<script" in content[:1024].lower():
        raise refuse("upload_kind", file=name, kinds=" ".join(SUFFIXES))
    return found[0]


def refuse(code: str, **facts: str | int) -> RefusalError:
    """Return the refusal of a file, with one reason."""
    return RefusalError((Reason(code, facts),))


def _packed(name: str, content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            entries = opened.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refuse("upload_broken", file=name) from error
    if len(entries) > MOST_ENTRIES or _swells(entries) or any(map(_strays, entries)):
        raise refuse("upload_harmful", file=name)
    held = {entry.filename for entry in entries}
    for kind in KINDS:
        if kind.inside in held:
            return kind
    raise refuse("upload_kind", file=name, kinds=" ".join(SUFFIXES))


def _swells(entries: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    return unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1)


def _strays(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or path.is_absolute() or ".." in path.parts


def without_place(content: bytes) -> bytes:
    """Return a JPEG without the place where it was taken; any other file comes back as it is.

    Only the GPS directory is emptied: orientation stays, so that the picture is not turned.
    """
    start = _exif(content)
    if start is None:
        return content
    data = bytearray(content)
    try:
        _empty_gps(data, start)
    except IndexError:
        return content[: start - 10] + content[start - 8 + _length(content, start) :]
    return bytes(data)


def _length(content: bytes, start: int) -> int:
    return int.from_bytes(content[start - 8 : start - 6], "big")


def _exif(content: bytes) -> int | None:
    """Return where the TIFF header of a JPEG's Exif segment begins, None without one."""
    at = 2
    while content.startswith(b"\xff\xd8") and at + 4 <= len(content) and content[at] == 0xFF:
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] == 0xE1 and content[at + 4 : at + 10] == b"Exif\0\0":
            return at + 10
        if content[at + 1] in (0xDA, 0xD9) or length < 2:
            return None
        at += 2 + length
    return None


GPS_TAG, ENTRY = 0x8825, 12
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}


def _empty_gps(data: bytearray, start: int) -> None:
    order = "little" if data[start : start + 2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        if at + size > len(data):
            raise IndexError(at)
        return int.from_bytes(data[at : at + size], order)  # type: ignore[arg-type]  # one of the two

    first = start + number(start + 4, 4)
    for index in range(number(first, 2)):
        at = first + 2 + index * ENTRY
        if number(at, 2) == GPS_TAG:
            _wipe(data, start, start + number(at + 8, 4), number)


def _wipe(data: bytearray, start: int, gps: int, number: Callable[[int, int], int]) -> None:
    count = number(gps, 2)
    for index in range(count):
        at = gps + 2 + index * ENTRY
        size = SIZES.get(number(at + 2, 2), 1) * number(at + 4, 4)
        if size > 4:
            where = start + number(at + 8, 4)
            number(where, size)  # it lies within the file
            data[where : where + size] = bytes(size)
    end = gps + 2 + count * ENTRY
    data[gps:end] = bytes(end - gps)
