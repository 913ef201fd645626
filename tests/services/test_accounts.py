"""Signing in: guessing is slowed in the database, sessions end, a second factor counts once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.errors import RefusalError, UsageError
from engine.core.totp import code_at, step_at
from engine.services.accounts import Accounts
from engine.services.passwords import is_common, secret_of
from engine.services.throttle import ADDRESS_TRIES, NAME_TRIES, TRIES, limits
from engine.storage.database import Database
from tests.houses import again

WORD = "a-long-sentence-of-mine"
Turn = Callable[[timedelta], None]


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Turn the real clock forward."""
    real, ahead = Database.clock, [timedelta()]
    monkeypatch.setattr(Database, "clock", lambda self, cursor: real(self, cursor) + ahead[0])

    def by(more: timedelta) -> None:
        ahead[0] += more

    return by


@pytest.fixture
def accounts(sqlite_desk: Desk) -> Accounts:
    """The accounts of a house in which Li may sign in."""
    sqlite_desk.accounts.add("li", "Li", WORD)
    return sqlite_desk.accounts


def test_five_wrong_passwords_from_one_address_shut_that_address_and_no_other(
    accounts: Accounts, turn: Turn
) -> None:
    left = [accounts.enter("li", "wrong", "R01", "10.0.0.1").tries_left for _ in range(TRIES)]

    assert left == [4, 3, 2, 1, 0]
    assert accounts.enter("li", WORD, "R01", "10.0.0.1").token is None
    assert accounts.enter("li", WORD, "R01", "10.0.0.2").token is not None
    turn(timedelta(minutes=16))
    assert accounts.enter("li", WORD, "R01", "10.0.0.1").token is not None


def test_a_name_that_nobody_has_answers_like_one_with_a_wrong_password(accounts: Accounts) -> None:
    known = [accounts.enter("li", "wrong", "-", "10.0.0.1") for _ in range(TRIES + 1)]
    unknown = [accounts.enter("nobody", "wrong", "-", "10.0.0.2") for _ in range(TRIES + 1)]

    assert [e.tries_left for e in known] == [e.tries_left for e in unknown]
    assert [e.locked_until is None for e in known] == [e.locked_until is None for e in unknown]


def test_the_count_is_shared_by_every_process(accounts: Accounts, sqlite_desk: Desk) -> None:
    other = again(sqlite_desk)
    for n in range(TRIES):
        (accounts if n % 2 else other.accounts).enter("li", "wrong", "R01", "10.0.0.1")

    assert other.accounts.enter("li", WORD, "R01", "10.0.0.1").token is None
    other.close()


def test_one_line_of_the_new_internet_counts_as_one_address() -> None:
    assert limits("li", "2001:db8::1")[0] == limits("li", "2001:db8::2")[0]
    assert limits("li", "2001:db8::1")[0] != limits("li", "2001:db8:0:1::1")[0]


def test_guesses_spread_over_addresses_or_names_are_slowed_as_well(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.services.accounts.matches", lambda _, word: word == WORD)
    for n in range(NAME_TRIES):
        accounts.enter("li", "wrong", "R01", f"10.0.{n}.1")
    for n in range(ADDRESS_TRIES):
        accounts.enter(f"name{n}", "wrong", "R01", "10.9.9.9")
    accounts.add("wu", "Wu", WORD)

    assert accounts.enter("li", WORD, "R01", "10.8.8.8").token is None
    assert accounts.enter("wu", WORD, "R01", "10.9.9.9").token is None
    assert accounts.enter("wu", WORD, "R01", "10.8.8.8").token is not None


def test_the_last_administrator_is_slowed_and_never_shut_out(sqlite_desk: Desk) -> None:
    waited: list[float] = []
    accounts = Accounts(sqlite_desk.house, waited.append)
    accounts.add("li", "Li", WORD)
    sqlite_desk.people.office("audit_admin", "Audit", SYSTEM)
    sqlite_desk.people.appoint("li", "audit_admin", SYSTEM)
    for _ in range(TRIES + 2):
        accounts.enter("li", "wrong", "audit_admin", "10.0.0.1")

    assert accounts.enter("li", WORD, "audit_admin", "10.0.0.1").token is not None
    assert waited == [2.0] * 3


def test_a_session_ends_when_idle_and_after_twelve_hours_whatever_the_post(
    accounts: Accounts, turn: Turn
) -> None:
    idle = accounts.enter("li", WORD, "R01").token or ""
    assert accounts.session(idle)
    turn(timedelta(minutes=31))
    assert accounts.session(idle) is None

    token = accounts.enter("li", WORD, "R01").token or ""
    for n in range(36):
        turn(timedelta(minutes=19))
        assert accounts.session(token)
        if n % 9 == 0:
            old, token = token, accounts.change_post(token, "R02")
            assert accounts.session(old) is None
    turn(timedelta(minutes=25))
    assert accounts.session(token)
    turn(timedelta(minutes=20))
    assert accounts.session(token) is None


def test_every_session_ends_when_an_account_is_shut_or_gets_a_password(accounts: Accounts) -> None:
    tokens = [accounts.enter("li", WORD, "R01").token or "" for _ in range(2)]
    assert accounts.change_password("li", WORD, "another sentence of mine")
    assert [accounts.session(token) for token in tokens] == [None, None]

    token = accounts.enter("li", "another sentence of mine", "R01").token or ""
    assert accounts.disable("li")
    assert accounts.session(token) is None
    assert accounts.enter("li", "another sentence of mine", "R01").token is None
    assert not accounts.disable("li")


def _code(secret: str, ahead: int = 0) -> str:
    return code_at(secret, step_at(datetime.now(UTC)) + ahead)


def test_a_second_factor_is_asked_after_the_password_and_its_codes_count_once(
    accounts: Accounts,
) -> None:
    secret = accounts.propose_factor()
    assert not accounts.keep_factor("li", secret, "000000")
    first = _code(secret)
    assert accounts.keep_factor("li", secret, first)

    entrance = accounts.enter("li", WORD, "R01")
    half = entrance.half or ""
    assert (entrance.token, accounts.session(half)) == (None, None)
    again_ = accounts.confirm(half, first)
    assert (again_.token, again_.half) == (None, half)
    whole = accounts.confirm(half, _code(secret, 1))
    assert accounts.session(whole.token or "")
    assert accounts.confirm(half, _code(secret, 1)).token is None


def test_wrong_codes_count_like_wrong_passwords(accounts: Accounts) -> None:
    secret = accounts.propose_factor()
    accounts.keep_factor("li", secret, _code(secret))
    half = accounts.enter("li", WORD, "R01").half or ""

    left = [accounts.confirm(half, "000000").tries_left for _ in range(TRIES)]

    assert left == [4, 3, 2, 1, 0]
    assert accounts.confirm(half, _code(secret, 1)).token is None
    assert accounts.enter("li", WORD, "R01").half is None


def test_a_code_comes_too_late_for_its_password(accounts: Accounts, turn: Turn) -> None:
    secret = accounts.propose_factor()
    accounts.keep_factor("li", secret, _code(secret))
    half = accounts.enter("li", WORD, "R01").half or ""
    turn(timedelta(minutes=6))

    assert accounts.confirm(half, _code(secret, 12)).token is None


@pytest.mark.parametrize(
    "word", ["short", "password1234", "PasswordPassword!", "aaaaaaaaaaaaa", "121212121212",
             "20180831201808", "li-is-my-name-here", "x" * 257, "Minzhengju@2018"],
)  # fmt: skip
def test_passwords_that_are_guessed_first_are_refused(word: str) -> None:
    with pytest.raises(UsageError):
        secret_of("li", word)


def test_a_sentence_is_a_good_password() -> None:
    assert not is_common("五月的风吹过涪江边的老茶馆")
    assert not is_common(WORD)


def test_the_last_administrator_cannot_be_shut(sqlite_desk: Desk, accounts: Accounts) -> None:
    sqlite_desk.people.office("system_admin", "System", SYSTEM)
    sqlite_desk.people.appoint("li", "system_admin", SYSTEM)

    with pytest.raises(RefusalError) as refused:
        accounts.disable("li")
    assert [reason.code for reason in refused.value.reasons] == ["last_administrator"]
    accounts.add("wu", "Wu", WORD)
    sqlite_desk.people.appoint("wu", "system_admin", SYSTEM)
    assert accounts.disable("li")
