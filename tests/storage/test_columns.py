"""Moments and days come back from both databases as they went in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from engine.storage.columns import LocalDate, UTCDateTime
from engine.storage.database import Database
from engine.storage.statements import Prepared
from tests.storage.tampering import query

ODD = [
    timezone(timedelta(hours=8)),
    timezone(timedelta(hours=5, minutes=45)),
    timezone(timedelta(hours=-12)),
    timezone(timedelta(hours=14)),
    timezone(timedelta(minutes=-1)),
    timezone(timedelta(seconds=29_143)),  # Shanghai before 1901: +08:05:43
]
DIALECTS: list[Dialect] = [sqlite.dialect(), postgresql.dialect()]  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped

moments = st.datetimes(
    datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.sampled_from(ODD)
)  # fmt: skip
days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
spare = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
TRIES = Table(
    "tries", MetaData(), Column("at", UTCDateTime), Column("on", LocalDate)
)  # fmt: skip


def there_and_back(database: Database, at: datetime | None, on: date | None) -> tuple[object, ...]:
    """Write a moment and a day into a database and read them again."""
    with database.write() as cursor:
        kinds = ("timestamptz", "date") if database.is_postgres else ("text", "text")
        cursor.execute(f'CREATE TEMPORARY TABLE tries ("at" {kinds[0]}, "on" {kinds[1]})')
        new = insert(TRIES).values(at=bindparam("at"), on=bindparam("on"))
        Prepared(new, database.engine.dialect).run(cursor, {"at": at, "on": on})
        rows = Prepared(select(TRIES), database.engine.dialect).rows(cursor, {})
        cursor.execute("DROP TABLE tries")
    return rows[0]


@spare
@given(at=moments, on=days)
def test_what_is_written_is_read_again(database: Database, at: datetime, on: date) -> None:
    found_at, found_on = there_and_back(database, at, on)

    assert found_at == at
    assert isinstance(found_at, datetime)
    assert found_at.utcoffset() == timedelta(0)
    assert found_on == on
    assert type(found_on) is date


def test_nothing_stays_nothing(database: Database) -> None:
    assert there_and_back(database, None, None) == (None, None)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_moment_without_a_time_zone_is_refused(dialect: Dialect) -> None:
    convert = UTCDateTime().bind_processor(dialect)

    with pytest.raises(ValueError, match="no time zone"):
        convert(datetime(2017, 9, 1, 9))  # the mistake under test


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("wrong", [datetime(2017, 9, 1, 9, tzinfo=UTC), "2017-09-01", 20170901])
def test_a_day_that_is_no_date_is_refused(dialect: Dialect, wrong: object) -> None:
    convert = LocalDate().bind_processor(dialect)

    with pytest.raises(ValueError, match="calendar day"):
        convert(wrong)


@given(first=moments, second=moments)
def test_text_moments_sort_like_moments(first: datetime, second: datetime) -> None:
    convert = UTCDateTime().bind_processor(sqlite.dialect())

    assert (convert(first) < convert(second)) == (first < second)


@given(first=days, second=days)
def test_text_days_sort_like_days(first: date, second: date) -> None:
    convert = LocalDate().bind_processor(sqlite.dialect())

    assert (convert(first) < convert(second)) == (first < second)


def test_sqlite_keeps_moments_as_utc_text(sqlite_database: Database) -> None:
    at = datetime(2018, 1, 1, 0, 30, tzinfo=ODD[0])
    with sqlite_database.write() as cursor:
        cursor.execute('CREATE TABLE tries ("at" text, "on" text)')
        new = insert(TRIES).values(at=bindparam("at"), on=bindparam("on"))
        Prepared(new, sqlite_database.engine.dialect).run(
            cursor, {"at": at, "on": date(2018, 1, 1)}
        )

    found = query(sqlite_database, 'SELECT "at", "on" FROM tries')

    assert found == [("2017-12-31T16:30:00.000000Z", "2018-01-01")]
