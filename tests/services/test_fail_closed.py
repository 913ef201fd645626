"""When the trail cannot be written, nothing happens: no act, no notice, no half of anything."""

from collections.abc import Callable

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.commands import Act, Paper, Raise, Submit, Target
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import RefusalError
from engine.core.events import NoticeRequest, NoticeText
from engine.core.rows import Post
from engine.services import registers
from engine.storage import database as databases
from engine.storage.database import Database
from tests.houses import a_house, a_running_project, again, an_opening, do, go_to
from tests.storage.tampering import dump, query, run

Doing = Callable[[Desk], object]


def enter(desk: Desk) -> None:
    """Enter a post; commits."""
    with desk.house.database.write() as cursor:
        registers.enter(desk.house, cursor, [Post(1, "X1", "O01", "岗位", "")], SYSTEM)


DEEDS: dict[str, Doing] = {
    "an act": lambda desk: do(desk, "P01", "R11", Submit(Target("roadmap"), None, Paper("甲"))),
    "an act with a key": lambda desk: do(
        desk, "P01", "R11", Submit(Target("roadmap"), None, Paper("甲")), key="k"
    ),
    "a refusal": lambda desk: do(desk, "P01", "R51", Act("submit")),
    "an opening": lambda desk: do(desk, "P02", "R01", an_opening("P02")),
    "a refused opening": lambda desk: do(desk, "P02", "R51", an_opening("P02")),
    "a sweep": lambda desk: desk.sweep.run(),
    "an entry of the register": enter,
}


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A house in which every deed is possible and a rung is due."""
    a_running_project(desk)
    go_to(desk, "2017-09-27")
    return desk


def refuse_writes(database: Database, table: str, event: str) -> None:
    """Make the database refuse to write a table, as a full disk or a broken one would."""
    if not database.is_postgres:
        run(database, f"CREATE TRIGGER stop BEFORE {event} ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END")  # fmt: skip
        return
    run(
        database,
        "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the disk is gone'; END $$",
        f"CREATE TRIGGER stop BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION stop()",
    )


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_nothing_happens_that_cannot_be_recorded(ready: Desk, deed: Doing) -> None:
    database = ready.house.database
    refuse_writes(database, "event", "INSERT")
    before = dump(database)

    with pytest.raises(Exception, match="the disk is gone"):
        deed(ready)

    assert dump(database) == before


HALVES = {
    "the head": ("stream", "UPDATE", "an act"),
    "a row added": ("part", "INSERT", "an act"),
    "a row changed": ("task", "UPDATE", "an act"),
    "the kept answer": ("idempotency", "INSERT", "an act with a key"),
    "the new stream": ("stream", "INSERT", "an opening"),
    "the new project": ("project", "INSERT", "an opening"),
    "the notice": ("notice", "INSERT", "a sweep"),
    "the rung": ("task", "UPDATE", "a sweep"),
}


@pytest.mark.parametrize(("table", "event", "deed"), HALVES.values(), ids=HALVES.keys())
def test_nothing_is_recorded_that_did_not_happen(
    ready: Desk, table: str, event: str, deed: str
) -> None:
    database = ready.house.database
    refuse_writes(database, table, event)
    before = dump(database)

    with pytest.raises(Exception, match="the disk is gone"):
        DEEDS[deed](ready)

    assert dump(database) == before
    assert ready.proof.verify().verdict == "sound"


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_everything_works_again_when_the_fault_is_mended(ready: Desk, deed: Doing) -> None:
    database = ready.house.database
    refuse_writes(database, "event", "INSERT")
    with pytest.raises(Exception, match="the disk is gone"):
        deed(ready)
    on = " ON event" if database.is_postgres else ""
    run(database, f"DROP TRIGGER stop{on}")

    try:
        deed(ready)
    except RefusalError as refused:
        assert refused.seq is not None

    assert ready.proof.verify().verdict == "sound"


class Mute:
    """A renderer that finds no words."""

    def notice(
        self, request: NoticeRequest, workflow: Workflow, directory: Directory, locale: str
    ) -> NoticeText:
        """Raise, which no renderer may."""
        raise KeyError("no words")


def test_a_rung_without_words_is_not_climbed(ready: Desk) -> None:
    mute = again(ready, renderer=Mute())
    before = dump(ready.house.database)

    with pytest.raises(KeyError, match="no words"):
        mute.sweep.run()

    assert dump(ready.house.database) == before
    assert ready.sweep.run().notices == 1
    mute.close()


def test_a_full_disk_refuses_whole_acts(sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    a_running_project(sqlite_desk)
    pages = query(sqlite_desk.house.database, "PRAGMA page_count")[0][0]
    full = (*databases.PRAGMAS, f"PRAGMA max_page_count={pages + 8}")
    monkeypatch.setattr(databases, "PRAGMAS", full)
    cramped = again(sqlite_desk)
    done = 0

    with pytest.raises(Exception, match="full"):
        for done in range(200):
            do(cramped, "P01", "R11", Raise("issue", f"I{done}", "示例问题" * 100, days=5))

    assert done > 1
    assert len(sqlite_desk.audit.history("P01")) == 1 + done
    assert sqlite_desk.proof.verify().verdict == "sound"
    assert query(sqlite_desk.house.database, "PRAGMA integrity_check") == [("ok",)]
    cramped.close()
    receipt = do(sqlite_desk, "P01", "R11", Raise("issue", "again", "有空间了", days=5))
    assert receipt.seq == 2 + done


def test_a_locked_file_refuses_after_its_patience(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_running_project(sqlite_desk)
    hasty = (*databases.PRAGMAS, "PRAGMA busy_timeout=50")
    monkeypatch.setattr(databases, "PRAGMAS", hasty)
    other = again(sqlite_desk)
    before = dump(sqlite_desk.house.database)

    with sqlite_desk.house.database.write(), pytest.raises(Exception, match="locked"):
        DEEDS["an act"](other)

    assert dump(sqlite_desk.house.database) == before
    DEEDS["an act"](other)
    other.close()


def test_acts_go_on_after_the_server_has_thrown_everybody_out(postgres_database: Database) -> None:
    desk = a_house(postgres_database)
    a_running_project(desk)
    with postgres_database.read(), postgres_database.read():
        pass  # two connections lie in the pool
    outside = Database(postgres_database.url)

    run(
        outside,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )

    DEEDS["an act"](desk)
    assert desk.proof.verify().verdict == "sound"
    outside.dispose()


def test_an_act_cut_off_by_the_server_leaves_nothing(postgres_database: Database) -> None:
    with (
        pytest.raises(Exception, match=r"terminat|closed|lost"),
        postgres_database.write() as cursor,
    ):
        cursor.execute("INSERT INTO house (key, value) VALUES ('half', 'done')")
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    assert query(postgres_database, "SELECT count(*) FROM house") == [(0,)]
