"""The API: who gets in, what they see, how they act, and what they are told when they may not."""

from pathlib import Path
from typing import Any

import pytest

from engine.storage.database import Database
from tests.storage.servers import SQLite
from tests.web.api_site import (
    AUDITOR,
    CITY,
    COUNTY,
    OPERATOR,
    PASSWORD,
    ROOT,
    STRANGER,
    Office,
    an_office,
    served,
)

PLAN = {"key": "plan"}
ASKED = {"task": PLAN, "days": 5, "reason": "another agency"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """The office, filled once."""
    return SQLite(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(filled: SQLite, tmp_path: Path) -> Office:
    """A served office of one's own."""
    return served(Database(filled.copy(an_office, tmp_path)))


def test_without_a_token_nobody_gets_in_and_is_told_how(office: Office) -> None:
    answer = office.client.get(f"{ROOT}/projects")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_cookie_of_a_browser_opens_nothing(office: Office) -> None:
    post = office.desk.people.posts_of(COUNTY)[0].code
    entrance = office.desk.accounts.enter(COUNTY, PASSWORD, post)
    office.client.cookies.set("shidian", str(entrance.token))

    assert office.client.get("/").status_code == 200
    assert office.client.get(f"{ROOT}/me").status_code == 401


def test_a_scope_that_is_lacking_is_named(office: Office) -> None:
    headers = {"authorization": f"Bearer {office.secret(COUNTY, 'read')}"}

    answer = office.client.post(f"{ROOT}/projects/P01/act", json={"action": "x"}, headers=headers)

    assert answer.status_code == 403
    assert 'scope="act"' in answer.headers["www-authenticate"]


def test_a_token_ends_with_the_post_of_its_owner(office: Office) -> None:
    post = office.desk.people.posts_of(COUNTY)[0].code
    today = office.desk.people.today()
    actor = office.desk.actor(post)
    assert office.get(COUNTY, "/me").status_code == 200

    office.desk.people.relieve(COUNTY, post, today.replace(day=1, month=8), actor)

    assert office.get(COUNTY, "/me").status_code == 401


@pytest.mark.parametrize("path", ["/audit/log", "/audit/verify", "/sweep/preview"])
def test_what_a_post_may_not_ask_answers_like_what_does_not_exist(
    office: Office, path: str
) -> None:
    hidden, absent = office.get(COUNTY, path), office.get(COUNTY, "/nothing")

    assert hidden.status_code == absent.status_code == 404
    assert _said(hidden) == _said(absent)


def test_a_project_of_others_answers_like_one_that_does_not_exist(office: Office) -> None:
    other = office.code()
    assert office.get(STRANGER, "/projects").json()["items"] == []

    for path in ("", "/tasks", "/options", "/turns", "/history", "/asof", "/entries/1"):
        hidden = office.get(STRANGER, f"/projects/{other}{path}")
        absent = office.get(STRANGER, f"/projects/NONE{path}")
        assert hidden.status_code == absent.status_code == 404
        assert _said(hidden) == _said(absent)
    assert office.post(STRANGER, f"/projects/{other}/act", {"action": "x"}).status_code == 404


def _said(answer: Any) -> dict[str, Any]:
    told = answer.json()
    return {key: told[key] for key in ("title", "status", "detail", "reasons", "errors")}


def test_auditors_read_the_trail_and_those_who_run_the_system_preview_the_sweep(
    office: Office,
) -> None:
    assert office.get(AUDITOR, "/audit/verify").json()["verdict"] == "sound"
    assert office.get(OPERATOR, "/sweep/preview").json()["failed"] == []
    first = office.get(AUDITOR, "/audit/log?limit=3").json()
    second = office.get(AUDITOR, f"/audit/log?limit=3&cursor={first['next']}").json()
    assert first["items"][-1] != second["items"][0]


def test_pages_give_every_project_once_in_order(office: Office) -> None:
    found, cursor = [], ""
    while cursor is not None:
        more = f"&cursor={cursor}" if cursor else ""
        page = office.get(CITY, f"/projects?limit=3{more}").json()
        found += [one["code"] for one in page["items"]]
        cursor = page["next"]

    assert found == sorted(set(found))
    assert len(found) == len(office.get(CITY, "/projects?limit=200").json()["items"])


@pytest.mark.parametrize("cursor", ["x", "WyJhIl0", "W10", "e30", "試", "WyJhYmMiLCAxXQ", "bnVsbA"])
def test_a_cursor_of_somebody_elses_making_is_refused(office: Office, cursor: str) -> None:
    for path, who in (("/projects", CITY), ("/audit/log", AUDITOR)):
        assert office.get(who, f"{path}?cursor={cursor}").status_code == 400


def test_a_cursor_belongs_to_its_filters(office: Office) -> None:
    page = office.get(CITY, "/projects?limit=1").json()

    assert office.get(CITY, f"/projects?limit=1&q=x&cursor={page['next']}").status_code == 400


def test_filters_hold_together(office: Office) -> None:
    first = office.get(CITY, "/projects?limit=1").json()["items"][0]

    path = f"/projects?parent={first['parent']}&stage={first['stage']['key']}&q={first['code']}"

    assert [one["code"] for one in office.get(CITY, path).json()["items"]] == [first["code"]]
    assert office.get(CITY, "/projects?stage=nowhere").json()["items"] == []


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=1_0", "nope=1", "limit=1&limit=2", "q=%00"]
)
def test_a_malformed_address_is_refused_with_the_place(office: Office, query: str) -> None:
    answer = office.get(CITY, f"/projects?{query}")

    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json()["detail"]


def test_acting_gives_a_receipt_and_the_new_version(office: Office) -> None:
    answer = office.post(COUNTY, "/projects/P01/ask_extension", ASKED)

    assert answer.status_code == 200
    assert answer.json()["version"] == 2
    assert answer.headers["etag"] == '"2"' == office.get(COUNTY, "/projects/P01").headers["etag"]
    entry = office.get(COUNTY, f"/projects/P01/entries/{answer.json()['record']}").json()
    assert '"channel":"api"' in entry["canon"]
    assert [one["project"] for one in office.get(CITY, "/extensions").json()["items"]] == ["P01"]


def test_the_same_key_answers_what_was_answered_before(office: Office) -> None:
    headers = {"idempotency-key": "k-1"}
    first = office.post(COUNTY, "/projects/P01/ask_extension", ASKED, headers=headers)
    again = office.post(COUNTY, "/projects/P01/ask_extension", ASKED, headers=headers)
    other = office.post(
        COUNTY, "/projects/P01/ask_extension", {**ASKED, "days": 9}, headers=headers
    )

    assert again.json() == first.json()
    assert other.status_code == 422
    assert other.json()["reasons"][0]["code"] == "key_reused"


def test_a_version_that_is_no_longer_the_latest_names_who_was_first(office: Office) -> None:
    seen = office.get(CITY, "/projects/P01").headers["etag"]
    office.post(COUNTY, "/projects/P01/ask_extension", ASKED)

    body = {"task": PLAN, "granted": True, "days": 5}
    late = office.post(CITY, "/projects/P01/decide_extension", body, headers={"if-match": seen})

    assert late.status_code == 412
    assert late.json()["winner"] == office.desk.people.posts_of(COUNTY)[0].code
    assert late.json()["version"] == 2
    assert office.post(CITY, "/projects/P01/decide_extension", body).status_code == 200


def test_trying_writes_nothing(office: Office) -> None:
    tried = office.post(COUNTY, "/projects/P01/ask_extension?dry_run=true", ASKED)

    assert tried.json()["dry_run"] is True
    assert office.get(COUNTY, "/projects/P01").json()["version"] == 1


def test_a_refusal_gives_every_reason_in_the_language_asked_for(office: Office) -> None:
    said = {}
    for language in ("zh-CN,zh;q=0.9,en;q=0.5", "en-GB,en;q=0.9,zh;q=0.1"):
        headers = {"accept-language": language}
        answer = office.post(COUNTY, "/projects/P01/act", {"action": "submit"}, headers=headers)
        assert answer.status_code == 422
        said[language[:2]] = answer.json()

    codes = [[reason["code"] for reason in told["reasons"]] for told in said.values()]
    assert codes[0] == codes[1]
    assert len(codes[0]) > 1
    assert "还缺" in said["zh"]["detail"]
    assert said["en"]["detail"].isascii() or "还缺" not in said["en"]["detail"]
    assert all(one["lift_sentence"] for one in said["en"]["reasons"])
    assert said["zh"]["record"] > 1, "a refused attempt is an entry"


def test_many_projects_answer_each_for_itself(office: Office) -> None:
    mine = office.code()
    body = {"codes": [mine, "NONE", mine], "command": ASKED}

    answer = office.post(COUNTY, "/bulk/ask_extension", body)

    assert answer.status_code == 207
    found = {one["project"]: one["status"] for one in answer.json()["items"]}
    assert found == {mine: 200, "NONE": 404}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"task": PLAN, "days": "5", "reason": "x"}, "days"),
        ({"task": PLAN, "days": 5, "reason": "x", "standing": "active"}, "standing"),
        ({"task": {"key": "plan", "status": "done"}, "days": 5, "reason": "x"}, "task.status"),
        ([ASKED], "-"), ({}, "task"),
    ],
)  # fmt: skip
def test_a_body_is_read_strictly_and_every_fault_has_its_place(
    office: Office, body: Any, where: str
) -> None:
    answer = office.post(COUNTY, "/projects/P01/ask_extension", body)

    assert answer.status_code == 400
    assert any(one["where"].startswith(where) or where == "-" for one in answer.json()["errors"])
    assert office.get(COUNTY, "/projects/P01").json()["version"] == 1


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"{", "application/json", 400), (b"{}", "text/plain", 415), (b"", "", 415),
        (b'{"action": "\\ud800"}', "application/json", 400),
        (b'{"action": "\\u0000"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"action": "' + b"x" * 300_000 + b'"}', "application/json", 413),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_before_anything_is_done(
    office: Office, content: bytes, media: str, status: int
) -> None:
    headers = {"content-type": media}

    answer = office.call(COUNTY, "POST", "/projects/P01/act", content=content, headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("match", ["12", 'W/"1"', '"x"', '"1", "2"'])
def test_a_malformed_if_match_is_refused(office: Office, match: str) -> None:
    headers = {"if-match": match}

    answer = office.post(COUNTY, "/projects/P01/ask_extension", ASKED, headers=headers)

    assert answer.status_code == 400


def test_a_method_that_an_address_lacks_is_told_from_those_it_has(office: Office) -> None:
    answer = office.client.delete(f"{ROOT}/projects")

    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))


def test_the_wall_and_the_board_are_those_of_the_desk(office: Office) -> None:
    wall, board = office.get(COUNTY, "/wall.svg"), office.get(COUNTY, "/board")

    assert wall.headers["content-type"].startswith("image/svg+xml")
    assert "P01" in wall.text
    assert sum(board.json()["lamps"].values()) == len(board.json()["items"])


def test_the_calendar_knows_the_days(office: Office) -> None:
    assert office.get(COUNTY, "/calendar?on=2017-10-02").json()["working"] is False
    assert office.get(COUNTY, "/calendar?on=9999-12-31").status_code in (200, 400)


@pytest.mark.parametrize("path", ["/board", "/coverage", "/projects/P01/asof", "/calendar"])
def test_a_day_beyond_every_calendar_is_the_askers_to_mend(office: Office, path: str) -> None:
    assert office.get(COUNTY, f"{path}?on=3799-04-12").status_code == 400


@pytest.mark.parametrize("key", ["", "-", " ", "nothing"])
def test_a_refusal_can_be_told_whatever_was_asked_for(office: Office, key: str) -> None:
    body = {"task": {"key": key}, "slot": key, "paper": {}}

    answer = office.post(COUNTY, "/projects/P01/submit", body)

    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["sentence"]
