"""The text of a file before it is parsed: its bytes, its line ends, its forbidden characters."""

import codecs
import re

from engine.core.errors import DefinitionError, Fault

MAX_BYTES = 256 * 1024
MAX_FAULTS = 1000
"""A file with more faults than this is not the kind of file it is taken for."""

WHOLE_FILE = "file"
"""The key of a fault that belongs to no key."""

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
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(data) > max_bytes:
        message = f"has more than {max_bytes // 1024} KB ({max_bytes:,} bytes)"
        raise DefinitionError([Fault(where, 1, 1, WHOLE_FILE, message)])
    text = _decoded(source, where) if isinstance(source, bytes) else source
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    refuse(_character_faults(text, where))
    return text


def refuse(faults: list[Fault]) -> None:
    """Refuse a file that has faults; do nothing when it has none.

    Raises:
        DefinitionError: every fault, or the first thousand and how many more there are.
    """
    if not faults:
        return
    kept = sorted(faults)[:MAX_FAULTS]
    if len(faults) > MAX_FAULTS:
        last, more = kept[-1], len(faults) - MAX_FAULTS
        message = f"{more:,} more faults are not listed"
        kept.append(Fault(last.where, last.line, last.column, "~", message))
    raise DefinitionError(kept)


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"is not UTF-8 (byte 0x{data[error.start]:02x}){_likely(data)}; save it as UTF-8"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise DefinitionError([Fault(where, line, column, WHOLE_FILE, message)]) from error


def _likely(data: bytes) -> str:
    """Name the encodings that Chinese editors write when they do not write UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ", it looks like UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return ", it looks like GB 18030"


def _character_faults(text: str, where: str) -> list[Fault]:
    message = "the character U+{:04X} is not allowed"
    return [
        Fault(where, number, found.start() + 1, WHOLE_FILE, message.format(ord(found[0])))
        for number, line in enumerate(text.split("\n"), start=1)
        for found in FORBIDDEN.finditer(line)
    ]
