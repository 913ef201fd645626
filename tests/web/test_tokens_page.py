"""Tokens under one's own name, and the page for those who write programs."""

import re
from pathlib import Path
from typing import Any

import pytest

from engine.storage.database import Database
from tests.storage.servers import SQLite
from tests.web.api_site import COUNTY, PASSWORD, ROOT, Office, an_office, served
from web.api import OPERATIONS


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """The office, filled once."""
    return SQLite(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(filled: SQLite, tmp_path: Path) -> Office:
    """A served office of one's own, with somebody signed in."""
    made = served(Database(filled.copy(an_office, tmp_path)))
    post = made.desk.people.posts_of(COUNTY)[0].code
    made.client.cookies.set("shidian", str(made.desk.accounts.enter(COUNTY, PASSWORD, post).token))
    return made


def send(office: Office, path: str, **form: Any) -> Any:
    csrf = re.search(r'name="csrf" value="([^"]+)"', office.client.get("/me").text)
    assert csrf is not None
    return office.client.post(path, data={"csrf": csrf[1], **form})


def test_a_token_is_made_shown_once_and_ended(office: Office) -> None:
    made = send(office, "/me/tokens", name="周报", scopes=["read"], days="30")
    secret = re.search(r"shidian_[\w-]{40,}", made.text)
    assert secret is not None
    headers = {"authorization": f"Bearer {secret[0]}"}
    assert office.client.get(f"{ROOT}/me", headers=headers).status_code == 200

    page = office.client.get("/me").text
    assert "周报" in page
    assert secret[0] not in page

    (one,) = office.desk.tokens.of(COUNTY)
    send(office, f"/me/tokens/{one.id}/revoke")
    assert office.client.get(f"{ROOT}/me", headers=headers).status_code == 401


def test_a_malformed_token_is_refused(office: Office) -> None:
    assert send(office, "/me/tokens", name="x", days="30").status_code == 400
    assert send(office, "/me/tokens", name="x", scopes=["read"], days="400").status_code == 400
    assert office.desk.tokens.of(COUNTY) == []


def test_the_page_lists_every_operation_and_gives_the_description(office: Office) -> None:
    page = office.client.get("/api").text

    assert all(f"<code>{ROOT}{one.path}</code>" in page for one in OPERATIONS)
    assert office.client.get("/api/openapi.json").json()["openapi"] == "3.1.0"
    assert "http" not in re.sub(r"https?://(127|www\.w3)", "", page).replace("http-equiv", "")
