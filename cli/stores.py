"""A database by its address, before it is opened: does it exist, whose time does it keep."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import bootstrap
from cli.errors import WrongError
from engine.services.clocks import SimulatedClock
from engine.storage import houses, schema
from engine.storage.database import Database

VARIABLE = "SHIDIAN_DB"
PASSWORD = re.compile(r"(?<=:)[^:/@]*(?=@)")
KINDS = ("sqlite:///", "postgresql://", "postgresql+psycopg://")


def address(given: str | None) -> str:
    """Return the URL of a database; a plain path is a SQLite file.

    Raises:
        WrongError: it is the URL of something else.
    """
    url = given or bootstrap.DEFAULT_URL
    if "://" not in url:
        return f"{KINDS[0]}{url}"
    if not url.startswith(KINDS):
        raise WrongError("address", given=shown(url))
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def shown(url: str) -> str:
    """Return an address without its password, as it may be printed."""
    return PASSWORD.sub("***", url)


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite address, None for a server."""
    return Path(url.removeprefix(KINDS[0])) if url.startswith(KINDS[0]) else None


def exists(url: str) -> bool:
    """Return whether there is something to open; of a server that is found out by asking it."""
    path = file_of(url)
    return path is None or path.is_file()


@contextmanager
def connected(url: str) -> Iterator[Database]:
    """Yield a database and close it again.

    Raises:
        StorageError: its driver is missing.
    """
    database = Database(url)
    try:
        yield database
    finally:
        database.dispose()


def clock_of(url: str) -> str:
    """Return whose time a database keeps: ``real`` or ``simulated``.

    Raises:
        WrongError: there is no database, or it is empty or of another release.
    """
    if not exists(url):
        raise WrongError("no_database", url=shown(url))
    with connected(url) as database:
        held, newest = schema.current(database), schema.newest()
        if held is None:
            raise WrongError("empty_database", url=shown(url))
        if held != newest:
            raise WrongError("other_release", url=shown(url), held=held, newest=newest)
        return setting(database, "clock") or "real"


def setting(database: Database, key: str) -> str | None:
    """Return a setting of a database."""
    with database.read() as cursor:
        return houses.get(database, cursor, key)


def is_unset(database: Database) -> bool:
    """Return whether a simulated clock has never been set."""
    is_simulated = setting(database, "clock") == SimulatedClock.kind
    return is_simulated and setting(database, "simulated_at") is None


def copy(url: str, path: Path) -> None:
    """Copy a SQLite database to a new file while others go on writing."""
    with (
        connected(url) as source,
        connected(f"{KINDS[0]}{path}") as target,
        closing(source.engine.raw_connection()) as held,
        closing(target.engine.raw_connection()) as new,
    ):
        driver: Any = held.driver_connection
        driver.backup(new.driver_connection)


def server(database: Database) -> tuple[int, str]:
    """Return the main version of a PostgreSQL server and its setting ``fsync``."""
    with database.read() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0]) // 10_000
        cursor.execute("SHOW fsync")
        return version, str(cursor.fetchone()[0])
