"""Webhooks, screens and mixed bulk acts by the API."""

from pathlib import Path
from typing import Any

import pytest

from engine.storage.database import Database
from tests.storage.servers import SQLite
from tests.web.api_site import COUNTY, STRANGER, Office, an_office, served

URL = "https://oa.example/hooks"
PAPER = {"doc_no": "民〔2017〕1号"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """The office, filled once."""
    return SQLite(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(filled: SQLite, tmp_path: Path) -> Office:
    """A served office of one's own."""
    return served(Database(filled.copy(an_office, tmp_path)))


def test_a_webhook_is_made_listed_resumed_and_ended(office: Office) -> None:
    made = office.post(COUNTY, "/webhooks", {"url": URL, "kinds": ["stage.moved"]}).json()
    assert made["secret"].startswith("whsec_")
    (listed,) = office.get(COUNTY, "/webhooks").json()["items"]
    assert listed == {**made, "secret": None}
    assert office.get(STRANGER, "/webhooks").json()["items"] == []

    path = f"/webhooks/{made['id']}"
    assert office.post(STRANGER, f"{path}/resume", {}).status_code == 404
    assert office.post(COUNTY, f"{path}/resume", {}).json()["state"] == "live"
    assert office.post(STRANGER, f"{path}/revoke", {}).status_code == 404
    assert office.post(COUNTY, f"{path}/revoke", {}).json() == {"items": []}


@pytest.mark.parametrize(
    "body", [{}, {"url": "http://oa.example/"}, {"url": URL, "kinds": ["register.changed"]},
             {"url": "https://127.0.0.1/"}, {"url": URL, "post": "R01"}]
)  # fmt: skip
def test_a_webhook_that_will_not_do_is_a_malformed_call(office: Office, body: Any) -> None:
    assert office.post(COUNTY, "/webhooks", body).status_code == 400
    assert office.desk.webhooks.all() == []


def test_a_screen_is_made_listed_and_ended(office: Office) -> None:
    made = office.post(COUNTY, "/displays", {"name": "大厅", "days": 30}).json()
    assert office.client.get(made["path"]).status_code == 200
    (listed,) = office.get(COUNTY, "/displays").json()["items"]
    assert (listed["id"], listed["path"]) == (made["id"], None)

    path = f"/displays/{made['id']}/revoke"
    assert office.post(STRANGER, path, {}).status_code == 404
    assert office.post(COUNTY, path, {}).json() == {"items": []}
    assert office.client.get(made["path"]).status_code == 404


def test_a_program_cannot_end_its_own_token_as_a_screen(office: Office) -> None:
    token = office.get(COUNTY, "/me").json()["token"]["id"]

    assert office.post(COUNTY, f"/displays/{token}/revoke", {}).status_code == 404


def submit(code: str, task: str, **more: Any) -> dict[str, Any]:
    command = {"task": {"key": task}, "slot": None, "paper": PAPER}
    return {"verb": "submit", "project": code, "command": command, **more}


def test_many_things_are_done_in_one_call_and_each_is_answered_for_itself(office: Office) -> None:
    code = office.code()
    items = [
        submit(code, "work_plan"), submit(code, "timetable"),
        {"verb": "act", "project": code, "command": {"action": "submit"}},
        submit(code, "work_plan"), submit("X99", "work_plan"),
    ]  # fmt: skip

    answer = office.post(COUNTY, "/bulk", {"items": items})

    assert answer.status_code == 207
    found = answer.json()["items"]
    assert [one["status"] for one in found] == [200, 200, 422, 422, 404]
    assert [one["verb"] for one in found] == [item["verb"] for item in items]
    assert [bool(one["receipt"]) for one in found] == [True, True, False, False, False]
    assert [r["code"] for r in found[2]["problem"]["reasons"]].count("paper_missing") == 3
    entries = office.get(COUNTY, f"/projects/{code}/history").json()["items"]
    assert [one["kind"] for one in entries[-4:]] == ["task.submitted"] * 2 + ["attempt.denied"] * 2


def test_a_project_that_the_post_may_not_see_is_not_there_in_a_bulk_call(office: Office) -> None:
    found = office.post(STRANGER, "/bulk", {"items": [submit(office.code(), "work_plan")]}).json()

    assert [one["status"] for one in found["items"]] == [404]


def test_a_bulk_call_sent_again_under_its_key_does_nothing_twice(office: Office) -> None:
    code = office.code()
    body = {"items": [submit(code, "work_plan"), submit(code, "timetable")]}
    key = {"idempotency-key": "week-23"}

    first = office.post(COUNTY, "/bulk", body, headers=key).json()
    again = office.post(COUNTY, "/bulk", body, headers=key).json()
    assert again == first

    other = {"items": [submit(code, "roadmap"), submit(code, "timetable")]}
    found = office.post(COUNTY, "/bulk", other, headers=key).json()["items"]
    assert [one["status"] for one in found] == [422, 200]
    assert found[0]["problem"]["reasons"][0]["code"] == "key_reused"


def test_each_item_may_demand_a_version_and_a_day(office: Office) -> None:
    code = office.code()
    held = office.get(COUNTY, f"/projects/{code}").json()["version"]
    items = [
        submit(code, "work_plan", version=held, on="2017-09-01"),
        submit(code, "timetable", version=held),
    ]

    found = office.post(COUNTY, "/bulk", {"items": items}).json()["items"]

    assert [one["status"] for one in found] == [200, 412]
    assert found[1]["problem"]["version"] == held + 1


def test_a_bulk_call_may_only_try(office: Office) -> None:
    code = office.code()
    body = {"items": [submit(code, "work_plan")]}

    found = office.post(COUNTY, "/bulk?dry_run=true", body).json()["items"]

    assert found[0]["receipt"]["dry_run"] is True
    assert len(office.get(COUNTY, f"/projects/{code}/history").json()["items"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"items": []}, {"items": [{"verb": "nonsense", "project": "P01", "command": {}}]},
        {"items": [{"project": "P01", "command": {"action": "submit"}}]},
        {"items": [{"verb": "tick", "project": "P01", "command": {}}]},
        {"items": [{"verb": "act", "project": "P01", "command": {"action": "submit"}, "x": 1}]},
    ],
)  # fmt: skip
def test_a_malformed_bulk_call_is_refused_whole(office: Office, body: Any) -> None:
    answer = office.post(COUNTY, "/bulk", body)

    assert answer.status_code == 400
    assert answer.json()["errors"]
