"""A book names who stands in and who leads; posts that it does not give are refused."""

from pathlib import Path

from tests.workflows.small_book import BOOK, SCENARIO, changed, faults_of, read

DEPUTY = changed(
    BOOK, '  name: "{name}"\n  grants', '  name: "{name}"\n  deputy: "{deputy}"\n  grants'
)
LEAD = changed(BOOK, 'real: "{real}",\n', 'real: "{real}", lead: "{lead}",\n')


def deputy(code: str) -> str:
    """Return the scenario with a deputy for R01, and none for R31."""
    named = changed(SCENARIO, "[programme]}", f"[programme], deputy: {code}}}")
    return changed(named, "[submit]}", "[submit], deputy: null}")


def lead(code: str) -> str:
    """Return the scenario with a lead for O01, and none for O03."""
    named = changed(
        SCENARIO, "city_bureau, real: true}", f"city_bureau, real: true, lead: {code}}}"
    )
    return changed(named, "county_bureau, real: true}", "county_bureau, real: true, lead: null}")


def test_a_post_has_the_deputy_and_an_org_the_lead_that_the_scenario_names(tmp_path: Path) -> None:
    plan = read(tmp_path, DEPUTY, deputy("R31@A01"))
    assert {post.code: post.deputy for post in plan.posts} == {
        "R01": "R31@A01", "R31@A01": None, "R31@A02": None,
    }  # fmt: skip

    plan = read(tmp_path, LEAD, lead("R01"))
    assert {org.code: org.lead for org in plan.orgs if org.lead} == {"O01": "R01"}


def test_a_post_that_every_org_has_is_stood_in_for_within_the_same_org(tmp_path: Path) -> None:
    book = changed(BOOK, "spread: {R31: agencies}", "spread: {R31: agencies, R32: agencies}")
    book = changed(book, "party_of: {R31: agency}", "party_of: {R31: agency, R32: agency}")
    book = changed(
        book, '  name: "{name}"\n  grants', '  name: "{name}"\n  deputy: "{of}"\n  grants'
    )
    second = (
        "can: [submit], of: R32}\n- {id: R32, org: null, name: 副主管, can: [submit], of: null}"
    )
    named = changed(SCENARIO, "can: [submit]}", second)
    named = changed(named, "[programme]}", "[programme], of: null}")

    plan = read(tmp_path, book, named)

    assert {post.code: post.deputy for post in plan.posts if post.deputy} == {
        "R31@A01": "R32@A01", "R31@A02": "R32@A02",
    }  # fmt: skip


def test_a_deputy_or_lead_that_is_no_post_is_refused_at_its_place(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, DEPUTY, deputy("R09"))
    assert fault.startswith('scenario.yaml:12:60: deputy: unknown post "R09"')

    (fault,) = faults_of(tmp_path, LEAD, lead("R09"))
    assert fault.startswith('scenario.yaml:3:60: lead: unknown post "R09"')


def test_a_post_that_would_stand_in_for_itself_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, DEPUTY, deputy("R01"))

    assert "cannot stand in for itself" in fault
