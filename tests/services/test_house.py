"""A house keeps the clock it was created with, and no clock of its ever goes back."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.commands import Paper, Submit, Target
from engine.core.errors import ClockError
from engine.core.rows import Post
from engine.services import registers
from engine.services.clocks import DatabaseClock, SimulatedClock
from engine.storage import houses
from engine.storage.database import Database
from tests.houses import (
    START,
    a_running_project,
    again,
    an_empty_house,
    an_opening,
    do,
    entered,
    go_to,
    moment,
)
from tests.storage.tampering import change, dump, query

ROADMAP = Submit(Target("roadmap"), None, Paper("甲"))


class Wandering:
    """A real clock that says what it is told to."""

    kind = "real"

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, database: Database, cursor: Any) -> datetime:
        """Return the moment it was set to."""
        return self.at


@pytest.mark.parametrize(
    "clocks", [(DatabaseClock, SimulatedClock), (SimulatedClock, DatabaseClock)]
)
def test_a_house_refuses_the_other_kind_of_clock(
    database: Database, clocks: tuple[type[DatabaseClock], type[SimulatedClock]]
) -> None:
    an_empty_house(database, clock=clocks[0]())

    with pytest.raises(ClockError, match="time, not"):
        entered(database, clock=clocks[1]())
    with pytest.raises(ClockError, match="time, not"):
        an_empty_house(database, clock=clocks[1]())


def test_creating_a_house_again_keeps_its_identity(database: Database) -> None:
    first = an_empty_house(database)

    assert an_empty_house(database).house.identity == first.house.identity
    assert entered(database).house.identity == first.house.identity


def test_every_house_has_an_identity_of_its_own(
    database: Database, sqlite_database: Database
) -> None:
    assert an_empty_house(database).house.identity != an_empty_house(sqlite_database).house.identity


def test_a_simulated_clock_that_was_never_set_says_so(database: Database) -> None:
    desk = an_empty_house(database)

    with pytest.raises(ClockError, match="has not been set"):
        desk.sweep.run()


def test_a_simulated_clock_never_goes_back(desk: Desk) -> None:
    go_to(desk, "2017-09-05 09:00")

    with pytest.raises(ClockError, match="does not go back"):
        go_to(desk, "2017-09-05 08:59")

    with desk.house.database.read() as cursor:
        assert desk.house.now(cursor) == moment("2017-09-05 09:00")


def test_a_simulated_clock_may_stand(desk: Desk) -> None:
    go_to(desk, "2017-09-05")
    go_to(desk, "2017-09-05")

    with desk.house.database.read() as cursor:
        assert desk.house.now(cursor) == moment("2017-09-05 09:00")


def test_a_moment_without_a_time_zone_is_refused(desk: Desk) -> None:
    clock = desk.house.ports.clock
    assert isinstance(clock, SimulatedClock)

    with pytest.raises(ClockError, match="no time zone"):
        clock.move(desk.house.database, datetime(2018, 1, 1))  # the mistake under test


def test_every_process_sees_the_same_simulated_moment(desk: Desk) -> None:
    other = again(desk)

    go_to(other, "2017-12-31 23:59")

    with desk.house.database.read() as cursor:
        assert desk.house.now(cursor) == moment("2017-12-31 23:59")
    other.close()


def test_two_who_move_the_clock_at_once_never_move_it_back(desk: Desk) -> None:
    desks = [again(desk) for _ in range(4)]
    start = threading.Barrier(len(desks))
    failures: list[BaseException] = []

    def play(one: Desk, offset: int) -> None:
        start.wait()
        for day in range(20):
            try:
                go_to(one, START + timedelta(days=day, minutes=offset))
            except ClockError:
                pass
            except BaseException as error:  # noqa: BLE001  # a thread must tell what killed it
                failures.append(error)

    threads = [
        threading.Thread(target=play, args=pair) for pair in zip(desks, range(4), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with desk.house.database.read() as cursor:
        assert desk.house.now(cursor) == START + timedelta(days=19, minutes=3)
    for one in desks:
        one.close()


def test_whoever_moves_the_clock_waits_for_whoever_is_moving_it(desk: Desk) -> None:
    other = again(desk)
    mover = threading.Thread(target=go_to, args=(other, "2017-09-05"))

    with desk.house.database.write() as cursor:
        houses.alone(desk.house.database, cursor)
        mover.start()
        mover.join(timeout=0.3)
        waits = mover.is_alive()
        houses.put(desk.house.database, cursor, "simulated_at", START.isoformat())
    mover.join()

    assert waits
    with desk.house.database.read() as cursor:
        assert desk.house.now(cursor) == moment("2017-09-05 09:00")
    other.close()


def test_the_real_clock_is_the_databases(database: Database) -> None:
    desk = an_empty_house(database, clock=DatabaseClock())

    with database.read() as cursor:
        assert abs(desk.house.now(cursor) - datetime.now(UTC)) < timedelta(seconds=30)


def a_wandering_house(database: Database, clock: Wandering) -> Desk:
    """Return a house on a clock that can be set, with one post."""
    desk = an_empty_house(database, clock=clock)
    enter(desk, "X1")
    return desk


def enter(desk: Desk, code: str) -> None:
    """Enter a post; commits."""
    with desk.house.database.write() as cursor:
        registers.enter(desk.house, cursor, [Post(1, code, "O01", "岗位", "")], SYSTEM)


def test_a_clock_that_fell_behind_the_trail_is_refused(database: Database) -> None:
    clock = Wandering(START)
    desk = a_wandering_house(database, clock)
    before = dump(database)
    clock.at = START - timedelta(seconds=5.001)

    with pytest.raises(ClockError, match="already holds"):
        enter(desk, "X2")

    assert dump(database) == before


def test_a_clock_that_jitters_is_taken_for_the_last_moment(database: Database) -> None:
    clock = Wandering(START)
    desk = a_wandering_house(database, clock)
    clock.at = START - timedelta(seconds=5)

    enter(desk, "X2")

    moments = query(database, "SELECT DISTINCT recorded_at FROM event")
    assert len(moments) == 1
    assert desk.proof.verify().verdict == "sound"


def test_a_simulated_clock_set_back_by_hand_stops_every_act(desk: Desk) -> None:
    go_to(desk, "2017-09-20")
    a_running_project(desk)
    change(
        desk.house.database, "UPDATE house SET value = ? WHERE key = ?",
        ["2017-09-01T00:00:00+00:00", "simulated_at"],
    )  # fmt: skip
    before = dump(desk.house.database)

    with pytest.raises(ClockError, match="already holds"):
        do(desk, "P01", "R11", ROADMAP)
    with pytest.raises(ClockError, match="already holds"):
        do(desk, "P01", "R01", an_opening())

    assert dump(desk.house.database) == before


def test_a_jump_over_years_only_costs_notices(desk: Desk) -> None:
    a_running_project(desk)
    go_to(desk, "2099-12-31")

    swept = desk.sweep.run()

    assert (swept.failed, swept.notices, swept.merged) == ([], 2, 2)
    assert desk.proof.verify().verdict == "sound"
