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

from engine.storage import tables
from engine.storage.database import Database


def _config() -> Config:
    config = Config()
    config.set_main_option("path_separator", "os")
    folder = resources.files("engine.storage") / "migrations"
    config.set_main_option("script_location", str(folder))
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the tables to a revision; commits."""
    with database.engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        if not database.is_postgres:
            connection.execute(text("BEGIN IMMEDIATE"))
        command.upgrade(config, revision)
        connection.commit()


def newest() -> str:
    """Return the newest revision that this release knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(database: Database) -> str | None:
    """Return the revision of the database, None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences(database: Database) -> list[Any]:
    """Return where the tables differ from the metadata; empty when the migrations are equal."""
    assert tables.NAMING  # the import fills the metadata
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(found, SQLModel.metadata))
