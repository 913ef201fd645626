"""Connections and transactions, and the differences between SQLite and PostgreSQL."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.engine import make_url

from engine.core.errors import StorageError
from engine.storage.statements import Statements

try:
    import pysqlite3 as sqlite
except ImportError:  # no wheel for this platform: the interpreter's own SQLite, judged below
    sqlite = sqlite3

SAFE_SQLITE = (3, 51, 3)
"""Below this, write-ahead logging can lose pages when several processes checkpoint."""

WAIT_SECONDS = 30
"""How long a process waits for another one's lock before it gives up."""

PRAGMAS = (
    "PRAGMA busy_timeout=30000",  # first: the others may have to wait for another process as well
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
)

POSTGRES_SETTINGS = (
    "SET lock_timeout = '30s'",
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET TIME ZONE 'UTC'",
)


class Database:
    """One database by its URL: ``sqlite:///file.db`` or ``postgresql+psycopg://…``.

    Raises:
        StorageError: the URL names another kind of database, or its driver is not installed.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self.dialect = self.engine.dialect.name
        self.statements = Statements(self.engine.dialect)

    @property
    def is_postgres(self) -> bool:
        """Whether several machines may write."""
        return self.dialect == "postgresql"

    @contextmanager
    def write(self) -> Iterator[Any]:
        """Yield a cursor inside one writing transaction; commits at the end, once.

        On SQLite the write lock is taken before anything is read, so that what was read still
        holds when it is written.
        """
        with self._transaction("BEGIN IMMEDIATE") as cursor:
            yield cursor

    @contextmanager
    def read(self) -> Iterator[Any]:
        """Yield a cursor inside one reading transaction: one consistent view."""
        with self._transaction("BEGIN") as cursor:
            if self.is_postgres:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield cursor

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Any]:
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            if not self.is_postgres:
                cursor.execute(begin)
            yield cursor
            connection.commit()
        except BaseException:
            self._roll_back(connection)
            raise
        finally:
            connection.close()

    def _roll_back(self, connection: PoolProxiedConnection) -> None:
        """Take a transaction back; a connection that cannot even do that is thrown away.

        The pool does not reset what comes back to it: an open transaction would stay open.
        """
        try:
            connection.rollback()
        except self._driver_error:
            connection.invalidate()

    @property
    def _driver_error(self) -> type[Exception]:
        kind: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        return kind

    def clock(self, cursor: Any) -> datetime:
        """Return the database's own time: one clock for every process that writes.

        SQLite has no server; its one host's clock is the database's.
        """
        if self.is_postgres:
            cursor.execute("SELECT clock_timestamp()")
            moment: datetime = cursor.fetchone()[0]
            return moment.astimezone(UTC)
        return datetime.now(UTC)

    def is_collision(self, error: Exception) -> bool:
        """Return whether two writers made the same new row, so that one may simply try again."""
        kinds: Any = self.engine.dialect.loaded_dbapi.IntegrityError
        return isinstance(error, kinds)

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @property
    def sqlite_version(self) -> tuple[int, ...]:
        """The version of the SQLite library in use."""
        return tuple(int(part) for part in sqlite.sqlite_version.split("."))


def _engine(url: str) -> Engine:
    kind = make_url(url).get_backend_name()
    if kind == "sqlite":
        return _sqlite_engine(url)
    if kind == "postgresql":
        return _postgres_engine(url)
    message = f"{url}: only sqlite:/// and postgresql+psycopg:// databases are supported"
    raise StorageError(message, "database_kind", url=url)


def _keep_a_log(connection: Any) -> None:
    """Switch a database to write-ahead logging; one that has it already is not touched.

    SQLite does not wait for its busy timeout here: where several processes open a new file at
    once, all but one are refused at once and have to ask again.
    """
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _sqlite_engine(url: str) -> Engine:
    database = create_engine(
        url, module=sqlite, connect_args={"timeout": WAIT_SECONDS}, pool_reset_on_return=None
    )

    @event.listens_for(database, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver must not open transactions by itself: BEGIN IMMEDIATE is ours to say.
        connection.isolation_level = None
        _keep_a_log(connection)
        for pragma in PRAGMAS:
            connection.execute(pragma)

    return database


def _postgres_engine(url: str) -> Engine:
    try:
        # Asked first whether it lives: a server that restarted must not fail whoever comes next.
        database = create_engine(url, pool_reset_on_return=None, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StorageError(
            f"{url}: the PostgreSQL driver is missing; install shidian[postgres]",
            "database_driver",
            url=url,
        ) from error

    @event.listens_for(database, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            for setting in POSTGRES_SETTINGS:
                cursor.execute(setting)
        connection.commit()

    return database
