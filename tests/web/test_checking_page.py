"""The verdict at the desk: for whom, against what, and that taking entries out is an entry."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bootstrap import Desk
from engine.core.events import canonical
from engine.services import checking
from engine.services.exports import READING
from engine.storage.database import Database
from engine.storage.ledger import Search
from tests.houses import a_house, entered, go_to
from tests.services.forging import edit_text
from tests.storage.servers import SQLite
from tests.storage.tampering import unguard
from tests.web.people_site import MINE, THEIRS, csrf_of, peopled, send, signed_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own, because these tests forge and export."""
    found = peopled(entered(Database(SQLite(tmp_path).copy(a_house, tmp_path))))
    go_to(found, "2017-11-01")
    found.sweep.run()
    yield found
    found.close()


def forge(desk: Desk, code: str) -> None:
    """Change the first entry of a project, as whoever owns the database can."""
    unguard(desk.house.database)
    canon = canonical({**desk.audit.history(code)[0].body, "reason": "别的"})
    edit_text(desk.house.database, 1, canon, f"project:{code}")


def compare(browser: TestClient, content: bytes) -> tuple[int, str]:
    """Send a file as a checkpoint; return status and page."""
    answer = browser.post(
        "/audit/verify", data={"csrf": csrf_of(browser)}, files={"checkpoint": ("c.json", content)}
    )
    return answer.status_code, answer.text


def test_a_checkpoint_of_this_house_makes_the_verdict_sound(desk: Desk) -> None:
    browser = signed_in(desk, "audit")
    kept = browser.get("/audit/checkpoint.json").content

    status, said = compare(browser, kept)

    assert status == 200
    assert 'class="verify sound"' in said


NONE = (b"{}", b"[]", b"\xff", b'{"house": 1, "streams": {}}', b"[" * 9999)


@pytest.mark.parametrize("content", NONE, ids=range(len(NONE)))
def test_a_file_that_is_no_checkpoint_is_refused_and_says_so(desk: Desk, content: bytes) -> None:
    status, said = compare(signed_in(desk, "audit"), content)

    assert status == 422
    assert "这个文件不是检查点" in said


def test_a_checkpoint_of_another_house_is_refused(desk: Desk) -> None:
    kept = {**desk.proof.checkpoint(), "house": "f" * 32}

    status, said = compare(signed_in(desk, "audit"), json.dumps(kept).encode())

    assert status == 422
    assert "另一个数据库" in said


def test_a_county_checks_its_own_and_hears_of_no_other(desk: Desk) -> None:
    forge(desk, THEIRS)
    browser = signed_in(desk, "county")

    assert send(browser, "/audit/verify") == 303

    said = browser.get("/audit").text
    assert 'class="verify unanchored"' in said
    assert THEIRS not in said
    assert browser.get("/audit/checkpoint.json").status_code == 404


def test_a_break_is_told_with_a_way_to_it(desk: Desk) -> None:
    forge(desk, MINE)
    browser = signed_in(desk, "county")

    send(browser, "/audit/verify")

    said = browser.get("/audit").text
    assert 'class="verify broken"' in said
    assert f'href="/audit/project:{MINE}/1"' in said
    assert "原文被改动" in said
    assert browser.get(f"/audit/project:{MINE}/1").status_code == 200


def test_a_long_check_goes_on_with_a_plain_form(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "STEP", 1)
    browser = signed_in(desk, "audit")

    send(browser, "/audit/verify")
    said = browser.get("/audit").text
    steps = 1
    while "data-continue" in said:
        send(browser, "/audit/verify", step="next")
        said, steps = browser.get("/audit").text, steps + 1

    assert steps == desk.proof.verify().streams
    assert 'class="verify unanchored"' in said


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_taking_entries_out_is_an_entry(desk: Desk, form: str) -> None:
    browser = signed_in(desk, "county")
    n = len(desk.audit.history(MINE))

    answer = browser.post(f"/audit/export.{form}?project={MINE}", data={"csrf": csrf_of(browser)})

    found = desk.audit.log(Search(stream=READING)).entries
    assert answer.headers["content-disposition"].startswith("attachment")
    assert [(one.actor, one.body["facts"]) for one in found] == [
        ("county", {"form": form, "query": {"project": MINE}, "entries": n})
    ]


def test_an_export_in_the_hashed_form_holds_the_texts_themselves(desk: Desk) -> None:
    browser = signed_in(desk, "county")

    answer = browser.post("/audit/export.jsonl", data={"csrf": csrf_of(browser)})

    assert answer.text.splitlines() == [entry.canon for entry in desk.audit.history(MINE)]


def test_looking_an_export_up_in_the_address_is_no_export(desk: Desk) -> None:
    assert signed_in(desk, "county").get("/audit/export.csv").status_code == 405


def test_one_can_look_back_at_a_day_by_what_was_known(desk: Desk) -> None:
    browser = signed_in(desk, "county")

    said = browser.get(f"/audit?project={MINE}&asof=2017-09-01").text
    unknown = browser.get(f"/audit?project={MINE}&known=2017-08-01T09:00").text
    foreign = browser.get(f"/audit?project={THEIRS}&asof=2017-09-01").text

    assert "的情况" in said
    assert "还没有这个项目" in unknown
    assert "还没有这个项目" in foreign


def test_a_county_that_sees_every_project_does_not_read_the_registers(tmp_path: Path) -> None:
    house = entered(Database(SQLite(tmp_path).copy(a_house, tmp_path)))
    peopled(house)
    said = signed_in(house, "supervisor").get("/audit").text

    assert "/audit/register/" not in said
    house.close()
