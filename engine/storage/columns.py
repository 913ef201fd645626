"""Column types that mean the same on SQLite and PostgreSQL: UTC moments and local days."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC moment to the microsecond; a naive value is refused.

    SQLite keeps it as sortable text, PostgreSQL as ``timestamptz``.
    """

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the dialect."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(27))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Return what turns a moment into the driver's value."""
        return _to_moment if dialect.name == "postgresql" else _to_text

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:
        """Return what turns the driver's value into a moment."""
        return _from_moment if dialect.name == "postgresql" else _from_text


class LocalDate(TypeDecorator[date]):
    """A calendar day of the office; a moment or a text is refused.

    SQLite keeps it as ISO text, PostgreSQL as ``date``.
    """

    impl = String(10)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the dialect."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Date())
        return dialect.type_descriptor(String(10))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Return what turns a day into the driver's value."""
        return _to_day if dialect.name == "postgresql" else _day_text

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any] | None:
        """Return what turns the driver's value into a day."""
        return None if dialect.name == "postgresql" else _day_value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone; moments are aware UTC values")
    return value.astimezone(UTC)


def _to_moment(value: datetime | None) -> datetime | None:
    return None if value is None else _aware(value)


def _from_moment(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    return None if value is None else f"{_aware(value).isoformat(timespec='microseconds')[:26]}Z"


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _to_day(value: date | None) -> date | None:
    # A datetime is a date to Python, but it would be written with its time.
    if value is not None and type(value) is not date:
        raise ValueError(f"{value!r} is not a calendar day")
    return value


def _day_text(value: date | None) -> str | None:
    day = _to_day(value)
    return None if day is None else day.isoformat()


def _day_value(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
