"""What a supervisor is told, and how much."""

from dataclasses import replace
from pathlib import Path

import pytest

from bootstrap import Desk
from engine.services.clocks import DatabaseClock
from engine.services.health import checks
from engine.storage import workers
from engine.storage.database import Database
from tests.storage.servers import SQLite
from tests.web.api_site import COUNTY, OPERATOR, Office, an_office, served


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """The office, filled once."""
    return SQLite(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(filled: SQLite, tmp_path: Path) -> Office:
    """A served office of one's own."""
    return served(Database(filled.copy(an_office, tmp_path)))


def test_a_process_that_lives_says_so_to_anybody(office: Office) -> None:
    assert office.client.get("/healthz").text == "ok\n"


def test_a_house_in_order_is_ready(office: Office) -> None:
    answer = office.client.get("/readyz")

    assert answer.status_code == 200
    assert "migration: ok" in answer.text


def test_without_a_worker_real_time_is_not_ready(sqlite_desk: Desk) -> None:
    house = sqlite_desk.house
    house.ports = replace(house.ports, clock=DatabaseClock())
    assert [one.name for one in checks(house) if not one.is_well] == ["worker"]

    with house.database.write() as cursor:
        workers.beat(house.database, cursor, "w")

    assert all(one.is_well for one in checks(house))


def test_measures_are_closed_but_to_tokens_of_their_scope(office: Office) -> None:
    def ask(*scopes: str) -> int:
        headers = {"authorization": f"Bearer {office.secret(COUNTY, *scopes)}"}
        return int(office.client.get("/metrics", headers=headers).status_code)

    assert office.client.get("/metrics").status_code == 401
    assert ask("read") == 403
    assert ask("metrics") == 200


def test_measures_count_what_there_is(office: Office) -> None:
    headers = {"authorization": f"Bearer {office.secret(OPERATOR, 'metrics')}"}

    lines = office.client.get("/metrics", headers=headers).text.splitlines()

    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    projects = [float(line.split()[-1]) for line in lines if line.startswith("shidian_projects{")]
    listed = office.get(COUNTY, "/projects?limit=200").json()["items"]
    assert sum(projects) == len(listed)


def test_webhooks_are_counted_by_how_they_stand(office: Office) -> None:
    office.post(COUNTY, "/webhooks", {"url": "https://oa.example/hooks"})
    headers = {"authorization": f"Bearer {office.secret(OPERATOR, 'metrics')}"}

    assert 'shidian_webhooks{state="live"} 1' in office.client.get("/metrics", headers=headers).text
