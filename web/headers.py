"""What every answer carries for the browser's own protection, and which hosts are answered to.

Source: OWASP ASVS 5.0, 3.4 and 14.3.
"""

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
    " object-src 'none'"
)
SAFE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000"
MISDIRECTED = 421


class Guarded:
    """The application behind the host allow-list, with the safe headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], *, is_https: bool) -> None:
        self._app, self._hosts, self._is_https = app, frozenset(hosts), is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse one for another host."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._put(message)
            await send(message)

        if _host(scope) not in self._hosts:
            refused = PlainTextResponse("this host is not served here", MISDIRECTED)
            await refused(scope, receive, sending)
            return
        await self._app(scope, receive, sending)

    def _put(self, message: MutableMapping[str, Any]) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in SAFE.items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", "no-store")
        if self._is_https:
            headers.setdefault("strict-transport-security", HSTS)


def _host(scope: Scope) -> str:
    """Return the host asked for, without its port."""
    given = Headers(scope=scope).get("host", "")
    name, colon, port = given.rpartition(":")
    return name if colon and port.isdigit() else given
