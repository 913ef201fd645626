"""The wall on a screen: a secret address that shows it, and does nothing else."""

import re
from pathlib import Path

import pytest

from engine.storage.database import Database
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


def test_a_screen_shows_the_wall_of_its_owner_without_a_sign_in(office: Office) -> None:
    seen = office.client.get(f"/display/{office.secret(CITY, 'wall')}")

    assert seen.status_code == 200
    assert all(row.project.name in seen.text for row in office.desk.queries.board())
    assert "更新于" in seen.text


def test_a_screen_shows_no_more_than_its_owner_may_see(office: Office) -> None:
    county = office.desk.people.posts_of(COUNTY)[0].org
    mine = {row.project.code for row in office.desk.queries.board(None, county)}
    seen = office.client.get(f"/display/{office.secret(COUNTY, 'wall')}").text

    for row in office.desk.queries.board():
        assert (row.project.name in seen) is (row.project.code in mine)


def test_nothing_on_a_screen_can_be_pressed_or_leads_anywhere(office: Office) -> None:
    seen = office.client.get(f"/display/{office.secret(CITY, 'wall')}").text

    assert re.findall(r"<(a|form|button|input)\b", seen) == []


def test_a_screen_asks_anew_with_a_script_and_without(office: Office) -> None:
    seen = office.client.get(f"/display/{office.secret(CITY, 'wall')}").text

    assert 'hx-trigger="every 60s"' in seen
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in seen


@pytest.mark.parametrize("scope", ["read", "calendar"])
def test_a_secret_for_something_else_opens_no_screen(office: Office, scope: str) -> None:
    foreign = office.client.get(f"/display/{office.secret(CITY, scope)}")
    absent = office.client.get("/display/shidian_nothing")

    assert foreign.status_code == absent.status_code == 404


def test_a_screen_opens_nothing_else(office: Office) -> None:
    secret = office.secret(CITY, "wall")

    assert office.client.get(f"/calendar/{secret}.ics").status_code == 404
    denied = office.client.get("/api/v1/projects", headers={"authorization": f"Bearer {secret}"})
    assert denied.status_code == 403


def test_a_revoked_address_shows_nothing_any_more(office: Office) -> None:
    secret = office.secret(CITY, "wall")
    (one,) = office.desk.tokens.of(CITY)

    office.desk.tokens.revoke(one.id)

    assert office.client.get(f"/display/{secret}").status_code == 404
