"""The columns of the register: their titles, and what stands in them; one list for every way out.

What a workflow calls its parties and dates are columns too, so that no name stands here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bootstrap import Desk
from engine.core.context import dated, parties
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.filled import DATE, PARTY, columns_of
from engine.core.lamps import Lamp
from engine.core.state import Draft
from engine.services.board import BoardRow
from engine.services.queries import Detail
from templates.facts import due_day
from templates.words import Words

FIXED = (
    "code", "name", "region", "wave", "workflow", "stage", "standing", "lamp", "reason", "due",
    "holder", "opened_on", "closed_on",
)  # fmt: skip
USUAL = ("lamp", "name", "region", "stage", "due", "holder")
"""What the page shows where nobody chose."""

AFTER = ("workflow", "stage", "standing", "lamp", "reason", "due", "holder", "opened_on")
"""What a file says of a project beside what it was opened with."""


def titles(say: Words, workflows: Iterable[Workflow]) -> dict[str, str]:
    """Return the titles of all columns by key: the fixed ones, then parties and dates."""
    found = {key: say.say(f"register.col_{key}") for key in FIXED}
    for workflow in workflows:
        for key in columns_of(workflow):
            kind, _, name = key.partition(".")
            if name:
                found.setdefault(key, say.name(workflow, kind, name))
    return found


def chosen(given: str, known: Iterable[str], usual: Sequence[str]) -> list[str]:
    """Return the columns that a text names by commas, those that there are; else the usual."""
    held, wanted = set(known), [key for key in given.split(",") if key]
    found = [key for key in dict.fromkeys(wanted) if key in held]
    return found or list(usual)


def usual_of_file(workflows: Iterable[Workflow]) -> list[str]:
    """Return the columns of a file: all that a project is opened with, then how it stands."""
    keys = [key for workflow in workflows for key in columns_of(workflow)]
    return list(dict.fromkeys([*(keys or FIXED[:4]), *AFTER]))


def needs_detail(keys: Iterable[str]) -> bool:
    """Return whether some column shows what only the project's own rows tell."""
    return any(key.startswith((PARTY, DATE)) for key in keys)


class Cells:
    """What stands in the cells of projects, in one language."""

    def __init__(self, desk: Desk, say: Words) -> None:
        self._say = say
        self._waves = {wave.code: wave.name for wave in desk.queries.waves()}
        self._directory: Directory = desk.people.directory()
        counted = Counter(org.name for org in self._directory.orgs.values())
        self._double = {name for name, n in counted.items() if n > 1}

    def of(
        self, keys: Sequence[str], row: BoardRow, detail: Detail | None
    ) -> list[str | date | None]:
        """Return the cells of a project, in the order of the columns."""
        held = self._fixed(row)
        if detail is not None:
            held = {**held, **self._own(detail)}
        return [held.get(key) for key in keys]

    def _org(self, code: str | None) -> str | None:
        """Return an org's name; its code where several have that name."""
        name = self._directory.org_name(code) if code else None
        return code if name in self._double else name

    def _fixed(self, row: BoardRow) -> dict[str, str | date | None]:
        say, project, lamp, workflow = self._say, row.project, row.lamp, row.workflow
        return {
            "code": project.code, "name": project.name, "region": self._org(project.parent),
            "wave": self._waves.get(project.wave or "", project.wave),
            "workflow": workflow.name[say.locale],
            "stage": say.name(workflow, "stage", project.stage),
            "standing": say.name(workflow, "standing", project.standing),
            "lamp": say.light(lamp), "reason": say.lamp(lamp, workflow), "due": _due(say, lamp),
            "holder": say.name(workflow, "role", lamp.holder) if lamp.holder else None,
            "opened_on": project.opened_on, "closed_on": project.closed_on,
        }  # fmt: skip

    def _own(self, detail: Detail) -> Mapping[str, str | date | None]:
        draft = Draft(detail.state)
        found: dict[str, str | date | None] = {
            f"{PARTY}{name}": self._org(org) for name, org in parties(draft).items()
        }
        for name in detail.workflow.dates:
            row = dated(draft, name)
            if row is not None:
                found[f"{DATE}{name}"] = row.on or row.words
        return found


def _due(say: Words, lamp: Lamp) -> str | date | None:
    """Return a due day; a provisional one as a text that says so, in a file too."""
    if lamp.due is None or not lamp.provisional:
        return lamp.due
    return due_day(say, lamp.due, provisional=True)
