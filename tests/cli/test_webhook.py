"""Webhooks and screens at the terminal."""

import re
from pathlib import Path

import pytest

import bootstrap
from tests.cli.conftest import Ask

URL = "https://oa.example/hooks"
ADD = ("webhook", "add", URL, "--as", "R11", "--person", "li")


def an_account(office: Path) -> None:
    with bootstrap.open(f"sqlite:///{office}", "simulated") as desk:
        desk.accounts.add("li", "李", "a long enough secret")


def test_a_webhook_is_made_shown_once_listed_resumed_and_ended(shidian: Ask, office: Path) -> None:
    an_account(office)

    made = shidian(*ADD, "--kind", "stage.moved")
    assert made.code == 0, made.err
    secret = re.search(r"whsec_\S+", made.out)
    assert secret is not None

    (one,) = shidian("webhook", "list", "--json").data
    assert (one["url"], one["kinds"], one["state"]) == (URL, ["stage.moved"], "live")
    listed = shidian("webhook", "list").out
    assert "正常" in listed
    assert secret[0] not in listed

    assert shidian("webhook", "resume", one["id"]).code == 0
    assert shidian("webhook", "revoke", one["id"], "--dry-run").code == 0
    assert shidian("webhook", "list", "--json").data[0]["state"] == "live"
    assert shidian("webhook", "revoke", one["id"]).code == 0
    assert shidian("webhook", "list", "--json").data[0]["state"] == "revoked"
    assert shidian("webhook", "resume", one["id"]).code == 2


def test_a_dry_run_makes_none(shidian: Ask, office: Path) -> None:
    an_account(office)

    assert shidian(*ADD, "--dry-run").code == 0
    assert shidian("webhook", "list", "--json").data == []


def test_what_cannot_be_made_is_wrong_usage(shidian: Ask, office: Path) -> None:
    assert shidian(*ADD).code == 2
    an_account(office)
    assert shidian(*ADD, "--kind", "nonsense").code == 2
    assert shidian("webhook", "add", "http://10.0.0.1/", "--as", "R11", "--person", "li").code == 2
    assert shidian("webhook", "revoke", "none").code == 2


def test_the_settings_allow_networks_of_the_house(
    shidian: Ask, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_account(office)
    monkeypatch.setenv(bootstrap.NETWORKS, "10.0.0.0/8")

    made = shidian("webhook", "add", "http://10.0.0.1/x", "--as", "R11", "--person", "li")

    assert made.code == 0, made.err


def test_a_token_for_a_screen_is_told_with_its_address(shidian: Ask, office: Path) -> None:
    an_account(office)

    made = shidian("token", "add", "大厅", "--as", "R11", "--person", "li", "--scope", "wall")

    assert re.search(r"/display/shidian_\S+", made.out), made.err
