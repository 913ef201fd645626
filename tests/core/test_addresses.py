"""Addresses of webhooks: public ones over TLS, and what the settings allow; nothing by a detour."""

from ipaddress import ip_address

import pytest

from engine.core.addresses import may_call, networks_of, target_of
from engine.core.errors import UsageError

INSIDE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",  # noqa: S104  # must be refused
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.8", "198.18.0.1",
    "192.0.2.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1",
    "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::", "2002:c0a8:101::",
    "fec0::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_a_number_inside_is_not_called(number: str) -> None:
    assert not may_call(ip_address(number), (), is_secure=True)


@pytest.mark.parametrize("number", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "64:ff9b::101:101"])
def test_a_public_number_is_called_over_tls_only(number: str) -> None:
    assert may_call(ip_address(number), (), is_secure=True)
    assert not may_call(ip_address(number), (), is_secure=False)


def test_what_the_settings_allow_is_called_and_nothing_beside_it() -> None:
    allowed = networks_of("10.2.0.0/16, 192.168.7.20 fd12::/16")

    for number in ("10.2.3.4", "192.168.7.20", "fd12::1", "::ffff:10.2.3.4"):
        assert may_call(ip_address(number), allowed, is_secure=False)
    for number in ("10.3.0.1", "192.168.7.21", "127.0.0.1", "fd13::1"):
        assert not may_call(ip_address(number), allowed, is_secure=True)


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "http://hook.example/", "ftp://hook.example/", "https://", "https:///path",
        "https://user@hook.example/", "https://a:b@hook.example/", "https://hook.example/#part",
        "https://hook.example:0/", "https://hook.example:99999/", "https://hook.example:x/",
        "https://127.0.0.1/", "https://10.0.0.1/", "https://[::1]/", "https://[fe80::1",
        "https://hook.example/a b", "https://hook.example/\r\nx: y", "https://试点.example/",
        f"https://hook.example/{'a' * 2000}", "file:///etc/passwd", "gopher://hook.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_to_be_called_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="url"):
        target_of(url)


def test_an_address_says_where_to_call() -> None:
    found = target_of("https://hook.example:8443/a/b?c=d")

    assert (found.is_secure, found.host, found.port) == (True, "hook.example", 8443)
    assert (found.path, found.named) == ("/a/b?c=d", "hook.example:8443")
    assert target_of("https://hook.example").path == "/"
    assert target_of("https://hook.example:443/").named == "hook.example"
    inside = target_of("http://[fd12::1]/", networks_of("fd12::/16"))
    assert (inside.is_secure, inside.port, inside.named) == (False, 80, "[fd12::1]")


def test_what_is_no_network_is_refused() -> None:
    assert networks_of(" ") == ()
    with pytest.raises(UsageError, match="networks"):
        networks_of("10.0.0.1/8")
