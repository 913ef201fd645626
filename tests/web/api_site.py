"""A served office for tests of the API: the first wave of the sample, five persons, tokens."""

from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

from bootstrap import SYSTEM, Desk
from engine.core.events import Actor
from engine.core.rows import Post
from engine.services import registers
from engine.storage.database import Database
from tests.houses import a_house, entered, go_to, suining
from web.app import create
from web.site import Site

ADDRESS = "http://127.0.0.1"
ROOT = "/api/v1"
PASSWORD = "a long enough secret"  # noqa: S105  # of a house that lives for one test
COUNTY, CITY, AUDITOR, OPERATOR, STRANGER = "county", "city", "auditor", "operator", "stranger"
SCOPES = ("read", "act", "metrics", "calendar")


def an_office(database: Database) -> Desk:
    """Return a house with the first wave open, and a person in each of five posts."""
    desk, plan = a_house(database), suining()
    go_to(desk, "2017-09-01")
    city = _post(plan.posts, "city_lead")
    lead = Actor(CITY, city.code, city.org, "cli")
    desk.programmes.enter(plan, lead, (plan.waves[0].code,))
    desk.sweep.run()
    county = _post(plan.posts, "county")
    posts = [
        Post(1, "ADM-A", city.org, "审计", "audit_admin"),
        Post(1, "ADM-S", city.org, "运维", "system_admin"),
    ]
    with database.write() as cursor:
        registers.enter(desk.house, cursor, posts, SYSTEM)
    stranger = next(p for p in plan.posts if p.roles == county.roles and p.org != county.org)
    held = {COUNTY: county, CITY: city, AUDITOR: posts[0], OPERATOR: posts[1], STRANGER: stranger}
    for person, post in held.items():
        desk.accounts.add(person, person, PASSWORD)
        desk.people.appoint(person, post.code, SYSTEM)
    return desk


def _post(posts: tuple[Post, ...], role: str) -> Post:
    return next(post for post in posts if role in post.roles.split())


@dataclass
class Office:
    """A desk served in this process, with a program for each person."""

    desk: Desk
    secrets: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = TestClient(create(Site(self.desk)), base_url=ADDRESS)

    def secret(self, person: str, *scopes: str) -> str:
        """Return a token of a person in their post, made when first asked for."""
        name = f"{person} {' '.join(scopes)}"
        if name not in self.secrets:
            post = self.desk.people.posts_of(person)[0].code
            given = self.desk.tokens.add(person, post, "test", scopes or SCOPES)
            self.secrets[name] = given.secret
        return self.secrets[name]

    def call(self, person: str, method: str, path: str, **more: Any) -> Any:
        """Call an operation as a person's program; `headers` are added."""
        headers = {"authorization": f"Bearer {self.secret(person)}", **more.pop("headers", {})}
        return self.client.request(method, ROOT + path, headers=headers, **more)

    def get(self, person: str, path: str, **more: Any) -> Any:
        """Read."""
        return self.call(person, "GET", path, **more)

    def post(self, person: str, path: str, body: Any, **more: Any) -> Any:
        """Act."""
        return self.call(person, "POST", path, json=body, **more)

    def code(self, person: str = COUNTY) -> str:
        """Return the first project that a person may see."""
        return str(self.get(person, "/projects").json()["items"][0]["code"])


def served(database: Database) -> Office:
    """Return the office of a database that `an_office` has filled."""
    return Office(entered(database))
