"""How wide a text is, by estimate: no font is at hand where a drawing is made.

The estimate errs on the wide side, so that what is cut to fit does fit in the common fonts.
"""

import unicodedata
from math import ceil

ELLIPSIS = "…"
BOLD = 1.04

_NARROW = frozenset("iljtfrI|!.,:;'\"`()[]/ ")
_BROAD = frozenset("mwMW@%")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in the units of its font size."""
    wide = sum(_share(character) for character in text) * size
    return wide * BOLD if bold else wide


def _share(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.92
    return 0.66 if character.isupper() else 0.56


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return a text that fits into `room`, its end replaced by … where it must be."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip(" ·，,：:") + ELLIPSIS


def wrap(text: str, size: float, room: float, most: int) -> list[str]:
    """Return a bold text in at most `most` lines of like length; the last one may be cut."""
    whole = width(text, size, bold=True)
    if most <= 1 or whole <= room:
        return [cut(text, size, room, bold=True)]
    head = _head(text, size, min(room, whole / min(most, ceil(whole / room)) + size * 0.6))
    return [head.strip(), *wrap(text[len(head) :].strip(), size, room, most - 1)]


def _head(text: str, size: float, room: float) -> str:
    """Return the longest beginning that fits, ended at a space where there is one."""
    n = len(text)
    while n > 1 and width(text[:n], size, bold=True) > room:
        n -= 1
    space = text.rfind(" ", 1, n + 1)
    return text[: space + 1] if space > 0 else text[:n]


def briefest(text: str) -> str:
    """Return the part of a stage's name that is said when there is no room for the whole.

    The head of a Chinese or English noun phrase stands last: 机构招募 is a 招募.
    """
    last = text.rsplit(maxsplit=1)[-1]
    is_wide = unicodedata.east_asian_width(last[-1]) in "WF"
    return last[-2:] if is_wide else last


def fit(text: str, size: float, room: float) -> str:
    """Return a name, its briefest form, or nothing: whichever is the longest that fits."""
    fitting = (form for form in (text, briefest(text)) if width(form, size) <= room)
    return next(fitting, "") if text else ""
