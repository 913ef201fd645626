"""What a person types, as values: days, moments, whole numbers, pairs, tasks, papers."""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cli.errors import WrongError
from engine.core.arrangements import CalendarError
from engine.core.commands import Paper, Phrase, Target
from engine.core.cycles import read_occasion

OFFICE = "Asia/Shanghai"
"""The zone of a moment that is typed without one."""

_CHUNK_BYTES = 1 << 20
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)


def day(text: str) -> date:
    """Return a calendar day written as 2017-08-31.

    Raises:
        WrongError: it is written otherwise, or there is no such day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongError("day", given=text) from error


def moment(text: str) -> datetime:
    """Return a moment in UTC; a day alone is its end of office, 18:00 in the office's zone.

    Raises:
        WrongError: it is not written as ISO 8601 says.
    """
    try:
        found = datetime.fromisoformat(f"{text}T18:00" if "T" not in text else text)
    except ValueError as error:
        raise WrongError("moment", given=text) from error
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(OFFICE))).astimezone(UTC)


def whole(text: str | int) -> int:
    """Return a whole number.

    Raises:
        WrongError: it is something else.
    """
    if not _WHOLE.fullmatch(str(text)):
        raise WrongError("whole", given=str(text))
    return int(text)


def pairs(given: Iterable[str] | None) -> dict[str, str]:
    """Return values by name from ``name=value``; the last of a name counts.

    Raises:
        WrongError: one has no name or no equals sign.
    """
    found = {}
    for text in given or ():
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise WrongError("pair", given=text)
        found[name.strip()] = value
    return found


def target(task: str, period: str | None = None, ref: str | None = None) -> Target:
    """Return the task meant: ``supervision/2018-03``, ``issue/I02``, or by the options."""
    key, _, mark = task.partition("/")
    if mark and _is_period(mark):
        period = period or mark
    elif mark:
        ref = ref or mark
    return Target(key, period, ref)


def _is_period(mark: str) -> bool:
    try:
        read_occasion(mark)
    except CalendarError:
        return False
    return True


def paper(doc_no: str | None, title: str | None, file: str | None) -> Paper:
    """Return the document given as evidence; of a file its SHA-256 is kept, not its content.

    Raises:
        WrongError: the file cannot be read.
    """
    return Paper(doc_no, title, digest(Path(file)) if file else None)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, 64 hexadecimal digits.

    Raises:
        WrongError: the file cannot be read.
    """
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                found.update(chunk)
    except OSError as error:
        raise WrongError("unreadable", path=str(path), detail=error.strerror or "-") from error
    return found.hexdigest()


def phrases(given: Iterable[str] | None) -> dict[str, Phrase]:
    """Return dates by name from ``name=2017-09-30`` or ``name=2017-09-30:words of the source``.

    Words without a day (``name=:words``) are an undated phrase.

    Raises:
        WrongError: one has no name, or its day is no day.
    """
    found = {}
    for name, value in pairs(given).items():
        on, _, words = value.partition(":")
        found[name] = Phrase(words or on, day(on) if on else None)
    return found


def codes(text: str) -> tuple[str, ...]:
    """Return the codes of a list with commas, in their order, each once.

    Raises:
        WrongError: the list is empty.
    """
    found = tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    if not found:
        raise WrongError("codes", given=text)
    return found
