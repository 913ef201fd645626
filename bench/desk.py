"""The desk: server time of its main pages, p95 in milliseconds, over many projects.

``python -m bench.desk [--sizes 1000] [--rounds 40]``

The sample is played to the day on which its desk opens; one of its projects is then copied
set-based, rows and all, under other codes. Its trail is not: pages read the trail of one project.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from starlette.testclient import TestClient

import bootstrap
from bench.plans import MODEL, the_plan
from bootstrap import SYSTEM, Desk
from engine.storage.database import Database
from web.app import create
from web.site import Site

BUDGETS = {"inbox": 50.0, "project": 50.0, "register": 50.0, "wall": 50.0}
"""Milliseconds that a page may take on the server at the first size, p95."""

PATHS = {"inbox": "/", "project": f"/p/{MODEL}", "register": "/projects", "wall": "/wall"}
RANGE = "WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ?)"
PASSWORD = "a-sentence-nobody-guesses"  # noqa: S105  # of a database that is thrown away
PERSON = "bench"
FIRST = 1_000


@dataclass(frozen=True, slots=True)
class Took:
    """How long a page took: the first time, and p95 of the following, in milliseconds."""

    page: str
    first: float
    p95: float
    size: int


def seeded(path: Path, count: int) -> str:
    """Make a database with so many projects; return the post of its leader."""
    plan = the_plan()
    with bootstrap.create(f"sqlite:///{path}", "simulated") as desk:
        rehearsal = desk.rehearsal(plan)
        rehearsal.set_out()
        bootstrap.install(desk)
        desk.programmes.enter(plan, SYSTEM)
        rehearsal.run(plan.desk_on)
        leader = next(play.by for play in plan.plays if play.codes == (MODEL,))
        desk.accounts.add(PERSON, PERSON, PASSWORD)
        desk.people.appoint(PERSON, leader, SYSTEM)
        held = len(desk.queries.board())
    database = Database(f"sqlite:///{path}")
    with database.write() as cursor:
        _copies(cursor, max(0, count - held))
    database.dispose()
    return leader


def _copies(cursor: Any, count: int) -> None:
    """Copy every row of the model project, its stream first, under other codes."""
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'event'")
    tables = [row[0] for row in cursor.fetchall()]
    for table in sorted(tables, key=lambda name: name != "stream"):
        cursor.execute(f"PRAGMA table_info({table})")
        names = [row[1] for row in cursor.fetchall()]
        key = "id" if table == "stream" else "stream"
        if key in names and table not in ("notice", "answer"):
            _copy(cursor, table, key, names, count)


def _copy(cursor: Any, table: str, key: str, names: list[str], count: int) -> None:
    chosen = {key: "'project:S' || i"} | ({"code": "'S' || i"} if table == "project" else {})
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(chosen.get(name, f'src."{name}"') for name in names)
    cursor.execute(
        f"{RANGE} INSERT INTO {table} ({columns}) SELECT {values} FROM number, {table} src"
        f" WHERE src.{key} = ?",
        (count, f"project:{MODEL}"),
    )


def measured(desk: Desk, post: str, rounds: int) -> list[Took]:
    """Return what the main pages take for one person."""
    site = Site(desk)
    client = TestClient(create(site), base_url="http://127.0.0.1")
    token = desk.accounts.enter(PERSON, PASSWORD, post).token
    client.cookies.set(site.cookie, token or "")
    return [_page(client, name, path, rounds) for name, path in PATHS.items()]


def _page(client: TestClient, name: str, path: str, rounds: int) -> Took:
    times = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return Took(name, times[0], quantiles(times[1:], n=20)[-1], len(answer.content))


def main() -> int:
    """Run the benchmark; return 1 when a page is over its budget at the first size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=str(FIRST))
    parser.add_argument("--rounds", type=int, default=40)
    given, _ = parser.parse_known_args()
    over = 0
    for size in (int(text) for text in given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "desk.db"
            post = seeded(path, size)
            with bootstrap.open(f"sqlite:///{path}", "simulated") as desk:
                for took in measured(desk, post, given.rounds):
                    over += size <= FIRST and took.p95 > BUDGETS[took.page]
                    print(
                        f"{size} projects, {took.page}: first {took.first:.0f} ms, p95"
                        f" {took.p95:.1f} ms of {BUDGETS[took.page]:.0f}, {took.size / 1000:.0f} kB"
                    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
