"""Sending a message to another system over HTTP: short, to a number that was checked, once.

The name is looked up here and the number found is the one connected to, so that a name that
changes its mind between looking and calling leads nowhere else. No redirect is followed.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address

from engine.core.addresses import Network, Target, may_call, target_of
from engine.core.errors import UsageError

SECONDS = 15.0
"""How long one attempt may take, from connecting to the last header of the answer."""

AGENT = "Shidian"


@dataclass(frozen=True, slots=True)
class Response:
    """What came of one attempt: the status, or why there is none; `retry_after` in seconds.

    `fault` is one of ``refused_address``, ``no_such_host``, ``timeout``, ``tls``, ``connection``.
    """

    status: int | None = None
    fault: str | None = None
    retry_after: float | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it: any status of the two hundreds."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def told(self) -> str:
        """The status or the fault as one word."""
        return str(self.status) if self.status is not None else str(self.fault)


class _RefusedError(Exception):
    """A name leads to a number that must not be called."""


@dataclass(frozen=True)
class Sender:
    """How this house calls others; `allowed` are networks that are not public but may be called."""

    allowed: Sequence[Network] = ()
    seconds: float = SECONDS
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        """Send a body to an address and return what came of it; raises nothing of the network."""
        try:
            target = target_of(url, self.allowed)
            held = self._connected(target)
        except (UsageError, _RefusedError):
            return Response(fault="refused_address")
        except socket.gaierror:
            return Response(fault="no_such_host")
        except (OSError, UnicodeError) as error:
            return Response(fault=_fault(error))
        return self._answer(target, held, body, headers)

    def _connected(self, target: Target) -> socket.socket:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        numbers = list(dict.fromkeys(str(address[4][0]) for address in found))
        for number in numbers:
            real = ip_address(number.partition("%")[0])
            if not may_call(real, self.allowed, is_secure=target.is_secure):
                raise _RefusedError(number)
        held = socket.create_connection((numbers[0], target.port), timeout=self.seconds)
        if not target.is_secure:
            return held
        try:
            return self.tls.wrap_socket(held, server_hostname=target.host)
        except BaseException:
            held.close()
            raise

    def _answer(
        self, target: Target, held: socket.socket, body: bytes, headers: Mapping[str, str]
    ) -> Response:
        call = http.client.HTTPConnection(target.host, target.port, timeout=self.seconds)
        call.sock = held
        # A receiver that answers a byte at a time keeps within every single wait, not within all.
        is_cut = threading.Event()
        alarm = threading.Timer(self.seconds, _cut, [held, is_cut])
        alarm.daemon = True
        alarm.start()
        more = {"host": target.named, "user-agent": AGENT, "connection": "close"}
        try:
            call.request("POST", target.path, body, {**headers, **more})
            answer = call.getresponse()
            return Response(answer.status, None, _seconds(answer.getheader("retry-after")))
        except (OSError, http.client.HTTPException) as error:
            return Response(fault="timeout" if is_cut.is_set() else _fault(error))
        finally:
            alarm.cancel()
            call.close()
            held.close()


def _cut(held: socket.socket, is_cut: threading.Event) -> None:
    is_cut.set()
    with suppress(OSError):  # the other side may have gone meanwhile
        socket.socket.shutdown(held, socket.SHUT_RDWR)  # below TLS, which another thread reads


def _fault(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    return "tls" if isinstance(error, ssl.SSLError) else "connection"


def _seconds(said: str | None) -> float | None:
    """Return what Retry-After asks for, in seconds from now; None when it says nothing.

    Source: RFC 9110, 10.2.3: a number of seconds or a moment.
    """
    if said is None:
        return None
    given = said.strip()
    if given.isascii() and given.isdecimal():
        return float(given[:9])
    try:
        at = parsedate_to_datetime(given)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
