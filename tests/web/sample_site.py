"""The sample programme on the day on which its desk opens, with a person in every post."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.testclient import TestClient

from bootstrap import SYSTEM, Desk
from engine.core.commands import Command
from engine.core.rows import Post
from engine.core.state import State
from engine.services import registers
from engine.services.clocks import SimulatedClock
from engine.services.inbox import Item
from engine.services.lifecycle import Ask
from engine.services.rehearsal import Rehearsal
from engine.services.story import Story
from engine.storage.database import Database
from tests.houses import (
    HOSPITAL,
    SECOND,
    a_house,
    an_empty_house,
    calendars,
    entered,
    publication,
    suining,
)
from tests.web.forms import Form, forms_of
from web.app import create
from web.site import Site
from workflows import reader

ADDRESS = "http://127.0.0.1"
PASSWORD = "a-sentence-nobody-guesses"  # noqa: S105  # of a house that lives for one test


def person_of(post: str) -> str:
    """Return the account of a post: in tests persons are posts."""
    return post.lower().replace("@", "-")


def a_sample(database: Database) -> Desk:
    """Play the sample to the day on which its desk opens, and put a person into every post."""
    desk, plan = an_empty_house(database), suining()
    rehearsal = Rehearsal(desk.house, plan, "09:00", "Asia/Shanghai")
    rehearsal.set_out()
    with database.write() as cursor:
        for path in (*reader.shipped().values(), SECOND):
            registers.publish_workflow(desk.house, cursor, publication(path), SYSTEM)
        for new in calendars():
            registers.publish_calendar(desk.house, cursor, new, SYSTEM)
        registers.enter(desk.house, cursor, list(HOSPITAL), SYSTEM)
    desk.programmes.enter(plan, SYSTEM)
    rehearsal.run(plan.desk_on)
    return appointed(desk)


def a_trial_house(database: Database) -> Desk:
    """Return a house in which nothing is open, with a person in every post."""
    return appointed(a_house(database))


def appointed(desk: Desk) -> Desk:
    """Put a person into every post of the register and give each a password."""
    for post in desk.people.directory().posts.values():
        desk.people.appoint(person_of(post.code), post.code, SYSTEM)
    for post in _one_of_each(desk):
        desk.accounts.add(person_of(post.code), post.name, PASSWORD)
    return desk


def _one_of_each(desk: Desk) -> list[Post]:
    found: dict[str, Post] = {}
    for post in desk.people.directory().posts.values():
        found.setdefault(post.roles, post)
    return list(found.values())


@dataclass
class Served:
    """A desk served in this process: browsers without scripts, one a post."""

    desk: Desk
    story: bool = True
    _clients: dict[str, TestClient] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = Story(self.desk.house, None) if self.story else None
        self.site = Site(self.desk, story=told)
        self.app = create(self.site)

    def guest(self) -> TestClient:
        """Return a browser in which nobody is signed in."""
        return TestClient(self.app, base_url=ADDRESS, follow_redirects=False)

    def as_post(self, post: str, locale: str = "zh") -> TestClient:
        """Return a browser signed in as the person of a post, the same one every time."""
        if post not in self._clients:
            self._clients[post] = client = self.guest()
            client.cookies.set(self.site.cookie, self.token(post))
        self.desk.accounts.prefer(person_of(post), locale=locale)
        return self._clients[post]

    def token(self, post: str) -> str:
        """Return a session of the person of a post, who gets an account when they have none."""
        person = person_of(post)
        if person not in {account.person for account in self.desk.accounts.all()}:
            self.desk.accounts.add(person, post, PASSWORD)
        token = self.desk.accounts.enter(person, PASSWORD, post).token
        assert token is not None
        return token

    def kinds(self) -> dict[str, str]:
        """Return one post for every set of roles in the register."""
        return {post.roles: post.code for post in _one_of_each(self.desk)}

    def items(self, post: str) -> list[Item]:
        """Return what a post owes or waits for."""
        return self.desk.inbox.of(self.desk.actor(post))

    def posts_with(self, verb: str) -> Iterator[tuple[str, Item]]:
        """Yield every (post, item) in which the post may take a turn with a verb now."""
        for post in self.desk.people.directory().posts:
            for item in self.items(post):
                if any(turn.verb == verb for turn in item.turns):
                    yield post, item

    def forms(self, post: str, code: str, n: int, verb: str) -> list[Form]:
        """Return the forms of a task's page that send a verb."""
        page = self.as_post(post).get(f"/t/{code}/{n}").text
        return [form for form in forms_of(page) if form.values.get("verb") == verb]

    def state(self, code: str) -> State:
        """Return a project's rows."""
        return self.desk.queries.project(code).state

    def act(self, code: str, post: str, command: Command) -> None:
        """Let a post do something beside the pages."""
        self.desk.lifecycle.act(code, Ask(command, self.desk.actor(post)))

    def entries(self, code: str) -> int:
        """Return how many entries a project has."""
        return len(self.desk.audit.history(code))


def opened(database: Database) -> Desk:
    """Return the services of a sample that was made before."""
    return entered(database, clock=SimulatedClock())
