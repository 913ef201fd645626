"""The sweep: cost per due item at several sizes, a sweep that finds nothing, and by hand.

``python -m bench.sweep [--sizes 10000,100000] [--due 1000] [--rounds N]``

Due projects are opened through the services. The sleeping ones are seeded set-based, each with
its stream, its project and one task whose moment lies far ahead: all that a sweep could touch.
"""

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import bootstrap
from bench.by_hand import ByHand, as_told
from bench.plans import MODEL, prepared, renamed, the_plan
from engine.core.events import NoticeRequest
from engine.services.lifecycle import Ask
from engine.storage.database import Database
from engine.storage.ledger import Search
from templates.letters import Letters

FAR = "2999-01-01T00:00:00.000000Z"
RANGE = "WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ?)"


def seeded(path: Path, sleeping: int, due: int) -> None:
    """Make a database with so many sleeping projects and so many that are due at once."""
    plan = the_plan()
    opening = next(play for play in plan.plays if play.codes == (MODEL,))
    with bootstrap.create(f"sqlite:///{path}") as desk:
        prepared(desk, plan)
        actor = desk.actor(opening.by)
        for number in range(due):
            code = f"D{number:05d}"
            ask = Ask(renamed(opening, code).command, actor, opening.occurred_on)
            desk.lifecycle.act(code, ask)
    database = Database(f"sqlite:///{path}")
    with database.write() as cursor:
        _sleepers(cursor, sleeping)
    database.dispose()


def _sleepers(cursor: Any, count: int) -> None:
    stream = f"project:D{0:05d}"
    for table, moment in (("stream", None), ("project", None), ("task", FAR)):
        cursor.execute(f"PRAGMA table_info({table})")
        names = [row[1] for row in cursor.fetchall()]
        key = "id" if table == "stream" else "stream"
        chosen = {key: "'project:S' || i", "code": "'S' || i", "next_at": f"'{moment}'"}
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(chosen.get(name, f'src."{name}"') for name in names)
        where = f"src.{key} = ?" + (" AND src.n = 1" if table == "task" else "")
        statement = (
            f"{RANGE} INSERT INTO {table} ({columns}) SELECT {values} FROM number, {table} src"
            f" WHERE {where}"
        )
        cursor.execute(statement, (count, stream))


def measured(path: Path) -> tuple[float, float, int]:
    """Return the seconds of a sweep, of the next one that finds nothing, and the notices."""
    with bootstrap.open(f"sqlite:///{path}") as desk:
        desk.sweep.preview()
        begun = time.perf_counter()
        swept = desk.sweep.run()
        first = time.perf_counter() - begun
        begun = time.perf_counter()
        desk.sweep.run()
        return first, time.perf_counter() - begun, swept.notices + swept.merged


def by_hand(swept: Path, fresh: Path) -> float:
    """Return the seconds of writing by hand what a sweep wrote, rendering included."""
    with bootstrap.open(f"sqlite:///{swept}") as desk:
        found = desk.audit.log(Search(kind="clock.ticked")).entries
        notices = desk.queries.notices()
        with desk.house.database.read() as cursor:
            digest = str(found[0].body["definition"])
            workflow = desk.house.workflow(cursor, digest)
            directory = desk.house.directory(cursor)
    told = {entry.stream: as_told(entry) for entry in found}
    database = Database(f"sqlite:///{fresh}")
    connection = database.engine.raw_connection()
    writer, letters = ByHand(connection, database.dialect), Letters()
    by_stream: dict[str, list[dict[str, Any]]] = {}
    for notice in notices:
        by_stream.setdefault(str(notice["stream"]), []).append(notice)
    requests = _requests(fresh)
    begun = time.perf_counter()
    due = connection.cursor().execute(
        "SELECT DISTINCT stream FROM task WHERE next_at IS NOT NULL AND next_at <= ?",
        ("2900-01-01T00:00:00.000000Z",),
    )
    for (stream,) in due.fetchall():
        for request in requests[stream]:
            letters.notice(request, workflow, directory, "zh")
        writer.act(told[stream], by_stream[stream])
    took = time.perf_counter() - begun
    connection.close()
    database.dispose()
    return took


def _requests(path: Path) -> dict[str, list[NoticeRequest]]:
    with bootstrap.open(f"sqlite:///{path}") as desk:
        found: dict[str, list[NoticeRequest]] = {}
        for request in desk.sweep.preview().planned:
            found.setdefault(f"project:{request.args['code']}", []).append(request)
        return found


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--due", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    given, _ = parser.parse_known_args()
    for size in (int(text) for text in given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            _size(Path(folder), size, given.due, given.rounds)


def _size(folder: Path, size: int, due: int, rounds: int) -> None:
    base = folder / "base.db"
    seeded(base, size, due)
    firsts, empties, ratios = [], [], []
    for number in range(rounds):
        ours, hand = folder / f"ours{number}.db", folder / f"hand{number}.db"
        shutil.copy(base, ours)
        shutil.copy(base, hand)
        first, empty, notices = measured(ours)
        firsts.append(first)
        empties.append(empty)
        ratios.append(first / by_hand(ours, hand))
        for path in (ours, hand):
            path.unlink()
    print(
        f"{size} sleeping, {due} due, {notices} notices: {median(firsts):.2f} s"
        f" ({median(firsts) / due * 1e6:.0f} us a project), nothing due {median(empties) * 1e3:.2f}"
        f" ms, product / by hand {median(ratios):.2f}"
    )


if __name__ == "__main__":
    main()
