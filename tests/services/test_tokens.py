"""Tokens: what a program holds is told once, ends by itself, and never outlives its owner."""

from datetime import timedelta

import pytest

from bootstrap import Desk
from engine.core.errors import UnknownObjectError, UsageError
from engine.services.tokens import LONGEST_DAYS, PREFIX, Given
from engine.storage import desk_rows
from engine.storage.accounts import Account
from engine.storage.tokens import Token


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A house in which one person has an account."""
    desk.accounts.add("li", "李", "a long enough secret")
    return desk


def a_token(desk: Desk, *scopes: str, days: int = 30) -> Given:
    return desk.tokens.add("li", "R11", "export", scopes or ("read",), days)


def test_a_token_is_found_by_its_secret_and_the_secret_is_not_kept(office: Desk) -> None:
    given = a_token(office, "act", "read")

    found = office.tokens.find(given.secret)

    assert found is not None
    assert (found[0].id, found[0].scopes, found[1].person) == (given.token.id, "read act", "li")
    assert given.secret.startswith(PREFIX)
    assert given.secret not in repr(office.tokens.all())
    assert len(found[0].digest) == 32


def test_the_last_use_is_noted(office: Desk) -> None:
    given = a_token(office)
    assert office.tokens.all()[0].used_at is None

    office.tokens.find(given.secret)

    assert office.tokens.all()[0].used_at is not None


@pytest.mark.parametrize("secret", ["", "shidian_", "shidian_no", "other_x", "试点"])
def test_what_is_no_token_finds_nothing(office: Desk, secret: str) -> None:
    a_token(office)

    assert office.tokens.find(secret) is None


def test_a_revoked_token_has_ended_for_good(office: Desk) -> None:
    given = a_token(office)

    office.tokens.revoke(given.token.id, "li")

    assert office.tokens.find(given.secret) is None
    assert office.tokens.of("li") == []
    assert office.tokens.all()[0].revoked_at is not None


def test_nobody_ends_the_token_of_another(office: Desk) -> None:
    given = a_token(office)

    with pytest.raises(UnknownObjectError):
        office.tokens.revoke(given.token.id, "wang")

    assert office.tokens.find(given.secret) is not None


def test_a_token_ends_on_its_day(office: Desk) -> None:
    given, database = a_token(office, days=1), office.house.database
    with database.write() as cursor:
        now = database.clock(cursor)
        passed = {"expires_at": now - timedelta(seconds=1)}
        desk_rows.change(database, cursor, Token, {"id": given.token.id}, **passed)

    assert office.tokens.find(given.secret) is None


def test_a_token_ends_with_the_account_of_its_owner(office: Desk) -> None:
    given, database = a_token(office), office.house.database
    with database.write() as cursor:
        now = database.clock(cursor)
        desk_rows.change(database, cursor, Account, {"person": "li"}, disabled_at=now)

    assert office.tokens.find(given.secret) is None
    with pytest.raises(UnknownObjectError):
        a_token(office)


@pytest.mark.parametrize(
    ("scopes", "days", "name"),
    [
        ((), 30, "x"), (("read", "all"), 30, "x"), (("read",), 0, "x"),
        (("read",), LONGEST_DAYS + 1, "x"), (("read",), 30, ""), (("read",), 30, "a\nb"),
        (("read",), 30, "x" * 81),
    ],
)  # fmt: skip
def test_a_malformed_token_is_refused_and_nothing_is_written(
    office: Desk, scopes: tuple[str, ...], days: int, name: str
) -> None:
    with pytest.raises(UsageError):
        office.tokens.add("li", "R11", name, scopes, days)

    assert office.tokens.all() == []
