"""What goes out of the house, on its page: webhooks and addresses for screens."""

import re
from pathlib import Path
from typing import Any

import pytest

from engine.storage import desk_rows
from engine.storage.database import Database
from engine.storage.webhooks import Webhook
from tests.storage.servers import SQLite
from tests.web.api_site import (
    AUDITOR,
    COUNTY,
    PASSWORD,
    STRANGER,
    Office,
    an_office,
    served,
)

URL = "https://oa.example/hooks"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """The office, filled once."""
    return SQLite(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(filled: SQLite, tmp_path: Path) -> Office:
    """A served office of one's own, with somebody signed in."""
    made = served(Database(filled.copy(an_office, tmp_path)))
    enter(made, COUNTY)
    return made


def enter(office: Office, person: str) -> None:
    post = office.desk.people.posts_of(person)[0].code
    token = office.desk.accounts.enter(person, PASSWORD, post).token
    office.client.cookies.set("shidian", str(token))


def send(office: Office, path: str, **form: Any) -> Any:
    csrf = re.search(r'name="csrf" value="([^"]+)"', office.client.get("/me").text)
    assert csrf is not None
    return office.client.post(path, data={"csrf": csrf[1], **form})


def read(office: Office) -> str:
    answer = office.client.get("/me/outward")
    assert answer.status_code == 200
    return str(answer.text)


def test_a_webhook_is_made_shown_once_resumed_and_ended(office: Office) -> None:
    made = send(office, "/me/webhooks", url=URL, kinds=["stage.moved"])
    secret = re.search(r"whsec_[\w+/=]{44}", made.text)
    assert secret is not None
    assert secret[0] not in read(office)
    assert URL in read(office)

    (one,) = office.desk.webhooks.of(COUNTY)
    assert one.kinds == "stage.moved"
    database = office.desk.house.database
    with database.write() as cursor:
        now = database.clock(cursor)
        desk_rows.change(
            database, cursor, Webhook, {"id": one.id}, stopped_at=now, stopped_for="failing",
            answer="timeout", tried_at=now,
        )  # fmt: skip
    assert "对方连续三天没有接收" in read(office)
    assert "对方没有及时答复" in read(office)

    send(office, f"/me/webhooks/{one.id}/resume")
    assert office.desk.webhooks.of(COUNTY)[0].state == "live"
    send(office, f"/me/webhooks/{one.id}/revoke")
    assert office.desk.webhooks.of(COUNTY) == []


def test_an_address_that_will_not_do_is_refused_and_stays_typed(office: Office) -> None:
    refused = send(office, "/me/webhooks", url="https://10.0.0.1/x", kinds=["stage.moved"])

    assert refused.status_code == 400
    assert 'value="https://10.0.0.1/x"' in refused.text
    assert "内网地址须先由运维人员放行" in refused.text
    assert send(office, "/me/displays", name="", days="30").status_code == 400
    assert office.desk.webhooks.of(COUNTY) == []


def screen_of(office: Office, name: str = "大厅") -> str:
    made = send(office, "/me/displays", name=name, days="30")
    found = re.search(r'value="(/display/shidian_[\w-]{40,})"', made.text)
    assert found is not None, made.text
    return found[1]


def test_a_screen_shows_the_wall_to_whoever_has_the_address_and_nothing_else(
    office: Office,
) -> None:
    path = screen_of(office)
    office.client.cookies.clear()

    shown = office.client.get(path)

    assert shown.status_code == 200
    assert '<meta name="referrer" content="no-referrer">' in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert "sandbox" not in shown.headers["content-security-policy"]
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert "<a " not in shown.text
    assert COUNTY not in shown.text
    assert all(row.project.name in shown.text for row in office.desk.queries.board(org="O03"))
    secret = path.rpartition("/")[2]
    bearer = {"authorization": f"Bearer {secret}"}
    for other in ("/api/v1/me", "/api/v1/board", "/metrics"):
        assert office.client.get(other, headers=bearer).status_code == 403
    assert office.client.get(f"/calendar/{secret}.ics").status_code == 404


def test_a_screen_shows_only_what_the_owners_post_sees(office: Office) -> None:
    mine = office.client.get(screen_of(office)).text
    enter(office, STRANGER)
    other = office.client.get(screen_of(office)).text

    names = [row.project.name for row in office.desk.queries.board(org="O03")]
    assert names
    assert not [name for name in names if name in other]
    assert all(name in mine for name in names)


def test_an_address_of_a_screen_is_ended_for_good(office: Office) -> None:
    path = screen_of(office)
    (one,) = office.desk.tokens.of(COUNTY)
    assert "大厅" in read(office)

    send(office, f"/me/displays/{one.id}/revoke")

    assert office.client.get(path).status_code == 404
    assert office.client.get("/display/shidian_none").status_code == 404
    assert "大厅" not in read(office)


def test_a_token_for_something_else_opens_no_wall_and_is_not_ended_here(office: Office) -> None:
    given = office.desk.tokens.add(COUNTY, "R11", "x", ("read",))

    assert office.client.get(f"/display/{given.secret}").status_code == 404
    assert send(office, f"/me/displays/{given.token.id}/revoke").status_code == 404
    assert len(office.desk.tokens.of(COUNTY)) == 1


def test_administrators_have_no_part_in_it(office: Office) -> None:
    enter(office, AUDITOR)

    assert office.client.get("/me/outward").status_code == 404
    assert "/me/outward" not in office.client.get("/me").text


@pytest.mark.parametrize("path", ["/me/webhooks/none/resume", "/me/webhooks/none/revoke",
                                  "/me/displays/none/revoke"])  # fmt: skip
def test_what_is_not_there_cannot_be_ended(office: Office, path: str) -> None:
    assert send(office, path).status_code == 404
