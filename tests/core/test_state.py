"""The rows of a stream, the cells an entry changes, and the fold that replays them."""

import dataclasses
import json
import typing
from datetime import UTC, date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import TrailError
from engine.core.events import canonical
from engine.core.rows import TABLES, Part, Pause, Row, TaskRow, Visit
from engine.core.state import Draft, State, columns, fold
from tests.builders import a_project

STREAM = "project:P1"
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "str": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    "int": st.integers(0, 2**53 - 1),
    "bool": st.booleans(),
    "date": st.dates(date(1949, 1, 1), date(2100, 12, 31)),
    "datetime": st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year >= 1000),
    "NoneType": st.none(),
}


def of(kind: type[Row]) -> st.SearchStrategy[Row]:
    """Return a strategy of the rows of one table, every column of any value it may hold."""
    given_ = {}
    for name, hint in typing.get_type_hints(kind).items():
        if name not in ("n", "table"):
            kinds = typing.get_args(hint) or (hint,)
            given_[name] = st.one_of(*(VALUES[one.__name__] for one in kinds))
    return st.builds(kind, n=st.integers(1, 3), **given_)


rows = st.one_of(*(of(kind) for kind in TABLES))


def cells(draft: Draft) -> list[dict[str, Any]]:
    """Return what a draft changed, as it comes back from the text of an entry."""
    found: list[dict[str, Any]] = json.loads(canonical({"cells": draft.cells()}))["cells"]
    return found


@given(st.lists(st.lists(rows, max_size=6), max_size=5))
def test_folding_the_cells_of_any_changes_gives_the_rows_value_for_value(
    entries: list[list[Row]],
) -> None:
    state, trail = State(STREAM), []
    for entry in entries:
        draft = Draft(state)
        for row in entry:
            draft.put(row)
        trail.append(cells(draft))
        state = draft.state(state.seq + 1, 0)

    folded = fold(STREAM, trail)

    assert {t: dict(r) for t, r in folded.tables.items()} == {
        t: dict(r) for t, r in state.tables.items()
    }
    assert folded.seq == len(entries)


def test_an_added_row_is_written_whole_and_a_changed_one_by_its_columns() -> None:
    draft = Draft(State(STREAM, tables={"pause": {1: Pause(1, "suspended", date(2017, 9, 5))}}))
    draft.change(draft.row(Pause, 1), to_on=date(2017, 9, 8))
    draft.add(Pause, standing="held", from_on=date(2017, 9, 9))

    assert draft.cells() == [
        {"t": "pause", "n": 1, "set": {"to_on": [None, "2017-09-08"]}},
        {"t": "pause", "n": 2, "add": {"standing": "held", "from_on": "2017-09-09"}},
    ]


def test_what_is_put_back_as_it_was_is_no_change() -> None:
    draft = Draft(a_project().state)
    row = draft.row(Visit, 1)
    draft.change(row, note="x")
    draft.change(draft.row(Visit, 1), note=None)

    assert draft.cells() == []


def test_a_draft_leaves_its_base_alone() -> None:
    state = a_project().state
    draft = Draft(state)
    draft.change(draft.project, stage="elsewhere")

    assert (state.project.stage, draft.project.stage) == ("plan", "elsewhere")


def test_a_fold_refuses_a_cell_that_changes_from_another_value() -> None:
    trail = [
        [{"t": "visit", "n": 1, "add": {"stage": "plan"}}],
        [{"t": "visit", "n": 1, "set": {"stage": ["approval", "promotion"]}}],
    ]

    with pytest.raises(TrailError, match=r"project:P1#2: visit 1\.stage was not 'approval'"):
        fold(STREAM, trail)


def test_a_fold_refuses_a_row_that_is_added_twice() -> None:
    add = [{"t": "visit", "n": 1, "add": {"stage": "plan"}}]

    with pytest.raises(TrailError, match="visit 1 is added twice"):
        fold(STREAM, [add, add])


def test_a_fold_refuses_a_row_that_was_never_added() -> None:
    with pytest.raises(TrailError, match="visit 2 is changed but was never added"):
        fold(STREAM, [[{"t": "visit", "n": 2, "set": {"stage": [None, "plan"]}}]])


def test_a_fold_of_the_first_entries_is_the_state_of_then() -> None:
    story = a_project("implementation")
    then = fold(STREAM, [entry.cells for entry in story.past[:7]])

    assert (then.seq, then.project.stage) == (7, "approval")


@given(st.data())
def test_a_trail_with_one_value_changed_never_folds_to_the_same_state(data: st.DataObject) -> None:
    story = STORY
    trail = json.loads(json.dumps([entry.cells for entry in story.past]))
    entry = data.draw(st.sampled_from([e for e in trail if e]))
    cell = data.draw(st.sampled_from(entry))
    if "add" in cell:
        name = data.draw(st.sampled_from(sorted(k for k, v in cell["add"].items() if v == "plan")
                         or sorted(cell["add"])))  # fmt: skip
        cell["add"][name] = changed(cell["add"][name])
    else:
        name = data.draw(st.sampled_from(sorted(cell["set"])))
        cell["set"][name][1] = changed(cell["set"][name][1])

    try:
        folded = fold(STREAM, trail)
    except (TrailError, ValueError):
        return
    assert folded.tables != story.state.tables


STORY = a_project("design_review")


def changed(value: object) -> object:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value[:2] == "20":
        return value.replace("20", "19", 1)
    return f"{value} "


def test_rows_come_in_the_order_of_their_numbers() -> None:
    story = a_project("implementation")
    draft = Draft(story.state)
    draft.change(draft.row(TaskRow, 2), title="changed")

    assert [row.n for row in draft.rows(TaskRow)] == [row.n for row in story.state.rows(TaskRow)]


def test_a_table_that_has_no_row_is_empty_and_a_row_that_is_not_there_is_missing() -> None:
    state = State(STREAM)

    assert list(state.rows(Part)) == []
    with pytest.raises(KeyError):
        state.row(Part, 1)


def test_the_columns_of_a_table_are_its_fields_in_order() -> None:
    for kind in TABLES:
        assert columns(kind) == tuple(field.name for field in dataclasses.fields(kind))
        assert columns(kind)[0] == "n"
