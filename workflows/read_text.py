"""The text of a file before it is parsed: its bytes, its line ends, its forbidden characters."""

import codecs
import re

from workflows.faults import WHOLE_FILE, Faults

MAX_BYTES = 256 * 1024

# What YAML forbids, and U+0085, U+2028 and U+2029 besides: YAML breaks a line at them, editors
# do not, so the place of every fault below them would be wrong. Lone surrogates cannot be stored.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def canonical(source: str | bytes, where: str, *, max_bytes: int = MAX_BYTES) -> str:
    r"""Return the text that is parsed and digested: no byte order mark, every line end ``\n``.

    Args:
        source: the content of a file; bytes must be UTF-8.
        where: how faults name the file.
        max_bytes: the most that is accepted, in UTF-8.

    Raises:
        DefinitionError: too large, not UTF-8, or characters that no text file may hold.
    """
    faults = Faults(where)
    text = read_text(source, faults, max_bytes)
    faults.settle()
    return text or ""


def read_text(source: str | bytes, faults: Faults, max_bytes: int) -> str | None:
    """Return the text as `canonical` does, or None after noting why there is none."""
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(data) > max_bytes:
        message = f"has more than {max_bytes // 1024} KB ({max_bytes:,} bytes)"
        faults.at(1, 1, WHOLE_FILE, message)
        return None
    text = _decoded(source, faults) if isinstance(source, bytes) else source
    if text is None:
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return None if _has_forbidden(text, faults) else text


def _decoded(data: bytes, faults: Faults) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"is not UTF-8 (byte 0x{data[error.start]:02x}){_likely(data)}; save it as UTF-8"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        faults.at(line, column, WHOLE_FILE, message)
        return None


def _likely(data: bytes) -> str:
    """Name the encodings that Chinese editors write when they do not write UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ", it looks like UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return ", it looks like GB 18030"


def _has_forbidden(text: str, faults: Faults) -> bool:
    if not FORBIDDEN.search(text):
        return False
    for number, line in enumerate(text.split("\n"), start=1):
        for found in FORBIDDEN.finditer(line):
            message = f"the character U+{ord(found[0]):04X} is not allowed"
            faults.at(number, found.start() + 1, WHOLE_FILE, message)
    return True
