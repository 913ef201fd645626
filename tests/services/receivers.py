"""A receiver of webhooks on this machine that answers as it is told to, and keeps what it got."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG_UP = 0
"""Close the connection without an answer."""


@dataclass(frozen=True, slots=True)
class Got:
    """One message as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are given one after the other as (status, headers), then always 204."""

    answers: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    silent: threading.Event | None = None
    port: int = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook?for=1"

    @property
    def ids(self) -> list[str]:
        """The ids of what came, in order."""
        return [one.headers["webhook-id"] for one in self.got]


def _handler(held: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            got = {key.lower(): value for key, value in self.headers.items()}
            held.got.append(Got(self.path, got, body))
            if held.silent is not None:
                held.silent.wait(5)
                return
            status, headers = held.answers.pop(0) if held.answers else (204, {})
            if status == HANG_UP:
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver."""
    held = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(held))
    held.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
