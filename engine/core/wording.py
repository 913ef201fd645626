"""Date phrases in one plain wording, so that they are read by few rules."""

import re

_CLOCK = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$", re.ASCII)
_BLANK = re.compile(r"(?<!\d) +| +(?!\d)", re.ASCII)  # one between digits may part two numbers
_EDGES = "。.;,、:“”\"'"
_NUMERAL = re.compile(
    r"[〇○零一二三四五六七八九十两]+"
    r"(?=[年月日号天周]|星期|季度|工作日|个(?:月|周|星期|工作日|自然日|日历日))"
)
_VALUES = str.maketrans("〇○零一二三四五六七八九两", "0001234567892")
_TENS = re.compile(r"(\d?)十(\d?)", re.ASCII)
_RHYTHM = re.compile(r"[一半两]个?[日天周旬月季年]度?一(?![日号]).*")


def tidy(words: str) -> str:
    """Return a phrase without blanks, time of day and punctuation at its edges.

    A blank between two digits stays, so that ``2017年1 2月`` is not read as December.
    """
    return _BLANK.sub("", _CLOCK.sub("", words)).strip(_EDGES)


def with_digits(text: str) -> str:
    """Return a text with the Chinese numerals before a unit of time in digits.

    二〇一七年 is read digit by digit, 三十一日 by its tens; 一个社区 stays as it is.
    """
    return _NUMERAL.sub(_in_digits, text)


def _in_digits(found: re.Match[str]) -> str:
    text = found[0].translate(_VALUES)
    if "十" not in text:
        return text
    tens = _TENS.fullmatch(text)
    return f"{tens[1] or 1}{tens[2] or 0}" if tens else found[0]


def is_rhythm(text: str) -> bool:
    """Return whether a text is a cadence such as 一月一督导, in which 一月 is no January."""
    return _RHYTHM.fullmatch(text) is not None


_OPEN = re.compile(
    "不?定期|适当(?:的|比例|时候|方式)?|一定(?:的|比例|数量)|若干|酌情|视情|有条件的"
)


def open_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that name a measure without giving it, in their order.

    定期 without an interval, 一定的 and 适当的 without a quantity: somebody has to give a local
    value, and none is made up.
    """
    return tuple(dict.fromkeys(_OPEN.findall(text)))
