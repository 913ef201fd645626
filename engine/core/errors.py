"""Every error of the product, under one base.

ShidianError
├── DefinitionError      a workflow, calendar or scenario file is not what it must be
├── RefusalError         a request is understood and refused; carries every reason
├── StaleVersionError    somebody else was first; carries who and what
├── UnknownObjectError   nothing of that name exists (or may be seen)
├── TrailError           the audit trail is broken, or would be
├── ClockError           time runs backwards, or a simulated clock is asked for on a real database
├── StorageError         the database cannot be used as it is
└── UsageError           the request itself is malformed
    └── FieldError       one field of it is; names the field

Errors carry a code and facts; the sentences stand in ``templates/locale``. What an error says of
its own case stands there too, as ``fault.<key>``; the English text beside the key is for logs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = str | int | bool | None
Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way of an action.

    `code` names the sentence in the catalogues, `facts` fill it. `holder` is the role that can
    lift it and `lift` names the act that would. `undecided` marks what cannot be judged yet,
    which is not the same as failed.
    """

    code: str
    facts: Facts = field(default_factory=dict)
    holder: str | None = None
    lift: str | None = None
    undecided: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a file: where it stands, what is wrong and what would be right."""

    where: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}:{self.column}: {self.key}: {self.message}"


class ShidianError(Exception):
    """Base of every error that Shidian raises on purpose.

    `key` names the sentence ``fault.<key>`` that says what is wrong in this case, `given` fills
    it; a class whose own sentence says everything has none.
    """

    code = "error"

    def __init__(self, detail: str = "", key: str = "", /, **given: Fact) -> None:
        super().__init__(detail)
        self.key = key
        self.given: Facts = given

    def facts(self) -> Facts:
        """Return the values that fill the sentence of this error."""
        return {"detail": str(self)}


class DefinitionError(ShidianError):
    """A file is refused whole; every fault is listed with its place."""

    code = "definition"

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in sorted(faults)))
        self.faults = tuple(sorted(faults))


class RefusalError(ShidianError):
    """A request is refused; `reasons` is never empty and is the whole list."""

    code = "refusal"

    def __init__(self, reasons: tuple[Reason, ...], seq: int | None = None) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons
        self.seq = seq


class StaleVersionError(ShidianError):
    """The caller's version of a project is no longer the latest one."""

    code = "stale_version"

    def __init__(self, stream: str, expected: int, actual: int, winner: str, deed: str) -> None:
        super().__init__(f"{stream}: expected version {expected}, found {actual}")
        self.stream, self.expected, self.actual = stream, expected, actual
        self.winner, self.deed = winner, deed

    def facts(self) -> Facts:
        """Return who was first and what they did."""
        return {
            "stream": self.stream,
            "expected": self.expected,
            "actual": self.actual,
            "winner": self.winner,
            "deed": self.deed,
        }


class UnknownObjectError(ShidianError):
    """Nothing of that kind and name exists."""

    code = "unknown_object"

    def __init__(self, kind: str, name: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(f"{kind} {name!r} does not exist")
        self.kind, self.name, self.near = kind, name, near

    def facts(self) -> Facts:
        """Return what was looked for and the nearest names that exist."""
        return {"kind": self.kind, "name": self.name, "near": ", ".join(self.near) or "-"}


class TrailError(ShidianError):
    """An entry cannot be written or read without breaking the trail."""

    code = "trail"


class ClockError(ShidianError):
    """The clock cannot be trusted or may not be moved that way."""

    code = "clock"


class StorageError(ShidianError):
    """The database cannot be used as it is; the message says what to do."""

    code = "storage"


class UsageError(ShidianError):
    """The request is malformed: a value is missing, unknown or of the wrong form."""

    code = "usage"


class FieldError(UsageError):
    """One field holds what it cannot: `field` is its name, `key` says what would be right."""

    def __init__(self, field: str, found: str, key: str, /) -> None:
        super().__init__(f"{field} {found!r}: {WANTED[key]}", key, name=field, found=found)
        self.field = field


WANTED = {"day_form": "write a day like 2017-08-31", "whole_number": "a whole number"}
"""What a field must hold, in the words of a program's message."""
