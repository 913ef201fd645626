"""What goes wrong: every status has a page that says what was kept and what to do next."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bootstrap import Desk
from engine.storage.database import Database
from templates.catalogue import read
from tests.houses import a_house, entered
from tests.storage.servers import SQLite
from tests.web.people_site import BASE, MINE, csrf_of, peopled, signed_in
from web.app import create
from web.asked import Answer, Asked
from web.pages import PAGES
from web.routes import Routes
from web.rules import Rule
from web.site import Site

BROKEN = Routes()


@BROKEN.get("/broken", Rule.OPEN)
def broken(asked: Asked) -> Answer:
    """Fail as a fault of ours does."""
    raise ZeroDivisionError


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with people."""
    folder: Path = tmp_path_factory.mktemp("problems")
    found = peopled(entered(Database(SQLite(folder).copy(a_house, folder))))
    yield found
    found.close()


def test_an_address_that_leads_nowhere(desk: Desk) -> None:
    answer = signed_in(desk, "county").get("/nowhere")

    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert "出错：" in answer.text


def test_an_address_asked_in_the_wrong_way(desk: Desk) -> None:
    answer = signed_in(desk, "county").post("/wall")

    assert answer.status_code == 405
    assert "不接受这种请求" in answer.text
    assert "<nav" in answer.text


def test_a_form_from_a_page_too_old(desk: Desk) -> None:
    answer = signed_in(desk, "county").post(f"/t/{MINE}/3", data={"csrf": "old"})

    assert answer.status_code == 403
    assert "页面已过期" in answer.text


def test_somebody_else_was_first(desk: Desk) -> None:
    browser = signed_in(desk, "county")
    part = re.findall(r'name="part" value="([^"]*)"', browser.get(f"/t/{MINE}/3").text)[0]
    data = {"csrf": csrf_of(browser), "verb": "submit", "part": part, "version": "0"}
    data |= {"doc_no": "示例〔2017〕9号"}

    answer = browser.post(f"/t/{MINE}/3", data=data)

    assert answer.status_code == 409
    assert "示例〔2017〕9号" in answer.text  # what was typed is kept


def test_conditions_that_do_not_hold_yet(desk: Desk) -> None:
    browser = signed_in(desk, "evaluator")

    version = desk.queries.project(MINE).state.version
    data = {"csrf": csrf_of(browser), "verb": "submit", "doc_no": "一号", "version": str(version)}

    answer = browser.post(f"/t/{MINE}/3", data=data)

    assert answer.status_code == 422


def test_a_fault_of_ours_says_so_with_a_number(desk: Desk) -> None:
    site = Site(desk)
    client = TestClient(
        create(site, (*PAGES, *BROKEN)), base_url=BASE, raise_server_exceptions=False
    )

    answer = client.get("/broken")

    assert answer.status_code == 500
    assert "系统出错" in answer.text
    assert "事件编号" in answer.text
    assert "ZeroDivisionError" not in answer.text


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("status", ["400", "403", "404", "405", "409", "422", "500", "csrf"])
def test_every_problem_has_its_words(locale: str, status: str) -> None:
    texts = read(f"web.{locale}")

    assert texts[f"problem.{status}.title"]
    assert texts[f"problem.{status}.text"]


def test_no_catalogue_says_what_another_says_already() -> None:
    names = ("api", "web", "reading", "forms")
    for locale in ("zh", "en"):
        keys = [key for name in names for key in read(f"{name}.{locale}")]
        assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]


@pytest.mark.parametrize("name", ["api", "web", "reading", "forms"])
def test_both_languages_say_the_same_things(name: str) -> None:
    assert set(read(f"{name}.zh")) == set(read(f"{name}.en"))
