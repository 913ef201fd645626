"""Signing in: passwords, the wait after wrong ones, sessions that end by themselves."""

from datetime import datetime, timedelta

import pytest

from bootstrap import Desk
from engine.core.errors import UnknownObjectError, UsageError
from engine.services.accounts import IDLE, LOCK_MINUTES, LONGEST, TRIES
from engine.storage import accounts as storage

RIGHT = "four-words-and-more"


@pytest.fixture
def known(sqlite_desk: Desk) -> Desk:
    """A desk at which one person has an account."""
    sqlite_desk.accounts.add("r11", "安居区民政局协调员", RIGHT)
    return sqlite_desk


def at(desk: Desk, monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let the database's real clock stand at a moment."""
    monkeypatch.setattr(desk.house.database, "clock", lambda _: moment)


def now(desk: Desk) -> datetime:
    """Return the database's real moment."""
    with desk.house.database.read() as cursor:
        return desk.house.database.clock(cursor)


def test_the_right_password_starts_a_session(known: Desk) -> None:
    entrance = known.accounts.enter("r11", RIGHT, "R11")

    assert entrance.token is not None
    found = known.accounts.session(entrance.token)
    assert found is not None
    assert (found[0].post, found[1].name) == ("R11", "安居区民政局协调员")


@pytest.mark.parametrize(("person", "password"), [("r11", "wrong"), ("nobody", RIGHT), ("r11", "")])
def test_a_wrong_name_and_a_wrong_password_answer_alike(
    known: Desk, person: str, password: str
) -> None:
    assert known.accounts.enter(person, password, "R11").token is None


def test_five_wrong_passwords_make_the_account_wait(
    known: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [known.accounts.enter("r11", "wrong", "R11").tries_left for _ in range(TRIES)]

    assert left == [4, 3, 2, 1, 0]
    assert known.accounts.enter("r11", RIGHT, "R11").token is None
    at(known, monkeypatch, now(known) + timedelta(minutes=LOCK_MINUTES))
    assert known.accounts.enter("r11", RIGHT, "R11").token is not None


def test_the_right_password_forgets_the_wrong_ones(known: Desk) -> None:
    for _ in range(TRIES - 1):
        known.accounts.enter("r11", "wrong", "R11")
    known.accounts.enter("r11", RIGHT, "R11")

    assert known.accounts.enter("r11", "wrong", "R11").tries_left == TRIES - 1


def test_a_session_ends_when_nobody_uses_it(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    token = str(known.accounts.enter("r11", RIGHT, "R11").token)
    begun = now(known)

    at(known, monkeypatch, begun + IDLE - timedelta(minutes=1))
    assert known.accounts.session(token) is not None
    at(known, monkeypatch, begun + 2 * IDLE - timedelta(minutes=2))
    assert known.accounts.session(token) is not None
    at(known, monkeypatch, begun + 4 * IDLE)
    assert known.accounts.session(token) is None


def test_a_session_ends_after_half_a_day_however_busy(
    known: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, begun = str(known.accounts.enter("r11", RIGHT, "R11").token), now(known)
    moment = begun
    while moment < begun + LONGEST:
        at(known, monkeypatch, moment)
        assert known.accounts.session(token) is not None
        moment += IDLE - timedelta(minutes=1)

    at(known, monkeypatch, begun + LONGEST + timedelta(minutes=1))
    assert known.accounts.session(token) is None


def test_a_session_that_was_left_is_over(known: Desk) -> None:
    token = str(known.accounts.enter("r11", RIGHT, "R11").token)

    known.accounts.leave(token)

    assert known.accounts.session(token) is None


def test_going_on_in_another_post_takes_a_new_token(known: Desk) -> None:
    token = str(known.accounts.enter("r11", RIGHT, "R11").token)

    fresh = known.accounts.change_post(token, "R12")

    assert known.accounts.session(token) is None
    found = known.accounts.session(fresh)
    assert found is not None
    assert found[0].post == "R12"
    with pytest.raises(UnknownObjectError):
        known.accounts.change_post(token, "R12")


def test_a_new_password_ends_every_session(known: Desk) -> None:
    token = str(known.accounts.enter("r11", RIGHT, "R11").token)

    known.accounts.add("r11", "安居区民政局协调员", "another-long-one")

    assert known.accounts.session(token) is None
    assert known.accounts.enter("r11", RIGHT, "R11").token is None


def test_no_password_stands_in_the_database(known: Desk) -> None:
    token = str(known.accounts.enter("r11", RIGHT, "R11").token)

    with known.house.database.read() as cursor:
        cursor.execute("SELECT secret FROM account")
        secrets = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT token FROM session")
        tokens = [bytes(row[0]) for row in cursor.fetchall()]
        held = storage.account(known.house.database, cursor, "r11")

    assert all(RIGHT not in secret and "argon2id" in secret for secret in secrets)
    assert token.encode() not in tokens
    assert held is not None


@pytest.mark.parametrize("password", ["short", "", "my-name-is-r11-ok"])
def test_a_weak_password_is_refused(known: Desk, password: str) -> None:
    with pytest.raises(UsageError, match="password"):
        known.accounts.add("r11", "安居区民政局协调员", password)


def test_what_a_person_likes_is_kept(known: Desk) -> None:
    known.accounts.prefer("r11", locale="en", text_size="large", keys=False)

    held = known.accounts.all()[0]
    assert (held.locale, held.text_size, held.keys) == ("en", "large", False)
    with pytest.raises(UsageError, match="largest"):
        known.accounts.prefer("r11", text_size="huge")


def test_an_account_leaves_no_entry_in_the_trail(known: Desk) -> None:
    before = known.proof.verify().entries

    known.accounts.enter("r11", "wrong", "R11")
    known.accounts.prefer("r11", locale="en")

    assert known.proof.verify().entries == before
