"""Absences, deputies and leads: entries of the register, which the next notice goes by."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.errors import UnknownObjectError, UsageError
from engine.core.rows import Org, Post
from engine.services import postings, registers
from engine.services.postings import Absence
from engine.storage.ledger import Search
from tests.houses import a_running_project, go_to, suining

LEAVE = Absence("leave", date(2017, 9, 25), date(2017, 9, 29))


def note(desk: Desk, change: Callable[..., bool], *given: Any) -> bool:
    """Note something in the register; commits."""
    with desk.house.database.write() as cursor:
        return change(desk.house, cursor, *given, SYSTEM)


def everybody_away(desk: Desk) -> None:
    """Leave every post of the county bureau vacant."""
    for post in suining().posts:
        if post.org == "O03":
            note(desk, postings.set_absence, post.code, Absence("vacant", date(2017, 9, 1)))


def addresses(desk: Desk) -> list[tuple[str, str, str | None, str]]:
    """Return post, rule, absent post and status of every notice."""
    rows = desk.queries.notices()
    return [(row["post"], row["via"], row["absent"], row["status"]) for row in rows]


def test_a_notice_goes_to_the_deputy_while_its_post_is_on_leave(desk: Desk) -> None:
    a_running_project(desk)
    note(desk, postings.set_deputy, "R11", "R12")
    assert note(desk, postings.set_absence, "R11", LEAVE)
    go_to(desk, "2017-09-27")

    desk.sweep.run()

    assert addresses(desk) == [("R12", "deputy", "R11", "ready")]
    assert desk.proof.verify().verdict == "sound"


def test_a_notice_climbs_to_the_lead_above_when_the_unit_is_empty(desk: Desk) -> None:
    a_running_project(desk)
    everybody_away(desk)
    note(desk, postings.set_lead, "O01", "R01")
    go_to(desk, "2017-09-27")

    desk.sweep.run()

    assert addresses(desk) == [("R01", "above", "R11", "ready")]


def test_what_reaches_nobody_is_stored_marked_and_counted(desk: Desk) -> None:
    a_running_project(desk)
    everybody_away(desk)
    go_to(desk, "2017-09-27")

    swept = desk.sweep.run()

    assert addresses(desk) == [("nobody:county", "nobody", "R11", "undeliverable")]
    assert swept.undeliverable == 1
    assert desk.queries.pulse().undeliverable == 1
    said = desk.audit.history("P01")[-1].body["notices"][0]
    assert (said["via"], said["role"], said["absent"]) == ("nobody", "county", "R11")


def test_an_absence_that_ended_sends_notices_to_the_post_again(desk: Desk) -> None:
    a_running_project(desk)
    everybody_away(desk)
    note(desk, postings.set_absence, "R11", None)
    go_to(desk, "2017-09-27")

    desk.sweep.run()

    assert addresses(desk) == [("R11", "role", None, "ready")]


def test_an_absence_takes_no_right_away(desk: Desk) -> None:
    note(desk, postings.set_absence, "R11", Absence("vacant", date(2017, 8, 1)))

    a_running_project(desk, "approval")


def test_each_change_is_one_entry_and_the_same_again_is_none(desk: Desk) -> None:
    before = desk.audit.log(Search(stream="register")).total

    first = note(desk, postings.set_absence, "R11", LEAVE)
    second = note(desk, postings.set_absence, "R11", LEAVE)

    assert (first, second) == (True, False)
    assert desk.audit.log(Search(stream="register")).total == before + 1


def test_an_import_that_says_nothing_of_it_takes_nothing_back(desk: Desk) -> None:
    note(desk, postings.set_absence, "R11", LEAVE)
    note(desk, postings.set_deputy, "R11", "R12")
    note(desk, postings.set_lead, "O03", "R11")
    rows: list[Org | Post] = [*suining().orgs, *suining().posts]

    with desk.house.database.write() as cursor:
        assert registers.enter(desk.house, cursor, rows, SYSTEM) == 0


@pytest.mark.parametrize(
    ("change", "given", "error", "said"),
    [
        (postings.set_absence, ("R1", LEAVE), UnknownObjectError, "R1"),
        (postings.set_absence, ("R11", Absence("ill", date(2017, 9, 1))), UsageError, "vacant"),
        (
            postings.set_absence,
            ("R11", Absence("leave", date(2017, 9, 2), date(2017, 9, 1))),
            UsageError,
            "2017-09-01",
        ),
        (postings.set_deputy, ("R11", "R11"), UsageError, "itself"),
        (postings.set_deputy, ("R11", "nobody"), UnknownObjectError, "nobody"),
        (postings.set_lead, ("O99", "R11"), UnknownObjectError, "O99"),
        (postings.set_lead, ("O03", "nobody"), UnknownObjectError, "nobody"),
    ],
)
def test_what_cannot_be_is_refused_and_says_what_would_be_right(
    sqlite_desk: Desk, change: Callable[..., bool], given: Any, error: type[Exception], said: str
) -> None:
    before = sqlite_desk.audit.log(Search(stream="register")).total

    with pytest.raises(error, match=said):
        note(sqlite_desk, change, *given)

    assert sqlite_desk.audit.log(Search(stream="register")).total == before
