"""其他办理: what can be done in a project beside its open tasks, and putting an entry right."""

import secrets
from dataclasses import dataclass
from http import HTTPStatus

from engine.core.commands import Command
from engine.core.decide.turns import Turn
from engine.core.definition import Field
from engine.core.errors import Reason, RefusalError, ShidianError, UnknownObjectError
from engine.core.events import Entry
from engine.core.recurrence import Every
from engine.core.rows import Dated, Party, TaskRow
from engine.services.inbox import Beside, Offer
from engine.services.lifecycle import Ask
from web import asking, failing
from web.asked import Answer, Asked, Go, Page
from web.facing import by_name, name_of, roles
from web.faults import fault, field_of
from web.history import facts_in_words, who_is
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
SECTIONS = ("standing", "raise", "reopen", "bind", "choose_date", "choose_interval")


@dataclass(frozen=True, slots=True)
class Form:
    """One thing that can be done, with what its form needs; `whys` bar it."""

    turn: Turn
    key: str
    name: str
    now: str
    roles: str
    whys: tuple[str, ...]
    fields: tuple[tuple[Field, str], ...]


@ROUTES.get("/p/{code}/more", Rule.SIGNED_IN)
def more(asked: Asked) -> Answer:
    """Show what can be done beside the open tasks."""
    return _page(asked, _beside(asked))


def _beside(asked: Asked) -> Beside:
    return asked.site.desk.inbox.beside(str(asked.at["code"]), asked.visitor.actor())


def _page(asked: Asked, found: Beside, problem: ShidianError | None = None) -> Page:
    forms = [_form(asked, found, offer) for offer in found.offers]
    facts = {
        "project": found.state.project, "version": found.state.version, "typed": asked.form,
        "sections": [
            (name, [form for form in forms if form.turn.verb == name]) for name in SECTIONS
        ],
        "reasons": [
            (one.key, one.name.get(asked.say.locale, one.key))
            for one in found.workflow.reasons.values()
        ],
        "orgs": sorted((org.code, org.name) for org in found.directory.orgs.values()),
        "everies": [every.value for every in Every if every is not Every.UNSET],
        "problem": _said(asked, found, problem), "faulty": field_of(problem),
    }  # fmt: skip
    status = failing.status_of(problem) if problem else HTTPStatus.OK
    return Page("more.html.j2", facts, status.value)


def _said(asked: Asked, found: Beside, problem: ShidianError | None) -> list[str]:
    if isinstance(problem, RefusalError):
        return [asked.say.reason(reason, found.workflow) for reason in problem.reasons]
    return [fault(asked.say, problem)] if problem is not None else []


def _form(asked: Asked, found: Beside, offer: Offer) -> Form:
    say, workflow, turn = asked.say, found.workflow, offer.turn
    task = workflow.tasks.get(turn.part or "") if turn.verb == "raise" else None
    fields = tuple((f, f.name.get(say.locale, f.key)) for f in task.fields) if task else ()
    return Form(
        turn, secrets.token_hex(8), _name(asked, found, turn), _now(asked, found, turn),
        roles(say, workflow, turn), tuple(_why(asked, found, one) for one in offer.reasons), fields,
    )  # fmt: skip


def _name(asked: Asked, found: Beside, turn: Turn) -> str:
    kinds = {"standing": "action", "raise": "task", "bind": "party", "choose_date": "date",
             "choose_interval": "task"}  # fmt: skip
    if turn.verb == "reopen":
        return name_of(asked.say, found.workflow, found.state.row(TaskRow, turn.task))
    return asked.say.name(found.workflow, kinds[turn.verb], turn.part or "")


def _now(asked: Asked, found: Beside, turn: Turn) -> str:
    """Return what a party or a date stands at now."""
    if turn.verb == "bind":
        held = [p for p in found.state.rows(Party) if p.name == turn.part and p.to_on is None]
        return found.directory.org_name(held[-1].org) if held else ""
    if turn.verb == "choose_date":
        dates = [one for one in found.state.rows(Dated) if one.name == turn.part]
        if dates and dates[-1].on:
            return f"{dates[-1].words}·{asked.say.day(dates[-1].on)}"
    return ""


def _why(asked: Asked, found: Beside, reason: Reason) -> str:
    return asked.say.reason(by_name(found.directory, reason), found.workflow)


@ROUTES.post("/p/{code}/more", Rule.SIGNED_IN)
def act(asked: Asked) -> Answer:
    """Do what a form asks; a refusal keeps what was typed."""
    found = _beside(asked)
    code = found.state.project.code
    try:
        n = asking.whole(asked, "n")
        row = found.state.tables.get(TaskRow.table, {}).get(n)
        command = asking.aside_of(asked, row if isinstance(row, TaskRow) else None)
        receipt = asked.site.desk.lifecycle.act(code, _ask(asked, command))
    except ShidianError as error:
        return _page(asked, _beside(asked), error)
    return Go(f"/p/{code}?done={receipt.seq}")


def _ask(asked: Asked, command: Command) -> Ask:
    return Ask(
        command, asked.visitor.actor(), occurred_on=asking.occurred_on(asked),
        expected_version=asking.whole(asked, "version") or None, key=asked.typed("key") or None,
    )  # fmt: skip


@ROUTES.get("/p/{code}/entry/{seq:int}", Rule.SIGNED_IN)
def entry(asked: Asked) -> Answer:
    """Show one entry of a project, with the forms to correct or void it."""
    return _entry_page(asked)


def _entry_page(asked: Asked, problem: ShidianError | None = None) -> Page:
    found, seq = _beside(asked), int(asked.at["seq"])
    code = found.state.project.code
    held = next((e for e in asked.site.desk.audit.history(code) if e.seq == seq), None)
    if held is None:
        raise UnknownObjectError("entry", f"{code}#{seq}")
    facts = {
        "project": found.state.project, "version": found.state.version, "entry": held,
        "what": asked.say.event(held.kind), "lines": _lines(held), "typed": asked.form,
        "who": who_is(asked.say, found.directory, held.post),
        "said": facts_in_words(asked.say, found.workflow, held),
        "problem": _said(asked, found, problem),
    }  # fmt: skip
    status = failing.status_of(problem) if problem else HTTPStatus.OK
    return Page("entry.html.j2", facts, status.value)


def _lines(held: Entry) -> list[tuple[str, str]]:
    """Return the facts of an entry that are set."""
    facts = held.body["facts"]
    return [(key, str(value)) for key, value in facts.items() if value not in (None, [], {})]


@ROUTES.post("/p/{code}/entry/{seq:int}", Rule.SIGNED_IN)
def repair(asked: Asked) -> Answer:
    """Correct or void an entry; the entry itself stays readable."""
    code, seq = str(asked.at["code"]), int(asked.at["seq"])
    _beside(asked)
    try:
        command = asking.repair_of(asked, seq)
        receipt = asked.site.desk.lifecycle.act(code, _ask(asked, command))
    except ShidianError as error:
        return _entry_page(asked, error)
    return Go(f"/p/{code}?done={receipt.seq}")
