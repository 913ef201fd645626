"""Different things asked of different projects in one call, each answered for itself."""

import operator
import secrets
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Annotated, Any, Literal

from pydantic import Field

from engine.core.definition import Workflow
from engine.core.errors import ShidianError, UsageError
from web.api.operation import Call, Operation, Reply
from web.api.problems import Problem, of_error
from web.api.schemas import Flag, Text
from web.api.verbs import VERBS, ReceiptShown, done, receipt_shown
from web.rules import Rule

MOST = 200
"""Things asked in one call at most."""


@dataclass(frozen=True, slots=True)
class BulkAsked:
    """Whether only to try."""

    dry_run: Flag = False


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What came of one item: a receipt, or the problem that kept it from being done."""

    verb: str
    project: str
    status: int
    receipt: ReceiptShown | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class ItemOutcomes:
    """What came of each item, in the order asked."""

    items: list[ItemOutcome]


def _item_of(verb: str, kind: type) -> Any:
    """Return the type of one item that asks for a verb."""
    fields: dict[str, Any] = {
        "verb": Literal[verb],
        "project": Text,
        "command": kind,
        "on": date | None,
        "version": Annotated[int, Field(ge=0)] | None,
    }
    said = f"One request; `on` is the day it happened, `version` the ETag's number. {kind.__doc__}"
    held = {"__annotations__": fields, "__doc__": said, "on": None, "version": None}
    return dataclass(frozen=True)(type(f"Item{kind.__name__}", (), held))


ITEM: Any = reduce(operator.or_, [_item_of(verb, kind) for verb, kind in VERBS.items()])
"""One request of any verb; `verb` says which."""

Items = Annotated[
    list[Annotated[ITEM, Field(discriminator="verb")]], Field(min_length=1, max_length=MOST)
]


@dataclass(frozen=True)
class Bulk:
    """The requests, carried out in their order; one that is refused stops no other."""

    items: Items


def bulk(call: Call) -> Reply:
    """Carry out each request in its own transaction, and answer each for itself.

    Raises:
        UsageError: a version is demanded of all: each item has its own.
    """
    if call.version is not None:
        raise UsageError("If-Match: each item has a version of its own", "if_match_many")
    batch = secrets.token_hex(8)
    found = [_outcome(call, place, item, batch) for place, item in enumerate(call.body.items)]
    return Reply(ItemOutcomes(found))


def _outcome(call: Call, place: int, item: Any, batch: str) -> ItemOutcome:
    key = f"{call.key}:{place}:{item.project}" if call.key else None
    workflow: Workflow | None = None
    try:
        workflow = call.desk.queries.project(item.project, org=call.org).workflow
        receipt = done(
            call, item.project, item.command, key, batch, on=item.on, version=item.version
        )
    except ShidianError as error:
        matched = item.version is not None
        problem = of_error(call.say, error, workflow, is_matched=matched)
        return ItemOutcome(item.verb, item.project, problem.status, None, problem)
    shown = receipt_shown(item.project, receipt)
    return ItemOutcome(item.verb, item.project, 200, shown, None)


OPERATIONS = (
    Operation(
        "bulk", "POST", "/bulk", Rule.SIGNED_IN, "act", bulk, ItemOutcomes, query=BulkAsked,
        takes=Bulk, status=207,
    ),
)  # fmt: skip
