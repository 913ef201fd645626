"""What a person or the clock may ask of a project: one frozen value per request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Target:
    """Which task is meant: by key, and by period or reference where several share the key."""

    key: str
    period: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date of the source with the chosen reading; `on` None is an undated phrase."""

    words: str
    on: date | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Open a project of the newest version of a workflow: its parties and dates by name."""

    code: str
    name: str
    parties: Mapping[str, str]
    dates: Mapping[str, Phrase] = field(default_factory=dict)
    parent: str | None = None
    wave: str | None = None
    workflow: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Perform an action of a stage or of the standing.

    A return names the tasks to do again in `items`; none means all of the stage.
    """

    action: str
    reason: str | None = None
    note: str | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document given as evidence: number, title, SHA-256 digest (64 hex digits) where kept."""

    doc_no: str | None = None
    title: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand in one slot of a deliverable."""

    task: Target
    slot: str | None
    paper: Paper


@dataclass(frozen=True, slots=True)
class Accept:
    """Accept a complete deliverable, or send it back with a note."""

    task: Target
    accepted: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """Enter one or more parties' seals; one document may carry several.

    `verdict` is ``consent`` | ``conditional`` | ``refuse`` | ``abstain``.
    """

    task: Target
    parties: tuple[str, ...]
    verdict: str
    paper: Paper = Paper()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Give a panel score (a decimal as text, 0 to 100), or recuse oneself."""

    task: Target
    value: str | None
    recused: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Conclude:
    """Close a panel review: the verdict follows from the scores; `verdict` None takes it.

    ``revise`` asks for another round whatever the scores say, with a note.
    """

    task: Target
    verdict: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Record the next step of a record task, or an extra entry of a period already met."""

    task: Target
    data: Mapping[str, str] = field(default_factory=dict)
    step: str | None = None
    org: str | None = None
    paper: Paper = Paper()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Report heads towards a quota for one bound party."""

    task: Target
    party: str
    value: int
    note: str | None = None
    paper: Paper = Paper()


@dataclass(frozen=True, slots=True)
class Raise:
    """Open an ad-hoc task (an issue, a tranche) under a reference of its own.

    `due` fixes its day; otherwise `days` working days count from the day it happened. Of what
    recurs on days that people name, the reference is the day, as ``2018-03-16``.
    """

    key: str
    ref: str
    title: str
    due: date | None = None
    days: int | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """Reopen a closed task as a new round; the first closure stays on record."""

    task: Target
    note: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class AskExtension:
    """Ask for `days` more before the task or stage falls due, or for another day, `until`."""

    task: Target
    days: int
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class CheckExtension:
    """Pass a request for more time on to whoever decides, or send it back with a reason."""

    task: Target
    passed: bool = True
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DecideExtension:
    """Grant `days` or another day, `until`; or refuse, with a reason."""

    task: Target
    granted: bool
    days: int = 0
    why: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ProposeWaiver:
    """Propose that a task need not be met."""

    task: Target
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmWaiver:
    """Confirm a proposed waiver, as a second person."""

    task: Target


@dataclass(frozen=True, slots=True)
class Bind:
    """Bind an org to the project under a party name, or end the binding with `org` None."""

    party: str
    org: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ChooseDate:
    """Choose or change the reading of a named date."""

    name: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class ChooseInterval:
    """Choose how often a task recurs, where the workflow leaves that to each project.

    `every` is ``month`` | ``quarter`` | ``half_year`` | ``year`` | ``ad_hoc`` | ``days``, the last
    with the number of `days`.
    """

    task: str
    every: str
    days: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Void:
    """Mark the parts that an entry added as entered by mistake; they stay readable."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Correct:
    """Put right values that an entry gave: ``value``, ``doc_no``, ``note`` or ``on``."""

    seq: int
    values: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmCalendar:
    """Count the open deadlines anew with the calendar known now: until then they stand."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The clock's request: do what has fallen due by now."""


Command = (
    Open | Act | Submit | Accept | Seal | Score | Conclude | Record | Count | Raise | Reopen
    | AskExtension | CheckExtension | DecideExtension | ProposeWaiver | ConfirmWaiver
    | Bind | ChooseDate | ChooseInterval | Void | Correct | ConfirmCalendar | Tick
)  # fmt: skip
