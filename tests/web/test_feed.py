"""The calendar of a post: read by another program, it follows what moves and what is done."""

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from engine.storage.database import Database
from templates.ical import folded
from tests.houses import go_to
from tests.storage.servers import SQLite
from tests.web.api_site import CITY, COUNTY, Office, an_office, served


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """The office, filled once."""
    return SQLite(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(filled: SQLite, tmp_path: Path) -> Office:
    """A served office of one's own."""
    return served(Database(filled.copy(an_office, tmp_path)))


def events(office: Office) -> dict[str, Any]:
    answer = office.client.get(f"/calendar/{office.secret(COUNTY, 'calendar')}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_another_program_reads_the_due_days_of_the_post(office: Office) -> None:
    found = events(office)

    listed = office.get(COUNTY, "/projects/P01/tasks").json()["items"]
    due = {str(one["n"]): one["due"] for one in listed if one["due"]}
    mine = {uid: one for uid, one in found.items() if uid.startswith("P01-")}
    assert mine
    for uid, one in mine.items():
        assert one.decoded("dtstart").isoformat() == due[uid.split("@")[0].split("-")[1]]
        assert str(one["status"]) == "CONFIRMED"


def test_a_day_that_moves_keeps_its_identity_and_raises_its_number(office: Office) -> None:
    before = events(office)
    body = {"task": {"key": "plan"}, "days": 5, "reason": "x"}
    assert office.post(COUNTY, "/projects/P01/ask_extension", body).status_code == 200
    body = {"task": {"key": "plan"}, "granted": True, "days": 5}
    assert office.post(CITY, "/projects/P01/decide_extension", body).status_code == 200

    after = events(office)

    moved = [uid for uid in before if after[uid]["dtstart"].dt > before[uid]["dtstart"].dt]
    assert moved
    assert set(after) == set(before)
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in moved)


def test_what_is_done_is_cancelled_and_later_forgotten(office: Office) -> None:
    before = events(office)
    body = {"task": {"key": "needs_survey"}, "slot": None, "paper": {"doc_no": "1", "title": "x"}}
    done = office.post(COUNTY, "/projects/P01/submit", body)
    assert done.status_code == 200, done.text

    tasks = office.get(COUNTY, "/projects/P01/tasks").json()["items"]
    closed = [one["n"] for one in tasks if one["status"] == "done" and one["original_due"]]
    now = events(office)
    for uid in [uid for uid in before if uid.split("@")[0] in {f"P01-{n}" for n in closed}]:
        assert str(now[uid]["status"]) == "CANCELLED"
        assert now[uid]["sequence"] > before[uid]["sequence"]

    go_to(office.desk, "2018-03-01")
    assert not {f"P01-{n}" for n in closed} & {uid.split("@")[0] for uid in events(office)}


def test_the_address_opens_nothing_else_and_can_be_closed(office: Office) -> None:
    secret = office.secret(COUNTY, "calendar")
    headers = {"authorization": f"Bearer {secret}"}
    assert office.client.get("/api/v1/projects", headers=headers).status_code == 403
    other = office.secret(COUNTY, "read")
    assert office.client.get(f"/calendar/{other}.ics").status_code == 404

    office.desk.tokens.revoke(office.desk.tokens.of(COUNTY)[0].id)

    assert office.client.get(f"/calendar/{secret}.ics").status_code == 404


@pytest.mark.parametrize("text", ["x" * 300, "试点" * 80, "a" + "试" * 100, "🐘" * 40, ""])
def test_lines_are_folded_at_75_octets_never_within_a_character(text: str) -> None:
    parts = folded(f"SUMMARY:{text}")

    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == f"SUMMARY:{text}"
    assert all(part.startswith(" ") for part in parts[1:])
