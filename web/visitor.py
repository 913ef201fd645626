"""Who is asking: a person signed in, in one post, with the way they like the desk."""

from dataclasses import dataclass

from engine.core.events import Actor
from engine.core.state import Post
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
        """The code of the org whose post this is."""
        return self.post.org

    def actor(self, channel: str = "web") -> Actor:
        """Return who acts in the trail."""
        return Actor(self.account.person, self.post.code, self.post.org, channel)
