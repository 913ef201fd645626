"""One project from its plan to its promotion, by persons at browsers of their own."""

import pytest

from engine.core.rows import TaskRow
from tests.houses import an_opening, do
from tests.web.browsers import Person, Room, serving
from tests.web.carrying import filled
from tests.web.forms import forms_of
from tests.web.sample_site import Served

LONGEST = 600


@pytest.mark.browser
@pytest.mark.slow
def test_five_and_more_persons_carry_a_project_to_its_promotion(
    chromium: object, blank: Served
) -> None:
    opening = an_opening()
    do(blank.desk, opening.code, "R01", opening)
    last = list(blank.desk.queries.project(opening.code).workflow.stages)[-1]
    with serving(blank) as base:
        room = Room(chromium, base, blank)
        persons: dict[str, Person] = {}
        for _ in range(LONGEST):
            if blank.state(opening.code).project.stage == last:
                break
            if not _somebody_acts(room, persons, opening.code):
                _a_day_passes(next(iter(persons.values())))
        said = [line for person in persons.values() for line in person.said]
        foreign = [url for person in persons.values() for url in person.foreign]
        room.close()

    assert blank.state(opening.code).project.stage == last
    assert len(persons) >= 5
    assert said == []
    assert foreign == []


def _a_day_passes(person: Person) -> None:
    person.go("/me")
    person.click('.clock button[value="day"]')


def _somebody_acts(room: Room, persons: dict[str, Person], code: str) -> bool:
    for post in room.served.desk.people.directory().posts:
        for item in room.served.items(post):
            if item.project.code == code and any(turn.is_main for turn in item.turns):
                if post not in persons:
                    persons[post] = room.person(post)
                if _acts(room.served, persons[post], item.row, code):
                    return True
    return False


def _acts(served: Served, person: Person, row: TaskRow, code: str) -> bool:
    """Send the first form of a task, False when its page offers none to this person."""
    address = f"/t/{code}/{row.n}"
    assert person.go(address) == 200
    forms = [one for one in forms_of(person.page.content()) if one.values.get("verb")]
    if not forms:
        return False
    typed = filled(forms[0], row, served).typed
    here = person.page.locator("form.sect.act").first
    for name, values in typed.items():
        field = here.locator(f'[name="{name}"]')
        if name in forms[0].choices:
            field.select_option(values[0])
        else:
            field.fill(values[0])
    person.click(here.locator(".decide button").first)
    assert person.page.locator(".flash").count(), person.page.locator("main").inner_text()
    return True
