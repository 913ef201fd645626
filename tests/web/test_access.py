"""Every route for everybody: who may not ask finds nothing, and foreign looks like absent."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bootstrap import Desk
from engine.storage.database import Database
from tests.houses import a_house, entered
from tests.storage.servers import SQLite
from tests.web.people_site import (
    ADMINISTRATORS,
    BASE,
    MINE,
    PERSONS,
    SEE_MINE,
    SEE_THEIRS,
    THEIRS,
    a_client,
    csrf_of,
    peopled,
    signed_in,
)
from web.app import create
from web.pages import PAGES
from web.routes import Route, Routes
from web.rules import Rule
from web.site import Site

ABSENT = "P77"
GETS = [route for route in PAGES if route.method == "GET"]
POSTS = [route for route in PAGES if route.method == "POST"]
OF_PROJECTS = [route for route in PAGES if "{code}" in route.path]
SEE_THE_TRAIL = ("audit",)
"""Who reads every entry of the trail, and nothing else of a project."""

EXAMPLES = "/api/openapi.json"
"""A text of the product, the same for everybody: its codes are those of examples."""

PLAIN = [route for route in GETS if "{" not in route.path and route.path != EXAMPLES]
NUMBERS = ("1", "2", "4")
"""Small numbers: tasks, entries and notices of a project are counted from 1."""

SEERS = ((MINE, SEE_MINE), (THEIRS, SEE_THEIRS))


def named(route: Route) -> str:
    """Return how a route is called in the list of tests."""
    return f"{route.method} {route.path}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that no test of this module changes."""
    folder: Path = tmp_path_factory.mktemp("access")
    found = peopled(entered(Database(SQLite(folder).copy(a_house, folder))))
    yield found
    found.close()


@pytest.fixture(scope="module")
def browsers(desk: Desk) -> dict[str, TestClient]:
    """A browser for everybody, signed in once."""
    return {person: signed_in(desk, person) for person in PERSONS}


@pytest.fixture(scope="module")
def tokens(browsers: dict[str, TestClient]) -> dict[str, str]:
    """What the forms of everybody hold."""
    return {person: csrf_of(client) for person, client in browsers.items()}


def address(route: Route, code: str, n: str = "1") -> str:
    """Return the address of a route for a project and a number."""
    path = route.path.replace("{code}", code)
    return re.sub(r"\{[^}]*:int\}", n, re.sub(r"\{(?![^}]*:int)[^}]*\}", "R01", path))


def masked(text: str, *words: str) -> str:
    """Return a page without what may differ: incident number, and the address that was asked."""
    for word in words:
        text = text.replace(word, "_")
    return re.sub(r"(?<![0-9a-f])[0-9a-f]{8}(?![0-9a-f])", "INCIDENT", text)


def ask(client: TestClient, route: Route, path: str, token: str) -> tuple[int, str, dict[str, str]]:
    """Ask for a route as a browser would, a form with its token."""
    if route.method == "GET":
        got = client.get(path, follow_redirects=False)
    else:
        got = client.post(path, data={"csrf": token, "verb": "submit"}, follow_redirects=False)
    kept = {k: v for k, v in got.headers.items() if k not in ("date", "content-length")}
    return got.status_code, got.text, kept


@pytest.mark.parametrize("route", OF_PROJECTS, ids=named)
@pytest.mark.parametrize("person", PERSONS)
def test_a_project_of_others_answers_byte_for_byte_like_one_that_is_not_there(
    browsers: dict[str, TestClient], tokens: dict[str, str], person: str, route: Route
) -> None:
    client, token = browsers[person], tokens[person]

    for code in [code for code, seers in SEERS if person not in seers]:
        for n in NUMBERS:
            foreign = ask(client, route, address(route, code, n), token)
            absent = ask(client, route, address(route, ABSENT, n), token)
            assert foreign[0] == 404
            assert masked(foreign[1], code) == masked(absent[1], ABSENT)
            assert foreign[2] == absent[2]


@pytest.mark.parametrize("person", PERSONS)
def test_whoever_takes_part_sees_the_project(browsers: dict[str, TestClient], person: str) -> None:
    for code, seers in SEERS:
        status = browsers[person].get(f"/p/{code}").status_code
        assert status == (200 if person in seers else 404), (person, code)


@pytest.mark.parametrize("route", PLAIN, ids=named)
@pytest.mark.parametrize("person", PERSONS)
def test_no_page_names_a_project_that_the_post_may_not_see(
    browsers: dict[str, TestClient], person: str, route: Route
) -> None:
    if person in SEE_THE_TRAIL and route.rule is Rule.TRAIL:
        return
    said = browsers[person].get(route.path).text

    for code in [code for code, seers in SEERS if person not in seers]:
        assert not re.search(rf"\b{code}\b", said), f"{route.path} names {code} to {person}"


@pytest.mark.parametrize("route", PAGES, ids=named)
@pytest.mark.parametrize("person", PERSONS)
def test_a_page_beyond_the_post_is_not_there(
    browsers: dict[str, TestClient], tokens: dict[str, str], person: str, route: Route
) -> None:
    kind = PERSONS[person] if person in ADMINISTRATORS else None
    is_theirs = route.rule.admits(kind) and route.rule is not Rule.SIMULATED
    if is_theirs or route.path == "/":
        return
    client, path = browsers[person], address(route, MINE)

    status, text, _ = ask(client, route, path, tokens[person])
    nowhere = client.get(f"{path}/nothing-here")

    assert (status, nowhere.status_code) == (404, 404)
    if route.method == "GET":
        elsewhere = path.strip("/").partition("/")[0]
        assert elsewhere  # the same section, so that the frame is the same
        assert masked(text, path) == masked(nowhere.text, f"{path}/nothing-here", path)


@pytest.mark.parametrize("route", PAGES, ids=named)
def test_nobody_signed_in_is_sent_to_the_door(desk: Desk, route: Route) -> None:
    if route.rule is Rule.OPEN:
        return
    client = a_client(desk)

    for code in (MINE, ABSENT):
        status, text, headers = ask(client, route, address(route, code), "")
        if route.rule is Rule.SIMULATED:
            assert status == 404
        else:
            assert (status, text) == (303, "")
            assert headers["location"].startswith("/login?next=")


def test_administrators_begin_with_the_people_and_have_no_items(
    browsers: dict[str, TestClient],
) -> None:
    for person in ADMINISTRATORS:
        answer = browsers[person].get("/", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/settings/people")


def test_a_route_without_a_rule_stops_the_start(desk: Desk) -> None:
    with pytest.raises(TypeError, match="needs a rule"):
        Routes().get("/open", None)(PAGES[0].handler)  # type: ignore[arg-type]  # that is the test
    naked = Route("GET", "/open", None, PAGES[0].handler)  # type: ignore[arg-type]  # that is the test
    with pytest.raises(TypeError, match="/open"):
        create(Site(desk), [naked])


FORGED: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "no token": ({"csrf": ""}, {}),
    "another token": ({"csrf": "x" * 32}, {}),
    "a foreign origin": ({}, {"origin": "https://evil.example"}),
    "a neighbouring port": ({}, {"origin": "http://127.0.0.1:81"}),
    "a cross-site frame": ({}, {"sec-fetch-site": "cross-site"}),
    "a sibling host": ({}, {"sec-fetch-site": "same-site"}),
}


@pytest.mark.parametrize("attack", FORGED)
@pytest.mark.parametrize("route", POSTS, ids=named)
def test_a_form_from_elsewhere_changes_nothing(
    browsers: dict[str, TestClient], tokens: dict[str, str], route: Route, attack: str
) -> None:
    form, headers = FORGED[attack]
    for person in ("city", "system", "security"):
        kind = PERSONS[person] if person in ADMINISTRATORS else None
        if not route.rule.admits(kind) or route.rule is Rule.SIMULATED:
            continue
        data, path = {"csrf": tokens[person], **form}, address(route, MINE)
        answer = browsers[person].post(path, data=data, headers=headers, follow_redirects=False)
        assert answer.status_code == 403, (person, path)
        assert csrf_of(browsers[person]) == tokens[person]


def test_a_token_of_somebody_else_is_no_token(
    browsers: dict[str, TestClient], tokens: dict[str, str]
) -> None:
    data = {"csrf": tokens["county"], "text_size": "large"}

    answer = browsers["city"].post("/prefer", data=data, follow_redirects=False)

    assert answer.status_code == 403


def test_another_host_is_refused_and_every_answer_carries_the_safe_headers(desk: Desk) -> None:
    client = a_client(desk)
    foreign = client.get("/login", headers={"host": "evil.example"})
    paths = ("/login", "/nothing", "/static/x/y", "/healthz", "/")
    answers = [client.get(path, follow_redirects=False) for path in paths]

    assert foreign.status_code == 421
    for answer in (foreign, client.post("/wall"), *answers):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"


def test_a_fault_of_ours_keeps_the_headers_and_tells_nothing(desk: Desk) -> None:
    def broken(_: object) -> None:
        raise ValueError("a detail of ours")

    route = Route("GET", "/broken", Rule.OPEN, broken)  # type: ignore[arg-type]  # never answers
    app = create(Site(desk), [route])
    answer = TestClient(app, base_url=BASE, raise_server_exceptions=False).get("/broken")

    assert answer.status_code == 500
    assert "a detail of ours" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
