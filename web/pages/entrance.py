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
        person, password if isinstance(password, str) else "", posts[0].code if posts else "-",
        asked.address,
    )  # fmt: skip
    if entrance.half and posts:
        return _code_form(target, entrance.half)
    if entrance.token and posts:
        return _inside(asked, target, entrance.token)
    return _form(asked, target, error=_sentence(asked, entrance.tries_left), status=422)


def _inside(asked: Asked, target: str, token: str) -> Go:
    """Go in under a new token; whoever was signed in here before is signed out."""
    if asked.guest is not None:
        asked.site.desk.accounts.leave(asked.guest.token)
    return Go(target, token=token)


def _code_form(target: str, half: str, *, error: str = "", status: int = 200) -> Page:
    return Page("login_code.html.j2", {"next": target, "half": half, "error": error}, status)


@ROUTES.post("/login/code", Rule.OPEN)
def confirm(asked: Asked) -> Answer:
    """Check the code of the second factor; the password is not asked for again."""
    target = local(asked.typed("next"))
    entrance = asked.site.desk.accounts.confirm(
        asked.typed("half"), asked.typed("code"), asked.address
    )
    if entrance.token:
        return _inside(asked, target, entrance.token)
    if entrance.half and entrance.tries_left:
        error = asked.say.say("login.code_wrong", n=entrance.tries_left)
        return _code_form(target, entrance.half, error=error, status=422)
    return _form(asked, target, error=asked.say.say("login.again"), status=422)


def _sentence(asked: Asked, tries_left: int) -> str:
    if tries_left == 0:
        return asked.say.say("login.locked")
    return asked.say.say("login.wrong", n=tries_left)


@ROUTES.post("/logout", Rule.PERSONAL)
def leave(asked: Asked) -> Answer:
    """End the session."""
    asked.site.desk.accounts.leave(asked.visitor.token)
    return Go("/login", token="")


def local(target: str) -> str:
    """Return an address of the desk itself; anything else becomes the home page."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_ours and target.isprintable() else "/"
