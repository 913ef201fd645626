"""What every page works with: the services of one database and how it is served."""

from dataclasses import dataclass
from typing import ClassVar

from bootstrap import Desk
from engine.services.story import Story
from web.visitor import Visitor

COOKIE = "shidian"
"""The cookie of a session; over HTTPS it is ``__Host-shidian``, bound to the host and path."""


@dataclass(frozen=True, slots=True)
class Site:
    """One served database. `hosts` are the names it answers to; `is_https` marks its cookies.

    `story` moves a simulated clock; there is none where time is real. `base` is the address that
    stands in links for others, as they reach the desk: ``https://desk.example``.
    """

    hosts_of_this_machine: ClassVar[tuple[str, ...]] = ("127.0.0.1", "localhost", "[::1]")
    desk: Desk
    hosts: tuple[str, ...] = hosts_of_this_machine
    is_https: bool = False
    story: Story | None = None
    timezone: str = "Asia/Shanghai"
    base: str = ""

    @property
    def cookie(self) -> str:
        """The name of the session's cookie."""
        return f"__Host-{COOKIE}" if self.is_https else COOKIE

    @property
    def is_simulated(self) -> bool:
        """Whether the database keeps simulated time, which a person may move forward."""
        return self.story is not None

    def visitor(self, token: str | None) -> Visitor | None:
        """Return who holds a token; None without one, or when it or the mandate has ended."""
        held = self.desk.accounts.session(token) if token else None
        if held is None or token is None:
            return None
        session, account = held
        posts = tuple(self.desk.people.posts_of(account.person))
        post = next((post for post in posts if post.code == session.post), None)
        return Visitor(account, post, posts, session, token) if post is not None else None
