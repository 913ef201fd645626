"""The rows of a stream: one frozen class a table, the same columns as the database has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a stream; `n` is its number within its table and stream, from 1."""

    table: ClassVar[str] = ""
    n: int


@dataclass(frozen=True, slots=True)
class Project(Row):
    """What runs under a workflow: one row a stream, number 1."""

    table: ClassVar[str] = "project"
    workflow: str = ""
    digest: str = ""
    code: str = ""
    name: str = ""
    parent: str | None = None
    wave: str | None = None
    stage: str = ""
    standing: str = "active"
    visit: int = 0
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Visit(Row):
    """One stay in a stage; a stage visited twice has two."""

    table: ClassVar[str] = "visit"
    stage: str = ""
    entered_on: date | None = None
    entered_by: str | None = None
    entered_person: str | None = None
    left_on: date | None = None
    left_by: str | None = None
    reason: str | None = None
    note: str | None = None
    items: str | None = None


@dataclass(frozen=True, slots=True)
class Pause(Row):
    """A suspension: counted from `from_on` up to, not including, `to_on`."""

    table: ClassVar[str] = "pause"
    standing: str = ""
    from_on: date | None = None
    to_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Dated(Row):
    """A date phrase of the source: its words, the chosen reading and who chose it."""

    table: ClassVar[str] = "dated"
    name: str = ""
    words: str = ""
    on: date | None = None
    reading: str | None = None
    chosen_by: str | None = None


@dataclass(frozen=True, slots=True)
class ChosenInterval(Row):
    """How often a cadence recurs in this project, where its file leaves that to be chosen.

    `key` is the task's, `every` and `days` are as in the definition, `on` is the day from which
    it holds.
    """

    table: ClassVar[str] = "interval"
    key: str = ""
    every: str = ""
    days: int | None = None
    words: str | None = None
    on: date | None = None
    chosen_by: str = ""


@dataclass(frozen=True, slots=True)
class Party(Row):
    """An org bound to the project under a name, for a time."""

    table: ClassVar[str] = "party"
    name: str = ""
    org: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskRow(Row):
    """One thing owed: `status` is open, done, waived, lapsed (its stage was left) or ended.

    `counts_on` is the day that what was done counts for, where it came after close of business.
    `next_at` is the earliest UTC moment at which the clock has something to do for it, None
    while done, paused or waiting. `rung` counts the rungs passed in the present `term`.
    `waiting` is the role whose turn it is in place of the holder's, or ``extension`` while a
    request for time is open; `waits_from_on` is the day since when.
    """

    table: ClassVar[str] = "task"
    key: str = ""
    kind: str = ""
    visit: int = 0
    period: str | None = None
    ref: str | None = None
    round: int = 1
    title: str | None = None
    holder: str = ""
    status: str = "open"
    opened_on: date | None = None
    done_on: date | None = None
    outcome: str | None = None
    given_due: date | None = None
    given_days: int | None = None
    words: str | None = None
    original_due: date | None = None
    due: date | None = None
    provisional: bool = False
    calendar: str | None = None
    term: int = 0
    rung: int = 0
    waiting: str | None = None
    waits_from_on: date | None = None
    next_at: datetime | None = None
    carried: int | None = None
    data: str | None = None
    counts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Part(Row):
    """A piece of a task: a paper, a seal, a score, a step, a head-count.

    `counts_on` is the day it counts for, where it was given after close of business on `on`.
    """

    table: ClassVar[str] = "part"
    task: int = 0
    kind: str = ""
    key: str = ""
    post: str = ""
    person: str = ""
    org: str | None = None
    verdict: str | None = None
    value: str | None = None
    doc_no: str | None = None
    digest: str | None = None
    note: str | None = None
    on: date | None = None
    seq: int = 0
    void: bool = False
    data: str | None = None
    counts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Grant(Row):
    """An extension asked for, and what became of it.

    `wanted_on` is the day asked for, where a day was; `was_due` the one then current. `decision` is
    granted, refused or sent_back.
    """

    table: ClassVar[str] = "extension"
    task: int = 0
    asked_on: date | None = None
    asked_by: str = ""
    asked_person: str = ""
    reason: str = ""
    wanted_days: int = 0
    unit: str = "working_day"
    was_due: date | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    decision: str | None = None
    days: int = 0
    why: str | None = None
    wanted_on: date | None = None
    checked_on: date | None = None
    checked_by: str | None = None
    checked_person: str | None = None
    check_note: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver(Row):
    """A waiver of a task: proposed by one person, confirmed by another."""

    table: ClassVar[str] = "waiver"
    task: int = 0
    reason: str = ""
    proposed_by: str = ""
    proposed_person: str = ""
    proposed_on: date | None = None
    confirmed_by: str | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Org(Row):
    """A unit: city bureau, county bureau, community, agency, third party.

    `lead` is the post that heads it, told where a post below finds nobody.
    """

    table: ClassVar[str] = "org"
    code: str = ""
    name: str = ""
    kind: str = ""
    parent: str | None = None
    division: str | None = None
    uscc: str | None = None
    real: bool = False
    from_on: date | None = None
    to_on: date | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Post(Row):
    """A post in an org; `roles` are role keys joined by spaces.

    `deputy` is the post that stands in for it. `absence` is ``vacant`` (nobody holds it) or
    ``leave``, from `absent_from_on` to `absent_to_on`, both included; no end means until recalled.
    """

    table: ClassVar[str] = "post"
    code: str = ""
    org: str = ""
    name: str = ""
    roles: str = ""
    from_on: date | None = None
    to_on: date | None = None
    deputy: str | None = None
    absence: str | None = None
    absent_from_on: date | None = None
    absent_to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Mandate(Row):
    """A person in a post for a time; `acting` marks one who stands in for its holder."""

    table: ClassVar[str] = "mandate"
    person: str = ""
    post: str = ""
    acting: bool = False
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class RoleChange(Row):
    """A change of roles, proposed by one security administrator and decided by another.

    `kind` is ``roles`` (the post's roles become `roles`), ``appoint`` or ``relieve`` (of
    `person`, an administrator). `status` is ``proposed`` | ``confirmed`` | ``refused``.
    """

    table: ClassVar[str] = "rolechange"
    kind: str = ""
    post: str = ""
    person: str | None = None
    roles: str | None = None
    status: str = ""
    proposed_by: str = ""
    proposed_on: date | None = None
    decided_by: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Published(Row):
    """A workflow or calendar arrangement as published: its exact text under its digest."""

    table: ClassVar[str] = "published"
    kind: str = ""
    key: str = ""
    version: str = ""
    digest: str = ""
    text: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Programme(Row):
    """What a notice starts."""

    table: ClassVar[str] = "programme"
    code: str = ""
    name: str = ""
    issuer: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wave(Row):
    """The communities that start together, and their dates as a canonical JSON object."""

    table: ClassVar[str] = "wave"
    code: str = ""
    name: str = ""
    workflow: str = ""
    opens_on: date | None = None
    dates: str = "{}"


@dataclass(frozen=True, slots=True)
class Target(Row):
    """An indicator of the programme: how many by when, and how it is measured."""

    table: ClassVar[str] = "target"
    code: str = ""
    words: str = ""
    by: date | None = None
    count: int | None = None
    soft: bool = False
    stage: str | None = None
    party: str | None = None
    denominator: str | None = None


TABLES: tuple[type[Row], ...] = (
    Project, Visit, Pause, Dated, ChosenInterval, Party, TaskRow, Part, Grant, Waiver,
    Org, Post, Mandate, RoleChange, Published, Programme, Wave, Target,
)  # fmt: skip
BY_NAME: Mapping[str, type[Row]] = {row.table: row for row in TABLES}
