"""Rows beside the trail: accounts, sessions, tokens, papers and links; no behaviour."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from engine.storage.columns import UTCDateTime


class Account(SQLModel, table=True):
    """How a person signs in, and how they like the desk; never part of the trail.

    `secret` is an argon2id hash. `totp` is the second factor's secret in Base32, `totp_step` the
    last step of it that was used.
    """

    person: str = Field(primary_key=True)
    name: str
    secret: str | None = Field(default=None, sa_type=Text)
    locale: str
    text_size: str
    keys: bool
    totp: str | None = None
    totp_step: int
    created_at: datetime = Field(sa_type=UTCDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Session(SQLModel, table=True):
    """A person signed in, in one post; `token` is the SHA-256 of what the browser holds.

    A `half` session has given its password and owes the code of its second factor.
    """

    token: bytes = Field(primary_key=True, sa_type=LargeBinary)
    person: str = Field(index=True)
    post: str
    csrf: str
    half: bool
    created_at: datetime = Field(sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime)


class Paper(SQLModel, table=True):
    """A file that was taken in: what it is called and what it is; its bytes lie in the folder."""

    digest: str = Field(primary_key=True)
    name: str
    media_type: str
    size: int
    kept_at: datetime = Field(sa_type=UTCDateTime)
    person: str


class Link(SQLModel, table=True):
    """A link by which one paper is handed in without an account; `token` is a SHA-256."""

    token: bytes = Field(primary_key=True, sa_type=LargeBinary)
    code: str
    task: int
    slot: str | None = None
    post: str
    issued_by: str
    issued_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Knock(SQLModel, table=True):
    """Wrong sign-ins under one name, address or both, counted from `since` on."""

    place: str = Field(primary_key=True)
    n: int
    since: datetime = Field(sa_type=UTCDateTime)
    until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Token(SQLModel, table=True):
    """A program that speaks for a person in a post; `digest` is the SHA-256 of what it holds.

    `scopes` are joined by spaces. A token ends by itself, or when it is revoked.
    """

    __table_args__ = (UniqueConstraint("digest"),)
    id: str = Field(primary_key=True)
    digest: bytes = Field(sa_type=LargeBinary)
    person: str = Field(index=True)
    post: str
    name: str
    scopes: str
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Verification(SQLModel, table=True):
    """The last check of the trail within one scope: `scope` is an org's code, ``*`` for all.

    `done` is the last stream judged; `checkpoint` and `breaks` are JSON.
    """

    scope: str = Field(primary_key=True)
    started_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done: str
    entries: int
    streams: int
    notices: int
    total: int
    root: str
    checkpoint: str | None = Field(default=None, sa_type=Text)
    breaks: str = Field(sa_type=Text)


class Sight(SQLModel, table=True):
    """A notice that a person has opened; for their own list, and shown to nobody else."""

    person: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)


class Feedback(SQLModel, table=True):
    """A complaint or suggestion, numbered as it came; `person` None came without a name."""

    n: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    text: str = Field(sa_type=Text)
    contact: str | None = None
    person: str | None = None
    at: datetime = Field(sa_type=UTCDateTime)


class Webhook(SQLModel, table=True):
    """A system that is told of entries of projects. `kinds` are joined by spaces, empty for all.

    `secret` signs what it is sent, and has to be kept as it is. `from_at` is of the house's
    clock, every other moment of the real one. One worker at a time holds the `claim`.
    """

    id: str = Field(primary_key=True)
    person: str = Field(index=True)
    post: str
    url: str = Field(sa_type=Text)
    kinds: str = Field(sa_type=Text)
    secret: str
    from_at: datetime = Field(sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
    next_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int
    sent: int
    tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answer: str | None = None
    failing_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    stopped_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    stopped_for: str | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    claim: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class WebhookPlace(SQLModel, table=True):
    """The last entry of a stream that a webhook is done with; none yet: see `from_at`."""

    webhook: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    seq: int


class SavedView(SQLModel, table=True):
    """A person's way of looking at the register; `org` is the unit it is shared with.

    `asked` is JSON: filters, columns and order.
    """

    id: str = Field(primary_key=True)
    person: str = Field(index=True)
    org: str | None = Field(default=None, index=True)
    name: str
    asked: str = Field(sa_type=Text)
    changed_at: datetime = Field(sa_type=UTCDateTime)


class OpeningView(SQLModel, table=True):
    """The view with which a person's register opens."""

    person: str = Field(primary_key=True)
    view: str = Field(foreign_key="savedview.id", index=True)
