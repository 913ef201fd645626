"""A real browser against a real server of this process: what it asked for, and what it refused."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from tests.web.sample_site import Served

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
"""The browser of the tests; none is ever fetched."""


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """Serve a desk on a free port of this machine and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    config = uvicorn.Config(served.app, host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(400):
        if server.started:
            break
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@dataclass
class Person:
    """One person at one browser: every click and key press that sets something off is counted."""

    page: Any
    base: str
    activations: int = 0
    foreign: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(self.base):
            self.foreign.append(request.url)

    def _heard(self, message: Any) -> None:
        # A refusal or a page that is not there is an answer, which Chromium also calls an error.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.said.append(message.text)

    def go(self, path: str) -> int:
        """Open an address of the desk and return the status."""
        return int(self.page.goto(f"{self.base}{path}").status)

    def click(self, target: Any) -> None:
        """Activate a link or a button by the pointer, and wait for what follows."""
        self.activations += 1
        (self.page.locator(target).first if isinstance(target, str) else target).click()
        self.page.wait_for_load_state()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def focused(self) -> str:
        """Return what has the focus: its id, else its text."""
        script = "() => { const a = document.activeElement; return a.id || a.textContent.trim(); }"
        return str(self.page.evaluate(script))

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        root = "document.documentElement"
        return int(self.page.evaluate(f"() => {root}.scrollWidth - {root}.clientWidth"))


@dataclass
class Room:
    """A browser with as many persons as are asked for, each with a session of their own."""

    browser: Any
    base: str
    served: Served
    _contexts: list[Any] = field(default_factory=list)

    def person(
        self, post: str, width: int = 1366, height: int = 768, *, locale: str = "zh",
        size: str = "standard", scripts: bool = True,
    ) -> Person:  # fmt: skip
        """Return a person signed in to a post before a window of a size."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts
        )
        self._contexts.append(context)
        self.served.as_post(post, locale)
        token = self.served.token(post)
        person = post.lower().replace("@", "-")
        self.served.desk.accounts.prefer(person, locale=locale, text_size=size)
        cookie = {"name": self.served.site.cookie, "value": token, "url": self.base}
        context.add_cookies([cookie])
        return Person(context.new_page(), self.base)

    def close(self) -> None:
        """End every session of the browser."""
        for context in self._contexts:
            context.close()
