"""Types as JSON: reading strictly, writing, and their schemas. The only file that asks pydantic.

Requests are the engine's own frozen values. What is not one of their fields is refused, and a
text that reads like a number is not one.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from engine.core.errors import UsageError

STRICT = ConfigDict(extra="forbid", strict=True)
ASKED = "query"
REFERENCE = "#/components/schemas/{model}"


def _like(pattern: str, make: Callable[[str], object], what: str) -> Callable[[object], object]:
    """Return a reader of the text of a parameter: pydantic takes ``1_0`` and ``yes`` as well."""
    said = re.compile(pattern, re.ASCII)

    def read(given: object) -> object:
        if isinstance(given, str) and not said.fullmatch(given):
            raise ValueError(what)
        return make(given) if isinstance(given, str) else given

    return read


IS_FLAG = BeforeValidator(_like("true|false", "true".__eq__, "write true or false"))
IS_LIMIT = BeforeValidator(_like("[0-9]{1,4}", int, "write a whole number"))
IS_MOMENT = BeforeValidator(
    _like(r"\d{4}-\d\d-\d\dT.+", datetime.fromisoformat, "write a moment with its offset")
)
Flag = Annotated[bool, IS_FLAG]
Limit = Annotated[int, IS_LIMIT, Field(ge=1, le=200)]
Moment = Annotated[AwareDatetime, IS_MOMENT]
Text = Annotated[str, Field(max_length=200)]


class MalformedError(UsageError):
    """A request is not what its schema says; `faults` are (where, what is wrong)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        message = "; ".join(f"{where}: {what}" for where, what in faults)
        super().__init__(message, "malformed", places=", ".join(where for where, _ in faults))
        self.faults = tuple(faults)


@cache
def _one(kind: Any) -> TypeAdapter[Any]:
    # Settings cannot be given to a dataclass that is not pydantic's own, but to what holds it.
    return TypeAdapter(tuple[kind], config=STRICT)


@cache
def _asked(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(dict[str, kind], config=STRICT)


@cache
def _written(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def read_json(kind: Any, body: bytes) -> Any:
    """Return a JSON text as a value of a type.

    Raises:
        MalformedError: it is no JSON, or not of that type; lists every fault.
    """
    try:
        (value,) = _one(kind).validate_json(b"[" + body + b"]")
    except ValidationError as error:
        raise MalformedError(_faults(error)) from error
    return value


def read_query(kind: Any, given: Mapping[str, str]) -> Any:
    """Return the parameters of an address as a value of a type.

    Raises:
        MalformedError: one is unknown or not of its type.
    """
    try:
        return _asked(kind).validate_strings({ASKED: given})[ASKED]
    except ValidationError as error:
        raise MalformedError(_faults(error)) from error


def _faults(error: ValidationError) -> list[tuple[str, str]]:
    found = []
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        where = ".".join(str(step) for step in fault["loc"][1:])
        found.append((where or "-", fault["msg"]))
    return found


def written(kind: Any, value: object) -> bytes:
    """Return a value of a type as JSON."""
    return _written(kind).dump_json(value)


def schema(kind: Any, *, answers: bool, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON schema of a type; the types that it names are added to `shared`."""
    adapter: TypeAdapter[Any] = _written(kind) if answers else _one(kind)
    mode: Any = "serialization" if answers else "validation"
    found = adapter.json_schema(mode=mode, ref_template=REFERENCE)
    shared.update(found.pop("$defs", {}))
    if answers:
        return found
    (inner,) = found["prefixItems"]
    return dict(inner)
