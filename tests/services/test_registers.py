"""Orgs, posts, definitions and calendars: entered, amended, published once, never half."""

from dataclasses import replace
from datetime import date

import pytest

import bootstrap
from bootstrap import SYSTEM, Desk
from engine.core.errors import UnknownObjectError
from engine.core.rows import Org, Post
from engine.services import registers
from engine.services.registers import CHUNK, Publication
from engine.storage.database import Database
from engine.storage.ledger import Search
from tests.houses import (
    SECOND,
    a_house,
    a_running_project,
    again,
    an_empty_house,
    an_opening,
    calendars,
    do,
    go_to,
    publication,
    state_of,
    suining,
)
from tests.storage.tampering import dump
from workflows import reader


def enter(desk: Desk, *rows: Org | Post) -> int:
    """Enter rows into the register; commits."""
    with desk.house.database.write() as cursor:
        return registers.enter(desk.house, cursor, rows, SYSTEM)


def publish(desk: Desk, new: Publication) -> bool:
    """Publish a workflow; commits."""
    with desk.house.database.write() as cursor:
        return registers.publish_workflow(desk.house, cursor, new, SYSTEM)


def entries(desk: Desk, stream: str) -> int:
    """Return how many entries a stream has."""
    return desk.audit.log(Search(stream=stream)).total


def test_entering_the_same_again_writes_nothing(desk: Desk) -> None:
    before = dump(desk.house.database)

    assert enter(desk, *suining().orgs, *suining().posts) == 0

    assert dump(desk.house.database) == before


def test_an_amendment_changes_the_row_and_keeps_its_number(desk: Desk) -> None:
    old = next(post for post in suining().posts if post.code == "R11")

    assert enter(desk, replace(old, name="新科室")) == 1

    with desk.house.database.read() as cursor:
        assert desk.house.directory(cursor).posts["R11"].name == "新科室"
    entry = desk.audit.log(Search(stream="register")).entries[-1]
    assert entry.kind == "register.changed"
    assert [cell["set"] for cell in entry.body["cells"]] == [{"name": [old.name, "新科室"]}]
    assert desk.proof.verify().verdict == "sound"


def test_a_long_register_is_entered_in_pieces_that_fit_an_entry(database: Database) -> None:
    desk = an_empty_house(database)
    go_to(desk, "2017-08-31")

    written = enter(desk, *(Org(1, f"X{n}", "名" * 60, "community") for n in range(CHUNK * 2 + 1)))

    assert written == 3
    assert desk.proof.verify().verdict == "sound"


def test_a_role_counts_from_its_day_to_its_day(desk: Desk) -> None:
    a_running_project(desk)
    county = next(post for post in suining().posts if post.code == "R11")
    enter(desk, replace(county, from_on=date(2017, 9, 2), to_on=date(2017, 9, 3)))

    for day, blocked in (
        ("2017-09-01", 1),
        ("2017-09-02", 0),
        ("2017-09-03", 0),
        ("2017-09-04", 1),
    ):
        go_to(desk, day)
        found = desk.lifecycle.options("P01", desk.actor("R11"))[0].reasons
        assert [r.code for r in found].count("role_missing") == blocked, day


def test_another_process_sees_a_change_of_the_register(desk: Desk) -> None:
    other = again(desk)
    with pytest.raises(UnknownObjectError):
        other.actor("R99")

    enter(desk, Post(1, "R99", "O03", "新岗位", "county"))

    assert other.actor("R99").org == "O03"
    other.close()


def test_what_was_rolled_back_is_not_remembered(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.house.database.write() as cursor:
        registers.enter(desk.house, cursor, [Post(1, "R99", "O03", "甲", "county")], SYSTEM)
        desk.house.directory(cursor)
        raise ZeroDivisionError

    enter(desk, Post(1, "R98", "O03", "乙", "county"))

    assert desk.actor("R98").post == "R98"
    with pytest.raises(UnknownObjectError):
        desk.actor("R99")


def test_a_workflow_is_published_once_as_it_is(desk: Desk) -> None:
    before = entries(desk, "workflows")

    assert not publish(desk, publication(SECOND))

    assert entries(desk, "workflows") == before


def test_a_new_version_leaves_running_projects_alone(desk: Desk) -> None:
    a_running_project(desk)
    old = publication(reader.shipped()["pilot_project"])
    text = old.text.replace("version: 1\n", "version: 2\n", 1)
    digest = reader.read_workflow(text, "new").digest

    assert publish(desk, Publication(old.key, "2", digest, text))
    do(desk, "P02", "R01", an_opening("P02"))

    assert state_of(desk, "P01").project.digest == old.digest
    assert state_of(desk, "P02").project.digest == digest
    assert desk.proof.verify().verdict == "sound"


def test_a_calendar_is_published_once(desk: Desk) -> None:
    before = entries(desk, "calendars")

    with desk.house.database.write() as cursor:
        for new in calendars():
            assert not registers.publish_calendar(desk.house, cursor, new, SYSTEM)

    assert entries(desk, "calendars") == before


def test_an_installation_is_repeatable(database: Database) -> None:
    desk = an_empty_house(database)
    go_to(desk, "2017-08-31")

    bootstrap.install(desk)
    before = dump(database)
    bootstrap.install(desk)

    assert dump(database) == before
    assert entries(desk, "workflows") == len(reader.shipped())


def test_a_calendar_counts_from_the_day_it_was_known(sqlite_database: Database) -> None:
    desk = a_house(sqlite_database)

    with sqlite_database.read() as cursor:
        before = desk.house.calendar(cursor, date(2017, 11, 29))
        after = desk.house.calendar(cursor, date(2017, 12, 1))

    assert before.missing_years(date(2018, 1, 1), date(2018, 12, 31))
    assert not after.missing_years(date(2018, 1, 1), date(2018, 12, 31))
