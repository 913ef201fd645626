"""Notices, the trail, help and feedback: what is shown, to whom, and that nothing in it runs."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap import Desk
from engine.core.commands import Paper, Submit, Target
from engine.services.feedback import MOST_A_DAY, MOST_A_LINE
from engine.storage.database import Database
from templates.catalogue import read
from templates.notice import render_notice
from templates.workbook import FORMULA
from tests.houses import a_house, do, entered, go_to
from tests.storage.servers import SQLite
from tests.templates.contexts import a_context
from tests.web.people_site import MINE, THEIRS, a_client, csrf_of, peopled, send, signed_in
from web.pages.notices import policy_of


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on which the plans of two projects ran late and were told of."""
    folder: Path = tmp_path_factory.mktemp("reading")
    found = peopled(entered(Database(SQLite(folder).copy(a_house, folder))))
    do(found, MINE, "R11", Submit(Target("work_plan"), None, Paper("=1+1", "示例")))
    go_to(found, "2017-11-01")
    found.sweep.run()
    yield found
    found.close()


def test_the_notices_of_the_own_projects_are_listed_and_no_others(desk: Desk) -> None:
    said = signed_in(desk, "county").get("/n").text

    assert f'href="/n/{MINE}/' in said
    assert f'href="/n/{THEIRS}/' not in said


def test_a_notice_says_why_it_was_sent_and_to_whom(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = re.findall(rf'href="(/n/{MINE}/\d+)"', browser.get("/n").text)[0]

    said = browser.get(address).text

    assert "按哪条规则" in said
    assert "岗位本人" in said
    assert f'href="/p/{MINE}/entry/' in said


def test_the_printed_notice_brings_its_own_style_and_nothing_that_runs(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = re.findall(rf'href="(/n/{MINE}/\d+)"', browser.get("/n").text)[0]

    answer = browser.get(f"{address}/page")

    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")
    assert "<script" not in answer.text


@pytest.mark.parametrize("template", ["reminder", "oversee"])
def test_the_style_of_a_stored_page_is_named_by_its_digest(template: str) -> None:
    page = render_notice(template, "zh", a_context(template)).html

    policy = policy_of(page)

    assert "'unsafe-inline'" not in policy
    assert policy.count("'sha256-") == page.count("<style>") == 1
    assert " style=" not in page


def test_a_notice_is_shown_as_printed_and_can_be_copied(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    address = re.findall(rf'href="(/n/{MINE}/\d+)"', browser.get("/n").text)[0]

    said = browser.get(address)

    assert f'<iframe class="paper" src="{address}/page"' in said.text
    assert 'data-copy="copy"' in said.text
    assert browser.get(f"{address}/page").headers["x-frame-options"] == "SAMEORIGIN"
    assert said.headers["x-frame-options"] == "DENY"


def test_what_is_new_to_a_post_is_marked_until_its_person_opens_it(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    before = desk.sights.unread("county", "R11")
    address = re.findall(r'href="(/n/[^"]+)"', browser.get("/n?mine=1").text)[-1]
    assert "份未看" in browser.get("/").text

    browser.get(address)
    assert desk.sights.unread("county", "R11") == max(0, before - 1)

    assert send(browser, "/n/seen") == 303
    assert "份未看" not in browser.get("/n?mine=1").text


def test_a_foreign_notice_is_as_if_it_were_not_there(desk: Desk) -> None:
    browser = signed_in(desk, "county")

    assert browser.get(f"/n/{THEIRS}/1").status_code == 404
    assert browser.get(f"/n/{THEIRS}/1/page").status_code == 404


def test_the_trail_shows_a_county_its_own_projects_only(desk: Desk) -> None:
    said = signed_in(desk, "county").get("/audit").text

    assert f"project:{MINE}" in said
    assert f"project:{THEIRS}" not in said
    assert "register" not in re.findall(r'href="/audit/(\w+)', said)


def test_who_sees_everything_sees_the_registers_as_well(desk: Desk) -> None:
    said = signed_in(desk, "audit").get("/audit").text

    assert 'href="/audit/register/' in said


def test_a_foreign_entry_is_as_if_it_were_not_there(desk: Desk) -> None:
    browser = signed_in(desk, "county")

    assert browser.get(f"/audit/project:{MINE}/1").status_code == 200
    assert browser.get(f"/audit/project:{THEIRS}/1").status_code == 404
    assert browser.get("/audit/register/1").status_code == 404
    assert browser.get(f"/audit/project:{MINE}/999").status_code == 404


def test_an_entry_shows_the_chain_on_both_sides(desk: Desk) -> None:
    entries = desk.audit.history(MINE)

    said = signed_in(desk, "county").get(f"/audit/project:{MINE}/2").text

    assert all(entry.chain.hex() in said for entry in entries[:3])


def test_a_check_names_how_much_it_looked_at_and_what_it_does_not_prove(desk: Desk) -> None:
    browser = signed_in(desk, "audit")
    assert send(browser, "/audit/verify") == 303

    said = browser.get("/audit").text

    n = desk.proof.verify().entries
    assert f"已逐条校验 {n} / {n} 条" in said
    assert "没有与外部留存的检查点比对" in said
    assert "不说明：录入的内容属实" in said


def test_a_table_for_a_spreadsheet_holds_no_formula(desk: Desk) -> None:
    browser = signed_in(desk, "city")
    answer = browser.post(f"/audit/export.csv?project={MINE}", data={"csrf": csrf_of(browser)})

    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == len(desk.audit.history(MINE)) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(tuple(FORMULA))]


def test_a_filter_finds_what_was_refused(desk: Desk) -> None:
    said = signed_in(desk, "city").get("/audit?outcome=denied").text

    assert "没有符合条件的记录" in said


def test_nonsense_in_the_address_is_no_error(desk: Desk) -> None:
    browser = signed_in(desk, "city")

    for query in ("from=-1", "from=x", "from_on=2017-13-01", "kind=x", "since=今天"):
        assert browser.get(f"/audit?{query}").status_code == 200
    assert browser.get("/n?rung=x&from=999").status_code == 200


def test_help_is_there_for_everybody(desk: Desk) -> None:
    assert "灯色的意思" in a_client(desk).get("/help").text


def test_a_message_needs_no_name_and_gets_a_number(desk: Desk) -> None:
    answer = a_client(desk).post("/feedback", data={"text": "挂图看不清", "contact": ""})

    assert "编号" in answer.text
    assert desk.feedback.all()[0].person is None
    assert "挂图看不清" in signed_in(desk, "system").get("/feedback").text
    assert "挂图看不清" not in signed_in(desk, "county").get("/feedback").text


def test_an_empty_message_is_refused_and_says_why(desk: Desk) -> None:
    answer = a_client(desk).post("/feedback", data={"text": "  "})

    assert answer.status_code == 422
    assert "请写明情况" in answer.text


def test_a_flood_of_messages_fills_no_disk(sqlite_desk: Desk) -> None:
    numbers = [sqlite_desk.feedback.take("again", "", None) for _ in range(MOST_A_DAY + 2)]

    assert numbers == [*range(1, MOST_A_DAY + 1), None, None]


def test_a_message_of_somebody_signed_in_may_come_without_a_name(desk: Desk) -> None:
    browser = signed_in(desk, "county")

    send(browser, "/feedback", text="表格太多", nameless="on", kind="complaint")
    send(browser, "/feedback", text="提醒很及时", kind="suggestion")

    named, nameless = desk.feedback.all()[:2]
    assert (named.person, named.kind) == ("county", "suggestion")
    assert (nameless.person, nameless.kind) == (None, "complaint")


def test_one_address_waits_after_many_messages(sqlite_desk: Desk) -> None:
    take = sqlite_desk.feedback.take
    numbers = [take("again", "", None, address="10.0.0.1") for _ in range(MOST_A_LINE + 1)]

    assert numbers[-1] is None
    assert None not in numbers[:-1]
    assert take("another", "", None, address="10.0.0.2") is not None


def test_the_help_explains_every_word_and_lamp(desk: Desk) -> None:
    said = a_client(desk).get("/help").text

    for key, text in read("reading.zh").items():
        if key.startswith("word."):
            assert str(text) in said


def test_markup_in_a_message_stays_text(desk: Desk) -> None:
    send(signed_in(desk, "city"), "/feedback", text="<script>alert(1)</script>")

    assert "<script>alert" not in signed_in(desk, "audit").get("/feedback").text
