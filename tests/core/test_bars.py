"""The bars of the wall chart: planned over actual."""

from engine.core.bars import Bar, bars
from tests.builders import Story, a_project, a_trial
from tests.core.asks import act, ask, day, grant


def drawn(story: Story) -> dict[str, Bar]:
    """Return the bars of a project by stage."""
    return {bar.stage: bar for bar in bars(story.state, story.workflow, story.calendar)}


def test_every_stage_but_the_final_one_has_a_bar_in_the_order_of_the_file() -> None:
    assert list(drawn(a_project())) == [
        "plan", "approval", "agency_recruitment", "design_review", "implementation",
        "evaluation", "promotion",
    ]  # fmt: skip


def test_a_plan_begins_where_the_one_before_ends() -> None:
    found = drawn(a_project())

    assert (found["plan"].planned_from, found["plan"].planned_to) == (
        day("2017-09-04"), day("2017-09-29"),
    )  # fmt: skip
    assert found["approval"].planned_from == day("2017-09-29")
    assert found["design_review"].planned_to == day("2017-12-15")
    assert found["implementation"].planned_from == day("2017-12-15")


def test_a_stage_whose_date_is_open_has_no_plan_and_holds_up_no_other() -> None:
    found = drawn(a_project(dates={"planned_end": None}))

    assert found["implementation"].planned_to is None
    assert found["evaluation"].planned_from == day("2017-12-15")


def test_a_stage_planned_to_end_before_the_one_before_begins_no_later_than_it_ends() -> None:
    found = drawn(a_project(dates={"planned_end": "2019-12-31"}))

    assert found["evaluation"].planned_from == found["evaluation"].planned_to == day("2018-10-31")


def test_actual_stays_stand_beside_the_plan_each_of_them() -> None:
    story = a_project("approval")
    story.do("lead", act("return_plan", "other"), "2017-09-20")

    found = drawn(story)

    assert found["plan"].stays == (
        (day("2017-09-04"), day("2017-09-12")), (day("2017-09-20"), None),
    )  # fmt: skip
    assert found["promotion"].stays == ()


def test_an_extension_is_drawn_beyond_the_original_plan() -> None:
    story = a_project()
    story.do("county", ask("plan", 5), "2017-09-05")
    assert drawn(story)["plan"].extended_to is None

    story.do("lead", grant("plan", 5), "2017-09-06")

    plan = drawn(story)["plan"]
    assert (plan.planned_to, plan.extended_to) == (day("2017-09-29"), day("2017-10-12"))


def test_a_stage_that_counts_from_its_entry_is_planned_once_it_is_entered() -> None:
    assert drawn(a_trial())["apply"].planned_to == day("2018-02-08")
    assert drawn(a_trial())["verdict"].planned_to == day("2018-06-22")  # five days before 29 June
