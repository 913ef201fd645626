"""Sending: to the number that was checked, over TLS that is checked, and never for long."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from engine.core.addresses import networks_of
from engine.services.sending import Sender
from tests.services.outward import HERE
from tests.services.receivers import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A system that wants to be told."""
    with receiving() as held:
        yield held


def leads_to(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> list[str]:
    """Let every name lead to these numbers; return the names asked for."""
    asked = []

    def found(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return asked


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "0177.0.0.1",
             "127.1", "localhost"]
)  # fmt: skip
def test_the_machine_itself_is_not_called_under_any_name(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver, host: str
) -> None:
    if host[0].isdigit():  # what the system makes of such a name
        leads_to(monkeypatch, socket.inet_ntoa(socket.inet_aton(host)))
    found = [
        Sender(allowed, 2).post(f"{scheme}://{host}:{receiver.port}/", b"{}", {})
        for scheme in ("http", "https")
        for allowed in ((), networks_of("10.0.0.0/8"))
    ]

    assert {one.told for one in found} == {"refused_address"}
    assert receiver.got == []


def test_a_name_that_leads_inside_is_refused_also_when_it_leads_outside_too(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    leads_to(monkeypatch, "1.1.1.1", "10.0.0.1")

    assert Sender().post("https://hook.example/", b"", {}).told == "refused_address"


def test_a_name_is_looked_up_once_and_the_number_found_is_called(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    asked = leads_to(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(socket, "create_connection", _direct)

    found = Sender(HERE, 5).post(f"http://hook.example:{receiver.port}/x", b"{}", {"a": "b"})

    assert found.told == "204"
    assert asked == ["hook.example"]
    assert receiver.got[0].headers["host"] == f"hook.example:{receiver.port}"
    assert receiver.got[0].headers["a"] == "b"


def _direct(address: tuple[str, int], timeout: float) -> socket.socket:
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    held.settimeout(timeout)
    held.connect(address)
    return held


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = [(307, {"location": receiver.url})]

    found = Sender(HERE, 5).post(receiver.url, b"{}", {})

    assert (found.status, found.is_taken) == (307, False)
    assert len(receiver.got) == 1


def test_who_speaks_no_tls_is_not_told_anything(receiver: Receiver) -> None:
    found = Sender(HERE, 5).post(receiver.url.replace("http:", "https:"), b"{}", {})

    assert found.told in ("tls", "connection")
    assert receiver.got == []


def test_a_name_that_nobody_knows_and_a_closed_port_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert Sender(HERE, 2).post(f"http://127.0.0.1:{port}/", b"", {}).told == "connection"

    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert Sender().post("https://hook.example/", b"", {}).told == "no_such_host"
