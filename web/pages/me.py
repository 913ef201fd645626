"""How a person likes the desk: language, size of text, keys, and the post they act in."""

from typing import Any

from engine.core.errors import UsageError
from engine.core.totp import link_of
from engine.services.tokens import SCOPES, WALL, Given
from templates.words import LOCALES
from web.answering import LANGUAGE, SIZE
from web.asked import Answer, Asked, Go, Page
from web.pages.entrance import local
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@ROUTES.get("/me", Rule.PERSONAL)
def me(asked: Asked) -> Answer:
    """Show the choices."""
    return _me(asked)


def _me(asked: Asked, error: str = "") -> Page:
    return Page("me.html.j2", {**choices(asked), "error": error}, 422 if error else 200)


def choices(asked: Asked, made: Given | None = None) -> dict[str, Any]:
    """Return what the page shows; `made` is a token that was made just now."""
    desk = asked.site.desk
    directory = desk.people.directory()
    posts = [(post, directory.org_name(post.org)) for post in asked.visitor.posts]
    return {
        "posts": posts, "tokens": desk.tokens.of(asked.visitor.account.person),
        "scopes": [scope for scope in SCOPES if scope != WALL],
        "made": made, "has_factor": asked.visitor.account.totp is not None, "error": "",
    }  # fmt: skip


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


@ROUTES.post("/me/post", Rule.PERSONAL)
def change_post(asked: Asked) -> Answer:
    """Go on in another of one's own posts."""
    wanted = asked.typed("post")
    if wanted not in {post.code for post in asked.visitor.posts}:
        return Go("/me")
    return Go("/", token=asked.site.desk.accounts.change_post(asked.visitor.token, wanted))


@ROUTES.post("/me/password", Rule.PERSONAL)
def change_password(asked: Asked) -> Answer:
    """Change one's own password; every session ends, this one too."""
    given = {name: asked.form.get(name) for name in ("old", "new", "again")}
    old, new, again = (value if isinstance(value, str) else "" for value in given.values())
    person = asked.visitor.account.person
    if new != again:
        return _me(asked, asked.say.say("me.not_alike"))
    try:
        is_done = asked.site.desk.accounts.change_password(person, old, new, asked.address)
    except UsageError:
        return _me(asked, asked.say.say("me.weak"))
    return Go("/login", token="") if is_done else _me(asked, asked.say.say("me.wrong_password"))


@ROUTES.get("/me/factor", Rule.PERSONAL)
def factor(asked: Asked) -> Answer:
    """Show a new secret of a second factor, or the form that gives the present one up."""
    has_one = asked.visitor.account.totp is not None
    return _factor(asked, None if has_one else asked.site.desk.accounts.propose_factor())


def _factor(asked: Asked, secret: str | None, error: str = "") -> Page:
    facts = {"secret": secret, "error": error, "spaced": "", "link": ""}
    if secret is not None:
        person = asked.visitor.account.person
        facts["spaced"] = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
        facts["link"] = link_of(secret, person, asked.say.say("desk.brand"))
    return Page("factor.html.j2", facts, 422 if error else 200)


@ROUTES.post("/me/factor", Rule.PERSONAL)
def keep_factor(asked: Asked) -> Answer:
    """Take a second factor into use, or give it up; both take a code of it."""
    accounts, person, code = (
        asked.site.desk.accounts,
        asked.visitor.account.person,
        asked.typed("code"),
    )
    has_one, secret = asked.visitor.account.totp is not None, asked.typed("secret")
    is_done = (
        accounts.drop_factor(person, code)
        if has_one
        else accounts.keep_factor(person, secret, code)
    )
    if is_done:
        return Go("/me")
    return _factor(asked, None if has_one else secret, asked.say.say("factor.wrong"))
