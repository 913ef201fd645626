"""Who is told: the post, its deputy, the lead of its unit, a lead above, else visibly nobody."""

from dataclasses import replace
from datetime import date

from engine.core.definition import Role
from engine.core.directory import Directory
from engine.core.recipients import Recipient, Via, recipients
from engine.core.rows import Org, Post
from tests.builders import a_directory, a_post, a_project
from tests.core.asks import day

ON = date(2017, 10, 9)
COUNTY = Role("county", {"zh": "县", "en": "County"}, "region")
CHIEF = Role("chief", {"zh": "主管", "en": "Chief"})
BOUND = {"region": "county_bureau"}


def a_register(*posts: Post, **leads: str) -> Directory:
    """Return bureau over county bureau over office, each with the lead that is named."""
    orgs = {
        code: Org(1, code=code, name=code, parent=parent, lead=leads.get(code))
        for code, parent in {
            "bureau": None, "county_bureau": "bureau", "office": "county_bureau",
        }.items()
    }  # fmt: skip
    return Directory(orgs, {post.code: post for post in posts})


def told(directory: Directory, *roles: Role, on: date = ON) -> list[tuple[str, str, str | None]]:
    """Return post, rule and absent post of every recipient."""
    found = recipients(directory, roles or (COUNTY,), BOUND, on)
    return [(one.post, one.via.value, one.absent) for one in found]


def vacant(post: Post) -> Post:
    """Return a post that nobody holds."""
    return replace(post, absence="vacant")


HEAD = a_post("head", "county_bureau", "")
TOP = a_post("top", "bureau", "")
CLERK = a_post("clerk", "county_bureau", "county", deputy="stand_in")
STAND_IN = a_post("stand_in", "county_bureau", "")


def test_every_post_of_a_role_is_told_and_each_once() -> None:
    second = a_post("clerk2", "county_bureau", "county chief")

    assert told(a_register(CLERK, second), COUNTY, CHIEF) == [
        ("clerk", "role", None), ("clerk2", "role", None),
    ]  # fmt: skip


def test_a_vacant_post_is_told_through_its_deputy() -> None:
    register = a_register(vacant(CLERK), STAND_IN, HEAD, county_bureau="head")

    assert told(register) == [("stand_in", "deputy", "clerk")]


def test_a_post_on_leave_is_told_through_its_deputy_from_the_first_to_the_last_day() -> None:
    away = replace(
        CLERK, absence="leave", absent_from_on=date(2017, 10, 9), absent_to_on=date(2017, 10, 13)
    )
    register = a_register(away, STAND_IN)

    days = [date(2017, 10, 8), date(2017, 10, 9), date(2017, 10, 13), date(2017, 10, 14)]

    assert [told(register, on=on)[0][0] for on in days] == [
        "clerk",
        "stand_in",
        "stand_in",
        "clerk",
    ]


def test_an_ended_post_without_a_successor_is_told_through_its_deputy() -> None:
    ended = replace(CLERK, to_on=date(2017, 10, 8))

    assert told(a_register(ended, STAND_IN)) == [("stand_in", "deputy", "clerk")]


def test_an_ended_post_beside_its_successor_is_history() -> None:
    ended, after = replace(CLERK, to_on=date(2017, 10, 8)), a_post("new", "county_bureau", "county")

    assert told(a_register(ended, after, STAND_IN)) == [("new", "role", None)]


def test_the_deputy_of_one_who_is_away_is_told_beside_the_colleague_who_is_there() -> None:
    colleague = a_post("clerk2", "county_bureau", "county")

    assert told(a_register(vacant(CLERK), colleague, STAND_IN)) == [
        ("stand_in", "deputy", "clerk"), ("clerk2", "role", None),
    ]  # fmt: skip


def test_without_a_deputy_the_lead_of_the_unit_is_told() -> None:
    alone = vacant(replace(CLERK, deputy=None))

    assert told(a_register(alone, HEAD, county_bureau="head")) == [("head", "lead", "clerk")]


def test_a_deputy_who_is_away_too_does_not_swallow_the_notice() -> None:
    register = a_register(vacant(CLERK), vacant(STAND_IN), HEAD, county_bureau="head")

    assert told(register) == [("head", "lead", "clerk")]


def test_where_the_unit_has_no_lead_the_nearest_lead_above_is_told() -> None:
    low = vacant(replace(CLERK, org="office", deputy=None))

    assert told(a_register(low, TOP, bureau="top")) == [("top", "above", "clerk")]
    assert told(a_register(low, HEAD, TOP, county_bureau="head", bureau="top")) == [
        ("head", "above", "clerk")
    ]


def test_a_lead_who_is_away_is_passed_over() -> None:
    alone, away = vacant(replace(CLERK, deputy=None)), vacant(HEAD)
    register = a_register(alone, away, TOP, county_bureau="head", bureau="top")

    assert told(register) == [("top", "above", "clerk")]


def test_a_role_that_no_post_has_is_told_to_the_lead_of_the_org_that_is_bound() -> None:
    assert told(a_register(HEAD, county_bureau="head")) == [("head", "lead", None)]


def test_where_nobody_is_left_the_address_is_nobody_at_the_place_that_was_meant() -> None:
    alone = vacant(replace(CLERK, deputy=None))

    assert recipients(a_register(alone), (COUNTY,), BOUND, ON) == (
        Recipient("nobody:county", "county_bureau", Via.NOBODY, "county", "clerk"),
    )
    assert recipients(a_register(), (COUNTY,), {}, ON) == (
        Recipient("nobody:county", "-", Via.NOBODY, "county"),
    )


def test_orgs_that_stand_in_a_ring_end_in_nobody() -> None:
    alone = vacant(replace(CLERK, deputy=None))
    register = a_register(alone)
    ring = {**register.orgs, "bureau": replace(register.orgs["bureau"], parent="office")}

    assert told(replace(register, orgs=ring)) == [("nobody:county", "nobody", "clerk")]


def test_a_notice_remembers_by_which_rule_it_found_its_post() -> None:
    away = a_post("county", "county_bureau", "county", absence="leave", deputy="visitor")
    gone = a_post("county2", "county_bureau", "county", to_on=day("2017-09-20"))
    story = a_project(directory=a_directory(county=away, county2=gone))

    (notice,) = [n for n in story.tick("2017-09-26").notices if n.rung == "reminder"]

    assert (notice.post, notice.org, notice.via, notice.role, notice.absent) == (
        "visitor", "rival", "deputy", "county", "county",
    )  # fmt: skip
