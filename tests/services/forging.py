"""What a forger with the database in hand would do, from clumsy to careful."""

import json
from typing import Any

from bootstrap import Desk
from engine.core.commands import Act, Paper, Submit, Target
from engine.core.errors import RefusalError
from engine.core.events import canonical, leaf_of, link, origin_of
from engine.storage.database import Database
from tests.houses import a_running_project, do, go_to
from tests.storage.tampering import change, query, unguard

STREAM = "project:P01"
EDITED = 4
"""The entry that forgers edit: a paper handed in."""

DENIED = 8
"""The last entry: an attempt that was refused."""


def a_story(desk: Desk) -> None:
    """Let a project live a little: papers, two rungs of a ladder, a refused attempt at the end."""
    a_running_project(desk)
    for task in ("needs_survey", "work_plan", "timetable", "roadmap"):
        do(desk, "P01", "R11", Submit(Target(task), None, Paper("甲")), reason="首报")
    go_to(desk, "2017-09-27")
    desk.sweep.run()
    go_to(desk, "2017-10-09")
    desk.sweep.run()
    a_running_project(desk, code="P02")
    try:
        do(desk, "P01", "R51", Act("submit"))
    except RefusalError:
        return
    raise AssertionError("an evaluator must not submit a plan")


def entries(database: Database, stream: str = STREAM) -> list[tuple[int, str]]:
    """Return number and text of a stream's entries."""
    rows = query(database, f"SELECT seq, canon FROM event WHERE stream = '{stream}' ORDER BY seq")
    return [(int(seq), str(canon)) for seq, canon in rows]


def edit_text(database: Database, seq: int, canon: str, stream: str = STREAM) -> None:
    """Put another text where an entry stands."""
    change(
        database, "UPDATE event SET canon = ? WHERE stream = ? AND seq = ?", [canon, stream, seq]
    )


def edit_body(database: Database, seq: int, **changed: Any) -> None:
    """Change what an entry says, in its canonical form."""
    body = json.loads(dict(entries(database))[seq])
    edit_text(database, seq, canonical({**body, **changed}))


def relink(database: Database, identity: str, stream: str = STREAM) -> None:
    """Make every hash of a stream fit its texts again, head and all."""
    chain = origin_of(identity, stream)
    seq = 0
    for seq, canon in entries(database, stream):
        chain = link(chain, leaf_of(canon))
        values = [leaf_of(canon), chain, stream, seq]
        change(
            database, "UPDATE event SET leaf = ?, chain = ? WHERE stream = ? AND seq = ?", values
        )
    change(database, "UPDATE stream SET head = ?, seq = ? WHERE id = ?", [chain, seq, stream])


def cut_tail(database: Database, identity: str) -> None:
    """Take the last entry away and make everything fit again."""
    last, _ = entries(database)[-1]
    change(database, "DELETE FROM event WHERE stream = ? AND seq = ?", [STREAM, last])
    at = query(
        database,
        f"SELECT recorded_at FROM event WHERE stream = '{STREAM}' ORDER BY seq DESC LIMIT 1",
    )[0][0]
    change(database, "UPDATE stream SET at = ? WHERE id = ?", [at, STREAM])
    relink(database, identity)


def remove_stream(database: Database, stream: str) -> None:
    """Take a project away with everything that speaks of it."""
    tables = (
        "event", "notice", "project", "visit", "pause", "dated", "party", "task", "part",
        "extension", "waiver",
    )  # fmt: skip
    for table in tables:
        change(database, f"DELETE FROM {table} WHERE stream = ?", [stream])
    change(database, "DELETE FROM stream WHERE id = ?", [stream])


def opened(desk: Desk) -> Database:
    """Return the database of a house with a story, its guards removed."""
    a_story(desk)
    unguard(desk.house.database)
    return desk.house.database
