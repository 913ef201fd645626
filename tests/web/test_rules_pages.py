"""周报, 流程与规则: what is written from the trail and from the published files, for whom."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap import SYSTEM, Desk
from engine.services import registers
from engine.services.registers import Publication
from engine.storage.database import Database
from tests.houses import a_house, entered, go_to
from tests.storage.servers import SQLite
from tests.web.people_site import MINE, THEIRS, peopled, signed_in
from workflows import reader
from workflows.reader import shipped


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with two versions of a workflow, two months after two projects began."""
    folder: Path = tmp_path_factory.mktemp("rules")
    found = peopled(entered(Database(SQLite(folder).copy(a_house, folder))))
    path = next(iter(shipped().values()))
    text = path.read_text("utf-8")
    number = reader.read_workflow(text, path.name).version
    text = re.sub(r"(?m)^version: .*$", f"version: {number + 1}", text, count=1)
    text = re.sub(r"(?m)^due_soon: .*$", "due_soon: 7", text, count=1)
    read = reader.read_workflow(text, path.name)
    new = Publication(read.key, str(read.version), read.digest, text)
    with found.house.database.write() as cursor:
        registers.publish_workflow(found.house, cursor, new, SYSTEM)
    go_to(found, "2017-11-01")
    found.sweep.run()
    yield found
    found.close()


def test_the_weekly_report_opens_at_this_week(desk: Desk) -> None:
    answer = signed_in(desk, "city").get("/weekly", follow_redirects=False)

    assert answer.headers["location"] == "/weekly/2017-10-30"


def test_a_day_within_a_week_leads_to_its_monday(desk: Desk) -> None:
    answer = signed_in(desk, "city").get("/weekly/2017-09-06", follow_redirects=False)

    assert answer.headers["location"] == "/weekly/2017-09-04"


@pytest.mark.parametrize("given", ["2017-13-01", "x", "2030-01-07", "0001-01-01", "9999-12-31"])
def test_a_week_that_is_none_leads_to_this_one(desk: Desk, given: str) -> None:
    answer = signed_in(desk, "city").get(f"/weekly/{given}", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/weekly")


def test_a_quiet_week_says_so(desk: Desk) -> None:
    assert "本周无变化" in signed_in(desk, "county").get("/weekly/2017-08-07").text


def test_the_report_names_the_projects_in_sight_and_no_others(desk: Desk) -> None:
    said = signed_in(desk, "county").get("/weekly/2017-08-28").text

    assert f"/p/{MINE}" in said
    assert THEIRS not in said


def test_the_root_of_the_trail_is_printed_only_for_those_before_whom_nothing_is_hidden(
    desk: Desk,
) -> None:
    root = desk.proof.verify().root

    assert root in signed_in(desk, "city").get("/weekly/2017-10-30").text
    assert root not in signed_in(desk, "county").get("/weekly/2017-10-30").text


def test_the_numbers_of_a_week_lead_to_as_many_entries(desk: Desk) -> None:
    browser = signed_in(desk, "city")
    said = browser.get("/weekly/2017-08-28").text
    links = re.findall(r'href="(/audit\?kind=[^"]+)">(\d+) 条', said)

    assert links
    for href, n in links:
        assert f"<b>{n} 条记录</b>" in browser.get(href.replace("&amp;", "&")).text


@pytest.mark.parametrize("person", ["city", "county", "community", "audit", "system"])
def test_the_rules_are_there_for_everybody_signed_in(desk: Desk, person: str) -> None:
    assert signed_in(desk, person).get("/settings/flow").status_code == 200


def test_a_version_tells_stages_tasks_conditions_ladders_and_roles_in_words(desk: Desk) -> None:
    version = desk.publications.versions()[-1]
    said = signed_in(desk, "county").get(f"/settings/flow/w/{version.row.digest}").text

    workflow = version.workflow
    for held in (workflow.stages, workflow.tasks, workflow.roles, workflow.actions):
        missing = [one.name["zh"] for one in held.values() if one.name["zh"] not in said]
        assert not missing
    rungs = [rung.name["zh"] for ladder in workflow.ladders.values() for rung in ladder.rungs]
    assert not [name for name in rungs if name not in said]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_published_workflow_can_be_put_into_words(desk: Desk, locale: str) -> None:
    desk.accounts.prefer("county", locale=locale)
    browser = signed_in(desk, "county")

    for version in desk.publications.versions():
        assert browser.get(f"/settings/flow/w/{version.row.digest}").status_code == 200
    desk.accounts.prefer("county", locale="zh")


def test_two_versions_are_compared_place_by_place(desk: Desk) -> None:
    versions = desk.publications.versions()
    key = next(v.row.key for v in versions if sum(w.row.key == v.row.key for w in versions) > 1)
    new, old = (one.row.digest for one in versions if one.row.key == key)
    said = signed_in(desk, "county").get(f"/settings/flow/diff?a={old}&b={new}").text

    assert '<th scope="row" class="digest">version</th>' in said
    assert (
        f"/settings/flow/diff?a={old}"
        in signed_in(desk, "county").get(f"/settings/flow/w/{new}").text
    )


def test_a_version_that_nobody_published_is_not_there(desk: Desk) -> None:
    browser = signed_in(desk, "county")

    assert browser.get("/settings/flow/w/0000").status_code == 404
    assert browser.get("/settings/flow/diff?a=1&b=2").status_code == 404


def test_a_year_names_its_days_off_and_make_up_days(desk: Desk) -> None:
    said = signed_in(desk, "county").get("/settings/flow/calendar/2017").text

    assert said.count("<b>班</b>") > 0
    assert said.count("<b>休</b>") > 10
    assert "暂定" not in said


def test_a_year_without_its_notice_is_marked_provisional(desk: Desk) -> None:
    said = signed_in(desk, "county").get("/settings/flow/calendar/2018").text

    assert "暂定" in said
    assert "另有 1 份在案" in said  # published on 30 November 2017


@pytest.mark.parametrize("year", ["1949", "2101", "99999999999"])
def test_a_year_beyond_the_calendars_is_not_there(desk: Desk, year: str) -> None:
    assert signed_in(desk, "county").get(f"/settings/flow/calendar/{year}").status_code == 404


def test_the_rules_page_lists_what_needs_a_local_value(desk: Desk) -> None:
    page = signed_in(desk, "city").get("/settings/flow").text

    assert 'id="needs"' in page
    assert "需要当地确定的内容" in page
    wanted = desk.needs.listed()
    assert all(need.name["zh"] in page for need in wanted)
