"""Every page in a real browser: for those who cannot see it, on a phone, without another host."""

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from bootstrap import Desk
from engine.core.commands import Paper, Submit, Target
from engine.services.links import Purpose
from engine.storage.database import Database
from tests.houses import a_house, do, entered, go_to
from tests.storage.servers import SQLite
from tests.web.people_site import MINE, PASSWORD, peopled
from web.app import create
from web.pages import PAGES
from web.rules import Rule
from web.site import Site

pytestmark = pytest.mark.slow
WIDTHS = (1366, 390, 320)
LANGUAGES = ("zh", "en")
FILES = {
    "/wall.svg", "/audit/checkpoint.json", "/api/openapi.json", "/projects/import/template.xlsx",
}  # fmt: skip
KINDS = {
    Rule.SYSTEM: "system", Rule.SECURITY: "security", Rule.AUDIT: "audit",
    Rule.ADMINISTRATION: "system",
}  # fmt: skip
PLACES = (f"/p/{MINE}", f"/p/{MINE}/more", f"/p/{MINE}/entry/1", f"/t/{MINE}/3", f"/n/{MINE}/1",
          f"/audit/project:{MINE}/1", "/settings/flow/calendar/2018", "/n?mine=1",
          "/weekly/2017-10-30",
          f"/audit?project={MINE}&asof=2017-10-01", f"/t/{MINE}/3/remind")  # fmt: skip
OFFICES = (("system", "/settings/posts/R11"), ("system", "/settings/accounts/county"),
           ("security", "/settings/posts/R11"))  # fmt: skip
OWN_TESTS = ("/settings/flow/w/{digest}", "/s/{token}", "/display/{secret}")
"""Pages whose address is made at run time: a test of their own looks at them."""

NO_PAGES = ("/file/{code}/{digest}", "/n/{code}/{n:int}/page")
"""A file, and a letter as it is printed, which brings its own style."""

ADDRESSES = [
    *(("city", place) for place in PLACES), *OFFICES,
    *(
        (KINDS.get(route.rule, "city"), route.path)
        for route in PAGES
        if route.method == "GET" and "{" not in route.path and route.path not in FILES
        and route.rule is not Rule.SIMULATED
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on which something is late and something was told."""
    folder: Path = tmp_path_factory.mktemp("browser")
    found = peopled(entered(Database(SQLite(folder).copy(a_house, folder))))
    do(found, MINE, "R11", Submit(Target("work_plan"), None, Paper("示例〔2017〕1号", "示例")))
    go_to(found, "2017-11-01")
    found.sweep.run()
    yield found
    found.close()


@pytest.fixture(scope="module")
def home(desk: Desk) -> Iterator[str]:
    """The address of the served desk."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = int(held.getsockname()[1])
    config = uvicorn.Config(create(Site(desk)), host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, home: str, desk: Desk) -> Iterator[dict[tuple[str, str], Page]]:
    """A page for each kind of person and language, signed in once."""
    pages: dict[tuple[str, str], Page] = {}
    contexts: list[BrowserContext] = []
    for person in sorted({person for person, _ in ADDRESSES}):
        context = chromium.new_context()
        page = context.new_page()
        page.goto(f"{home}/login")
        page.fill("#person", person)
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        contexts.append(context)
        pages.update({(person, language): page for language in LANGUAGES})
    yield pages
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("person", "path"), ADDRESSES, ids=str)
def test_a_page_is_whole_at_every_width(
    signed_in: dict[tuple[str, str], Page], home: str, desk: Desk, person: str, path: str,
    language: str,
) -> None:  # fmt: skip
    desk.accounts.prefer(person, locale=language)
    page = signed_in[person, language]
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("request", lambda request: asked.append(request.url))

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        answer = page.goto(f"{home}{path}")
        assert answer is not None
        assert answer.status == 200
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide on a screen of {width}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{width} px: {found.generate_report()}"

    assert [url for url in asked if not url.startswith(home)] == []
    assert [line for line in said if "error" in line.lower()] == []


@pytest.mark.parametrize(
    "path", [r.path for r in PAGES if r.method == "GET" and "{" in r.path], ids=str
)
def test_a_page_with_a_part_in_its_address_has_an_example(path: str) -> None:
    if path in OWN_TESTS + NO_PAGES:
        return
    shape = re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/?]+", re.escape(path)))
    assert any(shape.fullmatch(place.partition("?")[0]) for _, place in ADDRESSES), path


def _link(desk: Desk) -> str:
    """Return the address of a link by which a paper is handed in without an account."""
    county = desk.actor("R11")
    n, part = next(
        (item.row.n, turn.part)
        for item in desk.inbox.of(county)
        for turn in item.turns
        if item.project.code == MINE and turn.verb == "submit"
    )
    return f"/s/{desk.links.issue(Purpose(MINE, n, part, 'R11'), county)[0]}"


def _screen(desk: Desk) -> str:
    """Return the address of a screen on the wall."""
    return f"/display/{desk.tokens.add('city', 'R01', 'screen', ['wall']).secret}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["/login", "/help", "/feedback", "/nothing-here", "link", "screen"]
)
def test_a_page_is_whole_for_somebody_without_an_account(
    chromium: Browser, home: str, desk: Desk, language: str, path: str
) -> None:
    made = {"link": _link, "screen": _screen}
    where = made[path](desk) if path in made else path
    context = chromium.new_context(locale="zh-CN" if language == "zh" else "en")
    page = context.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{home}{where}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, f"{width} px: {found.generate_report()}"
    context.close()


def test_an_item_is_done_with_the_keyboard_alone(
    signed_in: dict[tuple[str, str], Page], home: str, chromium: Browser, desk: Desk
) -> None:
    context = chromium.new_context(java_script_enabled=True)
    page = context.new_page()
    page.goto(f"{home}/login")
    page.fill("#person", "county")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}/")
    before = len(desk.audit.history(MINE))

    page.goto(f"{home}/t/{MINE}/4")
    page.keyboard.press("a")
    assert page.evaluate("document.activeElement.classList.contains('pri')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}/p/{MINE}*")

    assert len(desk.audit.history(MINE)) == before + 1
    context.close()


def test_everything_works_without_scripts(home: str, chromium: Browser, desk: Desk) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}/login")
    page.fill("#person", "county")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{home}/t/{MINE}/5")
    before = len(desk.audit.history(MINE))

    page.click(".decide .pri")

    assert page.url.startswith(f"{home}/p/{MINE}")
    assert len(desk.audit.history(MINE)) == before + 1
    context.close()


def test_a_version_of_a_workflow_is_whole_at_every_width(
    signed_in: dict[tuple[str, str], Page], home: str, desk: Desk
) -> None:
    page = signed_in["city", "zh"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for version in desk.publications.versions():
            page.goto(f"{home}/settings/flow/w/{version.row.digest}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


def test_the_trail_is_checked_without_scripts_and_with_them(
    home: str, chromium: Browser, desk: Desk
) -> None:
    for scripts in (False, True):
        context = chromium.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{home}/login")
        page.fill("#person", "audit")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.goto(f"{home}/audit")
        page.click(".verify .pri")
        page.wait_for_selector(".verify.unanchored")
        context.close()


def test_the_printed_notice_stands_inside_the_page_(
    signed_in: dict[tuple[str, str], Page], home: str
) -> None:
    page = signed_in["city", "zh"]
    page.goto(f"{home}/n/{MINE}/1")
    inside = page.frame_locator("iframe.paper").locator("body")

    inside.wait_for()
    assert inside.inner_text().strip()
