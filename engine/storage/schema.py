"""The schema's version: upgrade to the newest, compare, and the guards of the trail."""

from importlib import resources
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlmodel import SQLModel

from engine.core.errors import StorageError
from engine.storage import desk_tables, tables
from engine.storage.database import Database


def _config() -> Config:
    config = Config()
    config.set_main_option("path_separator", "os")
    folder = resources.files("engine.storage") / "migrations"
    config.set_main_option("script_location", str(folder))
    return config


UPGRADING = 7_205_759_403
"""The number under which PostgreSQL lets one upgrade run at a time."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the tables to a revision; commits. Of many who ask at once, one does it.

    Raises:
        StorageError: the database is of a newer release.
    """
    alone = f"SELECT pg_advisory_xact_lock({UPGRADING})"
    with database.engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        connection.execute(text(alone if database.is_postgres else "BEGIN IMMEDIATE"))
        _refuse_newer(MigrationContext.configure(connection).get_current_revision())
        command.upgrade(config, revision)
        connection.commit()


def _refuse_newer(held: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if held is not None and held not in known:
        raise StorageError(
            f"the database is at revision {held}, which this release does not know;"
            " it was written by a newer release: use that one",
            "database_newer", held=held,
        )  # fmt: skip


def newest() -> str:
    """Return the newest revision that this release knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(database: Database) -> str | None:
    """Return the revision of the database, None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences(database: Database) -> list[Any]:
    """Return where the tables differ from the metadata; empty when the migrations are equal."""
    assert tables.NAMING  # the imports fill the metadata
    assert desk_tables.__doc__
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(found, SQLModel.metadata))
