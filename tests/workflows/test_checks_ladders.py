"""A ladder that cannot be climbed is refused at its place: order, days, colours, names, notices."""

import pytest

from engine.core.definition import Colour
from engine.core.errors import DefinitionError
from tests.workflows.small_workflow import SMALL, changed, said
from workflows.reader import read_workflow

LATE = "late: {name: {zh: 催办, en: Late}, days: 2, to: [holder, chief], template: late}"


@pytest.mark.parametrize("days", ["-1", "-2"])
def test_rungs_out_of_order_or_on_one_day_are_refused(days: str) -> None:
    assert said(("days: 2", f"days: {days}")) == [
        '18:44 ladders.default.late.days: must be more than the -1 of "early"'
    ]


def test_a_recipient_that_is_no_role_is_refused() -> None:
    assert said(("[holder, chief]", "[holder, chef]")) == [
        '18:60 ladders.default.late.to: unknown recipient "chef"; did you mean "chief"?'
    ]


def test_a_rung_that_tells_nobody_is_refused() -> None:
    (fault,) = said(("to: [holder, chief]", "to: []"))

    assert fault.startswith("18:51 ladders.default.late.to: ")


def test_a_colour_that_is_none_is_refused_with_those_there_are() -> None:
    (fault,) = said(("template: late}", "template: late, colour: pink}"))

    assert fault.startswith("18:92 ladders.default.late.colour: ")
    assert "must be one of green, blue, yellow, orange, red, purple, grey" in fault


def test_a_colour_is_read() -> None:
    read = read_workflow(changed(("template: late}", "template: late, colour: orange}")), "x")

    assert [rung.colour for rung in read.ladders["default"].rungs] == [None, Colour.ORANGE]


def test_a_rung_key_with_two_names_is_refused() -> None:
    other = LATE.replace("催办", "督办").replace("days: 2", "days: 9")

    assert said((LATE, f"{LATE}\n  other:\n    {other}")) == [
        "20:12 ladders.other.late.name: is called otherwise in ladder "
        '"default"; give it a key of its own'
    ]


def test_a_rung_key_with_one_name_may_stand_in_two_ladders() -> None:
    other = LATE.replace("days: 2", "days: 9")

    assert said((LATE, f"{LATE}\n  other:\n    {other}")) == []


def test_an_unknown_template_is_refused_where_templates_are_known() -> None:
    with pytest.raises(DefinitionError) as refused:
        read_workflow(SMALL, "x", ("early", "later"))

    assert [str(fault) for fault in refused.value.faults] == [
        'x:18:78: ladders.default.late.template: unknown template "late"; did you mean "later"?'
    ]


def test_a_published_text_is_read_whatever_templates_there_are_now() -> None:
    assert read_workflow(SMALL, "x").ladders["default"].rungs[1].template == "late"
