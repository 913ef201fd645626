"""What a call comes to when it fails: one table from errors to exit codes."""

from collections.abc import Mapping
from typing import Final

from engine.core.errors import (
    ClockError,
    DefinitionError,
    RefusalError,
    ShidianError,
    StaleVersionError,
    StorageError,
    TrailError,
    UnknownObjectError,
    UsageError,
)

DONE, REFUSED, USAGE, CONFLICT, BROKEN = range(5)
FAULT: Final = 70
"""A fault of the product itself (``EX_SOFTWARE`` of sysexits.h), not an answer."""

INTERRUPTED: Final = 130
"""What a shell reports for a program that Ctrl-C ended."""

EXIT_CODES: Final[Mapping[type[ShidianError], int]] = {
    RefusalError: REFUSED,
    ClockError: REFUSED,
    UsageError: USAGE,
    DefinitionError: USAGE,
    UnknownObjectError: USAGE,
    StorageError: USAGE,
    StaleVersionError: CONFLICT,
    TrailError: BROKEN,
    ShidianError: REFUSED,
}


class WrongError(UsageError):
    """The command line, or what it points to, is not what it must be.

    `key` names the sentence ``wrong.<key>`` of the terminal's texts, the facts fill it.
    """

    code = "wrong"

    def __init__(self, key: str, /, **facts: str | int | None) -> None:
        super().__init__(f"{key} {facts}", key, **facts)


def exit_code(error: ShidianError) -> int:
    """Return the exit code of an error: that of the nearest class in the table."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
