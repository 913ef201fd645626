"""Core statements of the SQLModel tables, compiled once a dialect and run on the driver's cursor.

Going through SQLAlchemy's `Connection.execute` costs 3.5 times as much an act; the schema, the
column types and their conversions stay SQLAlchemy's.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import ClauseElement, Column
from sqlalchemy.engine import Dialect

from engine.core.errors import UsageError

Convert = Callable[[Any], Any] | None


class Prepared:
    """A statement in the driver's own words, with the conversions of its values."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        # A list that SQLAlchemy would spread out at run time is never spread out here.
        assert "POSTCOMPILE" not in self.sql, "write a condition for each value, not IN"
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        processors = _bind_processors(compiled, dialect)
        self._is_positional = bool(compiled.positional)  # type: ignore[attr-defined]  # every SQL compiler has it
        order = compiled.positiontup if self._is_positional else processors  # type: ignore[attr-defined]  # as above
        self._names = [(name, fixed.get(name)) for name in order]
        # Picked in one step where nothing is fixed and there is more than one to pick.
        self._pick = itemgetter(*order) if len(order) > 1 and not fixed else None
        # Few columns need a conversion: the others are not looked at one by one.
        self._converting = [
            (index, name, convert)
            for index, name in enumerate(order)
            if (convert := processors[name]) is not None
        ]
        results = _result_processors(statement, dialect)
        self._reading = [(at, convert) for at, convert in enumerate(results) if convert is not None]
        driver: Any = dialect.loaded_dbapi
        self._unfit = (UnicodeEncodeError, OverflowError, driver.DataError)

    def values(self, given: Mapping[str, Any]) -> Any:
        """Return the parameters as the driver takes them."""
        if self._is_positional:
            values: Any = (
                list(self._pick(given))
                if self._pick is not None
                else [given.get(name, fixed) for name, fixed in self._names]
            )
            for index, _, convert in self._converting:
                if values[index] is not None:
                    values[index] = convert(values[index])
            return values
        named = {name: given.get(name, fixed) for name, fixed in self._names}
        for _, name, convert in self._converting:
            if named[name] is not None:
                named[name] = convert(named[name])
        return named

    def rows(self, cursor: Any, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run a query and return its rows with their values converted.

        Raises:
            UsageError: a value asked for is one that no database holds, a U+0000 for example.
        """
        self._execute(cursor, given)
        found = cursor.fetchall()
        if not self._reading:
            return [tuple(row) for row in found]
        return [self._converted(row) for row in found]

    def _converted(self, row: Iterable[Any]) -> tuple[Any, ...]:
        values = list(row)
        for at, convert in self._reading:
            values[at] = convert(values[at])
        return tuple(values)

    def run(self, cursor: Any, given: Mapping[str, Any]) -> int:
        """Run a change and return how many rows it touched; raises as `rows` does."""
        self._execute(cursor, given)
        return int(cursor.rowcount)

    def run_many(self, cursor: Any, given: Iterable[Mapping[str, Any]]) -> None:
        """Run a change once for each set of values; raises as `rows` does."""
        for one in given:
            self._execute(cursor, one)

    def _execute(self, cursor: Any, given: Mapping[str, Any]) -> None:
        try:
            cursor.execute(self.sql, self.values(given))
        except self._unfit as error:
            message = f"a value that no database holds: {error}"
            raise UsageError(message, "value_unstorable") from error


def _bind_processors(compiled: Any, dialect: Dialect) -> dict[str, Convert]:
    return {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bind in compiled.binds.items()
    }


def _result_processors(statement: ClauseElement, dialect: Dialect) -> tuple[Convert, ...]:
    chosen: Iterable[Column[Any]] = getattr(statement, "selected_columns", ())
    return tuple(
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in chosen
    )


class Statements:
    """The prepared statements of one database, by name, each compiled at its first use."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._held: dict[Any, Prepared] = {}

    def prepared(self, name: Any, build: Callable[[], ClauseElement]) -> Prepared:
        """Return the statement of that name, built and compiled when it is first asked for."""
        held = self._held.get(name)
        if held is None:
            held = self._held[name] = Prepared(build(), self._dialect)
        return held
