"""Who is asking: a person signed in, in one post, with the way they like the desk."""

from dataclasses import dataclass

from engine.core import administrators
from engine.core.events import Actor
from engine.core.rows import Post
from engine.storage.accounts import Account, Session


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person signed in. `posts` are all they are in today, `post` the one they act in."""

    account: Account
    session: Session
    token: str
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

    def actor(self, channel: str = "web") -> Actor:
        """Return who acts in the trail."""
        return Actor(self.account.person, self.post.code, self.org, channel)
