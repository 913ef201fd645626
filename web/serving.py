"""Serving: the application on an address of this machine, with the worker beside it."""

import socket
import threading
from collections.abc import Callable

import uvicorn

from scheduler import Worker
from web.app import create
from web.site import Site

HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8017, 8057
"""Where a free port is looked for when none is asked for."""


def free_port(host: str = HOST) -> int:
    """Return the first port of ours that nobody listens on.

    Raises:
        OSError: all of them are taken.
    """
    for port in range(FIRST_PORT, LAST_PORT):
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) != 0:
                return port
    raise OSError(f"every port from {FIRST_PORT} to {LAST_PORT} of {host} is taken")


def serve(site: Site, host: str, port: int, ready: Callable[[str], object]) -> None:
    """Serve until told to stop; the worker sweeps beside it and ends with it.

    Args:
        site: what is served.
        host: the address to listen on.
        port: the port.
        ready: called with the address as soon as it answers.
    """
    server = uvicorn.Server(
        uvicorn.Config(
            create(site),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            # An address that a header claims would let a guesser be somebody else each time.
            proxy_headers=False,
            server_header=False,
        )
    )
    worker = Worker(site.desk)
    beside = threading.Thread(target=worker.run, name="worker", daemon=True)
    beside.start()
    # At 100,000 projects the first board takes minutes, and nobody should be the one to wait.
    over = threading.Event()
    warming = threading.Thread(target=site.desk.queries.warm, args=(over.is_set,), daemon=True)
    warming.start()
    told = threading.Thread(target=_tell, args=(host, port, ready), daemon=True)
    told.start()
    try:
        server.run()
    finally:
        worker.stopping.set()
        over.set()
        beside.join(timeout=10)
        warming.join(timeout=10)


def _tell(host: str, port: int, ready: Callable[[str], object]) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                ready(f"http://{host}:{port}/")
                return
        threading.Event().wait(0.05)
