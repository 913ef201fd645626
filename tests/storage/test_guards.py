"""What the database itself refuses to anybody who would change the trail."""

import pytest

from engine.core.events import leaf_of
from engine.storage.database import Database
from tests.houses import a_house, an_empty_house
from tests.storage.tampering import change, dump, query, run, unguard

COLUMNS = (
    "stream, seq, recorded_at, effective_on, kind, actor, post, org, outcome, deed, canon,"
    " leaf, chain"
)
REST = COLUMNS.removeprefix("stream, seq, ")

REWRITES = {
    "update": "UPDATE event SET actor = 'nobody'",
    "update of nothing new": "UPDATE event SET actor = actor WHERE seq = 1",
    "update of the key": "UPDATE event SET seq = seq + 1000",
    "update of one cell": "UPDATE event SET canon = '{}' WHERE stream = 'register' AND seq = 1",
    "delete": "DELETE FROM event",
    "delete of the last": "DELETE FROM event WHERE stream = 'calendars' AND seq ="
    " (SELECT max(seq) FROM event WHERE stream = 'calendars')",
    "delete of the stream": "DELETE FROM stream WHERE id = 'register'",
    "a gap": f"INSERT INTO event ({COLUMNS}) SELECT stream, seq + 50, {REST} FROM event"
    " WHERE stream = 'register' AND seq = 1",
    "number nought": f"INSERT INTO event ({COLUMNS}) SELECT stream, 0, {REST} FROM event"
    " WHERE stream = 'register' AND seq = 1",
    "no number": f"INSERT INTO event ({COLUMNS}) SELECT stream, NULL, {REST} FROM event"
    " WHERE stream = 'register' AND seq = 1",
    "the same number": f"INSERT INTO event ({COLUMNS}) SELECT {COLUMNS} FROM event"
    " WHERE stream = 'register' AND seq = 1",
    "another outcome": f"INSERT INTO event ({COLUMNS}) SELECT stream, seq + 1000000,"
    " recorded_at, effective_on, kind, actor, post, org, 'maybe', deed, canon, leaf, chain"
    " FROM event WHERE stream = 'register' AND seq = 1",
    "an unknown stream": f"INSERT INTO event ({COLUMNS}) SELECT 'nowhere', 1, {REST} FROM event"
    " WHERE stream = 'register' AND seq = 1",
    "upsert": f"INSERT INTO event ({COLUMNS}) SELECT {COLUMNS} FROM event"
    " WHERE stream = 'register' AND seq = 1"
    " ON CONFLICT (stream, seq) DO UPDATE SET actor = 'nobody'",
}
SQLITE_ONLY = {
    "replace": f"REPLACE INTO event ({COLUMNS}) SELECT {COLUMNS} FROM event"
    " WHERE stream = 'register' AND seq = 1",
    "replace of the last": f"INSERT OR REPLACE INTO event ({COLUMNS}) SELECT {COLUMNS} FROM event"
    " WHERE stream = 'calendars' ORDER BY seq DESC LIMIT 1",
    "update or replace": "UPDATE OR REPLACE event SET seq = 2 WHERE seq = 1",
    "update or ignore": "UPDATE OR IGNORE event SET actor = 'nobody'",
    "insert or ignore of a gap": f"INSERT OR IGNORE INTO event ({COLUMNS})"
    f" SELECT stream, seq + 50, {REST} FROM event WHERE stream = 'register' AND seq = 1",
}
POSTGRES_ONLY = {
    "truncate": "TRUNCATE event",
    "truncate from above": "TRUNCATE stream CASCADE",
    "merge": "MERGE INTO event USING stream ON event.stream = stream.id WHEN MATCHED THEN DELETE",
    "a replica's role": "DO $$ BEGIN SET LOCAL session_replication_role = 'replica';"
    " DELETE FROM event; END $$",
    "a replica's truncate": "DO $$ BEGIN SET LOCAL session_replication_role = 'replica';"
    " TRUNCATE event; END $$",
    "a replica's gap": "DO $$ BEGIN SET LOCAL session_replication_role = 'replica';"
    f" INSERT INTO event ({COLUMNS}) SELECT stream, seq + 50, {REST} FROM event"
    " WHERE stream = 'register' AND seq = 1; END $$",
}

REFUSALS = "append-only|next of its stream|leaf does not match|(?i:foreign key)|CHECK|check cons"
"""What a guard or a rule of the table says; a slip in a statement of ours says something else."""


def refused(database: Database, statement: str) -> None:
    """Demand that the database refuses a statement and changes nothing."""
    a_house(database)
    before = dump(database)
    error = database.engine.dialect.loaded_dbapi.Error

    with pytest.raises(error, match=REFUSALS):
        run(database, statement)

    assert dump(database) == before


@pytest.mark.parametrize("statement", REWRITES.values(), ids=REWRITES.keys())
def test_the_database_refuses_to_rewrite_the_trail(database: Database, statement: str) -> None:
    refused(database, statement)


@pytest.mark.parametrize("statement", SQLITE_ONLY.values(), ids=SQLITE_ONLY.keys())
def test_sqlite_refuses_its_own_ways_of_rewriting(
    sqlite_database: Database, statement: str
) -> None:
    refused(sqlite_database, statement)


@pytest.mark.parametrize("statement", POSTGRES_ONLY.values(), ids=POSTGRES_ONLY.keys())
def test_postgres_refuses_its_own_ways_of_rewriting(
    postgres_database: Database, statement: str
) -> None:
    refused(postgres_database, statement)


WRONG_LEAF = f"""
    INSERT INTO event ({COLUMNS})
    SELECT stream, seq + 1, recorded_at, effective_on, kind, actor, post, org, outcome, deed,
           '{{"forged":1}}', leaf, chain
    FROM event WHERE stream = 'calendars' ORDER BY seq DESC LIMIT 1
"""  # built of constants


def test_postgres_refuses_an_entry_whose_leaf_is_not_that_of_its_text(
    postgres_database: Database,
) -> None:
    refused(postgres_database, WRONG_LEAF)


def test_sqlite_cannot_hash_so_the_proof_finds_the_wrong_leaf(sqlite_database: Database) -> None:
    desk = a_house(sqlite_database)

    run(sqlite_database, WRONG_LEAF)

    found = desk.proof.verify()
    assert [broken.code for broken in found.breaks] == ["leaf", "head"]


def test_the_right_next_entry_is_let_in(database: Database) -> None:
    a_house(database)
    text = '{"forged":1}'
    last = query(
        database, "SELECT stream, seq FROM event WHERE stream = 'calendars' ORDER BY seq DESC"
    )[0]

    change(
        database,
        f"INSERT INTO event ({COLUMNS}) SELECT stream, seq + 1, recorded_at, effective_on,"
        " kind, actor, post, org, outcome, deed, ?, ?, chain FROM event"
        f" WHERE stream = 'calendars' AND seq = {last[1]}",
        [text, leaf_of(text)],
    )

    assert query(database, "SELECT max(seq) FROM event WHERE stream = 'calendars'") == [
        (last[1] + 1,)
    ]


def test_whoever_owns_the_database_can_remove_the_guards(database: Database) -> None:
    desk = a_house(database)
    unguard(database)

    run(database, "UPDATE event SET actor = 'nobody' WHERE stream = 'register' AND seq = 1")

    assert desk.proof.verify().verdict == "broken"


def test_an_unknown_stream_can_have_no_rows(database: Database) -> None:
    an_empty_house(database)
    error = database.engine.dialect.loaded_dbapi.IntegrityError

    with pytest.raises(error, match=REFUSALS):
        run(
            database,
            "INSERT INTO party (stream, n, name, org) VALUES ('project:P99', 1, 'agency', 'A01')",
        )
