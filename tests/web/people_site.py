"""A desk with people in its posts: two counties, a project in each, and all administrators."""

import re
from dataclasses import replace

from starlette.testclient import TestClient

from bootstrap import SYSTEM, Desk
from engine.core.rows import Org, Post
from engine.services import registers
from tests.houses import a_running_project, an_opening
from web.app import create
from web.site import Site

PASSWORD = "a-long-sentence-of-mine"  # noqa: S105  # opens nothing but a test
BASE = "http://127.0.0.1"
MINE = "P01"
"""A project of the county O03, which the bureau O01 and its own parties may see."""

THEIRS = "P50"
"""A project of another county."""

PERSONS = {
    "city": "R01", "finance": "R02", "reader": "R03", "county": "R11", "neighbour": "R12",
    "community": "R21@S01", "agency": "R31@A01", "supervisor": "R41", "evaluator": "R51",
    "outsider": "X01", "system": "system_admin", "security": "security_admin",
    "second": "security_admin", "audit": "audit_admin",
}  # fmt: skip
"""Every kind of person by account, with the post they are in."""

ADMINISTRATORS = ("system", "security", "second", "audit")
SEE_MINE = {"city", "finance", "reader", "county", "community", "supervisor", "evaluator"}
SEE_THEIRS = {"city", "finance", "reader", "neighbour", "supervisor", "evaluator"}


def peopled(desk: Desk) -> Desk:
    """Open a project in each county and put somebody into every kind of post."""
    a_running_project(desk, None, MINE)
    rows: list[Org | Post] = [
        Org(1, "S99", "示例·望江社区", "community", "O04"),
        Post(1, "X01", "O08", "列席", ""),
    ]
    with desk.house.database.write() as cursor:
        registers.enter(desk.house, cursor, rows, SYSTEM)
    ours = an_opening(MINE)
    bound = {**ours.parties, "region": "O04", "community": "S99"}
    a_running_project(
        desk, None, THEIRS, replace(ours, code=THEIRS, parties=bound, parent="O04", wave=None)
    )
    for kind in ("system_admin", "security_admin", "audit_admin"):
        desk.people.office(kind, kind, SYSTEM)
    for person, post in PERSONS.items():
        desk.accounts.add(person, person, PASSWORD)
        desk.people.appoint(person, post, SYSTEM)
    return desk


def a_client(desk: Desk) -> TestClient:
    """Return a browser with nobody signed in."""
    return TestClient(create(Site(desk)), base_url=BASE, raise_server_exceptions=False)


def signed_in(desk: Desk, person: str) -> TestClient:
    """Return a browser in which a person is signed in."""
    client = a_client(desk)
    form = {"person": person, "password": PASSWORD, "next": "/"}
    answer = client.post("/login", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return client


def csrf_of(client: TestClient) -> str:
    """Return the token that the forms of a session hold."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/me").text)
    assert found is not None, "nobody is signed in"
    return found[1]


def send(client: TestClient, path: str, **form: str) -> int:
    """Send a form with its token and return the status of the answer."""
    data = {"csrf": csrf_of(client), **form}
    return client.post(path, data=data, follow_redirects=False).status_code
