"""Every page before a real browser: nobody is shut out, nothing overflows, nothing leaves here.

The pages come from the table of routes, so that a new one is looked at without being named here.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.browsers import Person, Room
from tests.web.test_pages import LOOKED_AT, address, reader_of
from web.pages import PAGES

PATHS = sorted({r.path for r in PAGES if r.method == "GET" and r.path in LOOKED_AT})
WINDOWS = (
    (1366, "zh", "standard"), (390, "zh", "standard"), (320, "zh", "standard"),
    (1366, "en", "standard"), (390, "en", "standard"), (320, "en", "standard"),
    (1366, "en", "large"), (320, "zh", "large"),
)  # fmt: skip
"""Width in pixels, language, size of text."""

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module", params=WINDOWS, ids=lambda one: f"{one[0]}-{one[1]}-{one[2]}")
def person(request: pytest.FixtureRequest, shared_room: Room) -> Iterator[Person]:
    """A person who sees every project, before a window."""
    width, locale, size = request.param
    post = reader_of(shared_room.served)
    found = shared_room.person(post, width, 768 if width > 720 else 844, locale=locale, size=size)
    yield found
    found.page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", PATHS)
def test_a_page_shuts_nobody_out(shared_room: Room, person: Person, path: str) -> None:
    if not _is_html(shared_room, path):
        return
    person.foreign.clear()
    person.said.clear()
    person.go(address(shared_room.served, path))

    assert _violations(person.page) == []
    assert person.overflow() <= 0, f"{path} is wider than the window"
    assert person.foreign == []
    assert person.said == [], "the browser complained"


def _is_html(room: Room, path: str) -> bool:
    client = room.served.as_post(reader_of(room.served))
    answer = client.get(address(room.served, path))
    return "text/html" in answer.headers.get("content-type", "")


def _violations(page: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    options = {"runOnly": {"type": "tag", "values": TAGS}}
    found = axe.Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}: {node['failureSummary'][:160]}"
        for one in found
        for node in one["nodes"][:3]
    ]
