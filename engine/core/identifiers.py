"""Identifiers as people type them: cleaned, checked, and refused with the place and the reason.

Every answer is a `Checked`; nothing here raises for a text, however odd. No fault of a mobile
number holds the number, so that faults may be listed, mailed and logged.

A check digit that fits says that a code was copied right, not that the organisation exists.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.core.errors import Facts

_OUTER_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OUTER_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_INNER_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKALIKES = str.maketrans("IOSVZ", "105U2")

_DIGITS = "0123456789"
_ROUNDED = re.compile(r"\d(?:\.\d+)?[Ee]\+\d+", re.ASCII)
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−()"))
_COUNTRY = re.compile(r"^(?:(?:\+|00)86|86(?=\d{11}$))", re.ASCII)
_LEVELS = {"province": 2, "city": 4, "county": 6, "street": 9, "community": 12}

_ENGLISH = {
    "uscc_missing": "There is no credit code.",
    "uscc_rounded": "A spreadsheet has rounded the credit code; type it again as text.",
    "uscc_length": "A credit code has {expected} characters, this one has {found}.",
    "uscc_letter": "A credit code is of digits and capital letters without I, O, S, V and Z; "
    "this one has {letters} at position {positions}.",
    "uscc_outer": "The last character of the code should be {expected} and is {found}.",
    "uscc_inner": "Character 17 of the code, the check digit of the organisation code inside it, "
    "should be {expected} and is {found}.",
    "mobile_missing": "There is no mobile number.",
    "mobile_rounded": "A spreadsheet has rounded the mobile number; type it again as text.",
    "mobile_sign": "A mobile number is of digits; this one has {sign} at position {position}.",
    "mobile_length": "A mobile number has {expected} digits, this one has {found}.",
    "mobile_start": "A mobile number begins with 13 to 19, this one with {found}.",
    "division_missing": "There is no division code.",
    "division_rounded": "A spreadsheet has rounded the division code; type it again as text.",
    "division_sign": "A division code is of digits; this one has {sign} at position {position}.",
    "division_length": "A division code has 6, 9 or 12 digits, this one has {found}.",
    "community_missing": "There is no name of a community.",
    "community_unknown": "No community in the register is called {name}; nearest: {near}.",
    "community_ambiguous": "More than one community is called {name}: {codes}.",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """An identifier in its one right form, or the reason why it has none.

    Attributes:
        value: the form to store; None exactly when there is a fault.
        fault: code of what is wrong; its sentence stands in the catalogues.
        facts: what fills that sentence; for a right value, what could be read from it. The fact
            `perhaps`, where given and not None, is a right value that may have been meant: show
            it, never take it unasked.
    """

    value: str | None = None
    fault: str | None = None
    facts: Facts = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The fault as an English sentence; empty when there is none."""
        return in_english(_ENGLISH, self.fault, self.facts)


def in_english(sentences: Mapping[str, str], fault: str | None, facts: Facts) -> str:
    """Return a fault's sentence, filled, with the fact `perhaps` as a proposal behind it."""
    if fault is None:
        return ""
    sentence = sentences[fault].format_map(facts)
    perhaps = facts.get("perhaps")
    return f"{sentence} Perhaps {perhaps} is meant." if perhaps else sentence


def visible(text: str) -> str:
    """Return a text in its common form (NFKC), without marks that print nothing.

    Full-width digits and letters become plain ones. Zero-width marks, which come along when a
    cell is copied from a phone or a web page, are dropped; every blank and line break becomes a
    space.
    """
    shown = (
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFKC", text)
        if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf"}
    )
    return unicodedata.normalize("NFKC", "".join(shown))  # dropping a mark may join what it parted


def clean(text: str, *, upper: bool = False) -> str:
    """Return a text in its common form without any blank inside or around it.

    Args:
        text: as typed or read from a cell.
        upper: for identifiers whose letters are capital.
    """
    joined = visible(visible(text).replace(" ", ""))
    return joined.upper() if upper else joined


def uscc(text: str) -> Checked:
    """Check a unified social credit code.

    No rule but the alphabet is laid on the first eight characters, so codes that begin with N
    (rural collectives), Y or A pass; two check digits say enough. The facts of a right code are
    its `kind` (52: 民办非企业单位) and the `division` of the office that registered it. Where the
    outer digit does not fit, `inner_fits` tells where to look: characters 1 to 8 and the last one
    when it is true, 9 to 17 when it is false.

    Source: GB 32100-2015; GB 11714 for the organisation code inside it.
    """
    code = clean(text, upper=True)
    if fault := _unfit("uscc", code) or _wrong_length("uscc", code, 18) or _wrong_letters(code):
        return fault
    outer, inner = _outer(code), _inner(code)
    if code[17] != outer:
        inner_fits = code[16] == inner
        facts: Facts = {"expected": outer, "found": code[17], "inner_fits": inner_fits}
        return Checked(fault="uscc_outer", facts=facts)
    if code[16] != inner:
        return Checked(fault="uscc_inner", facts={"expected": inner, "found": code[16]})
    return Checked(code, facts={"kind": code[:2], "division": code[2:8]})


def mobile(text: str) -> Checked:
    """Check a mobile number of the mainland; the value is its 11 digits.

    A leading +86, 0086 or 86, blanks, dashes and brackets are dropped. The fact `masked` is the
    form for lists, exports and messages: 138****8000.
    """
    number = _COUNTRY.sub("", clean(text).translate(_DASHES))
    if fault := (
        _unfit("mobile", number)
        or _wrong_sign("mobile", number)
        or _wrong_length("mobile", number, 11)
    ):
        return fault
    if number[0] != "1" or number[1] < "3":
        return Checked(fault="mobile_start", facts={"found": number[:2]})
    return Checked(number, facts={"masked": f"{number[:3]}****{number[7:]}"})


def division(code: str) -> Checked:
    """Check the shape of a division code; whether it exists, and when, is the register's to say.

    The fact `level` is province, city, county, street or community. Noughts at the end are
    filling: 510904000000 is a county, written with 12 digits as statistics offices do.

    Source: GB/T 2260; 统计用区划代码 for 9 and 12 digits.
    """
    digits = clean(code)
    if fault := _unfit("division", digits) or _wrong_sign("division", digits):
        return fault
    if len(digits) not in {6, 9, 12}:
        return Checked(fault="division_length", facts={"found": len(digits)})
    used = len(digits.rstrip("0"))
    level = next(name for name, length in _LEVELS.items() if used <= length)
    return Checked(digits, facts={"level": level})


def _unfit(name: str, text: str) -> Checked | None:
    """Return the fault of a text that is empty, or a number in the notation 5.25E+17."""
    if not text:
        return Checked(fault=f"{name}_missing")
    return Checked(fault=f"{name}_rounded") if _ROUNDED.fullmatch(text) else None


def _wrong_length(name: str, text: str, expected: int) -> Checked | None:
    if len(text) == expected:
        return None
    return Checked(fault=f"{name}_length", facts={"expected": expected, "found": len(text)})


def _wrong_sign(name: str, text: str) -> Checked | None:
    for position, sign in enumerate(text, 1):
        if sign not in _DIGITS:
            return Checked(fault=f"{name}_sign", facts={"sign": sign, "position": position})
    return None


def _wrong_letters(code: str) -> Checked | None:
    wrong = [(letter, n) for n, letter in enumerate(code, 1) if letter not in _OUTER_LETTERS]
    if not wrong:
        return None
    meant = code.translate(_LOOKALIKES)
    facts = {
        "letters": ", ".join(letter for letter, _ in wrong),
        "positions": ", ".join(str(position) for _, position in wrong),
        "perhaps": meant if _fits(meant) else None,
    }
    return Checked(fault="uscc_letter", facts=facts)


def _outer(code: str) -> str:
    pairs = zip(code[:17], _OUTER_WEIGHTS, strict=True)
    total = sum(_OUTER_LETTERS.index(letter) * weight for letter, weight in pairs)
    return _OUTER_LETTERS[-total % 31]


def _inner(code: str) -> str:
    pairs = zip(code[8:16], _INNER_WEIGHTS, strict=True)
    total = sum(_INNER_LETTERS.index(letter) * weight for letter, weight in pairs)
    return f"{_DIGITS}X"[-total % 11]


def _fits(code: str) -> bool:
    known = all(letter in _OUTER_LETTERS for letter in code)
    return known and code[16:] == _inner(code) + _outer(code)
