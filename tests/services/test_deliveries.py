"""Deliveries: every entry once by its id, in order, retried with patience, to nobody else."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bootstrap import Desk
from engine.core.envelopes import signature
from engine.services import deliveries as module
from engine.services.deliveries import SCHEDULE, Deliveries
from engine.services.sending import Sender
from engine.storage import desk_rows
from engine.storage import webhooks as storage
from engine.storage.accounts import Account
from engine.storage.webhooks import Place
from tests.houses import a_running_project, again, go_to
from tests.services.outward import (
    HERE,
    PERSON,
    change,
    deliver,
    deliveries,
    employed,
    records,
    row,
    subscribed,
    wait,
    webhooks,
    write,
)
from tests.services.receivers import HANG_UP, Receiver, receiving


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A house with one project of R11's county, and somebody in that post."""
    employed(desk)
    a_running_project(desk)
    return desk


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A system that wants to be told."""
    with receiving() as held:
        yield held


def test_every_later_entry_is_told_once_and_in_order(office: Desk, receiver: Receiver) -> None:
    write(office, "1")
    made = subscribed(office, receiver)
    assert deliver(office).taken == 0

    write(office, "2")
    write(office, "3")

    assert deliver(office).taken == 2
    assert deliver(office).taken == 0
    assert records(receiver) == [("P01", 3), ("P01", 4)]
    assert row(office, made.webhook.id).sent == 2


def test_what_is_told_is_a_signed_event_that_names_no_person(
    office: Desk, receiver: Receiver
) -> None:
    made = subscribed(office, receiver)
    write(office, "1")
    deliver(office)

    (got,) = receiver.got
    event = json.loads(got.body)
    assert got.path == "/hook?for=1"
    assert got.headers["content-type"].startswith("application/cloudevents+json")
    assert (event["specversion"], event["type"]) == ("1.0", "shidian.task.submitted")
    assert event["id"] == got.headers["webhook-id"]
    assert event["source"].startswith("urn:uuid:")
    assert event["subject"] == event["data"]["project"] == "P01"
    assert event["data"]["simulated"] is True
    assert "R11" in got.body.decode()
    assert PERSON not in event["data"].values()
    stamp = got.headers["webhook-timestamp"]
    signed = signature(made.secret, event["id"], stamp, got.body)
    assert got.headers["webhook-signature"] == signed
    assert abs(int(stamp) - datetime.now(UTC).timestamp()) < 60


def test_only_the_kinds_asked_for_are_told(office: Desk, receiver: Receiver) -> None:
    made = subscribed(office, receiver, "stage.moved")

    write(office, "1")
    deliver(office)

    assert receiver.got == []
    assert places(office) == {"project:P01": 2}
    assert row(office, made.webhook.id).answer is None


def places(desk: Desk) -> dict[str, int]:
    with desk.house.database.read() as cursor:
        found = desk_rows.rows(desk.house.database, cursor, Place)
    return {one.stream: one.seq for one in found}


def test_a_project_that_the_owner_may_not_see_is_not_told(office: Desk, receiver: Receiver) -> None:
    other = next(
        p.code for p in office.people.directory().posts.values()
        if "county" in p.roles.split() and p.code != "R11"
    )  # fmt: skip
    employed(office, other, "zhou")
    subscribed(office, receiver, post=other, person="zhou")

    write(office, "1")
    deliver(office)

    assert receiver.got == []


def test_a_project_that_is_opened_later_is_told_from_its_first_entry(
    office: Desk, receiver: Receiver
) -> None:
    subscribed(office, receiver)
    go_to(office, "2017-09-04")
    a_running_project(office, code="P02")

    deliver(office)

    assert records(receiver)[0] == ("P02", 1)


def test_an_entry_of_the_same_moment_as_the_subscription_is_told_when_it_came_after(
    office: Desk, receiver: Receiver
) -> None:
    a_running_project(office, code="P02")
    subscribed(office, receiver)
    write(office, "1")
    write(office, "1", "P02")

    deliver(office)

    assert records(receiver) == [("P01", 2), ("P02", 2)]


@pytest.mark.parametrize(
    ("status", "answer"), [(500, "500"), (302, "302"), (404, "404"), (HANG_UP, "connection")]
)
def test_what_is_not_taken_is_sent_again_under_the_same_id(
    office: Desk, receiver: Receiver, status: int, answer: str
) -> None:
    made = subscribed(office, receiver)
    receiver.answers = [(status, {"location": receiver.url})]
    write(office, "1")
    write(office, "2")

    assert deliver(office).failed == 1
    held = row(office, made.webhook.id)
    assert (held.answer, held.attempts, held.sent) == (answer, 1, 0)
    assert held.failing_since is not None
    assert deliver(office).failed == 0  # it waits

    assert wait(office, held.id) == SCHEDULE[0]
    assert deliver(office).taken == 2
    assert receiver.ids[0] == receiver.ids[1] != receiver.ids[2]
    assert row(office, held.id).failing_since is None


def test_a_receiver_that_asks_to_be_left_alone_is(office: Desk, receiver: Receiver) -> None:
    made = subscribed(office, receiver)
    later = (datetime.now(UTC) + timedelta(hours=2)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    receiver.answers = [
        (429, {"retry-after": "90"}), (503, {"retry-after": later}),
        (429, {"retry-after": "99999999"}), (429, {"retry-after": "soon"}),
    ]  # fmt: skip
    write(office, "1")
    waits = []
    for _ in range(4):
        deliver(office)
        waits.append(wait(office, made.webhook.id))

    assert waits[0] == timedelta(seconds=90)
    assert timedelta(hours=1, minutes=59) < waits[1] <= timedelta(hours=2)
    assert waits[2:] == [timedelta(days=1), SCHEDULE[3]]


def test_a_receiver_that_says_it_is_gone_is_told_nothing_more(
    office: Desk, receiver: Receiver
) -> None:
    made = subscribed(office, receiver)
    receiver.answers = [(410, {})]
    write(office, "1")

    assert deliver(office).stopped == 1
    held = row(office, made.webhook.id)
    assert (held.stopped_for, held.answer) == ("gone", "410")
    wait(office, held.id)
    assert deliver(office).taken == 0


def test_after_the_last_failure_it_stops_until_a_person_resumes_it(
    office: Desk, receiver: Receiver
) -> None:
    made = subscribed(office, receiver)
    receiver.answers = [(500, {})] * (len(SCHEDULE) + 1)
    write(office, "1")
    waits = []
    for _ in SCHEDULE:
        assert deliver(office).stopped == 0
        waits.append(wait(office, made.webhook.id))

    assert deliver(office).stopped == 1
    assert tuple(waits) == SCHEDULE
    assert row(office, made.webhook.id).stopped_for == "failing"

    write(office, "2")
    webhooks(office).resume(made.webhook.id, office.actor("R11", PERSON), PERSON)
    assert deliver(office).taken == 2
    assert len(set(receiver.ids)) == 2


def test_waits_are_spread_so_that_not_all_come_back_at_once(
    office: Desk, receiver: Receiver
) -> None:
    made = subscribed(office, receiver)
    receiver.answers = [(500, {})] * 2
    write(office, "1")
    waits = []
    for chance in (0.0, 1.0):
        Deliveries(office.house, office.people, Sender(HERE), iter([chance]).__next__).run()
        waits.append(wait(office, made.webhook.id))

    assert [found / planned for found, planned in zip(waits, SCHEDULE, strict=False)] == [0.8, 1.2]


def test_a_receiver_that_says_nothing_is_left_after_a_short_time(
    office: Desk, receiver: Receiver
) -> None:
    made = subscribed(office, receiver)
    receiver.silent = threading.Event()
    write(office, "1")

    deliver(office, 0.2)

    receiver.silent.set()
    assert row(office, made.webhook.id).answer == "timeout"


class KilledError(BaseException):
    """The process ends here."""


def test_who_is_killed_after_the_receiver_answered_sends_the_same_id_again(
    office: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = subscribed(office, receiver)
    write(office, "1")
    doomed = deliveries(office)

    def killed(*_: object) -> bool:
        raise KilledError

    monkeypatch.setattr(doomed, "_taken", killed)
    with monkeypatch.context() as dead:
        dead.setattr(storage, "hold", held_until_death(storage.hold))
        with pytest.raises(KilledError):
            doomed.run()

    other = again(office)
    assert deliver(other).taken == 0  # the dead one still holds it
    change(office, made.webhook.id, claimed_until=row(office, made.webhook.id).created_at)
    assert deliver(other).taken == 1
    other.close()
    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1


def held_until_death(hold: Any) -> Any:
    """Return `hold` as one who is killed uses it: nothing is given back."""

    def held(database: Any, cursor: Any, name: str, mark: str, **values: Any) -> bool:
        is_release = values.get("claim", mark) is None
        return not is_release and hold(database, cursor, name, mark, **values)

    return held


def test_many_workers_at_once_tell_each_entry_once(office: Desk, receiver: Receiver) -> None:
    subscribed(office, receiver)
    for number in range(12):
        write(office, str(number))
    desks = [again(office) for _ in range(3)]
    start = threading.Barrier(len(desks))

    def work(desk: Desk) -> None:
        start.wait()
        deliver(desk)

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for desk in desks:
        desk.close()
    deliver(office)

    assert [number for _, number in records(receiver)] == list(range(2, 14))


def test_a_worker_that_lost_its_hold_writes_nothing(office: Desk, receiver: Receiver) -> None:
    made = subscribed(office, receiver)
    write(office, "1")
    late = deliveries(office)
    taken = late._taken

    def robbed(*given: Any) -> bool:
        change(office, made.webhook.id, claim="another")
        return taken(*given)

    late._taken = robbed  # type: ignore[method-assign, assignment]  # what happens while it sends
    late.run()

    assert places(office)["project:P01"] == 1
    assert row(office, made.webhook.id).claim == "another"


@pytest.mark.parametrize("end", ["account", "mandate"])
def test_it_stops_when_the_owner_no_longer_has_the_post(
    office: Desk, receiver: Receiver, end: str
) -> None:
    made = subscribed(office, receiver)
    write(office, "1")
    if end == "account":
        database = office.house.database
        with database.write() as cursor:
            now = database.clock(cursor)
            desk_rows.change(database, cursor, Account, {"person": PERSON}, disabled_at=now)
    else:
        today = office.people.today()
        office.people.relieve(PERSON, "R11", today - timedelta(days=1), office.actor("R01"))

    assert deliver(office).stopped == 1
    assert receiver.got == []
    assert row(office, made.webhook.id).stopped_for == "owner"


def test_a_revoked_one_is_told_nothing_and_its_secret_is_gone(
    office: Desk, receiver: Receiver
) -> None:
    made = subscribed(office, receiver)
    write(office, "1")

    webhooks(office).revoke(made.webhook.id, office.actor("R11", PERSON), PERSON)

    assert deliver(office).taken == 0
    assert row(office, made.webhook.id).secret == ""
    assert places(office) == {}


def test_more_than_one_round_holds_is_told_in_the_end(
    office: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ENTRIES", 2)
    subscribed(office, receiver, "task.submitted")
    for number in range(5):
        write(office, str(number))

    rounds = iter([False, False, False, True])
    first = deliveries(office).run(lambda: next(rounds, True))

    assert first.taken < 5
    assert first.taken + deliver(office).taken == 5
    assert [number for _, number in records(receiver)] == [2, 3, 4, 5, 6]
