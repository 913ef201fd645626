"""The audit page is right about what an entry holds and about what verification finds."""

import ast
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import bootstrap
from engine.core.commands import Act, Paper, Submit, Target
from engine.core.errors import RefusalError
from engine.core.events import leaf_of, link, origin_of
from engine.services.clocks import SimulatedClock
from engine.services.lifecycle import Ask
from engine.services.programme import opening
from engine.storage.ledger import Search
from tests.docs.pages import ROOT, Row, checked, rows
from workflows.book import read_book


@dataclass(frozen=True, slots=True)
class Trail:
    """A small database, an older copy of it, and a checkpoint of each."""

    folder: Path
    now: Path
    before: Path
    late_checkpoint: dict[str, Any]
    early_checkpoint: dict[str, Any]

    def copy(self, source: Path) -> Path:
        """Return a copy that may be tampered with."""
        return Path(shutil.copy(source, self.folder / "tampered.db"))


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Trail:
    """A project with papers, a notice and a refusal."""
    folder = tmp_path_factory.mktemp("trail")
    now, before = folder / "now.db", folder / "before.db"
    plan = read_book(ROOT / "examples" / "suining" / "book.yaml")
    clock = SimulatedClock()
    with bootstrap.create(f"sqlite:///{now}", "simulated") as desk:
        desk.rehearsal(plan).set_out()
        bootstrap.install(desk)
        desk.programmes.enter(plan, bootstrap.SYSTEM)
        city, county = desk.actor("R01"), desk.actor("R11")
        desk.lifecycle.act("P01", opening(plan.projects[0], city))
        for task in ("needs_survey", "work_plan", "timetable"):
            desk.lifecycle.act("P01", Ask(Submit(Target(task), None, Paper("No. 1")), county))
        clock.move(desk.house.database, datetime(2017, 9, 27, 1, tzinfo=UTC))
        desk.sweep.run()
        with pytest.raises(RefusalError):
            desk.lifecycle.act("P01", Ask(Act("submit"), county))
        early = desk.proof.checkpoint()
    shutil.copy(now, before)
    with bootstrap.open(f"sqlite:///{now}", "simulated") as desk:
        clock.move(desk.house.database, datetime(2017, 10, 9, 1, tzinfo=UTC))
        desk.sweep.run()
        desk.lifecycle.act("P01", Ask(Submit(Target("roadmap"), None, Paper("No. 2")), county))
        late = desk.proof.checkpoint()
    return Trail(folder, now, before, late, early)


PROJECT = "project:P01"
Attack = Callable[[sqlite3.Connection], object]


def owner(database: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection to a trail that no trigger guards any more."""
    for name in ("event_no_update", "event_no_delete", "event_append"):
        database.execute(f"DROP TRIGGER {name}")
    return database


def run(*statements: str) -> Attack:
    """Return an attack by statements, in which @HERE stands for the project's rows."""
    here = f"WHERE stream = '{PROJECT}'"

    def attack(database: sqlite3.Connection) -> None:
        owner(database)
        for statement in statements:
            database.execute(statement.replace("@HERE", here))

    return attack


def recomputed(*statements: str) -> Attack:
    """Return an attack that changes entries and then makes every hash fit again."""

    def attack(database: sqlite3.Connection) -> None:
        run(*statements)(database)
        ((house,),) = database.execute("SELECT value FROM house WHERE key = 'identity'")
        chain = origin_of(house, PROJECT)
        found = database.execute(
            "SELECT seq, canon FROM event WHERE stream = ? ORDER BY seq", (PROJECT,)
        ).fetchall()
        for seq, canon in found:
            leaf = leaf_of(canon)
            chain = link(chain, leaf)
            changed = (leaf, chain, PROJECT, seq)
            database.execute("UPDATE event SET leaf=?, chain=? WHERE stream=? AND seq=?", changed)
        database.execute("UPDATE stream SET head=? WHERE id=?", (chain, PROJECT))

    return attack


def without_stream(database: sqlite3.Connection) -> None:
    """Remove a stream with all its rows."""
    owner(database)
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if "stream" in {row[1] for row in database.execute(f"PRAGMA table_info({table})")}:
            database.execute("DELETE FROM ? WHERE stream = ?".replace("?", table, 1), (PROJECT,))
    database.execute("DELETE FROM stream WHERE id = ?", (PROJECT,))


EDITED = """UPDATE event SET canon = replace(canon, '"doc_no":"No. 1"', '"doc_no":"No. 7"') @HERE"""
ATTACKS: dict[str, Attack] = {
    "the text of an entry is edited": run(EDITED),
    "an entry is deleted": run("DELETE FROM event @HERE AND seq = 3"),
    "two entries change places": run(
        "UPDATE event SET seq = 900 @HERE AND seq = 2",
        "UPDATE event SET seq = 2 @HERE AND seq = 3",
        "UPDATE event SET seq = 3 @HERE AND seq = 900",
    ),
    "only a search column is edited": run("UPDATE event SET post = 'R01' @HERE AND seq = 2"),
    "only a row of the state is edited": run("UPDATE task SET due = '2018-01-31' @HERE"),
    "a notice is edited": run("UPDATE notice SET body = 'nothing' @HERE AND n = 1"),
    "a notice is deleted": run("DELETE FROM notice @HERE AND n = 1"),
    "an entry is edited and every hash after it is computed anew": recomputed(
        """UPDATE event SET canon = replace(canon, '"reason":null', '"reason":"-"') @HERE"""
    ),
    "a row is edited, and so is the entry behind it, with every hash computed anew": recomputed(
        EDITED, "UPDATE part SET doc_no = 'No. 7' @HERE AND doc_no = 'No. 1'"
    ),
    "the last entries are cut off, and the head with them, but not their rows": run(
        "DELETE FROM event @HERE AND seq = (SELECT max(seq) FROM event @HERE)",
        "UPDATE stream SET seq = seq - 1, version = version - 1 WHERE id = 'project:P01'",
        "UPDATE stream SET (head, at) = (SELECT chain, recorded_at FROM event @HERE"
        " ORDER BY seq DESC LIMIT 1) WHERE id = 'project:P01'",
    ),
    "a whole stream is removed with all its rows": without_stream,
}

REPLACED = {
    "the tail is cut off with everything it wrote": "late",
    "an older backup is put in place": "late",
    "the tail younger than the checkpoint is cut off with everything it wrote": "early",
}
"""Attacks that leave the database as it was before, and the checkpoint that is held against it."""

FORGED = "a well-formed new entry is made through the product, under somebody else's post"
THREATS = checked("docs/reference/audit.md", "threats")


def verdicts(path: Path, checkpoint: dict[str, Any]) -> list[bool]:
    """Return whether something is found: alone, and against a checkpoint."""
    with bootstrap.open(f"sqlite:///{path}", "simulated") as desk:
        alone, against = desk.proof.verify(), desk.proof.verify(checkpoint)
    return [bool(alone.breaks), bool(against.breaks)]


def tampered(trail: Trail, threat: str) -> tuple[Path, dict[str, Any]]:
    """Carry out a threat; return the database and the checkpoint to hold against it."""
    if threat in REPLACED:
        held = {"late": trail.late_checkpoint, "early": trail.early_checkpoint}
        return trail.copy(trail.before), held[REPLACED[threat]]
    path = trail.copy(trail.now)
    if threat == FORGED:
        with bootstrap.open(f"sqlite:///{path}", "simulated") as desk:
            forged = Ask(Submit(Target("responsibility_list"), None, Paper()), desk.actor("R11"))
            desk.lifecycle.act("P01", forged)
    else:
        with closing(sqlite3.connect(path)) as database:
            ATTACKS[threat](database)
            database.commit()
    return path, trail.late_checkpoint


def test_an_untouched_trail_is_sound(trail: Trail) -> None:
    assert verdicts(trail.copy(trail.now), trail.late_checkpoint) == [False, False]


@pytest.mark.parametrize("row", THREATS, ids=lambda row: row["What is done to the database"])
def test_verification_finds_what_the_page_says(trail: Trail, row: Row) -> None:
    threat, *told = row.values()

    assert verdicts(*tampered(trail, threat)) == [cell == "found" for cell in told]


def test_every_key_of_an_entry_is_explained(trail: Trail) -> None:
    with bootstrap.open(f"sqlite:///{trail.now}", "simulated") as desk:
        found = {key for text in desk.audit.export(Search()) for key in json.loads(text)}
    told = rows("docs/reference/audit.md", "## What an entry holds")

    assert {key for row in told for key in re.findall(r"`(\w+)`", row["Key"])} == found


def test_every_break_that_verification_names_is_explained() -> None:
    tree = ast.parse((ROOT / "engine/services/proof.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    codes = {
        call.args[2].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Break"
        and len(call.args) > 2 and isinstance(call.args[2], ast.Constant)
    }  # fmt: skip
    told = [row["Code"].strip("`") for row in rows("docs/reference/audit.md", "## Verify")]

    assert len(told) == len(set(told))
    assert set(told) == codes
