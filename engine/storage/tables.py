"""SQLModel rows; no behaviour. A test holds the state tables equal to `engine.core.state`."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from engine.storage.columns import LocalDate, UTCDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


def _day() -> date | None:
    return Field(default=None, sa_type=LocalDate)  # type: ignore[no-any-return]  # SQLModel's Field is Any


def _text() -> str | None:
    return Field(default=None, sa_type=Text)  # type: ignore[no-any-return]  # as above


class House(SQLModel, table=True):
    """What the database is: its clock (real or simulated) and its identity."""

    key: str = Field(primary_key=True)
    value: str


class Stream(SQLModel, table=True):
    """A numbered, chained history. `version` counts what makes an open form stale."""

    id: str = Field(primary_key=True)
    kind: str = Field(index=True)
    seq: int
    version: int
    head: bytes = Field(sa_type=LargeBinary)
    at: datetime = Field(sa_type=UTCDateTime)


class Event(SQLModel, table=True):
    """One entry of the trail: `canon` is the fact, the other columns are for finding it."""

    __table_args__ = (
        CheckConstraint("seq > 0", name="seq"),
        CheckConstraint("outcome IN ('ok', 'denied')", name="outcome"),
        Index(None, "recorded_at"),
        Index(None, "actor", "recorded_at"),
    )
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    seq: int = Field(primary_key=True)
    recorded_at: datetime = Field(sa_type=UTCDateTime)
    effective_on: date = Field(sa_type=LocalDate)
    kind: str
    actor: str
    post: str
    org: str
    outcome: str
    deed: str
    canon: str = Field(sa_type=Text)
    leaf: bytes = Field(sa_type=LargeBinary)
    chain: bytes = Field(sa_type=LargeBinary)


class Notice(SQLModel, table=True):
    """A rendered notice, unique by (stream, cause, post), written with the entry that caused it."""

    __table_args__ = (
        UniqueConstraint("stream", "cause", "post"),
        CheckConstraint("status IN ('ready', 'merged', 'undeliverable')", name="status"),
        Index(None, "post", "created_at"),
    )
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    seq: int
    cause: str
    post: str
    org: str
    via: str
    role: str
    absent: str | None = None
    template: str
    rung: str | None = None
    task: int | None = None
    status: str
    locale: str
    subject: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    page: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)


class Idempotency(SQLModel, table=True):
    """The answer to a request that may be repeated, under the key its sender chose."""

    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request: str
    answer: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)


class Worker(SQLModel, table=True):
    """The heartbeat of one scheduler process and its last completed sweep."""

    name: str = Field(primary_key=True)
    beat_at: datetime = Field(sa_type=UTCDateTime)
    swept_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Project(SQLModel, table=True):
    """What runs under a workflow: one row a stream, number 1."""

    __table_args__ = (
        UniqueConstraint("code"),
        Index(None, "parent", "stage"),
    )
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    workflow: str
    digest: str
    code: str
    name: str
    parent: str | None = None
    wave: str | None = None
    stage: str
    standing: str
    visit: int
    opened_on: date | None = _day()
    closed_on: date | None = _day()


class Visit(SQLModel, table=True):
    """One stay in a stage; a stage visited twice has two."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    stage: str
    entered_on: date | None = _day()
    entered_by: str | None = None
    entered_person: str | None = None
    left_on: date | None = _day()
    left_by: str | None = None
    reason: str | None = _text()
    note: str | None = _text()
    items: str | None = _text()


class Pause(SQLModel, table=True):
    """A suspension: counted from `from_on` up to, not including, `to_on`."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    standing: str
    from_on: date | None = _day()
    to_on: date | None = _day()
    reason: str | None = _text()


class Dated(SQLModel, table=True):
    """A date phrase of the source: its words, the chosen reading and who chose it."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    name: str
    words: str = Field(sa_type=Text)
    on: date | None = _day()
    reading: str | None = None
    chosen_by: str | None = None


class Interval(SQLModel, table=True):
    """How often a cadence recurs in this project, where its file leaves that to be chosen."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    key: str
    every: str
    days: int | None = None
    words: str | None = _text()
    on: date | None = _day()
    chosen_by: str


class Party(SQLModel, table=True):
    """An org bound to the project under a name, for a time."""

    __table_args__ = (Index(None, "org"),)
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    name: str
    org: str
    from_on: date | None = _day()
    to_on: date | None = _day()


class Task(SQLModel, table=True):
    """One thing owed: `status` is open, done, waived, lapsed (its stage was left) or ended."""

    __table_args__ = (
        UniqueConstraint("stream", "key", "visit", "period", "ref", "round"),
        CheckConstraint("status IN ('open', 'done', 'waived', 'lapsed', 'ended')", name="status"),
        Index(
            "ix_task_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(None, "status", "due"),
    )
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    key: str
    kind: str
    visit: int
    period: str | None = None
    ref: str | None = None
    round: int
    title: str | None = _text()
    holder: str
    status: str
    opened_on: date | None = _day()
    done_on: date | None = _day()
    outcome: str | None = None
    given_due: date | None = _day()
    given_days: int | None = None
    words: str | None = _text()
    original_due: date | None = _day()
    due: date | None = _day()
    provisional: bool
    calendar: str | None = None
    term: int
    rung: int
    waiting: str | None = None
    waits_from_on: date | None = _day()
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    carried: int | None = None
    data: str | None = _text()
    counts_on: date | None = _day()


class Part(SQLModel, table=True):
    """A piece of a task: a paper, a seal, a score, a step, a head-count."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    task: int
    kind: str
    key: str
    post: str
    person: str
    org: str | None = None
    verdict: str | None = None
    value: str | None = None
    doc_no: str | None = None
    digest: str | None = None
    note: str | None = _text()
    on: date | None = _day()
    seq: int
    void: bool
    data: str | None = _text()
    counts_on: date | None = _day()


class Extension(SQLModel, table=True):
    """An extension asked for, and what became of it."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    task: int
    asked_on: date | None = _day()
    asked_by: str
    asked_person: str
    reason: str = Field(sa_type=Text)
    wanted_days: int
    unit: str
    was_due: date | None = _day()
    decided_on: date | None = _day()
    decided_by: str | None = None
    decision: str | None = None
    days: int
    why: str | None = _text()
    wanted_on: date | None = _day()
    checked_on: date | None = _day()
    checked_by: str | None = None
    checked_person: str | None = None
    check_note: str | None = _text()


class Waiver(SQLModel, table=True):
    """A waiver of a task: proposed by one person, confirmed by another."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    task: int
    reason: str = Field(sa_type=Text)
    proposed_by: str
    proposed_person: str
    proposed_on: date | None = _day()
    confirmed_by: str | None = None
    confirmed_on: date | None = _day()


class Org(SQLModel, table=True):
    """A unit: city bureau, county bureau, community, agency, third party."""

    __table_args__ = (UniqueConstraint("code"),)
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    code: str
    name: str
    kind: str
    parent: str | None = None
    division: str | None = None
    uscc: str | None = None
    real: bool
    from_on: date | None = _day()
    to_on: date | None = _day()
    lead: str | None = None


class Post(SQLModel, table=True):
    """A post in an org; `roles` are role keys joined by spaces."""

    __table_args__ = (UniqueConstraint("code"),)
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    code: str
    org: str
    name: str
    roles: str = Field(sa_type=Text)
    from_on: date | None = _day()
    to_on: date | None = _day()
    deputy: str | None = None
    absence: str | None = None
    absent_from_on: date | None = _day()
    absent_to_on: date | None = _day()


class Mandate(SQLModel, table=True):
    """A person in a post for a time; `acting` marks one who stands in for its holder."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    person: str = Field(index=True)
    post: str
    acting: bool
    from_on: date | None = _day()
    to_on: date | None = _day()


class RoleChange(SQLModel, table=True):
    """A change of roles that one security administrator proposes and another one confirms."""

    __tablename__ = "rolechange"
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    kind: str
    post: str
    person: str | None = None
    roles: str | None = _text()
    status: str
    proposed_by: str
    proposed_on: date | None = _day()
    decided_by: str | None = None
    decided_on: date | None = _day()


class Published(SQLModel, table=True):
    """A workflow or calendar arrangement as published: its exact text under its digest."""

    __table_args__ = (UniqueConstraint("digest"),)
    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    kind: str
    key: str
    version: str
    digest: str
    text: str = Field(sa_type=Text)
    published_on: date | None = _day()


class Programme(SQLModel, table=True):
    """What a notice starts."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    code: str
    name: str
    issuer: str
    issued_on: date | None = _day()


class Wave(SQLModel, table=True):
    """The communities that start together, and their dates as a canonical JSON object."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    code: str
    name: str
    workflow: str
    opens_on: date | None = _day()
    dates: str = Field(sa_type=Text)


class Target(SQLModel, table=True):
    """An indicator of the programme: how many by when, and how it is measured."""

    stream: str = Field(primary_key=True, foreign_key="stream.id")
    n: int = Field(primary_key=True)
    code: str
    words: str = Field(sa_type=Text)
    by: date | None = _day()
    count: int | None = None
    soft: bool
    stage: str | None = None
    party: str | None = None
    denominator: str | None = None
