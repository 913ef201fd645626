"""The verbs of a project and where each is offered: page, API and terminal."""

from collections.abc import Mapping

from cli import PROGRAM
from docs.parts.markdown import code, table
from web.api import OPERATIONS, ROOT
from web.asking import MAKERS

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
    "ask_extension": "extension ask",
    "decide_extension": "extension decide",
    "propose_waiver": "waiver propose",
    "confirm_waiver": "waiver confirm",
    "void": "entry void",
    "correct": "entry correct",
}
"""What the terminal calls each verb."""


def offered() -> str:
    """Return every verb with its address in the API, its command and whether a page has a form."""
    rows = [
        (
            code(one.verb), code(f"{one.method} {ROOT}{one.path}"),
            code(f"{PROGRAM} {TERMINAL[one.verb]}"), "form" if one.verb in MAKERS else "",
        )
        for one in OPERATIONS
        if one.verb is not None and not one.key.startswith("bulk_")
    ]  # fmt: skip
    return table(("Verb", "API", "Terminal", "Page of a task"), rows)


def reads() -> str:
    """Return every operation that reads, with its scope."""
    rows = [
        (code(one.key), code(f"{one.method} {ROOT}{one.path}"), one.rule.value)
        for one in OPERATIONS
        if one.method == "GET"
    ]
    return table(("Operation", "Address", "Rule"), rows)
