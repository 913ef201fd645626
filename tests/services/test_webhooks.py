"""Webhooks: made by a person for a post, shown without their secret, on record, ended for good."""

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.errors import UnknownObjectError, UsageError
from engine.core.rows import Post
from engine.services import registers
from engine.services import webhooks as module
from engine.services.house import REGISTER
from engine.storage import ledger
from tests.services.outward import PERSON, employed

URL = "https://hook.example/in"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A house with somebody in a post."""
    return employed(desk)


def add(desk: Desk, url: str = URL, *kinds: str) -> module.Subscribed:
    return desk.webhooks.add(desk.actor("R11", PERSON), url, kinds)


def deeds(desk: Desk) -> list[tuple[str, dict[str, str]]]:
    with desk.house.database.read() as cursor:
        found = ledger.of_stream(desk.house.database, cursor, REGISTER)
    return [(e.deed, e.body["facts"]) for e in found if e.deed.startswith("webhook")]


def test_a_webhook_is_told_its_secret_once(office: Desk) -> None:
    made = add(office, URL, "stage.moved", "task.submitted", "stage.moved")

    (held,) = office.webhooks.of(PERSON)

    assert made.secret.startswith("whsec_")
    assert len(made.secret) == len("whsec_") + 44
    assert made.secret not in repr(made.webhook) + repr(office.webhooks.all())
    assert held.secret == ""
    assert (held.url, held.kinds, held.post) == (URL, "stage.moved task.submitted", "R11")


def test_making_resuming_and_ending_one_is_on_record_without_the_secret(office: Desk) -> None:
    made, actor = add(office), office.actor("R11", PERSON)
    office.webhooks.resume(made.webhook.id, actor)
    office.webhooks.revoke(made.webhook.id, actor, PERSON)

    assert [deed for deed, _ in deeds(office)] == ["webhook_add", "webhook_resume",
                                                   "webhook_revoke"]  # fmt: skip
    assert deeds(office)[0][1]["url"] == URL
    assert made.secret not in repr(deeds(office))
    assert office.webhooks.of(PERSON) == []
    assert len(office.webhooks.all()) == 1
    assert office.proof.verify().verdict == "sound"


@pytest.mark.parametrize("verb", ["resume", "revoke"])
def test_nobody_touches_the_webhook_of_another_or_one_that_has_ended(
    office: Desk, verb: str
) -> None:
    made, actor = add(office), office.actor("R11", PERSON)
    act = getattr(office.webhooks, verb)
    for name, person in ((made.webhook.id, "wang"), ("none", None)):
        with pytest.raises(UnknownObjectError):
            act(name, actor, person)

    office.webhooks.revoke(made.webhook.id, actor)
    with pytest.raises(UnknownObjectError):
        act(made.webhook.id, actor)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://hook.example/", "stage.moved"), ("https://127.0.0.1/", "stage.moved"),
        (URL, "register.changed"), (URL, "nonsense"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_refused_and_nothing_is_written(
    office: Desk, url: str, kind: str
) -> None:
    with pytest.raises(UsageError):
        add(office, url, kind)

    assert office.webhooks.all() == []
    assert deeds(office) == []


def test_a_person_without_an_account_has_none(office: Desk) -> None:
    with pytest.raises(UnknownObjectError):
        office.webhooks.add(office.actor("R11", "nobody"), URL)


def test_an_administrator_who_sees_no_project_has_none(office: Desk) -> None:
    with office.house.database.write() as cursor:
        post = Post(1, "ADM-A", "O01", "审计", "audit_admin")
        registers.enter(office.house, cursor, [post], SYSTEM)

    with pytest.raises(UsageError, match="sees no project"):
        office.webhooks.add(office.actor("ADM-A", PERSON), URL)


def test_a_person_has_only_so_many(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    first = add(office)
    add(office)
    with pytest.raises(UsageError, match="at most 2"):
        add(office)

    office.webhooks.revoke(first.webhook.id, office.actor("R11", PERSON))
    add(office)
