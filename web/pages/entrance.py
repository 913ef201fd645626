"""Signing in and out."""

from web.asked import Answer, Asked, Go, Page
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()


@ROUTES.get("/login", Rule.OPEN)
def login(asked: Asked) -> Answer:
    """Show the form to sign in."""
    return _form(asked, asked.query.get("next", "/"))


def _form(asked: Asked, target: str, *, error: str = "", status: int = 200) -> Page:
    facts = {"next": local(target), "error": error, "person": asked.typed("person")}
    return Page("login.html.j2", facts, status)


@ROUTES.post("/login", Rule.OPEN)
def enter(asked: Asked) -> Answer:
    """Check name and password; which of the two was wrong is never said."""
    person, target = asked.typed("person"), local(asked.typed("next"))
    password = asked.form.get("password")
    posts = asked.site.desk.people.posts_of(person)
    entrance = asked.site.desk.accounts.enter(
        person, password if isinstance(password, str) else "", posts[0].code if posts else "-"
    )
    if entrance.token and posts:
        return Go(target, token=entrance.token)
    return _form(asked, target, error=_sentence(asked, entrance.tries_left), status=422)


def _sentence(asked: Asked, tries_left: int) -> str:
    if tries_left == 0:
        return asked.say.say("login.locked")
    return asked.say.say("login.wrong", n=tries_left)


@ROUTES.post("/logout", Rule.SIGNED_IN)
def leave(asked: Asked) -> Answer:
    """End the session."""
    asked.site.desk.accounts.leave(asked.visitor.token)
    return Go("/login", token="")


def local(target: str) -> str:
    """Return an address of the desk itself; anything else becomes the home page."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_ours and target.isprintable() else "/"
