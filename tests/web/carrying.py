"""Carrying a project through its stages by the forms of its pages, whoever's turn it is."""

from collections import Counter
from dataclasses import dataclass, field

from engine.core.definition import FieldType
from engine.core.rows import TaskRow
from engine.services.inbox import Item
from tests.web.forms import Form, forms_of
from tests.web.sample_site import Served

SAMPLES = {
    FieldType.TEXT: "示例", FieldType.INTEGER: "3", FieldType.DECIMAL: "88.5",
    FieldType.MONEY: "1000.00",
}  # fmt: skip
LONGEST = 900
"""Steps after which a project that still has not arrived never will."""

ASIDE = ("ask_extension", "propose_waiver")


@dataclass
class Carried:
    """What it took: the verbs that were sent, what was refused, and the days that passed."""

    verbs: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    posts: set[str] = field(default_factory=set)
    days: int = 0


def carry(served: Served, code: str, until: str | None = None) -> Carried:
    """Do whatever is somebody's turn until a project reaches a stage, or is closed."""
    done = Carried()
    for _ in range(LONGEST):
        project = served.state(code).project
        if project.standing not in ("active", "planned") or project.stage == until:
            return done
        if not _step(served, code, done):
            done.days += 1
            client = served.as_post(next(iter(served.kinds().values())))
            page = client.get("/me").text
            clock = next(one for one in forms_of(page) if one.action == "/clock")
            assert clock.sent(client, "day").status_code == 303
    raise AssertionError(f"{code} stands at {served.state(code).project.stage}: {done}")


def _step(served: Served, code: str, done: Carried) -> bool:
    return any(
        _tried(served, post, item, done)
        for post in served.desk.people.directory().posts
        for item in served.items(post)
        if item.project.code == code and any(turn.is_main for turn in item.turns)
    )


def _tried(served: Served, post: str, item: Item, done: Carried) -> bool:
    client = served.as_post(post)
    address = f"/t/{item.project.code}/{item.row.n}"
    for form in forms_of(client.get(address).text):
        verb = form.values.get("verb", "")
        if form.action != address or not verb or verb in ASIDE or "items" in form.fields:
            continue
        answer = filled(form, item.row, served).sent(client)
        if answer.status_code == 303:
            done.verbs[verb] += 1
            done.posts.add(post)
            return True
        done.refused.append(f"{post} {address} {verb} {answer.status_code}")
    return False


def filled(form: Form, row: TaskRow, served: Served) -> Form:
    """Return a form with something plausible in every field that wants it."""
    verb, typed = form.values["verb"], {}
    code = form.action.split("/")[2]
    found = served.desk.queries.project(code)
    if "doc_no" in form.fields:
        typed["doc_no"] = "示例〔2018〕1号"
    if verb == "score":
        typed["value"] = "88"
    if verb == "count":
        typed["value"] = "8"
    if "reason" in form.choices:
        typed["reason"] = next(one for one in form.choices["reason"] if one)
    if "note" in form.required:
        typed["note"] = "示例"
    if verb == "record":
        typed |= _data(form, found.workflow.tasks[row.key].fields, found.on.isoformat())
    if "org" in form.fields:
        typed["org"] = next(o.code for o in found.directory.orgs.values() if o.kind == "agency")
    return form.filled(**typed)


def _data(form: Form, fields: object, today: str) -> dict[str, str]:
    return {
        f"data__{one.key}": one.choices[0] if one.choices else SAMPLES.get(one.type, today)
        for one in fields  # type: ignore[attr-defined]  # the fields of a task
        if f"data.{one.key}" in form.fields
    }
