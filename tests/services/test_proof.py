"""Every kind of tampering is found and named; what only a checkpoint finds is said to be so."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bootstrap import Desk
from engine.storage.database import Database
from tests.houses import again, an_empty_house
from tests.services.forging import (
    DENIED,
    EDITED,
    STREAM,
    a_story,
    cut_tail,
    edit_body,
    edit_text,
    entries,
    opened,
    relink,
    remove_stream,
)
from tests.storage.tampering import change, query, run

HERE = f"stream = '{STREAM}'"
Forge = Callable[[Database], None]


def sql(statement: str, *values: Any) -> Forge:
    """Return a forger who runs one statement."""
    return lambda database: change(database, statement, values)


def rewrite(seq: int, text: str) -> Forge:
    """Return a forger who puts another text in place of an entry's."""
    return lambda database: edit_text(database, seq, text)


def swap(database: Database) -> None:
    """Exchange the texts of two entries."""
    texts = dict(entries(database))
    edit_text(database, 3, texts[4])
    edit_text(database, 4, texts[3])


def of_an_entry(column: str, value: str) -> Forge:
    """Return a forger who changes what a list shows of an entry."""
    return sql(f"UPDATE event SET {column} = ? WHERE {HERE} AND seq = {EDITED}", value)


FORGERIES: dict[str, tuple[Forge, str, str, int, str]] = {
    "a word of an entry": (
        lambda database: edit_body(database, EDITED, reason="另一个理由"), "leaf", STREAM, EDITED, "",
    ),
    "an entry made unreadable": (rewrite(EDITED, "garbage"), "leaf", STREAM, EDITED, ""),
    "an entry made a list": (rewrite(EDITED, "[1,2]"), "leaf", STREAM, EDITED, ""),
    "an entry emptied": (rewrite(EDITED, "{}"), "leaf", STREAM, EDITED, ""),
    "two entries exchanged": (swap, "leaf", STREAM, 3, ""),
    "a leaf": (sql(f"UPDATE event SET leaf = chain WHERE {HERE} AND seq = 5"), "leaf", STREAM, 5, ""),
    "a link": (sql(f"UPDATE event SET chain = leaf WHERE {HERE} AND seq = 5"), "chain", STREAM, 5, ""),
    "a middle entry deleted": (
        sql(f"DELETE FROM event WHERE {HERE} AND seq = {EDITED}"), "number", STREAM, EDITED + 1, "",
    ),
    "the first entry deleted": (
        sql(f"DELETE FROM event WHERE {HERE} AND seq = 1"), "number", STREAM, 2, "",
    ),
    "the last entry deleted": (
        sql(f"DELETE FROM event WHERE {HERE} AND seq = {DENIED}"), "head", STREAM, DENIED - 1, "",
    ),
    "every entry deleted": (sql(f"DELETE FROM event WHERE {HERE}"), "head", STREAM, 0, ""),
    "who": (of_an_entry("actor", "somebody"), "column", STREAM, EDITED, "actor"),
    "which post": (of_an_entry("post", "R12"), "column", STREAM, EDITED, "post"),
    "which unit": (of_an_entry("org", "O02"), "column", STREAM, EDITED, "org"),
    "what": (of_an_entry("deed", "roadmap"), "column", STREAM, EDITED, "deed"),
    "which kind": (of_an_entry("kind", "clock.ticked"), "column", STREAM, EDITED, "kind"),
    "whether it was refused": (
        sql(f"UPDATE event SET outcome = 'ok' WHERE {HERE} AND seq = {DENIED}"),
        "column", STREAM, DENIED, "outcome",
    ),
    "when it happened": (of_an_entry("effective_on", "2017-08-30"), "column", STREAM, EDITED, "effective_on"),
    "when it was recorded": (
        of_an_entry("recorded_at", "2017-08-31T01:00:00.000001Z"), "column", STREAM, EDITED, "at",
    ),
    "the stage of a project": (
        sql("UPDATE project SET stage = 'approval' WHERE code = 'P01'"), "rows", STREAM, DENIED, "project 1",
    ),
    "a due day": (
        sql(f"UPDATE task SET due = '2018-12-31' WHERE {HERE} AND key = 'plan'"), "rows", STREAM, DENIED, "task",
    ),
    "a next moment put out": (
        sql(f"UPDATE task SET next_at = NULL WHERE {HERE} AND key = 'plan'"), "rows", STREAM, DENIED, "task",
    ),
    "a document number": (sql(f"UPDATE part SET doc_no = '丁' WHERE {HERE} AND n = 2"), "rows", STREAM, DENIED, "part 2"),
    "a row taken away": (sql(f"DELETE FROM part WHERE {HERE} AND n = 2"), "rows", STREAM, DENIED, "part 2"),
    "a row slipped in": (
        sql(f"INSERT INTO party (stream, n, name, org) VALUES ('{STREAM}', 99, 'agency', 'A01')"),
        "rows", STREAM, DENIED, "party 99",
    ),
    "a row slipped into a stream that has no such rows": (
        sql(
            "INSERT INTO project (stream, n, workflow, digest, code, name, stage, standing, visit)"
            " VALUES ('register', 1, 'pilot_project', 'x', 'P98', '假', 'plan', 'active', 1)"
        ),
        "rows", "register", 0, "project",
    ),
    "a post in a project's stream": (
        sql(f"INSERT INTO post (stream, n, code, org, name, roles) VALUES ('{STREAM}', 1, 'X', 'O01', 'X', '')"),
        "rows", STREAM, 0, "post",
    ),
    "a role of a post": (
        sql("UPDATE post SET roles = 'city_lead' WHERE code = 'R51'"), "rows", "register", 0, "post",
    ),
    "a published definition": (
        sql("UPDATE published SET text = text || '#' WHERE key = 'pilot_project'"),
        "rows", "workflows", 0, "published",
    ),
    "a calendar": (
        sql("DELETE FROM published WHERE key = 'cn-2017.1'"), "rows", "calendars", 0, "published",
    ),
    "the words of a notice": (
        sql(f"UPDATE notice SET body = '不急' WHERE {HERE} AND n = 1"), "notice", STREAM, 6, "rung:",
    ),
    "the subject of a notice": (sql(f"UPDATE notice SET subject = '-' WHERE {HERE}"), "notice", STREAM, 6, ""),
    "the page of a notice": (sql(f"UPDATE notice SET page = '' WHERE {HERE}"), "notice", STREAM, 6, ""),
    "whether a notice was told": (sql(f"UPDATE notice SET status = 'merged' WHERE {HERE}"), "notice", STREAM, 6, ""),
    "whom a notice told": (
        sql(f"UPDATE notice SET post = 'R12' WHERE {HERE} AND n = 1"), "notice", STREAM, 6, "to R11",
    ),
    "when a notice was told": (
        sql(f"UPDATE notice SET created_at = '2017-08-31T01:00:00.000000Z' WHERE {HERE}"),
        "notice", STREAM, 6, "",
    ),
    "which rung a notice was": (sql(f"UPDATE notice SET rung = 'urge' WHERE {HERE} AND n = 1"), "notice", STREAM, 6, ""),
    "which entry a notice belongs to": (sql(f"UPDATE notice SET seq = 1 WHERE {HERE}"), "notice", STREAM, 6, ""),
    "which unit a notice told": (sql(f"UPDATE notice SET org = 'O02' WHERE {HERE}"), "notice", STREAM, 6, ""),
    "a notice deleted": (sql(f"DELETE FROM notice WHERE {HERE} AND n = 1"), "notice", STREAM, 6, "rung:"),
    "a notice slipped in": (
        sql(
            "INSERT INTO notice (stream, n, seq, cause, post, org, template, status, locale,"
            " subject, body, page, created_at) SELECT stream, 99, seq, 'rung:1:9:urge', post, org,"
            " template, status, locale, subject, body, page, created_at FROM notice"
            f" WHERE {HERE} AND n = 1"
        ),
        "notice", STREAM, 0, "rung:1:9:urge",
    ),
    "the version of a project": (
        sql(f"UPDATE stream SET version = 1 WHERE id = '{STREAM}'"), "version", STREAM, DENIED, "",
    ),
    "the number of a stream": (
        sql(f"UPDATE stream SET seq = 99 WHERE id = '{STREAM}'"), "head", STREAM, DENIED, "",
    ),
    "the head of a stream": (
        sql("UPDATE stream SET head = ? WHERE id = ?", b"\x00" * 32, STREAM), "head", STREAM, DENIED, "",
    ),
    "the kind of a stream": (
        sql(f"UPDATE stream SET kind = 'register' WHERE id = '{STREAM}'"), "rows", STREAM, DENIED, "",
    ),
    "a kind that there is not": (
        sql(f"UPDATE stream SET kind = 'nothing' WHERE id = '{STREAM}'"), "replay", STREAM, DENIED, "",
    ),
    "the last moment of a stream": (
        sql(f"UPDATE stream SET at = '2017-08-31T01:00:00.000000Z' WHERE id = '{STREAM}'"),
        "head", STREAM, DENIED, "",
    ),
    "the identity of the house": (
        sql("UPDATE house SET value = 'another' WHERE key = 'identity'"), "chain", STREAM, 1, "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_tampering_is_found_and_named(
    desk: Desk, forgery: tuple[Forge, str, str, int, str]
) -> None:
    forge, code, stream, seq, detail = forgery
    database = opened(desk)
    assert desk.proof.verify().verdict == "sound"

    forge(database)

    other = again(desk)
    found = other.proof.verify()
    other.close()
    assert found.verdict == "broken"
    first = next(b for b in found.breaks if b.stream == stream)
    assert (first.code, detail in first.detail) == (code, True), first
    assert seq in (0, first.seq), first


UNREADABLE = {
    "a day": f"UPDATE event SET effective_on = 'soon' WHERE {HERE} AND seq = {EDITED}",
    "a moment": f"UPDATE event SET recorded_at = 'soon' WHERE {HERE} AND seq = {EDITED}",
    "a due day": f"UPDATE task SET due = 'soon' WHERE {HERE} AND key = 'plan'",
    "a stream's moment": f"UPDATE stream SET at = 'soon' WHERE id = '{STREAM}'",
    "a notice": f"UPDATE notice SET created_at = 'soon' WHERE {HERE}",
}


@pytest.mark.parametrize("statement", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_sqlite_holds_and_nobody_can_read_is_named(sqlite_desk: Desk, statement: str) -> None:
    database = opened(sqlite_desk)

    run(database, statement)

    other = again(sqlite_desk)
    found = other.proof.verify()
    other.close()
    assert {b.stream for b in found.breaks} == {STREAM}


def reword(database: Database, identity: str) -> None:
    """Change a word of an entry and make every hash fit again."""
    edit_body(database, EDITED, reason="另一个理由")
    relink(database, identity)


def forge_fact_and_row(database: Database, identity: str) -> None:
    """Change a document number in the entry and in the row, and make every hash fit again."""
    text = dict(entries(database))[EDITED]
    cells = json.loads(text)["cells"]
    number = next(cell["n"] for cell in cells if cell["t"] == "part")
    edit_text(database, EDITED, text.replace('"甲"', '"丁"'))
    change(database, f"UPDATE part SET doc_no = ? WHERE {HERE} AND n = ?", ["丁", number])
    relink(database, identity)


CAREFUL = {
    "a word, and every hash": (reword, "rewritten", STREAM),
    "a fact, its row, and every hash": (forge_fact_and_row, "rewritten", STREAM),
    "the last entry, and every hash": (cut_tail, "cut", STREAM),
    "a whole project": (lambda database, _: remove_stream(database, "project:P02"), "cut", "project:P02"),
}  # fmt: skip


@pytest.mark.parametrize("forgery", CAREFUL.values(), ids=CAREFUL.keys())
def test_a_careful_forger_is_found_only_by_a_checkpoint(
    desk: Desk, forgery: tuple[Callable[[Database, str], None], str, str]
) -> None:
    forge, code, stream = forgery
    database = opened(desk)
    checkpoint = json.loads(json.dumps(desk.proof.checkpoint()))

    forge(database, desk.house.identity)

    other = again(desk)
    alone, held = other.proof.verify(), other.proof.verify(checkpoint)
    other.close()
    assert alone.verdict == "sound", "the manual says that only a checkpoint finds this"
    assert [(b.stream, b.code) for b in held.breaks] == [(stream, code)]


def test_what_was_written_after_a_checkpoint_can_still_be_cut(desk: Desk) -> None:
    checkpoint = desk.proof.checkpoint()
    database = opened(desk)

    cut_tail(database, desk.house.identity)

    other = again(desk)
    assert other.proof.verify(checkpoint).verdict == "sound", "the manual says so"
    other.close()


def test_a_sound_house_is_sound(desk: Desk) -> None:
    a_story(desk)
    checkpoint = desk.proof.checkpoint()

    found = desk.proof.verify(checkpoint)

    assert (found.verdict, found.breaks) == ("sound", [])
    assert found.entries == checkpoint["size"]
    assert (found.root, found.checkpoint) == (checkpoint["root"], checkpoint["at"])
    assert (found.streams, found.notices) == (5, 2)


def test_a_house_that_has_grown_still_fits_its_checkpoint(desk: Desk) -> None:
    checkpoint = desk.proof.checkpoint()
    a_story(desk)

    assert desk.proof.verify(checkpoint).verdict == "sound"


def test_nothing_is_never_sound(database: Database) -> None:
    desk = an_empty_house(database)

    found = desk.proof.verify()

    assert (found.verdict, found.entries, found.streams) == ("empty", 0, 0)


def test_a_checkpoint_of_another_house_is_told(desk: Desk) -> None:
    a_story(desk)
    foreign = {**desk.proof.checkpoint(), "house": "another"}

    found = desk.proof.verify(foreign)

    assert [b.code for b in found.breaks] == ["house"]


def test_verifying_tells_how_far_it_is(desk: Desk) -> None:
    a_story(desk)
    seen: list[tuple[int, int]] = []

    desk.proof.verify(progress=lambda done, total: seen.append((done, total)))

    assert seen == [(n, 5) for n in range(1, 6)]


def test_a_forged_row_changes_no_decision_of_a_running_process(desk: Desk) -> None:
    a_story(desk)
    run(desk.house.database, "UPDATE project SET stage = 'promotion' WHERE code = 'P01'")

    with desk.house.database.write() as cursor:
        held = desk.house.store(cursor).lock(STREAM, "project")

    assert held.state.project.stage == "plan"
    assert query(desk.house.database, "SELECT stage FROM project WHERE code = 'P01'") == [
        ("promotion",)
    ]
