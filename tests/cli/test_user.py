"""``shidian user`` and ``shidian up``: accounts from the server, and serving what exists."""

import io
from pathlib import Path

import pytest

from cli.errors import WrongError
from cli.verbs.user import password_of
from cli.words import speech
from tests.cli.conftest import Ask
from web import serving
from web.site import Site

WORD = "a-long-sentence-of-mine"


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORD}\n" * 9))


@pytest.mark.usefixtures("office")
def test_an_account_is_opened_appointed_listed_relieved_and_shut(shidian: Ask) -> None:
    assert shidian("user", "add", "wang", "--name", "王芳").code == 0
    assert shidian("user", "appoint", "wang", "R11").code == 0
    (row,) = shidian("user", "list", "--json").data
    assert row == {
        "person": "wang", "name": "王芳", "enabled": True, "factor": False, "posts": ["R11"],
    }  # fmt: skip
    assert "王芳" in shidian("user", "list").out
    assert shidian("user", "password", "wang").code == 0
    assert shidian("user", "relieve", "wang", "R11", "--on", "2018-01-08").code == 0
    assert shidian("user", "relieve", "wang", "R01").code == 1
    assert shidian("user", "disable", "wang").code == 0
    assert "先前" in shidian("user", "disable", "wang").out


@pytest.mark.usefixtures("office")
def test_the_first_administrators_are_made_on_the_server_and_the_last_one_stays(
    shidian: Ask,
) -> None:
    shidian("user", "add", "li")
    assert shidian("user", "appoint", "li", "system_admin").code == 0

    joined = shidian("user", "appoint", "li", "audit_admin", "--lang", "en")
    gone = shidian("user", "disable", "li", "--lang", "en")

    assert (joined.code, gone.code) == (1, 1)
    assert "separate" in joined.err
    assert "last System administrator" in gone.err
    assert shidian("user", "relieve", "li", "system_admin").code == 1


@pytest.mark.usefixtures("office")
def test_what_cannot_be_done_to_an_account_is_said(shidian: Ask) -> None:
    shidian("user", "add", "li")

    assert shidian("user", "add", "li").code == 2
    assert shidian("user", "add", "a b").code == 2
    for verb in ("password", "disable"):
        assert shidian("user", verb, "nobody").code == 2
    assert shidian("user", "appoint", "nobody", "R11").code == 2
    assert shidian("user", "appoint", "li", "R99").code == 2


def test_a_password_is_typed_twice_without_an_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([WORD, WORD, WORD, "another"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))

    assert password_of(speech("zh"), "li") == WORD
    with pytest.raises(WrongError, match="passwords_differ"):
        password_of(speech("zh"), "li")


def test_no_password_at_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    with pytest.raises(WrongError, match="no_password"):
        password_of(speech("zh"), "li")


def test_up_refuses_a_database_that_is_not_there(shidian: Ask, tmp_path: Path) -> None:
    answer = shidian("up", "--db", tmp_path / "none.db")

    assert answer.code == 2
    assert "shidian db upgrade" in answer.err
    assert not (tmp_path / "none.db").exists()


@pytest.mark.usefixtures("office")
def test_up_serves_the_database_under_the_names_it_is_told(
    shidian: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[Site, str, int]] = []
    monkeypatch.setattr(serving, "serve", lambda *given: served.append(given[:3]))

    assert shidian("up", "--port", "8123", "--name", "desk.example", "--https").code == 0

    ((site, host, port),) = served
    assert (host, port, site.cookie) == ("127.0.0.1", 8123, "__Host-shidian")
    assert {"127.0.0.1", "localhost", "desk.example"} <= set(site.hosts)
