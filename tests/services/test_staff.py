"""Administrators are separate, roles change by two, and a leaver leaves in one recorded step."""

from collections.abc import Callable
from functools import partial

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.errors import RefusalError, UnknownObjectError, UsageError
from engine.core.events import Actor, Entry
from engine.core.rows import Post
from engine.services import registers
from engine.services.house import REGISTER
from engine.storage import ledger
from tests.houses import a_running_project
from tests.web.people_site import PASSWORD, PERSONS

KINDS = ("system_admin", "security_admin", "audit_admin")


@pytest.fixture
def desk(sqlite_desk: Desk) -> Desk:
    """A house with two county officers and every administrator."""
    people = ("county", "city", "system", "security", "second", "audit")
    for kind in KINDS:
        sqlite_desk.people.office(kind, kind, SYSTEM)
    for person in (*people, "new"):
        sqlite_desk.accounts.add(person, person, PASSWORD)
    for person in people:
        sqlite_desk.people.appoint(person, PERSONS[person], SYSTEM)
    return sqlite_desk


def who(desk: Desk, person: str) -> Actor:
    return desk.actor(PERSONS[person], person, "web")


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(RefusalError) as found:
        call()
    return [reason.code for reason in found.value.reasons]


def entries(desk: Desk) -> list[Entry]:
    with desk.house.database.read() as cursor:
        return ledger.of_stream(desk.house.database, cursor, REGISTER)


def last(desk: Desk) -> tuple[str, str, str]:
    entry = entries(desk)[-1]
    return entry.kind, entry.deed, entry.actor


def test_a_post_never_joins_two_administrators_or_one_with_work(desk: Desk) -> None:
    for roles in ("system_admin audit_admin", "security_admin county"):
        with (
            pytest.raises(UsageError, match="stand alone"),
            desk.house.database.write() as cursor,
        ):
            registers.enter(desk.house, cursor, [Post(1, "X1", "O01", "x", roles)], SYSTEM)


@pytest.mark.parametrize(
    ("person", "post"), [("system", "audit_admin"), ("audit", "R02"), ("county", "security_admin")]
)
def test_nobody_is_two_administrators_or_one_who_works(desk: Desk, person: str, post: str) -> None:
    assert refused(lambda: desk.people.appoint(person, post, SYSTEM)) == ["offices_joined"]


def test_each_administrator_has_one_right_and_no_other(desk: Desk) -> None:
    staff = desk.staff
    for person in ("security", "audit", "city"):
        assert refused(partial(staff.open_account, who(desk, person), "x", "x", PASSWORD))
        assert refused(partial(staff.appoint, who(desk, person), "new", "R02"))
    for person in ("system", "audit", "city"):
        call = partial(staff.propose, who(desk, person), "roles", "R02", None, "county")
        assert refused(call) == ["not_this_administrator"]


def test_the_system_administrator_fills_no_office_and_resets_no_administrator(desk: Desk) -> None:
    me, staff = who(desk, "system"), desk.staff

    assert refused(lambda: staff.appoint(me, "new", "audit_admin")) == ["proposal_needed"]
    assert refused(lambda: staff.reset_password(me, "security", PASSWORD + "!")) == [
        "administrator_at_terminal"
    ]
    assert refused(lambda: staff.disable(me, "audit")) == ["administrator_at_terminal"]
    assert refused(lambda: staff.hand_over(me, "audit", None)) == ["administrator_at_terminal"]


def test_roles_change_by_two_and_never_by_one(desk: Desk) -> None:
    staff = desk.staff
    staff.propose(who(desk, "security"), "roles", "R03", None, "city_lead")
    (change,) = staff.proposals()
    assert desk.people.directory().posts["R03"].roles == ""
    own = partial(staff.decide, who(desk, "security"), change.n, confirmed=True)
    assert refused(own) == ["second_administrator"]

    staff.decide(who(desk, "second"), change.n, confirmed=True)

    assert desk.people.directory().posts["R03"].roles == "city_lead"
    assert (staff.proposals()[0].status, staff.proposals()[0].decided_by) == ("confirmed", "second")
    with pytest.raises(UnknownObjectError):
        staff.decide(who(desk, "second"), change.n, confirmed=False)


def test_nobody_confirms_their_own_promotion(desk: Desk) -> None:
    desk.staff.propose(who(desk, "security"), "relieve", "security_admin", "second")
    (change,) = desk.staff.proposals()

    call = partial(desk.staff.decide, who(desk, "second"), change.n, confirmed=True)

    assert refused(call) == ["second_administrator"]


def test_an_office_never_loses_its_last_holder(desk: Desk) -> None:
    desk.staff.propose(who(desk, "security"), "relieve", "audit_admin", "audit")
    (change,) = desk.staff.proposals()
    call = partial(desk.staff.decide, who(desk, "second"), change.n, confirmed=True)
    today = desk.people.today()

    assert refused(call) == ["last_administrator"]
    assert refused(lambda: desk.people.relieve("audit", "audit_admin", today, SYSTEM)) == [
        "last_administrator"
    ]
    desk.staff.propose(who(desk, "security"), "appoint", "audit_admin", "new")
    desk.staff.decide(who(desk, "second"), desk.staff.proposals()[0].n, confirmed=True)
    desk.staff.decide(who(desk, "second"), change.n, confirmed=True)
    assert [post.code for post in desk.people.posts_of("new")] == ["audit_admin"]


def test_a_leaver_leaves_in_one_recorded_step_and_the_work_stays_with_the_post(desk: Desk) -> None:
    code = a_running_project(desk, None, "P01")
    session = desk.accounts.enter("county", PASSWORD, "R11").token or ""
    (left,) = desk.staff.heritage("county")
    before = len(entries(desk))

    assert desk.staff.hand_over(who(desk, "system"), "county", "new") == 1

    assert left.post.code == "R11"
    assert {item.project.code for item in left.items} == {code}
    assert len(entries(desk)) == before + 1
    assert last(desk) == ("register.changed", "handover", "system")
    assert desk.accounts.session(session) is None
    assert desk.accounts.enter("county", PASSWORD, "R11").token is None
    assert [post.code for post in desk.people.posts_of("new")] == ["R11"]
    assert [item.row.n for item in desk.staff.heritage("new")[0].items] == [
        item.row.n for item in left.items
    ]
    assert desk.proof.verify().breaks == []


def test_somebody_stands_in_for_a_time_that_ends(desk: Desk) -> None:
    today = desk.people.today()
    me = who(desk, "system")
    with pytest.raises(UsageError, match="from a day to a day"):
        desk.staff.appoint(me, "new", "R11", acting=True)

    desk.staff.appoint(me, "new", "R11", today, today, acting=True)

    assert [post.code for post in desk.people.posts_of("new")] == ["R11"]
    assert last(desk) == ("register.changed", "appoint", "system")


def test_touching_an_account_is_an_entry_without_the_secret(desk: Desk) -> None:
    desk.staff.open_account(who(desk, "system"), "zhao", "Zhao", PASSWORD)

    assert last(desk) == ("register.changed", "account_open", "system")
    entry = entries(desk)[-1]
    assert "zhao" in entry.canon
    assert PASSWORD not in entry.canon
    for name in ("", "a b", "a/b", "x" * 41, "zhao"):
        with pytest.raises(UsageError):
            desk.staff.open_account(who(desk, "system"), name, "x", PASSWORD)
