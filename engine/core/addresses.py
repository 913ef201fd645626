"""Which addresses of other systems may be called: never by accident one inside the house.

A name is judged by the numbers it stands for, at the moment of the call: ``2130706433``, ``0x7f.1``
and a name that changes its mind are all the number that they lead to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from engine.core.errors import UsageError

Number = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
LONGEST = 2_000
"""Characters of an address at most."""

NAT64 = ip_network("64:ff9b::/96")
SPECIAL = tuple(map(ip_network, (
    "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "64:ff9b:1::/48", "100::/64", "2001::/23",
    "3fff::/20", "5f00::/16", "fec0::/10",
)))  # fmt: skip
"""Networks for special purposes which not every release of Python knows not to be public.

Source: the IANA registries of special-purpose addresses, RFC 6890.
"""

SECURE, PLAIN = "https", "http"
PORTS = {SECURE: 443, PLAIN: 80}


@dataclass(frozen=True, slots=True)
class Target:
    """Where to call: `path` holds the query as well."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The host as the header names it: an IPv6 number in brackets, an unusual port after it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = PORTS[SECURE if self.is_secure else PLAIN]
        return host if self.port == usual else f"{host}:{self.port}"


def networks_of(said: str) -> tuple[Network, ...]:
    """Return networks written as ``10.1.0.0/16 192.168.7.20``, apart by blanks or commas.

    Raises:
        UsageError: one of them is no network.
    """
    try:
        return tuple(ip_network(one) for one in said.replace(",", " ").split())
    except ValueError as error:
        raise UsageError(f"networks {said!r}: {error}", "networks", found=said) from error


def target_of(url: str, allowed: Sequence[Network] = ()) -> Target:
    """Return where an address leads, as far as it can be told without asking for its name.

    Args:
        url: ``https://host[:port]/path``; ``http`` only where networks of the house are allowed.
        allowed: networks that may be called though they are not public.

    Raises:
        UsageError: it is no such address, holds a password, or names a number that is refused.
    """
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError(
            f"url: at most {LONGEST} visible ASCII characters", "url_signs", most=LONGEST
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"url: {error}", "url_form") from error
    if parts.scheme not in ((SECURE, PLAIN) if allowed else (SECURE,)) or not host:
        raise UsageError("url: https://host/path", "url_form")
    if parts.username is not None or parts.fragment or port == 0:
        raise UsageError("url: without a user, a password or a fragment", "url_plain")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = Target(parts.scheme == SECURE, host, port or PORTS[parts.scheme], path)
    _must_be_allowed(found, allowed)
    return found


def _must_be_allowed(target: Target, allowed: Sequence[Network]) -> None:
    try:
        number = ip_address(target.host)
    except ValueError:
        return
    if not may_call(number, allowed, is_secure=target.is_secure):
        message = f"url: {target.host} is not a public address, and is not allowed here"
        raise UsageError(message, "url_inside", host=target.host)


def may_call(number: Number, allowed: Sequence[Network], *, is_secure: bool) -> bool:
    """Return whether a number may be called: a public one over TLS, or one that is allowed."""
    real = _unwrapped(number)
    if any(real.version == net.version and real in net for net in allowed):
        return True
    is_special = any(real.version == net.version and real in net for net in SPECIAL)
    is_public = real.is_global and not (is_special or real.is_multicast or real.is_reserved)
    return is_secure and is_public


def _unwrapped(number: Number) -> Number:
    """Return the IPv4 number inside an IPv6 one that only carries it."""
    if isinstance(number, IPv4Address):
        return number
    if number in NAT64:
        return IPv4Address(int(number) & 0xFFFF_FFFF)
    carried = number.ipv4_mapped or number.sixtofour
    return carried or (number.teredo[1] if number.teredo else number)
