"""Tokens at the terminal."""

import json
import re
from pathlib import Path

import bootstrap
from tests.cli.conftest import Ask


def an_account(office: Path) -> None:
    with bootstrap.open(f"sqlite:///{office}", "simulated") as desk:
        desk.accounts.add("li", "李", "a long enough secret")


def test_a_token_is_made_shown_once_listed_and_ended(shidian: Ask, office: Path) -> None:
    an_account(office)

    made = shidian("token", "add", "report", "--as", "R11", "--person", "li", "--scope", "read")
    assert made.code == 0, made.err
    secret = re.search(r"shidian_\S+", made.out)
    assert secret is not None

    listed = shidian("token", "list", "--json")
    assert listed.code == 0, listed.err
    (one,) = json.loads(listed.out)
    assert (one["person"], one["post"], one["scopes"]) == ("li", "R11", ["read"])
    assert secret[0] not in listed.out + shidian("token", "list").out

    assert shidian("token", "revoke", one["id"]).code == 0
    assert shidian("token", "list", "--json").data[0]["revoked_at"] is not None


def test_a_dry_run_makes_and_ends_nothing(shidian: Ask, office: Path) -> None:
    an_account(office)
    words = ("token", "add", "x", "--as", "R11", "--person", "li", "--scope", "read")

    assert shidian(*words, "--dry-run").code == 0
    assert shidian("token", "list", "--json").data == []
    shidian(*words)
    one = shidian("token", "list", "--json").data[0]
    assert shidian("token", "revoke", one["id"], "--dry-run").code == 0
    assert shidian("token", "list", "--json").data[0]["revoked_at"] is None


def test_what_cannot_be_made_or_ended_is_wrong_usage(shidian: Ask, office: Path) -> None:
    add = ("token", "add", "x", "--as", "R11", "--person", "li")

    assert shidian(*add, "--scope", "read").code == 2
    an_account(office)
    assert shidian(*add, "--scope", "everything").code == 2
    assert shidian("token", "revoke", "none").code == 2
