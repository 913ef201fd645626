"""Who is asking: a person in one post, signed in or through a program."""

from dataclasses import dataclass
from typing import ClassVar

from engine.core import administrators
from engine.core.events import Actor
from engine.core.rows import Post
from engine.storage.accounts import Account, Session


@dataclass(frozen=True, slots=True)
class Caller:
    """A person in a post. `posts` are all they are in today, `post` the one they act in."""

    channel: ClassVar[str]
    account: Account
    post: Post
    posts: tuple[Post, ...]

    @property
    def org(self) -> str:
        """The code of the org through which this post sees projects; an administrator has none."""
        return administrators.NOWHERE if self.office else self.post.org

    @property
    def office(self) -> str | None:
        """Which administrator this post is, None for one that works on projects."""
        return administrators.kind_of(self.post.roles)

    def actor(self) -> Actor:
        """Return who acts in the trail."""
        return Actor(self.account.person, self.post.code, self.org, self.channel)


@dataclass(frozen=True, slots=True)
class Visitor(Caller):
    """A person signed in by a browser, which holds `token`."""

    channel: ClassVar[str] = "web"
    session: Session
    token: str
