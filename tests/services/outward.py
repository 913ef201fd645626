"""Webhooks of tests: a person who has one, and the deliveries of a house that may call itself."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

from bootstrap import SYSTEM, Desk
from engine.core.addresses import networks_of
from engine.core.commands import Paper, Submit, Target
from engine.core.errors import RefusalError
from engine.services.deliveries import Deliveries, Told
from engine.services.sending import Sender
from engine.services.webhooks import Subscribed, Webhooks
from engine.storage import desk_rows
from engine.storage.webhooks import Webhook
from tests.houses import do
from tests.services.receivers import Receiver

HERE = networks_of("127.0.0.0/8")
PERSON = "li"
PAPERS = ("needs_survey", "work_plan", "timetable", "roadmap", "responsibility_list")


def employed(desk: Desk, post: str = "R11", person: str = PERSON) -> Desk:
    """Give somebody an account and a post."""
    desk.accounts.add(person, person, "a long enough secret")
    desk.people.appoint(person, post, SYSTEM)
    return desk


def webhooks(desk: Desk) -> Webhooks:
    """Return the webhooks of a house whose settings allow this machine."""
    return Webhooks(desk.house, HERE)


def subscribed(
    desk: Desk, receiver: Receiver, *kinds: str, post: str = "R11", person: str = PERSON
) -> Subscribed:
    """Subscribe a receiver."""
    return webhooks(desk).add(desk.actor(post, person), receiver.url, kinds)


def deliveries(desk: Desk, seconds: float = 5.0) -> Deliveries:
    """Return the deliveries of a house, without chance in their waits."""
    sender = Sender(HERE, seconds)
    return Deliveries(desk.house, desk.people, sender, lambda: 0.5)


def deliver(desk: Desk, seconds: float = 5.0) -> Told:
    """Do one round of deliveries."""
    return deliveries(desk, seconds).run()


def write(desk: Desk, number: str, code: str = "P01", post: str = "R11") -> None:
    """Write one entry of a project that is making its plan; what is done already is refused."""
    task = PAPERS[int(number) % len(PAPERS)]
    with suppress(RefusalError):
        do(desk, code, post, Submit(Target(task), None, Paper(number)))


def row(desk: Desk, name: str) -> Webhook:
    """Return a webhook as it is kept."""
    with desk.house.database.read() as cursor:
        found = desk_rows.row(desk.house.database, cursor, Webhook, id=name)
    assert found is not None
    return found


def change(desk: Desk, name: str, **values: Any) -> None:
    """Change a webhook behind its back."""
    with desk.house.database.write() as cursor:
        desk_rows.change(desk.house.database, cursor, Webhook, {"id": name}, **values)


def wait(desk: Desk, name: str) -> timedelta:
    """Return how long a webhook waits after its last try, and let that time pass."""
    held = row(desk, name)
    assert held.tried_at is not None
    change(desk, name, next_at=held.created_at)
    return held.next_at - held.tried_at


def records(receiver: Receiver) -> list[tuple[str, int]]:
    """Return project and number of what came, in order."""
    told = [json.loads(one.body)["data"] for one in receiver.got]
    return [(one["project"], one["record"]) for one in told]
