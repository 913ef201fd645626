"""Pictures of the desk's main pages, of the example on the day on which its desk opens."""

import tempfile
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

import bootstrap
from bootstrap import SYSTEM, Desk
from engine.services.story import Story
from web import serving
from web.site import Site
from workflows.book import read_book

BOOK = Path(__file__).resolve().parent.parent / "examples" / "suining" / "book.yaml"
PERSON, PASSWORD = "picture", "a-sentence-nobody-guesses"
SCREEN, PHONE = (1366, 768), (390, 844)
PAGES = (
    ("inbox", "/", SCREEN, "zh"), ("project", "/p/{code}", SCREEN, "zh"),
    ("register", "/projects", SCREEN, "zh"), ("wall", "/wall", SCREEN, "zh"),
    ("task", "/t/{code}/{n}", SCREEN, "zh"), ("more", "/p/{code}/more", SCREEN, "zh"),
    ("done", "/?box=done", SCREEN, "zh"), ("me", "/me", SCREEN, "zh"),
    ("phone", "/", PHONE, "zh"), ("english", "/", SCREEN, "en"),
)  # fmt: skip
"""The name of a picture, its page, the window and the language."""


def make(browser: str, folder: Path) -> None:
    """Play the example, serve it on this machine, and write a picture of every main page."""
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{Path(home) / 'desk.db'}"
        with bootstrap.create(url, "simulated") as desk:
            post = _played(desk)
            item = next(one for one in desk.inbox.of(desk.actor(post)) if one.turns)
            parts = {"code": item.project.code, "n": str(item.row.n)}
            site = Site(desk, story=Story(desk.house, None))
            token = desk.accounts.enter(PERSON, PASSWORD, post).token or ""
            base = _served(site)
            cookie: Any = {"name": site.cookie, "value": token, "url": base}
            with sync_playwright() as started:
                held = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
                for name, path, (width, height), locale in PAGES:
                    desk.accounts.prefer(PERSON, locale=locale)
                    page = held.new_page(viewport={"width": width, "height": height})
                    page.context.add_cookies([cookie])
                    page.goto(base + path.format(**parts))
                    page.screenshot(path=folder / f"desk-{name}.png")
                    page.close()
                held.close()


def _played(desk: Desk) -> str:
    """Play the example to the day of its desk; return the post that leads it."""
    plan = read_book(BOOK)
    rehearsal = desk.rehearsal(plan)
    rehearsal.set_out()
    bootstrap.install(desk)
    desk.programmes.enter(plan, SYSTEM)
    rehearsal.run(plan.desk_on)
    leader = plan.plays[0].by
    desk.accounts.add(PERSON, PERSON, PASSWORD)
    desk.people.appoint(PERSON, leader, SYSTEM)
    return leader


def _served(site: Site) -> str:
    """Serve until this program ends; return the address once it answers."""
    told: list[str] = []
    answers = threading.Event()

    def ready(address: str) -> None:
        told.append(address)
        answers.set()

    port = serving.free_port()
    threading.Thread(
        target=serving.serve, args=(site, serving.HOST, port, ready), daemon=True
    ).start()
    answers.wait(timeout=30)
    return told[0].rstrip("/")
