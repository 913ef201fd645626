"""The migrations give exactly the tables, from nothing and back to nothing."""

import threading
from typing import get_args, get_type_hints

import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from bootstrap import Desk
from engine.core.errors import StorageError
from engine.core.rows import TABLES, Row
from engine.core.state import columns
from engine.services import house as houses
from engine.storage import schema
from engine.storage.database import Database
from engine.storage.store import KINDS
from tests.houses import an_empty_house
from tests.storage.tampering import dump, query, run


def downgrade(database: Database, to: str = "base") -> None:
    """Take the migrations back to a revision, all of them without one."""
    with database.engine.connect() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        if not database.is_postgres:
            connection.execute(text("BEGIN IMMEDIATE"))
        command.downgrade(config, to)
        connection.commit()


def test_the_migrations_give_exactly_the_tables(database: Database) -> None:
    assert schema.differences(database) == []


def test_an_upgrade_from_nothing_gives_exactly_the_tables(blank_database: Database) -> None:
    assert schema.current(blank_database) is None

    schema.upgrade(blank_database)

    assert schema.current(blank_database) == schema.newest()
    assert schema.differences(blank_database) == []


def test_an_upgrade_of_a_new_database_changes_nothing(database: Database) -> None:
    before = dump(database)

    schema.upgrade(database)

    assert dump(database) == before


def test_a_downgrade_leaves_nothing_and_can_be_upgraded_again(database: Database) -> None:
    downgrade(database)

    assert set(inspect(database.engine).get_table_names()) == {"alembic_version"}
    assert _leftovers(database) == []
    schema.upgrade(database)
    assert schema.differences(database) == []


def test_an_upgrade_keeps_the_messages_that_came_before_they_had_a_kind(
    database: Database,
) -> None:
    downgrade(database, "0006")
    run(database, "INSERT INTO feedback (n, text, at) VALUES (1, 'the door sticks', '2018-01-01')")

    schema.upgrade(database)

    assert query(database, "SELECT kind FROM feedback") == [("suggestion",)]


def _leftovers(database: Database) -> list[str]:
    """Return triggers, functions and indexes that a downgrade forgot."""
    statement = (
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        if database.is_postgres
        else "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')"
        " AND name NOT LIKE 'sqlite_%'"
    )
    with database.engine.connect() as connection:
        found = [str(row[0]) for row in connection.execute(text(statement))]
    return [name for name in found if not name.startswith("vector")]


def test_every_index_of_the_metadata_is_in_the_database(database: Database) -> None:
    inspected = inspect(database.engine)

    for table in SQLModel.metadata.sorted_tables:
        wanted = {str(index.name) for index in table.indexes}
        found = {str(index["name"]) for index in inspected.get_indexes(table.name)}
        assert wanted <= found, table.name


def test_every_rule_of_the_metadata_is_in_the_database(database: Database) -> None:
    inspected = inspect(database.engine)

    for table in SQLModel.metadata.sorted_tables:
        checks = {str(c["name"]) for c in inspected.get_check_constraints(table.name)}
        uniques = {str(c["name"]) for c in inspected.get_unique_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if c.__visit_name__ == "check_constraint"}
        assert wanted <= checks, table.name
        wanted = {str(c.name) for c in table.constraints if c.__visit_name__ == "unique_constraint"}
        assert wanted <= uniques, table.name
        assert len(inspected.get_foreign_keys(table.name)) == len(table.foreign_keys), table.name


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: str(kind.table))
def test_a_row_of_the_core_has_exactly_the_columns_of_its_table(kind: type[Row]) -> None:
    table = SQLModel.metadata.tables[kind.table]

    assert [column.name for column in table.columns] == ["stream", *columns(kind)]
    assert [column.name for column in table.primary_key] == ["stream", "n"]


def test_every_table_of_the_core_belongs_to_a_kind_of_stream() -> None:
    assert {name for names in KINDS.values() for name in names} == {kind.table for kind in TABLES}


@pytest.mark.parametrize("revision", ["0000", "9999"])
def test_a_database_of_another_release_is_refused(database: Database, revision: str) -> None:
    desk = an_empty_house(database)
    run(database, f"UPDATE alembic_version SET version_num = '{revision}'")  # our own

    with pytest.raises(StorageError, match=f"at revision {revision}.*shidian db upgrade"):
        houses.enter(database, desk.house.ports)


def test_an_empty_database_is_refused(blank_database: Database, sqlite_database: Database) -> None:
    desk = an_empty_house(sqlite_database)

    with pytest.raises(StorageError, match="the database is empty"):
        houses.enter(blank_database, desk.house.ports)


def test_a_database_without_identity_is_refused(database: Database) -> None:
    desk = an_empty_house(database)
    run(database, "DELETE FROM house WHERE key = 'identity'")

    with pytest.raises(StorageError, match="no identity"):
        houses.enter(database, desk.house.ports)


def test_a_database_of_a_newer_release_is_not_upgraded(database: Database) -> None:
    desk = an_empty_house(database)
    run(database, "UPDATE alembic_version SET version_num = '9999'")
    before = dump(database)

    with pytest.raises(StorageError, match=r"revision 9999.*newer release"):
        houses.create(database, desk.house.ports)

    assert dump(database) == before


def test_many_who_create_one_house_at_once_create_one(blank_database: Database) -> None:
    desks: list[Desk] = []
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def create(own: Database) -> None:
        start.wait()
        try:
            desks.append(an_empty_house(own))
        except BaseException as error:  # noqa: BLE001  # a thread must tell what killed it
            failures.append(error)

    databases = [Database(blank_database.url) for _ in range(4)]
    threads = [threading.Thread(target=create, args=(one,)) for one in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len({desk.house.identity for desk in desks}) == 1
    assert schema.differences(blank_database) == []
    for one in databases:
        one.dispose()


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: str(kind.table))
def test_a_cell_that_may_be_empty_in_the_core_may_be_in_its_table(kind: type[Row]) -> None:
    hints = get_type_hints(kind)

    for name in columns(kind):
        column = SQLModel.metadata.tables[kind.table].columns[name]
        assert column.nullable == (type(None) in get_args(hints[name])), f"{kind.table}.{name}"
