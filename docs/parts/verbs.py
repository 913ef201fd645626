"""The verbs of a project and where each is offered: page, API and terminal."""

from collections.abc import Mapping

from cli import PROGRAM
from docs.parts.markdown import code, table
from web.api import OPERATIONS, ROOT
from web.asking import ASIDES, MAKERS, REPAIRS

TERMINAL: Mapping[str, str] = {
    "open": "project open",
    "act": "project act",
    "bind": "project bind",
    "choose_date": "project date",
    "submit": "task submit",
    "accept": "task accept",
    "seal": "task seal",
    "score": "task score",
    "conclude": "task conclude",
    "record": "task record",
    "count": "task count",
    "raise": "task raise",
    "reopen": "task reopen",
    "choose_interval": "project interval",
    "ask_extension": "extension ask",
    "check_extension": "extension check",
    "decide_extension": "extension decide",
    "propose_waiver": "waiver propose",
    "confirm_waiver": "waiver confirm",
    "void": "entry void",
    "correct": "entry correct",
    "confirm_calendar": "calendar confirm",
}
"""What the terminal calls each verb."""


def page_of(verb: str) -> str:
    """Return which page of the desk has a form for a verb, empty where none has."""
    pages = ((MAKERS, "task"), (ASIDES, "further acts"), (REPAIRS, "entry"))
    return next((name for verbs, name in pages if verb in verbs), "")


def offered() -> str:
    """Return every verb with its address in the API, its command and whether a page has a form."""
    rows = [
        (
            code(one.verb), code(f"{one.method} {ROOT}{one.path}"),
            code(f"{PROGRAM} {TERMINAL[one.verb]}"), page_of(one.verb),
        )
        for one in OPERATIONS
        if one.verb is not None and not one.key.startswith("bulk_")
    ]  # fmt: skip
    return table(("Verb", "API", "Terminal", "Page"), rows)


def reads() -> str:
    """Return every operation that reads, with its scope."""
    rows = [
        (code(one.key), code(f"{one.method} {ROOT}{one.path}"), one.rule.value)
        for one in OPERATIONS
        if one.method == "GET"
    ]
    return table(("Operation", "Address", "Rule"), rows)
