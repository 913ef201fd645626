"""A project from plan to end by forms alone, without scripts: two trades, the same pages."""

from tests.houses import a_trial, an_opening, do
from tests.web.carrying import carry
from tests.web.forms import forms_of
from tests.web.sample_site import Served


def test_a_pilot_goes_from_its_plan_to_its_promotion_by_forms_of_its_pages(blank: Served) -> None:
    opening = an_opening()
    do(blank.desk, opening.code, "R01", opening)
    stages = blank.desk.queries.project(opening.code).workflow.stages

    done = carry(blank, opening.code, list(stages)[-1])

    assert blank.state(opening.code).project.closed_on is not None
    assert {"submit", "accept", "seal", "score", "conclude", "record", "count", "act"} <= set(
        done.verbs
    )
    assert len(done.posts) >= 5, "one post did what others have to do"
    assert not done.refused, "a page offered a form that was then refused"


def test_a_workflow_of_another_trade_goes_through_the_same_pages(blank: Served) -> None:
    opening = a_trial()
    do(blank.desk, opening.code, "H1", opening)
    page = blank.as_post("H1").get(f"/p/{opening.code}/more").text
    bind = next(form for form in forms_of(page) if form.values.get("part") == "institute")
    assert bind.filled(org="HI").sent(blank.as_post("H1")).status_code == 303

    done = carry(blank, opening.code, "trial")

    assert {"seal", "submit", "count", "act"} <= set(done.verbs)
    assert not done.refused
