"""The only writer: what it refuses, what it keeps, and that it says what SQLAlchemy would."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select

from engine.core.commands import Paper, Submit, Target
from engine.core.decide.decision import Decision
from engine.core.errors import TrailError
from engine.core.events import CLOCK
from engine.core.rows import Visit
from engine.core.state import Draft
from engine.services.writing import Frame, write
from engine.storage.database import Database
from engine.storage.statements import Prepared
from engine.storage.store import ENTRY_COLUMNS, Kept, table_of
from tests.houses import START, a_house, a_running_project, again, do, state_of
from tests.storage.tampering import dump, query, run

FRAME = Frame(CLOCK, START, date(2017, 8, 31))


def test_append_refuses_when_somebody_else_moved_the_stream(sqlite_database: Database) -> None:
    desk = a_house(sqlite_database)
    a_running_project(desk)
    before = dump(sqlite_database)

    with pytest.raises(TrailError, match="somebody else wrote entry 1"):
        with sqlite_database.write() as cursor:
            store = desk.house.store(cursor)
            held = store.lock("project:P01", "project")
            stale = replace(held, state=replace(held.state, seq=0))
            _append(store, stale)

    assert dump(sqlite_database) == before


def test_append_refuses_a_second_writer_of_one_view(sqlite_database: Database) -> None:
    desk = a_house(sqlite_database)
    a_running_project(desk)
    before = dump(sqlite_database)

    with pytest.raises(TrailError, match="somebody else wrote entry 2"):
        with sqlite_database.write() as cursor:
            store = desk.house.store(cursor)
            held = store.lock("project:P01", "project")
            _append(store, held)
            _append(store, held)

    assert dump(sqlite_database) == before


def _append(store: Any, held: Any) -> None:
    draft = Draft(held.state)
    draft.change(draft.row(Visit, 1), note="zweimal")
    write(store, held, Decision("task.recorded", "x", draft), FRAME)


def test_postgres_makes_the_second_writer_wait_for_the_first(postgres_database: Database) -> None:
    desk = a_house(postgres_database)
    a_running_project(desk)
    run(postgres_database, "SELECT 1")

    with postgres_database.write() as cursor:
        desk.house.store(cursor).lock("project:P01", "project")
        other = again(desk)
        with pytest.raises(Exception, match="lock timeout"), other.house.database.write() as second:
            second.execute("SET LOCAL lock_timeout = '100ms'")
            other.house.store(second).lock("project:P01", "project")
        other.close()


def test_a_kept_state_is_used_only_at_its_own_head() -> None:
    kept, desk_state = Kept(), _state()

    kept.keep("project:P01", b"head", desk_state)

    assert kept.get("project:P01", b"head") is desk_state
    assert kept.get("project:P01", b"other") is None
    assert kept.get("project:P02", b"head") is None


def test_kept_states_make_room_for_newer_ones() -> None:
    kept = Kept(size=2)

    for number in range(3):
        kept.keep(f"project:P0{number}", b"head", _state())

    assert kept.get("project:P00", b"head") is None
    assert kept.get("project:P01", b"head") is not None
    assert kept.get("project:P02", b"head") is not None


def _state() -> Any:
    return Draft.__new__(Draft)


def test_what_another_process_wrote_is_seen(database: Database) -> None:
    desk = a_house(database)
    a_running_project(desk)
    other = again(desk)

    do(other, "P01", "R11", Submit(Target("roadmap"), None, Paper("甲")))
    receipt = do(desk, "P01", "R11", Submit(Target("timetable"), None, Paper("乙")))

    assert (receipt.seq, receipt.version) == (3, 3)
    assert desk.proof.verify().verdict == "sound"
    other.close()


def test_a_write_that_was_rolled_back_is_forgotten(database: Database) -> None:
    desk = a_house(database)
    a_running_project(desk)
    before = state_of(desk, "P01")

    with pytest.raises(ZeroDivisionError), database.write() as cursor:
        store = desk.house.store(cursor)
        _append(store, store.lock("project:P01", "project"))
        raise ZeroDivisionError
    with database.write() as cursor:
        held = desk.house.store(cursor).lock("project:P01", "project")

    assert held.state == before
    assert state_of(desk, "P01") == before


def test_prepared_queries_find_what_sqlalchemy_finds(database: Database) -> None:
    desk = a_house(database)
    a_running_project(desk, "approval")
    desk.sweep.run()

    for name in ("event", "stream", "task", "part", "visit", "dated", "notice", "published"):
        table = table_of(name)
        query_all = select(table).order_by(*table.primary_key)
        with database.read() as cursor:
            mine = Prepared(query_all, database.engine.dialect).rows(cursor, {})
        with database.engine.connect() as connection:
            theirs = [tuple(row) for row in connection.execute(query_all)]
        assert [_bytes(row) for row in mine] == [_bytes(row) for row in theirs], name


def test_a_prepared_query_takes_values_like_sqlalchemy(database: Database) -> None:
    a_running_project(a_house(database))
    table = table_of("task")
    plain = select(table.c.key, table.c.next_at).where(
        (table.c.next_at <= bindparam("now"))
        & (table.c.opened_on == bindparam("on"))
        & (table.c.status == "open")
    )
    given = {"now": START.replace(year=2018), "on": date(2017, 8, 31)}

    with database.read() as cursor:
        mine = Prepared(plain, database.engine.dialect).rows(cursor, given)
    with database.engine.connect() as connection:
        theirs = [tuple(row) for row in connection.execute(plain, given)]

    assert mine == theirs
    assert mine


def test_prepared_changes_write_what_sqlalchemy_writes(database: Database) -> None:
    a_house(database)
    table = table_of("event")
    names = tuple(ENTRY_COLUMNS)
    with database.read() as cursor:
        found = Prepared(
            select(*[table.c[n] for n in names]).where(table.c.stream == "register"),
            database.engine.dialect,
        ).rows(cursor, {})
    values = dict(zip(names, found[-1], strict=True))
    run(database, "CREATE TABLE mine AS SELECT * FROM event WHERE 1 = 0",
        "CREATE TABLE theirs AS SELECT * FROM event WHERE 1 = 0")  # fmt: skip

    mine = table.to_metadata(type(table.metadata)(), name="mine")
    theirs = table.to_metadata(type(table.metadata)(), name="theirs")
    with database.write() as cursor:
        new = insert(mine).values({n: bindparam(n) for n in names})
        Prepared(new, database.engine.dialect).run(cursor, values)
    with database.engine.begin() as connection:
        connection.execute(insert(theirs), values)

    both = [query(database, f"SELECT * FROM {name}") for name in ("mine", "theirs")]
    assert [_bytes(row) for row in both[0]] == [_bytes(row) for row in both[1]]


def _bytes(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
