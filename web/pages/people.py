"""人员与委托: orgs and posts, who is in each, accounts, and changes of roles that take two."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from engine.core import administrators
from engine.core.errors import FieldError, RefusalError, ShidianError
from engine.core.rows import Mandate, Org, Post
from engine.storage.accounts import Account
from web import failing
from web.asked import Answer, Asked, Go, Page
from web.facing import name_of
from web.faults import fault
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
HOME = "/settings/people"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post with what it may do in words, and who is in it now or later."""

    post: Post
    roles: str
    mandates: tuple[Mandate, ...]


@dataclass(frozen=True, slots=True)
class OrgLine:
    """One org with its posts; `depth` is how far below the top it stands."""

    name: str
    depth: int
    posts: tuple[PostLine, ...]


@ROUTES.get(HOME, Rule.ADMINISTRATION)
def people(asked: Asked) -> Answer:
    """Show the orgs with their posts, the accounts, and what waits for a decision."""
    return _people(asked)


def _people(
    asked: Asked, error: ShidianError | None = None, password: tuple[str, str] | None = None
) -> Page:
    desk = asked.site.desk
    accounts, held = desk.accounts.all(), desk.people.mandates()
    sitting = {one.person for one in held}
    facts = {
        "orgs": _orgs(asked), "accounts": [(one, one.person in sitting) for one in accounts],
        "proposals": desk.staff.proposals()[:20], "office": asked.visitor.office,
        "problems": problems(asked, error), "password": password,
        "done": asked.query.get("done", ""), "typed": asked.typed,
        "roles": _role_names(asked), "me": asked.visitor.account.person,
    }  # fmt: skip
    return Page("people.html.j2", facts, failing.status_of(error).value if error else 200)


def problems(asked: Asked, error: ShidianError | None) -> list[str]:
    """Return what stood in the way, one sentence each."""
    if error is None:
        return []
    if isinstance(error, RefusalError):
        return [refusal(asked, reason.code, dict(reason.facts)) for reason in error.reasons]
    return [fault(asked.say, error)]


def refusal(asked: Asked, code: str, facts: dict[str, object]) -> str:
    """Return the sentence of a reason that administrators are refused with."""
    kind = facts.get("kind")
    named = {**facts, "kind": asked.say.say(f"office.{kind}")} if kind else facts
    return asked.say.say(f"refused.{code}", **named)


def _role_names(asked: Asked) -> dict[str, str]:
    """Return every role there is by key: those of the workflows, then the administrators'."""
    house, found = asked.site.desk.house, {}
    with house.database.read() as cursor:
        for digest in sorted(house.digests(cursor)):
            workflow = house.workflow(cursor, digest)
            for key in workflow.roles:
                found[key] = asked.say.name(workflow, "role", key)
    return {**found, **{kind: asked.say.say(f"office.{kind}") for kind in administrators.KINDS}}


def _orgs(asked: Asked) -> list[OrgLine]:
    """Return the tree, each org below the one above it; orgs without posts only on the way."""
    directory, names = asked.site.desk.people.directory(), _role_names(asked)
    mandates = _open_mandates(asked)
    below: dict[str | None, list[Org]] = {}
    for org in directory.orgs.values():
        parent = org.parent if org.parent in directory.orgs else None
        below.setdefault(parent, []).append(org)

    def posts_of(code: str) -> tuple[PostLine, ...]:
        held = sorted((p for p in directory.posts.values() if p.org == code), key=lambda p: p.code)
        return tuple(_post_line(asked, post, names, mandates) for post in held)

    lines: list[OrgLine] = []

    def walk(parent: str | None, depth: int) -> None:
        for org in below.get(parent, []):
            lines.append(OrgLine(org.name, min(depth, 4), posts_of(org.code)))
            walk(org.code, depth + 1)

    walk(None, 0)
    offices = posts_of(administrators.NOWHERE)
    first = [OrgLine(asked.say.say("people.offices"), 0, offices)] if offices else []
    return [*first, *(line for line in lines if line.posts)]


def _open_mandates(asked: Asked) -> list[Mandate]:
    people = asked.site.desk.people
    today = people.today()
    found = [one for one in people.all_mandates() if one.to_on is None or one.to_on >= today]
    return sorted(found, key=lambda one: (one.acting, one.from_on or date.min, one.person))


def _post_line(
    asked: Asked, post: Post, names: dict[str, str], mandates: list[Mandate]
) -> PostLine:
    said = asked.say.listing(names.get(key, key) for key in post.roles.split())
    return PostLine(post, said, tuple(one for one in mandates if one.post == post.code))


@ROUTES.get("/settings/posts/{post}", Rule.ADMINISTRATION)
def post_page(asked: Asked) -> Answer:
    """Show one post: who is in it, and the forms of whoever may change that."""
    return _post(asked)


def _post(asked: Asked, error: ShidianError | None = None) -> Page:
    directory = asked.site.desk.people.directory()
    post = directory.posts.get(asked.at["post"])
    if post is None:
        return failing.page(asked, HTTPStatus.NOT_FOUND)
    names = _role_names(asked)
    facts = {
        "line": _post_line(asked, post, names, _open_mandates(asked)), "roles": names,
        "org": directory.org_name(post.org) if post.org in directory.orgs else "",
        "office": asked.visitor.office, "kind": administrators.kind_of(post.roles),
        "persons": [one for one in asked.site.desk.accounts.all() if one.disabled_at is None],
        "problems": problems(asked, error), "typed": asked.typed,
        "today": asked.site.desk.people.today().isoformat(),
    }  # fmt: skip
    return Page("post.html.j2", facts, failing.status_of(error).value if error else 200)


@ROUTES.get("/settings/accounts/{person}", Rule.ADMINISTRATION)
def account_page(asked: Asked) -> Answer:
    """Show one account: its posts, what a successor would take over, and what can be done."""
    return _account(asked)


def _account(
    asked: Asked, error: ShidianError | None = None, password: tuple[str, str] | None = None
) -> Page:
    desk, person = asked.site.desk, asked.at["person"]
    account = _find(asked, person)
    if account is None:
        return failing.page(asked, HTTPStatus.NOT_FOUND)
    others = [a for a in desk.accounts.all() if a.disabled_at is None and a.person != person]
    facts = {
        "account": account, "others": others, "office": asked.visitor.office,
        "posts": desk.people.posts_of(person), "mandates": _of(asked, person),
        "heritage": _heritage(asked, person), "problems": problems(asked, error),
        "password": password, "done": asked.query.get("done", ""),
        "is_administrator": any(map(administrators.kind_of, _roles(asked, person))),
    }  # fmt: skip
    return Page("account.html.j2", facts, failing.status_of(error).value if error else 200)


def _find(asked: Asked, person: str) -> Account | None:
    return next((one for one in asked.site.desk.accounts.all() if one.person == person), None)


def _roles(asked: Asked, person: str) -> list[str]:
    return [post.roles for post in asked.site.desk.people.posts_of(person)]


def _of(asked: Asked, person: str) -> list[tuple[Mandate, str]]:
    posts = asked.site.desk.people.directory().posts
    mine = [one for one in _open_mandates(asked) if one.person == person]
    return [(one, posts[one.post].name) for one in mine if one.post in posts]


def _heritage(asked: Asked, person: str) -> list[tuple[str, list[str]]]:
    """Return the open items by post: only how each is called, which is what a handover needs."""
    return [
        (held.post.name, [
            f"{item.project.code} {name_of(asked.say, item.workflow, item.row)}"
            for item in held.items
        ])
        for held in asked.site.desk.staff.heritage(person)
    ]  # fmt: skip


def _day(asked: Asked, name: str) -> date | None:
    given = asked.typed(name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise FieldError(name, given, "day_form") from error


def _done(asked: Asked, show: Callable[..., Page], deed: Callable[[], object], to: str) -> Answer:
    """Do something, then go on; what was refused is said above the form, which keeps its words."""
    try:
        deed()
    except ShidianError as error:
        return show(asked, error)
    return Go(to)


@ROUTES.post("/settings/posts/{post}/appoint", Rule.SYSTEM)
def appoint(asked: Asked) -> Answer:
    """Put somebody into a post, or let them stand in for a time."""
    post, acting = asked.at["post"], asked.typed("acting") == "yes"
    return _done(asked, _post, lambda: asked.site.desk.staff.appoint(
        asked.visitor.actor(), asked.typed("person"), post, _day(asked, "from_on"),
        _day(asked, "to_on"), acting=acting,
    ), f"/settings/posts/{post}?done=appoint")  # fmt: skip


@ROUTES.post("/settings/posts/{post}/relieve", Rule.SYSTEM)
def relieve(asked: Asked) -> Answer:
    """End somebody's time in a post."""
    post = asked.at["post"]
    return _done(asked, _post, lambda: asked.site.desk.staff.relieve(
        asked.visitor.actor(), asked.typed("person"), post, _day(asked, "to_on")
    ), f"/settings/posts/{post}?done=relieve")  # fmt: skip


@ROUTES.post("/settings/posts/{post}/propose", Rule.SECURITY)
def propose(asked: Asked) -> Answer:
    """Propose a change of roles, or who becomes or ceases to be an administrator."""
    post, roles = asked.at["post"], " ".join(str(r) for r in asked.form.getlist("roles"))
    return _done(asked, _post, lambda: asked.site.desk.staff.propose(
        asked.visitor.actor(), asked.typed("kind"), post, asked.typed("person") or None, roles
    ), f"{HOME}?done=propose")  # fmt: skip


@ROUTES.post("/settings/proposals/{n:int}", Rule.SECURITY)
def decide(asked: Asked) -> Answer:
    """Confirm or refuse what another security administrator proposed."""
    confirmed = asked.typed("answer") == "confirm"
    return _done(asked, _people, lambda: asked.site.desk.staff.decide(
        asked.visitor.actor(), int(asked.at["n"]), confirmed=confirmed
    ), f"{HOME}?done=decide")  # fmt: skip


@ROUTES.post("/settings/accounts", Rule.SYSTEM)
def open_account(asked: Asked) -> Answer:
    """Make an account; its first password is shown once."""
    person, password = asked.typed("person"), _password()
    try:
        asked.site.desk.staff.open_account(
            asked.visitor.actor(), person, asked.typed("name"), password
        )
    except ShidianError as error:
        return _people(asked, error)
    return _people(asked, password=(person, password))


@ROUTES.post("/settings/accounts/{person}/password", Rule.SYSTEM)
def reset_password(asked: Asked) -> Answer:
    """Give an account another password, which is shown once."""
    person, password = asked.at["person"], _password()
    try:
        asked.site.desk.staff.reset_password(asked.visitor.actor(), person, password)
    except ShidianError as error:
        return _account(asked, error)
    return _account(asked, password=(person, password))


@ROUTES.post("/settings/accounts/{person}/disable", Rule.SYSTEM)
def disable(asked: Asked) -> Answer:
    """Shut an account."""
    person = asked.at["person"]
    return _done(asked, _account, lambda: asked.site.desk.staff.disable(
        asked.visitor.actor(), person
    ), f"/settings/accounts/{person}?done=disable")  # fmt: skip


@ROUTES.post("/settings/accounts/{person}/handover", Rule.SYSTEM)
def hand_over(asked: Asked) -> Answer:
    """End everything of somebody who leaves, in one step."""
    person = asked.at["person"]
    return _done(asked, _account, lambda: asked.site.desk.staff.hand_over(
        asked.visitor.actor(), person, asked.typed("successor") or None
    ), f"/settings/accounts/{person}?done=handover")  # fmt: skip


def _password() -> str:
    """Return a password that can be read out on the telephone: about 79 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
