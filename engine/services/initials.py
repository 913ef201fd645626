"""Names as people look for them: part of a name or code, or the initials of its pinyin (yxl)."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pypinyin import Style, pinyin

from engine.core.identifiers import visible


@lru_cache(maxsize=32_768)  # more than the characters that names are written with
def initials_of(sign: str) -> frozenset[str]:
    """Return the first letters of every reading of a character; none for what has no reading.

    A polyphone has several: 重 is read ``chong`` and ``zhong``, and is found under both.
    """
    if sign.isascii():
        return frozenset()
    readings = pinyin(sign, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return frozenset(letter for found in readings for letter in found if letter.isascii())


def plain(text: str) -> str:
    """Return a text as it is compared: common form, small letters, no blanks."""
    return visible(text).casefold().replace(" ", "")


class Names:
    """Many names in one text, so that one expression looks through all of them.

    A letter of what is looked for stands for itself and for every character that is read with it,
    one after the other: ``yxl`` finds 示例·育新路社区. Nothing of this is kept in the database.
    """

    def __init__(self, named: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._keys: list[str] = []
        self._starts: list[int] = []
        lines, at = [], 0
        for key, texts in named:
            line = "\t".join(plain(text) for text in texts)
            self._keys.append(key)
            self._starts.append(at)
            lines.append(line)
            at += len(line) + 1
        self._text = "\n".join(lines)
        self._read = self._by_letter()

    def _by_letter(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for sign in sorted(set(self._text)):
            for letter in initials_of(sign):
                found.setdefault(letter, []).append(sign)
        return {letter: "".join(signs) for letter, signs in found.items()}

    def find(self, wanted: str) -> set[str]:
        """Return the keys of the names that hold a text, or are read with these letters."""
        form = self._form(plain(wanted))
        found, at = set(), 0
        while (hit := form.search(self._text, at)) is not None:
            line = bisect_right(self._starts, hit.start()) - 1
            found.add(self._keys[line])
            if line + 1 == len(self._starts):
                break
            at = self._starts[line + 1]
        return found

    def _form(self, wanted: str) -> re.Pattern[str]:
        return re.compile("".join(self._one(sign) for sign in wanted))

    def _one(self, sign: str) -> str:
        read = self._read.get(sign, "")
        return f"[{re.escape(sign)}{re.escape(read)}]" if read else re.escape(sign)
