"""Why something was told, and why nothing is, on the terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from cli import output
from cli.deadline_page import day
from cli.forms import OFFICE
from engine.core.deadlines import local_day
from engine.core.opening import label
from engine.services.telling import Step, Told, Watch
from templates.words import Words

NOBODY = "nobody:"
BRIEF = ("n", "seq", "cause", "rung", "status", "post", "org", "template", "subject")


def _brief(notice: Mapping[str, Any]) -> dict[str, Any]:
    return {"created_at": notice["created_at"], **{key: notice[key] for key in BRIEF}}


def told_data(found: Told) -> dict[str, Any]:
    """Return why a notice was sent, for JSON."""
    rung, row = found.rung, found.row
    return {
        "project": found.project.code, **_brief(found.notice),
        "nobody": found.notice["post"].startswith(NOBODY),
        "task": label(row) if row is not None else None,
        "rule": None if rung is None else {
            "days": rung.days, "to": list(rung.to), "template": rung.template, "on": found.day,
            "provisional": found.is_provisional,
        },
        "entry": {"seq": found.entry.seq, "kind": found.entry.kind, "post": found.entry.post,
                  "actor": found.entry.actor, "recorded_at": found.entry.recorded_at},
    }  # fmt: skip


def told(say: Words, found: Told) -> RenderableType:
    """Return why a notice was sent: what told it, by which rule, to whom."""
    notice, row = found.notice, found.row
    pairs: list[tuple[str, object]] = [
        ("date", local_day(notice["created_at"], OFFICE)), ("why", _cause(say, found)),
        ("rule", _rule(say, found)), ("holder", _addressee(say, found)),
        ("status", say.say(f"notice_status.{notice['status']}")),
        ("record", say.say("line.entry_of", seq=found.entry.seq,
                           kind=say.event(found.entry.kind), post=found.entry.post)),
    ]  # fmt: skip
    if row is not None:
        pairs.insert(1, ("task", say.label(found.workflow, label(row), row.title)))
    facts = output.facts((say.say(f"head.{key}"), value) for key, value in pairs if value)
    return Group(Text(notice["subject"], "bold"), facts)


def _cause(say: Words, found: Told) -> str:
    kind = str(found.notice["cause"]).partition(":")[0]
    if kind == "rung" and found.notice["status"] == "merged":
        return say.say("cause.merged")
    return say.say(f"cause.{kind}" if say.has(f"cause.{kind}") else "cause.event")


def _rule(say: Words, found: Told) -> str | None:
    if found.rung is None:
        return None
    name = say.name(found.workflow, "rung", found.rung.key)
    return _days(say, name, found.rung.days, day(say, found.day, found.is_provisional))


def _days(say: Words, name: str, days: int, on: str) -> str:
    if days < 0:
        return say.say("line.rung_before", name=name, n=-days, on=on)
    return say.say("line.rung_after" if days else "line.rung_on", name=name, n=days, on=on)


def _addressee(say: Words, found: Told) -> str:
    post = str(found.notice["post"])
    if post.startswith(NOBODY):
        who = say.name(found.workflow, "role", post.removeprefix(NOBODY))
        return say.say("line.told_nobody", who=who)
    return f"{post}  {found.notice['org']}"


def watch_data(found: Watch) -> dict[str, Any]:
    """Return what the clock does for a task, for JSON."""
    row = found.row
    return {
        "project": found.project.code, "task": label(row), "status": row.status, "due": row.due,
        "provisional": row.provisional, "waiting": row.waiting, "silence": found.silence,
        "next_at": found.next_at,
        "steps": [
            {"rung": step.rung.key, "days": step.rung.days, "on": step.day,
             "provisional": step.is_provisional,
             "passed": step.is_passed,
             "to": [{"role": role, "posts": list(posts)} for role, posts in step.to],
             "notices": [_brief(each) for each in step.notices]}
            for step in found.steps
        ],
        "others": [_brief(each) for each in found.others],
    }  # fmt: skip


def watch(say: Words, found: Watch) -> RenderableType:
    """Return what the clock has told of a task, what comes next, and why it is silent now."""
    row = found.row
    name = say.label(found.workflow, label(row), row.title)
    parts: list[RenderableType] = [
        Group(Text(f"{found.project.code}  {name}", "bold"), _silence(say, found))
    ]
    if found.steps:
        heads = [say.say(f"head.{key}") for key in ("rung", "date", "state", "holder", "notice")]
        rows = [_step(say, found, step) for step in found.steps]
        parts.append(output.table(heads, rows, whole=(0, 1)))
    if found.others:
        rows = [(each["n"], local_day(each["created_at"], OFFICE), each["post"], each["subject"])
                for each in found.others]  # fmt: skip
        heads = [say.say(f"head.{key}") for key in ("notice", "date", "post", "subject")]
        parts.append(output.titled(say.say("line.told_besides"), output.table(heads, rows)))
    return output.apart(parts)


def _silence(say: Words, found: Watch) -> str:
    row = found.row
    facts: dict[str, object] = {"status": say.say(f"status.{row.status}")}
    if found.next_at is not None:
        facts["next"] = local_day(found.next_at, found.workflow.timezone)
    if row.waiting and row.waiting != "extension":
        facts["who"] = say.name(found.workflow, "role", row.waiting)
    return say.say(f"silence.{found.silence}", **facts)


def _step(say: Words, found: Watch, step: Step) -> tuple[object, ...]:
    state = say.say(f"passed.{'done' if step.is_passed else 'to_come'}")
    to = say.listing(_holders(say, found, role, posts) for role, posts in step.to)
    numbers = say.listing(str(each["n"]) for each in step.notices)
    return (
        say.name(found.workflow, "rung", step.rung.key),
        day(say, step.day, step.is_provisional),
        state,
        to,
        numbers,
    )


def _holders(say: Words, found: Watch, role: str, posts: tuple[str, ...]) -> str:
    who = say.name(found.workflow, "role", role)
    if not posts:
        return say.say("line.told_nobody", who=who)
    return say.say("line.role_posts", who=who, posts=" ".join(posts))
