"""The worker's deliveries: beside the sweep, within bounds, never in its way."""

import threading
from dataclasses import replace

from bootstrap import Desk
from scheduler import LONGEST_ROUND_SECONDS, Worker
from tests.houses import a_running_project
from tests.services.outward import deliveries, employed, records, subscribed, write
from tests.services.receivers import Receiver, receiving


def a_worker(desk: Desk) -> Worker:
    """Return a worker whose deliveries may call this machine."""
    return Worker(replace(desk, deliveries=deliveries(desk)))


def an_office(desk: Desk, receiver: Receiver, entries: int) -> Desk:
    employed(desk)
    a_running_project(desk)
    subscribed(desk, receiver)
    for number in range(entries):
        write(desk, str(number))
    return desk


def test_the_worker_delivers_what_was_written(sqlite_desk: Desk) -> None:
    with receiving() as receiver:
        worker = a_worker(an_office(sqlite_desk, receiver, 2))

        assert worker.deliver().taken == 2
        assert worker.deliver().taken == 0
        assert records(receiver) == [("P01", 2), ("P01", 3)]


def test_a_receiver_that_hangs_holds_up_no_sweep(sqlite_desk: Desk) -> None:
    with receiving() as receiver:
        receiver.silent = threading.Event()
        worker = a_worker(an_office(sqlite_desk, receiver, 1))
        beside = threading.Thread(target=worker.deliver)
        beside.start()
        try:
            assert worker.sweep().failed == []
            assert beside.is_alive()
        finally:
            receiver.silent.set()
            beside.join()


def test_a_round_that_takes_too_long_leaves_the_rest_to_the_next(sqlite_desk: Desk) -> None:
    with receiving() as receiver:
        worker = a_worker(an_office(sqlite_desk, receiver, 3))
        times = iter([0.0] * 4 + [LONGEST_ROUND_SECONDS + 1.0] * 9)
        worker.monotonic = lambda: next(times)

        first = worker.deliver().taken
        worker.monotonic = lambda: 0.0

        assert 0 < first < 3
        assert first + worker.deliver().taken == 3


def test_a_worker_that_is_told_to_stop_sends_nothing_more(sqlite_desk: Desk) -> None:
    with receiving() as receiver:
        worker = a_worker(an_office(sqlite_desk, receiver, 1))
        worker.stopping.set()

        assert worker.deliver().taken == 0
        assert receiver.got == []
