"""Every kind of tampering is found and named; what only a checkpoint finds is said to be so."""

import json
from collections.abc import Callable

import pytest

from bootstrap import Desk
from engine.storage.database import Database
from tests.houses import again, an_empty_house
from tests.services.forgeries import FORGERIES, HERE, Forgery
from tests.services.forging import (
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


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_tampering_is_found_and_named(desk: Desk, forgery: Forgery) -> None:
    database = opened(desk)
    assert desk.proof.verify().verdict == "sound"

    forgery.forge(database)

    other = again(desk)
    found = other.proof.verify()
    other.close()
    assert found.verdict == "broken"
    first = next(b for b in found.breaks if b.stream == forgery.stream)
    assert first.code == forgery.code, first
    assert forgery.detail in first.detail, first
    assert forgery.seq in (0, first.seq), first


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
