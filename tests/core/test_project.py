"""Bindings and named dates, and the register that says who may."""

from dataclasses import replace

import pytest

from engine.core.commands import Bind
from engine.core.context import dated, parties
from engine.core.directory import Directory
from engine.core.rows import Dated, Org, Party
from engine.core.state import Draft
from tests.builders import a_directory, a_post, a_project, a_workflow
from tests.core.asks import choose, day, submit


def test_a_binding_ends_the_one_before_on_its_day() -> None:
    story = a_project("design_review")
    story.do("county", Bind("agency", "rival"), "2017-11-06")

    bound = [(row.org, row.from_on, row.to_on) for row in story.state.rows(Party)]
    assert bound[-2:] == [
        ("agency", day("2017-10-26"), day("2017-11-06")), ("rival", day("2017-11-06"), None),
    ]  # fmt: skip


def test_a_party_may_be_left_to_nobody() -> None:
    story = a_project("design_review")
    story.do("county", Bind("agency", None), "2017-11-06")

    assert "agency" not in parties(Draft(story.state))


def test_binding_the_same_org_again_changes_nothing() -> None:
    story = a_project("design_review")

    assert story.do("county", Bind("agency", "agency"), "2017-11-06").draft.cells() == []


def test_a_party_is_bound_while_the_project_is_suspended_but_not_when_it_has_ended() -> None:
    assert a_project("promoted").codes("county", Bind("agency", "rival"))[0] == "project_closed"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Bind("owner", "rival"), "unknown_party"),
        (Bind("agency", "O99"), "unknown_org"),
        (choose("payday", "2017-10-31"), "unknown_date"),
    ],
)
def test_an_unknown_name_is_refused(command: object, code: str) -> None:
    assert a_project("design_review").codes("county", command) == [code]  # type: ignore[arg-type]  # a command


def test_a_role_follows_the_binding() -> None:
    story = a_project("design_review")
    design = submit("design", "budget")
    assert story.codes("rival", design) == ["role_missing"]

    story.do("county", Bind("agency", "rival"), "2017-11-06")

    assert story.ask("rival", design).reasons == ()
    assert story.codes("agency", design) == ["role_missing"]


def test_every_reading_of_a_date_stays_and_the_last_one_counts() -> None:
    story = a_project()
    story.do("lead", choose("plan_finish", "2017-10-31", "by the end of October"), "2017-09-05")

    kept = [row for row in story.state.rows(Dated) if row.name == "plan_finish"]
    assert [(row.on, row.chosen_by) for row in kept] == [
        (day("2017-09-29"), "county"), (day("2017-10-31"), "lead"),
    ]  # fmt: skip
    held = dated(Draft(story.state), "plan_finish")
    assert held is not None
    assert (held.on, held.words, held.reading) == (
        day("2017-10-31"), "by the end of October", "as written",
    )  # fmt: skip


def test_a_date_chosen_says_what_it_was_before() -> None:
    decision = a_project().ask("lead", choose("plan_finish", "2017-10-31"))

    assert (decision.facts["was"], decision.facts["on"]) == ("2017-09-29", "2017-10-31")


LEAD = a_workflow().roles["city_lead"]
BOUND = {"sponsor": "bureau"}


def test_a_post_of_an_org_below_the_bound_one_holds_the_role_too() -> None:
    below = a_directory(lead=a_post("lead", "county_bureau", "city_lead"))
    above = a_directory(county=a_post("county", "bureau", "county"))

    assert below.holds("lead", LEAD, BOUND, day("2017-09-04"))
    assert not above.holds(
        "county", a_workflow().roles["county"], {"region": "county_bureau"}, day("2017-09-04")
    )


def test_a_post_holds_its_role_from_its_first_day_to_its_last() -> None:
    term = a_post("lead", "bureau", "city_lead", from_on=day("2017-09-05"), to_on=day("2017-09-07"))
    directory = a_directory(lead=term)

    held = [on for on in range(4, 9) if directory.holds("lead", LEAD, BOUND, day(f"2017-09-0{on}"))]
    assert held == [5, 6, 7]


def test_a_post_that_nobody_knows_holds_nothing() -> None:
    assert not a_directory().holds("nobody", LEAD, BOUND, day("2017-09-04"))


def test_a_role_without_a_party_is_held_wherever_the_post_is() -> None:
    assert a_directory().holds("lead", replace(LEAD, party=None), {}, day("2017-09-04"))


def test_a_circle_of_orgs_ends_somewhere() -> None:
    orgs = {"a": Org(1, code="a", parent="b"), "b": Org(2, code="b", parent="a")}

    assert Directory(orgs).above("a") == ("a", "b")


def test_an_org_without_an_entry_is_called_by_its_code() -> None:
    assert [a_directory().org_name(code) for code in ("bureau", "O99", None)] == [
        "The bureau", "O99", "-",
    ]  # fmt: skip


def test_the_holders_of_a_role_come_in_the_order_of_their_codes() -> None:
    role = a_workflow().roles["county"]
    found = a_directory().holders(role, {"region": "county_bureau"}, day("2017-09-04"))

    assert [post.code for post in found] == ["county", "county2"]
