"""Tokens of one's own programs, and the page that says what a program can do."""

from web.api import OPERATIONS, ROOT
from web.api.openapi import statuses, title
from web.api.operation import Operation
from web.api.serving import text
from web.asked import Answer, Asked, File, Go, Page
from web.asking import whole
from web.pages.me import choices
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
GROUPS = ("reads", "acts", "many")


@ROUTES.post("/me/tokens", Rule.SIGNED_IN)
def make(asked: Asked) -> Answer:
    """Make a token for the post one acts in, and show it this once.

    Raises:
        UsageError: no name, no scope, or no number of days that there may be.
    """
    scopes = [str(value) for value in asked.form.getlist("scopes")]
    held, days = asked.visitor, whole(asked, "days")
    person = held.account.person
    made = asked.site.desk.tokens.add(person, held.post.code, asked.typed("name"), scopes, days)
    return Page("me.html.j2", choices(asked, made))


@ROUTES.post("/me/tokens/{id}/revoke", Rule.SIGNED_IN)
def revoke(asked: Asked) -> Answer:
    """End a token of one's own.

    Raises:
        UnknownObjectError: there is no such token of theirs.
    """
    asked.site.desk.tokens.revoke(asked.at["id"], asked.visitor.account.person)
    return Go("/me#tokens")


@ROUTES.get("/api", Rule.SIGNED_IN)
def operations(asked: Asked) -> Answer:
    """List what a program can do."""
    listed = [(name, [_line(asked, one) for one in OPERATIONS if _group(one) == name])
              for name in GROUPS]  # fmt: skip
    return Page("api.html.j2", {"groups": listed, "root": ROOT, "statuses": statuses()})


@ROUTES.get("/api/openapi.json", Rule.SIGNED_IN)
def document(asked: Asked) -> Answer:
    """Give the whole description to be kept."""
    return File(text(asked.say.locale), "application/json", "openapi.json")


def _line(asked: Asked, one: Operation) -> tuple[str, str, str]:
    return one.method, ROOT + one.path, title(asked.say, one)


def _group(one: Operation) -> str:
    if one.method == "GET":
        return "reads"
    return "many" if one.key.startswith("bulk") else "acts"
