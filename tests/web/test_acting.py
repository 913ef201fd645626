"""Acting at the desk: what can be done and why not, files, links, and two people at once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bootstrap import Desk
from engine.core.rows import TaskRow
from engine.storage.database import Database
from tests.houses import a_house, entered, state_of
from tests.storage.servers import SQLite
from tests.web.people_site import MINE, THEIRS, a_client, csrf_of, peopled, signed_in

PDF = b"%PDF-1.7 plan"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """The desk, filled once."""
    return SQLite(tmp_path_factory.mktemp("acting"))


def _people(database: Database) -> object:
    return peopled(a_house(database))


@pytest.fixture
def desk(filled: SQLite, tmp_path: Path) -> Iterator[Desk]:
    """A desk of one's own."""
    found = entered(Database(filled.copy(_people, tmp_path)))
    yield found
    found.close()


def task(desk: Desk, key: str, code: str = MINE) -> int:
    """Return the number of the newest row of a task."""
    return [row.n for row in state_of(desk, code).rows(TaskRow) if row.key == key][-1]


def hidden(browser: TestClient, address: str, verb: str) -> dict[str, str]:
    """Return what the form of a verb holds before anybody types."""
    page = browser.get(address).text
    every = re.findall(r"<form.*?</form>", page, re.DOTALL)
    forms = [form for form in every if f'value="{verb}"' in form]
    assert forms, f"{address} offers no form to {verb}"
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', forms[0]))


def hand_in(browser: TestClient, address: str, **typed: str) -> TestClient:
    """Hand a paper in by the form of a task's page."""
    form = {**hidden(browser, address, "submit"), **typed}
    return browser.post(address, data=form, follow_redirects=False)  # type: ignore[return-value]  # an answer


def test_a_paper_with_a_file_is_handed_in_and_can_be_fetched(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = f"/t/{MINE}/{task(desk, 'work_plan')}"
    form = hidden(browser, address, "submit")
    files = {"file": ("方案.pdf", PDF, "application/pdf")}

    answer = browser.post(address, data=form, files=files, follow_redirects=False)

    assert answer.status_code == 303
    link = re.findall(r'href="(/file/[^"]+)"', browser.get(address).text)[0]
    fetched = browser.get(link)
    assert fetched.content == PDF
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert signed_in(desk, "neighbour").get(link).status_code == 404


def test_a_refused_file_says_why_and_keeps_what_was_typed(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = f"/t/{MINE}/{task(desk, 'work_plan')}"
    form = {**hidden(browser, address, "submit"), "doc_no": "安民〔2017〕1号"}

    answer = browser.post(address, data=form, files={"file": ("a.exe", b"MZ", "x/y")})

    assert answer.status_code == 422
    assert "a.exe" in answer.text
    assert "安民〔2017〕1号" in answer.text
    assert "data-focus" in answer.text


def test_the_same_form_twice_acts_once(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = f"/t/{MINE}/{task(desk, 'work_plan')}"
    form = hidden(browser, address, "submit")

    first = browser.post(address, data=form, follow_redirects=False)
    second = browser.post(address, data=form, follow_redirects=False)

    assert first.headers["location"] == second.headers["location"]
    assert [e.kind for e in desk.audit.history(MINE)].count("task.submitted") == 1


def test_the_second_of_two_people_is_told_who_was_first_and_keeps_what_they_typed(
    desk: Desk,
) -> None:
    browser = signed_in(desk, "county")
    one, other = (f"/t/{MINE}/{task(desk, key)}" for key in ("work_plan", "timetable"))
    late = {**hidden(browser, other, "submit"), "doc_no": "留着我"}
    hand_in(browser, one)

    answer = browser.post(other, data=late)

    assert answer.status_code == 409
    assert "安居区民政局协调员" in answer.text
    assert "留着我" in answer.text


def test_an_act_that_is_barred_is_shown_with_its_reasons(desk: Desk) -> None:
    said = signed_in(desk, "city").get(f"/t/{MINE}/{task(desk, 'work_plan')}").text

    assert 'aria-disabled="true"' in said
    assert "县区协调员" in said


def test_a_verb_that_there_is_not_changes_nothing(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = f"/t/{MINE}/{task(desk, 'work_plan')}"
    before = len(desk.audit.history(MINE))
    form = {**hidden(browser, address, "submit"), "verb": "drop"}

    assert browser.post(address, data=form).status_code == 400
    assert len(desk.audit.history(MINE)) == before


def test_the_inbox_opens_the_next_item_after_an_act(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = f"/t/{MINE}/{task(desk, 'needs_survey')}"
    form = {**hidden(browser, address, "submit"), "from": "inbox"}

    answer = browser.post(address, data=form)

    assert answer.status_code == 200
    assert "已记入审计记录" in answer.text
    assert 'id="detail"' in answer.text


def test_a_link_hands_in_one_paper_without_an_account_and_only_once(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = f"/t/{MINE}/{task(desk, 'roadmap')}"
    form = {"csrf": csrf_of(browser), "part": ""}
    made = browser.post(f"{address}/link", data=form).text
    link = re.findall(r'value="[^"]*(/s/[^"]+)"', made)[0]
    phone = a_client(desk)

    assert "请交" in phone.get(link).text
    assert phone.post(link, data={}).status_code == 422
    done = phone.post(link, files={"file": ("照片.pdf", PDF, "application/pdf")})

    assert "已收到" in done.text
    assert phone.get(link).status_code == 404
    entry = desk.audit.history(MINE)[-1]
    assert (entry.kind, entry.body["channel"]) == ("task.submitted", "link")
    assert entry.actor.startswith("link:")


def test_a_project_can_be_suspended_from_its_further_page(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = f"/p/{MINE}/more"
    form = {**hidden(browser, address, "suspend"), "reason": "force_majeure"}

    answer = browser.post(address, data=form, follow_redirects=False)

    assert answer.status_code == 303
    assert state_of(desk, MINE).project.standing == "suspended"


def test_an_issue_can_be_raised_and_a_bad_day_is_refused_in_words(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = f"/p/{MINE}/more"
    form = {**hidden(browser, address, "issue"), "ref": "I1", "title": "楼道照明"}

    assert browser.post(address, data={**form, "due": "明天"}).status_code == 400
    assert (
        browser.post(address, data={**form, "days": "5"}, follow_redirects=False).status_code == 303
    )
    assert [row.ref for row in state_of(desk, MINE).rows(TaskRow) if row.key == "issue"] == ["I1"]


def test_an_entry_can_be_voided_and_stays_readable(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    hand_in(browser, f"/t/{MINE}/{task(desk, 'work_plan')}")
    seq = desk.audit.history(MINE)[-1].seq
    address = f"/p/{MINE}/entry/{seq}"

    answer = browser.post(
        address,
        data={**hidden(browser, address, "void"), "reason": "传错了"}, follow_redirects=False,
    )  # fmt: skip

    assert answer.status_code == 303
    assert desk.audit.history(MINE)[-1].kind == "entry.voided"
    assert browser.get(address).status_code == 200


def test_a_foreign_project_cannot_be_acted_on(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    form = {"csrf": csrf_of(browser), "verb": "submit", "version": "1"}

    for address in (f"/t/{THEIRS}/2", f"/p/{THEIRS}/more", f"/p/{THEIRS}/entry/1"):
        assert browser.post(address, data=form).status_code == 404
    assert {entry.outcome for entry in desk.audit.history(THEIRS)} == {"ok"}
