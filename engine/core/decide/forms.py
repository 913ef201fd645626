"""What a person typed into the fields of a record: its checks, and its canonical text."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from engine.core.definition import Field, FieldType, Task
from engine.core.errors import Reason

_INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)


def field_reasons(task: Task, data: Mapping[str, str], *, complete: bool) -> list[Reason]:
    """Return what is wrong with a record's values: unknown, missing, or of the wrong form."""
    known = {field.key: field for field in task.fields}
    near = ", ".join(known) or "-"
    reasons = [
        Reason("unknown_field", {"task": task.key, "field": key, "near": near})
        for key in data
        if key not in known
    ]
    for field in task.fields:
        value = data.get(field.key)
        if value is None:
            if field.required and complete:
                reasons.append(Reason("field_missing", {"task": task.key, "field": field.key}))
        elif not _fits(field, value):
            facts = {"task": task.key, "field": field.key, "value": value, "type": field.type.value}
            reasons.append(Reason("field_malformed", facts))
    return reasons


def _fits(field: Field, value: str) -> bool:
    if field.type is FieldType.CHOICE:
        return value in field.choices
    if field.type is FieldType.DATE:
        return as_day(value) is not None
    if field.type is FieldType.INTEGER:
        return _INTEGER.fullmatch(value) is not None
    if field.type in (FieldType.DECIMAL, FieldType.MONEY):
        number = as_decimal(value)
        cents = number is not None and number == number.quantize(Decimal("0.01"))
        return number is not None and (field.type is FieldType.DECIMAL or cents)
    return True


def as_day(value: str) -> date | None:
    """Return a day written like 2017-08-31, else None; the other forms of ISO 8601 are refused."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.isoformat() == value else None


def as_decimal(value: str) -> Decimal | None:
    """Return a plain decimal, at most 15 digits before and behind the point, else None."""
    return Decimal(value) if _DECIMAL.fullmatch(value) else None


def dump(data: Mapping[str, str]) -> str | None:
    """Return a record's values as canonical text, None when there are none."""
    return json.dumps(dict(data), ensure_ascii=False, sort_keys=True) if data else None
