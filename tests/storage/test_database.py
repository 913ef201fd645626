"""The connection is what the durability of the trail rests on."""

import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from engine.core.errors import StorageError
from engine.storage.database import SAFE_SQLITE, Database
from tests.storage.tampering import query, run

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 30_000,
    "trusted_schema": 0,
}
SETTINGS = {
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "1min",
    "timezone": "UTC",
}


@pytest.mark.parametrize(("name", "value"), PRAGMAS.items(), ids=PRAGMAS.keys())
def test_every_sqlite_connection_is_durable_and_strict(
    sqlite_database: Database, name: str, value: object
) -> None:
    for _ in range(3):
        with sqlite_database.read() as cursor, sqlite_database.read() as other:
            assert cursor.execute(f"PRAGMA {name}").fetchone()[0] == value
            assert other.execute(f"PRAGMA {name}").fetchone()[0] == value


@pytest.mark.parametrize(("name", "value"), SETTINGS.items(), ids=SETTINGS.keys())
def test_every_postgres_connection_waits_with_limits(
    postgres_database: Database, name: str, value: str
) -> None:
    assert query(postgres_database, f"SHOW {name}") == [(value,)]


def test_postgres_commits_durably(postgres_database: Database) -> None:
    assert query(postgres_database, "SHOW synchronous_commit") == [("on",)]


def test_the_sqlite_in_use_is_a_safe_one(sqlite_database: Database) -> None:
    assert sqlite_database.sqlite_version >= SAFE_SQLITE


@pytest.mark.parametrize("url", ["mysql://x/y", "oracle://x/y"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(StorageError, match="only sqlite:/// and postgresql"):
        Database(url)


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as cursor:
        cursor.execute("INSERT INTO house (key, value) VALUES ('half', 'done')")
        raise ZeroDivisionError

    assert query(database, "SELECT count(*) FROM house") == [(0,)]


def test_a_writer_that_is_interrupted_leaves_nothing(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt), database.write() as cursor:
        cursor.execute("INSERT INTO house (key, value) VALUES ('half', 'done')")
        raise KeyboardInterrupt

    assert query(database, "SELECT count(*) FROM house") == [(0,)]


KILLED = """
import os, signal, sys
from engine.storage.database import Database
database = Database(sys.argv[1])
with database.write() as cursor:
    cursor.execute("INSERT INTO house (key, value) VALUES ('half', 'done')")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_killed_before_its_commit_leaves_nothing(database: Database) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, database.url], check=False, cwd=os.curdir)

    assert died.returncode == -9
    assert query(database, "SELECT count(*) FROM house") == [(0,)]
    run(database, "INSERT INTO house (key, value) VALUES ('next', 'works')")


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    with database.read() as cursor:
        cursor.execute("SELECT count(*) FROM house")
        before = cursor.fetchone()[0]
        writer = threading.Thread(
            target=run, args=(database, "INSERT INTO house (key, value) VALUES ('new', '1')")
        )
        writer.start()
        writer.join()
        cursor.execute("SELECT count(*) FROM house")
        assert cursor.fetchone()[0] == before

    assert query(database, "SELECT count(*) FROM house") == [(before + 1,)]


def test_a_reader_of_postgres_cannot_write(postgres_database: Database) -> None:
    with pytest.raises(Exception, match="read-only"), postgres_database.read() as cursor:
        cursor.execute("INSERT INTO house (key, value) VALUES ('a', 'b')")


def test_the_clock_of_the_database_is_aware_and_moves(database: Database) -> None:
    with database.read() as cursor:
        first, second = database.clock(cursor), database.clock(cursor)

    assert first.tzinfo is UTC
    assert first <= second
    assert abs(datetime.now(UTC) - second) < timedelta(seconds=30)


def test_the_file_outlives_its_last_connection(sqlite_database: Database) -> None:
    run(sqlite_database, "INSERT INTO house (key, value) VALUES ('kept', 'yes')")
    path = sqlite_database.url.removeprefix("sqlite:///")
    sqlite_database.dispose()

    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT value FROM house").fetchall() == [("yes",)]
    connection.close()


def test_a_commit_that_fails_leaves_no_transaction_open(sqlite_database: Database) -> None:
    run(
        sqlite_database,
        "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        "CREATE TABLE child (of INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)",
    )

    with pytest.raises(Exception, match="FOREIGN KEY"), sqlite_database.write() as cursor:
        cursor.execute("INSERT INTO child VALUES (7)")

    for _ in range(3):
        run(sqlite_database, "INSERT INTO house (key, value) VALUES (hex(randomblob(8)), 'x')")
    assert query(sqlite_database, "SELECT count(*) FROM child") == [(0,)]


def test_a_connection_that_broke_is_not_given_out_again(postgres_database: Database) -> None:
    for _ in range(3):
        with pytest.raises(Exception, match="terminat"), postgres_database.write() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    run(postgres_database, "INSERT INTO house (key, value) VALUES ('next', 'works')")
