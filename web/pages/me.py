"""How a person likes the desk: language, size of text, keys, and the post they act in."""

from typing import Any

from engine.services.tokens import SCOPES, Given
from templates.words import LOCALES
from web.answering import LANGUAGE, SIZE
from web.asked import Answer, Asked, Go, Page
from web.pages.entrance import local
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@ROUTES.get("/me", Rule.SIGNED_IN)
def me(asked: Asked) -> Answer:
    """Show the choices."""
    return Page("me.html.j2", choices(asked))


def choices(asked: Asked, made: Given | None = None) -> dict[str, Any]:
    """Return what the page shows; `made` is a token that was made just now."""
    desk = asked.site.desk
    directory = desk.people.directory()
    posts = [(post, directory.org_name(post.org)) for post in asked.visitor.posts]
    held = desk.tokens.of(asked.visitor.account.person)
    return {"posts": posts, "tokens": held, "scopes": SCOPES, "made": made}


@ROUTES.post("/prefer", Rule.OPEN)
def prefer(asked: Asked) -> Answer:
    """Keep a choice: in the account, or in the browser of one who is not signed in."""
    named = {"locale": (LANGUAGE, LOCALES), "text_size": (SIZE, ("standard", "large", "largest"))}
    given = {
        name: asked.typed(name) for name, (_, known) in named.items() if asked.typed(name) in known
    }
    back = Go(local(asked.typed("next")))
    if asked.guest is None:
        return Go(back.to, keep={named[name][0]: value for name, value in given.items()})
    choices: dict[str, str | bool] = dict(given)
    if asked.typed("keys"):
        choices["keys"] = asked.typed("keys") == "on"
    if choices:
        asked.site.desk.accounts.prefer(asked.visitor.account.person, **choices)
    return back


@ROUTES.post("/me/post", Rule.SIGNED_IN)
def change_post(asked: Asked) -> Answer:
    """Go on in another of one's own posts."""
    wanted = asked.typed("post")
    if wanted not in {post.code for post in asked.visitor.posts}:
        return Go("/me")
    return Go("/", token=asked.site.desk.accounts.change_post(asked.visitor.token, wanted))
