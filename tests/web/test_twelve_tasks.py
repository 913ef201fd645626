"""The twelve frequent tasks within their budgets of activations, with scripts and without.

An activation is a click after signing in; choosing a file counts as one. Words are free.
Not possible yet: a letter is signed on paper, so that its task ends with the letter to be printed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from engine.core.commands import AskExtension, Paper, Submit, Target
from engine.services.inbox import Item
from tests.houses import an_opening, do
from tests.web.browsers import Person, Room
from tests.web.sample_site import Served

pytestmark = pytest.mark.browser
PDF = {"name": "签字页.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 page"}


@dataclass(frozen=True)
class Step:
    """Whose task it is, where it begins, and what is done there."""

    post: str
    start: str
    do: Callable[[Person], None]


def _lead(served: Served) -> str:
    return next(post for roles, post in served.kinds().items() if roles == "city_lead")


def _item(served: Served, verb: str) -> tuple[str, Item]:
    return next(served.posts_with(verb))


def _button(person: Person, value: str) -> None:
    person.click(f'#detail .decide button[value="{value}"]')


def _approve(served: Served) -> Step:
    post = next(p for p, item in served.posts_with("accept") if served.items(p)[0] == item)
    return Step(post, "/", lambda person: _button(person, "ok"))


def _advance(served: Served) -> Step:
    """Move a stage on whose conditions hold: the papers of a new project are all in."""
    opening = replace(an_opening("P01"), code="Z01", name="示例·新社区")
    do(served.desk, opening.code, _lead(served), opening)
    post = next(p for p, item in served.posts_with("submit") if item.project.code == "Z01")
    while row := next(
        (item.row for item in served.items(post) if item.project.code == "Z01"
         and any(turn.verb == "submit" for turn in item.turns)), None,
    ):  # fmt: skip
        served.act("Z01", post, Submit(Target(row.key), None, Paper("示例〔2018〕1号")))

    def act(person: Person) -> None:
        person.click(".gatehead a.pri")
        person.click("form.act .decide .pri")

    return Step(post, "/p/Z01", act)


def _evidence(served: Served) -> Step:
    post, item = _item(served, "submit")

    def do(person: Person) -> None:
        person.activations += 1
        person.page.locator('form.act [name="file"]').first.set_input_files(PDF)
        person.click("form.act .decide .pri")

    return Step(post, f"/t/{item.project.code}/{item.row.n}", do)


def _give_back(served: Served) -> Step:
    post, _ = _item(served, "accept")

    def do(person: Person) -> None:
        person.page.locator("#detail textarea").first.fill("请补一份盖章的原件")
        _button(person, "back")

    return Step(post, "/", do)


def _pool(served: Served) -> Step:
    """An item that several posts may take is taken by acting on it."""
    post, item = next(
        (post, item) for post, item in served.posts_with("record")
        if sum(1 for _, other in served.posts_with("record") if other.row == item.row) > 1
    )  # fmt: skip

    def do(person: Person) -> None:
        for field in person.page.locator('form.act input[name^="data."]').all():
            field.fill("2018-08-15" if field.get_attribute("type") == "date" else "3")
        person.click("form.act .decide .pri")

    return Step(post, f"/t/{item.project.code}/{item.row.n}", do)


def _answer(served: Served) -> Step:
    asker, item = _item(served, "ask_extension")
    target = Target(item.row.key, item.row.period, item.row.ref)
    served.act(item.project.code, asker, AskExtension(target, 3, "首轮无人报名"))
    code = item.project.code
    for verb in ("check_extension", "decide_extension"):
        for post, found in served.posts_with(verb):
            if found.project.code == code:
                return Step(
                    post, f"/?sel={code}.{found.row.n}", lambda person: _button(person, "ok")
                )
    raise AssertionError("nobody may answer")


def _ask(served: Served) -> Step:
    post, item = _item(served, "ask_extension")

    def do(person: Person) -> None:
        person.click('a[href*="open=ask_extension"]')
        form = person.page.locator("details.ease[open] form").first
        form.locator('[name="days"]').fill("3")
        form.locator('[name="note"]').fill("首轮无人报名")
        person.click(form.locator(".decide button"))

    return Step(post, f"/p/{item.project.code}", do)


def _why_stuck(served: Served) -> Step:
    code = served.desk.queries.board()[0].project.code

    def do(person: Person) -> None:
        person.page.locator("#q").fill(code)
        person.activations += 1
        person.page.locator("#q").press("Enter")
        person.page.wait_for_url(f"**/p/{code}")
        assert person.page.locator(".gate .todo").first.bounding_box()["y"] < 768

    return Step(_lead(served), "/", do)


def _remind(served: Served) -> Step:
    """What holds a project up is named with its holder; the words to send stand in one page."""
    row = next(r for r in served.desk.queries.board() if r.lamp.light == "overdue")

    def do(person: Person) -> None:
        person.click("a.remind")
        said = person.page.locator("#remind").input_value()
        assert row.project.name in said

    return Step(_lead(served), f"/p/{row.project.code}", do)


def _letter(served: Served) -> Step:
    def do(person: Person) -> None:
        person.click(".what")
        person.click('.pagehead .pri[href$="/page"]')
        assert person.page.locator("body").inner_text().strip()

    return Step(_lead(served), "/n?state=to_sign", do)


def _visit(served: Served) -> Step:
    post, _ = next(
        (post, item) for post, item in served.posts_with("record")
        if item.row.period and served.items(post)[0] == item
    )  # fmt: skip

    def do(person: Person) -> None:
        for field in person.page.locator('#detail form.act input[name^="data."]').all():
            field.fill("2018-08-15" if field.get_attribute("type") == "date" else "3")
        person.click("#detail .decide .pri")

    return Step(post, "/", do)


def _weekly(served: Served) -> Step:
    def do(person: Person) -> None:
        person.click('.foot a[href="/weekly"]')
        person.page.wait_for_selector("#wk-needs")

    return Step(_lead(served), "/", do)


def _print_wall(served: Served) -> Step:
    def do(person: Person) -> None:
        person.click('.nav a[href="/wall"]')
        person.activations += 1  # the browser's own print, or the page's button for it
        assert _sheets(person) == 1

    return Step(_lead(served), "/", do)


def _sheets(person: Person) -> int:
    """Return on how many sheets a page prints."""
    pdf = person.page.pdf(prefer_css_page_size=True, print_background=False)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


TASKS: tuple[tuple[str, Callable[[Served], Step], int, bool], ...] = (
    ("approve the first item", _approve, 1, True),
    ("advance a stage whose conditions hold", _advance, 2, True),
    ("hand in the last paper", _evidence, 2, True),
    ("return for correction", _give_back, 3, True),
    ("take an item that several may take", _pool, 2, True),
    ("answer a request for time", _answer, 2, True),
    ("ask for time", _ask, 3, True),
    ("remind whoever holds the ball", _remind, 2, False),
    ("bring out a late notice", _letter, 2, False),
    ("learn why a project is stuck", _why_stuck, 1, False),
    ("record a monthly visit", _visit, 2, True),
    ("read the weekly report", _weekly, 2, False),
    ("print the wall on one sheet", _print_wall, 2, False),
)
"""What is done, how, in how many activations at most, and whether it leaves an entry."""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize(
    ("name", "task", "most", "is_recorded"), TASKS, ids=[task[0] for task in TASKS]
)
def test_a_frequent_task_keeps_its_budget(
    room: Room, name: str, task: Callable[[Served], Step], most: int, is_recorded: bool,
    scripts: bool,
) -> None:  # fmt: skip
    step = task(room.served)
    person = room.person(step.post, scripts=scripts)
    assert person.go(step.start) == 200

    step.do(person)

    assert person.activations <= most, name
    assert person.foreign == []
    assert person.said == []
    if is_recorded:
        assert person.page.locator(".flash").inner_text()
