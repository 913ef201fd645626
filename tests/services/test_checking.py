"""Checking step by step: the same verdict as at once, never more than it knows, within a scope."""

import pytest

from bootstrap import Desk
from engine.core.commands import Paper, Submit, Target
from engine.services import checking
from engine.services.checking import EVERYTHING, Scope
from engine.services.exports import READING
from tests.houses import actor, do
from tests.services.forging import EDITED, a_story, edit_body
from tests.storage.tampering import change, unguard

ALL = Scope(EVERYTHING, None)
MINE = Scope("O03", ("project:P02",))


def test_a_scope_that_nobody_checked_has_no_verdict(desk: Desk) -> None:
    assert desk.checking.last(ALL) is None


def test_links_alone_are_never_sound(desk: Desk) -> None:
    a_story(desk)

    found = desk.checking.begin(ALL)

    assert found.name == "unanchored"
    assert found.verdict.entries == found.total == desk.proof.verify().entries


def test_what_agrees_with_a_checkpoint_is_sound(desk: Desk) -> None:
    a_story(desk)

    found = desk.checking.begin(ALL, desk.proof.checkpoint())

    assert found.name == "sound"
    assert desk.checking.last(ALL) == found


def test_nothing_to_check_is_never_sound(desk: Desk) -> None:
    assert desk.checking.begin(Scope("O09", ()), desk.proof.checkpoint()).name == "empty"


def test_a_check_in_steps_comes_to_the_same_verdict(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_story(desk)
    monkeypatch.setattr(checking, "STEP", 1)

    found, steps = desk.checking.begin(ALL), 1
    first = found
    while found.finished_at is None:
        found, steps = desk.checking.go_on(ALL), steps + 1

    at_once = desk.proof.verify()
    assert first.name == "running"
    assert 0 < first.verdict.entries < first.total
    assert steps == at_once.streams
    assert (found.verdict.entries, found.verdict.root) == (at_once.entries, at_once.root)
    assert found.verdict.notices == at_once.notices


def test_a_finished_check_stays_as_it_is(desk: Desk) -> None:
    a_story(desk)
    found = desk.checking.begin(ALL)

    assert desk.checking.go_on(ALL) == found


def test_a_forged_entry_is_named_with_its_stream(desk: Desk) -> None:
    a_story(desk)
    unguard(desk.house.database)
    edit_body(desk.house.database, EDITED, reason="另一个理由")

    found = desk.checking.begin(ALL)

    assert found.name == "broken"
    assert ("project:P01", EDITED, "leaf") in {
        (one.stream, one.seq, one.code) for one in found.verdict.breaks
    }


def test_a_break_elsewhere_is_not_told_within_a_scope(desk: Desk) -> None:
    a_story(desk)
    unguard(desk.house.database)
    edit_body(desk.house.database, EDITED, reason="另一个理由")

    found = desk.checking.begin(MINE)

    assert found.name == "unanchored"
    assert found.verdict.root == ""
    assert found.total < desk.proof.verify().entries


def test_a_checkpoint_shows_a_stream_that_is_gone(desk: Desk) -> None:
    a_story(desk)
    kept = desk.proof.checkpoint()
    kept["streams"]["project:P02"][0] += 1

    assert desk.checking.begin(MINE, kept).name == "broken"
    assert desk.checking.begin(MINE).name == "unanchored"


def test_what_was_recorded_since_is_counted_apart(desk: Desk) -> None:
    a_story(desk)
    before = desk.checking.begin(ALL)

    do(desk, "P02", "R11", Submit(Target("work_plan"), None, Paper("甲")))
    found = desk.checking.last(ALL)

    assert found is not None
    assert found.verdict.entries == before.verdict.entries
    assert found.now == before.now + 1


def test_an_export_is_an_entry_that_says_who_took_what(desk: Desk) -> None:
    a_story(desk)

    entry = desk.exports.record(actor(desk, "R01"), "csv", {"project": "P01"}, 8)

    assert (entry.stream, entry.kind, entry.post) == (READING, "trail.exported", "R01")
    assert entry.body["facts"] == {"form": "csv", "query": {"project": "P01"}, "entries": 8}
    assert desk.proof.verify().verdict == "sound"


def test_a_forged_export_is_found(desk: Desk) -> None:
    desk.exports.record(actor(desk, "R01"), "csv", {}, 8)
    unguard(desk.house.database)
    change(desk.house.database, "UPDATE event SET actor = ? WHERE stream = ?", ["nobody", READING])

    assert desk.checking.begin(ALL).name == "broken"
