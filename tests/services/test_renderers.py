"""What every renderer of notices promises, the plain one of the tests and the real one alike."""

from datetime import date

import pytest

from bootstrap import Desk
from engine.core.events import NoticeText
from engine.services.ports import Renderer
from templates.letters import Letters
from tests.houses import PlainLetters, a_running_project, a_trial, again, go_to, moment, state_of

RENDERERS: dict[str, type[PlainLetters] | type[Letters]] = {
    "plain": PlainLetters,
    "real": Letters,
}


@pytest.fixture(params=list(RENDERERS.values()), ids=list(RENDERERS))
def renderer(request: pytest.FixtureRequest) -> Renderer:
    """One renderer after the other."""
    made: Renderer = request.param()
    return made


def texts(desk: Desk, renderer: Renderer, locale: str) -> list[NoticeText]:
    """Return every notice that is planned for the end of the year, rendered."""
    planned = desk.sweep.preview(moment("2017-12-30 12:00")).planned
    with desk.house.database.read() as cursor:
        directory = desk.house.directory(cursor)
        workflows = {
            code: desk.house.workflow(cursor, state_of(desk, code).project.digest)
            for code in ("P01", "T1")
        }
    return [renderer.notice(one, workflows[one.args["code"]], directory, locale) for one in planned]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_notice_of_every_workflow_has_words(
    sqlite_desk: Desk, renderer: Renderer, locale: str
) -> None:
    a_running_project(sqlite_desk)
    a_running_project(sqlite_desk, "trial", opening=a_trial())

    found = texts(sqlite_desk, renderer, locale)

    assert len(found) > 8
    for text in found:
        assert text.subject.strip()
        assert text.body.strip()
        assert text.page.strip()
        assert "\n" not in text.subject


def test_the_same_request_is_always_rendered_alike(sqlite_desk: Desk, renderer: Renderer) -> None:
    a_running_project(sqlite_desk)
    a_running_project(sqlite_desk, "trial", opening=a_trial())

    assert texts(sqlite_desk, renderer, "zh") == texts(sqlite_desk, renderer, "zh")


def test_what_was_rendered_is_what_the_ledger_holds(sqlite_desk: Desk, renderer: Renderer) -> None:
    desk = again(sqlite_desk, renderer=renderer)
    a_running_project(desk)
    go_to(desk, "2017-09-27")
    planned = desk.sweep.preview().planned
    with desk.house.database.read() as cursor:
        directory = desk.house.directory(cursor)
        workflow = desk.house.workflow(cursor, state_of(desk, "P01").project.digest)

    desk.sweep.run()

    text = renderer.notice(planned[0], workflow, directory, "zh")
    held = desk.queries.notices()[0]
    assert (held["subject"], held["body"], held["page"]) == (text.subject, text.body, text.page)
    assert desk.proof.verify().verdict == "sound"
    assert held["created_at"].date() == date(2017, 9, 27)
    desk.close()
