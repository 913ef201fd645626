"""What can be done with an open item, as forms: each turn with its fields, or why it is barred."""

import secrets
from dataclasses import dataclass

from engine.core.decide.turns import Turn
from engine.core.definition import Field, ReasonPolicy, TaskKind
from engine.core.errors import Reason
from engine.core.rows import Grant, Part, Waiver
from engine.services.inbox import Offer, Opened
from templates.words import Words
from web.asked import Asked
from web.facing import by_name, part_name, roles, turn_name

OWN_PAGE = ("ask_extension", "propose_waiver")
"""Turns that are set out below the others, folded: they do not move the item on."""


@dataclass(frozen=True, slots=True)
class Form:
    """A turn as a form. `whys` are the sentences that bar it, with who can lift each."""

    turn: Turn
    key: str
    name: str
    part: str
    roles: str
    whys: tuple[str, ...]
    fields: tuple[tuple[Field, str], ...]
    choices: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    needs_note: bool
    needs_paper: bool
    binds: bool
    said: str

    @property
    def is_free(self) -> bool:
        """Whether the turn may be taken now."""
        return not self.whys


def offers_of(asked: Asked, opened: Opened) -> list[Form]:
    """Return every turn of an item, those that may be taken first."""
    forms = [_form(asked, opened, offer) for offer in opened.offers]
    return sorted(forms, key=lambda form: (not form.is_free, not form.turn.is_main))


def _form(asked: Asked, opened: Opened, offer: Offer) -> Form:
    say, workflow, turn = asked.say, opened.workflow, offer.turn
    return Form(
        turn, secrets.token_hex(8), turn_name(say, workflow, opened.row, turn),
        part_name(say, workflow, opened.row, turn), roles(say, workflow, turn),
        tuple(why(say, opened, reason) for reason in offer.reasons), _fields(say, opened, turn),
        _choices(say, opened, turn), _items(say, opened, turn), _needs_note(opened, turn),
        _needs_paper(opened, turn, asked), _binds(opened, turn), _said(say, opened, turn),
    )  # fmt: skip


def why(say: Words, opened: Opened, reason: Reason) -> str:
    """Return a reason with who can lift it, as one line."""
    named = by_name(opened.directory, reason)
    sentence = say.reason(named, opened.workflow)
    lift = say.lift(named, opened.workflow)
    return say.say("why.lift", why=sentence, lift=lift) if lift else sentence


def _fields(say: Words, opened: Opened, turn: Turn) -> tuple[tuple[Field, str], ...]:
    if turn.verb != "record":
        return ()
    task = opened.workflow.tasks[opened.row.key]
    return tuple((field, field.name.get(say.locale, field.key)) for field in task.fields)


def _choices(say: Words, opened: Opened, turn: Turn) -> tuple[tuple[str, str], ...]:
    if turn.verb != "act":
        return ()
    action = opened.workflow.actions[turn.part or ""]
    if action.reason is not ReasonPolicy.CODED:
        return ()
    reasons = opened.workflow.reasons.values()
    return tuple((one.key, one.name.get(say.locale, one.key)) for one in reasons)


def _items(say: Words, opened: Opened, turn: Turn) -> tuple[tuple[str, str], ...]:
    """Return the tasks that a return may name to be done again."""
    if turn.verb != "act" or turn.is_main:
        return ()
    stage = opened.workflow.actions[turn.part or ""].to
    tasks = [task for task in opened.workflow.tasks.values() if task.stage == stage]
    return tuple((task.key, task.name.get(say.locale, task.key)) for task in tasks)


def _needs_note(opened: Opened, turn: Turn) -> bool:
    if turn.verb == "act":
        return opened.workflow.actions[turn.part or ""].reason is ReasonPolicy.FREE
    return turn.verb in ("ask_extension", "propose_waiver")


def _needs_paper(opened: Opened, turn: Turn, asked: Asked) -> bool:
    """Whether a consent is entered on somebody's behalf, from their paper: then it has a number."""
    if turn.verb != "seal":
        return False
    seal = opened.workflow.tasks[opened.row.key].seal
    party = next((p for p in seal.parties if p.key == turn.part), None) if seal else None
    mine = asked.visitor.post.roles.split()
    return party is not None and party.role not in mine


def _binds(opened: Opened, turn: Turn) -> bool:
    is_record = turn.verb == "record" and opened.row.kind == TaskKind.RECORD
    return is_record and opened.workflow.tasks[opened.row.key].binds is not None


def _said(say: Words, opened: Opened, turn: Turn) -> str:
    """Return what was asked for by another, where a turn answers it."""
    if turn.verb in ("check_extension", "decide_extension"):
        asked = [g for g in opened.state.rows(Grant) if g.task == opened.row.n][-1]
        return say.say("offer.extension", days=asked.wanted_days, why=asked.reason)
    if turn.verb == "confirm_waiver":
        asked_for = [w for w in opened.state.rows(Waiver) if w.task == opened.row.n][-1]
        return say.say("offer.waiver", why=asked_for.reason)
    if turn.verb == "accept":
        papers = [p for p in opened.state.rows(Part) if p.task == opened.row.n and not p.void]
        named = [p.doc_no or p.note or say.name(opened.workflow, "slot", p.key) for p in papers]
        return say.say("offer.papers", papers=say.listing(named))
    return ""


def days_wanted(opened: Opened) -> int:
    """Return how many days are asked for now, 0 when none are."""
    asked = [g for g in opened.state.rows(Grant) if g.task == opened.row.n and not g.decision]
    return asked[-1].wanted_days if asked else 0
