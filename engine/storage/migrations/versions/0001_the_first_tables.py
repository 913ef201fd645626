"""The first tables.

For an empty database; there are no rows before it.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage import guards
from engine.storage.columns import LocalDate, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "house",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_house")),
    )
    op.create_table(
        "idempotency",
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_idempotency")),
    )
    op.create_table(
        "stream",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream")),
    )
    with op.batch_alter_table("stream", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stream_kind"), ["kind"], unique=False)

    op.create_table(
        "worker",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("beat_at", UTCDateTime(), nullable=False),
        sa.Column("swept_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worker")),
    )
    op.create_table(
        "dated",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("on", LocalDate(), nullable=True),
        sa.Column("reading", sa.String(), nullable=True),
        sa.Column("chosen_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_dated_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_dated")),
    )
    op.create_table(
        "event",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("effective_on", LocalDate(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("canon", sa.Text(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("outcome IN ('ok', 'denied')", name=op.f("ck_event_outcome")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_event_seq")),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_event_stream")),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_actor_recorded_at"), ["actor", "recorded_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_recorded_at"), ["recorded_at"], unique=False)

    op.create_table(
        "extension",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("asked_on", LocalDate(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_person", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wanted_days", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("was_due", LocalDate(), nullable=True),
        sa.Column("decided_on", LocalDate(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("wanted_on", LocalDate(), nullable=True),
        sa.Column("checked_on", LocalDate(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=True),
        sa.Column("checked_person", sa.String(), nullable=True),
        sa.Column("check_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_extension_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_extension")),
    )
    op.create_table(
        "interval",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("on", LocalDate(), nullable=True),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_interval_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_interval")),
    )
    op.create_table(
        "notice",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("absent", sa.String(), nullable=True),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=True),
        sa.Column("task", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('ready', 'merged', 'undeliverable')", name=op.f("ck_notice_status")
        ),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_notice_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_notice")),
        sa.UniqueConstraint("stream", "cause", "post", name=op.f("uq_notice_stream_cause_post")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice_post_created_at"), ["post", "created_at"], unique=False
        )

    op.create_table(
        "org",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("division", sa.String(), nullable=True),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("real", sa.Boolean(), nullable=False),
        sa.Column("from_on", LocalDate(), nullable=True),
        sa.Column("to_on", LocalDate(), nullable=True),
        sa.Column("lead", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_org_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_org")),
        sa.UniqueConstraint("code", name=op.f("uq_org_code")),
    )
    op.create_table(
        "part",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("org", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("doc_no", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("on", LocalDate(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("counts_on", LocalDate(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_part_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_part")),
    )
    op.create_table(
        "party",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("from_on", LocalDate(), nullable=True),
        sa.Column("to_on", LocalDate(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_party_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_party")),
    )
    op.create_table(
        "pause",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("from_on", LocalDate(), nullable=True),
        sa.Column("to_on", LocalDate(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_pause_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_pause")),
    )
    op.create_table(
        "post",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("org", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("from_on", LocalDate(), nullable=True),
        sa.Column("to_on", LocalDate(), nullable=True),
        sa.Column("deputy", sa.String(), nullable=True),
        sa.Column("absence", sa.String(), nullable=True),
        sa.Column("absent_from_on", LocalDate(), nullable=True),
        sa.Column("absent_to_on", LocalDate(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_post_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_post")),
        sa.UniqueConstraint("code", name=op.f("uq_post_code")),
    )
    op.create_table(
        "programme",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued_on", LocalDate(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_programme_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_programme")),
    )
    op.create_table(
        "project",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("wave", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("opened_on", LocalDate(), nullable=True),
        sa.Column("closed_on", LocalDate(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_project_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_project")),
        sa.UniqueConstraint("code", name=op.f("uq_project_code")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_parent_stage"), ["parent", "stage"], unique=False
        )

    op.create_table(
        "published",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_on", LocalDate(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_published_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_published")),
        sa.UniqueConstraint("digest", name=op.f("uq_published_digest")),
    )
    op.create_table(
        "target",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", LocalDate(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("soft", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("denominator", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_target_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_target")),
    )
    op.create_table(
        "task",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("opened_on", LocalDate(), nullable=True),
        sa.Column("done_on", LocalDate(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("given_due", LocalDate(), nullable=True),
        sa.Column("given_days", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("original_due", LocalDate(), nullable=True),
        sa.Column("due", LocalDate(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.String(), nullable=True),
        sa.Column("waits_from_on", LocalDate(), nullable=True),
        sa.Column("next_at", UTCDateTime(), nullable=True),
        sa.Column("carried", sa.Integer(), nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("counts_on", LocalDate(), nullable=True),
        sa.CheckConstraint(
            "status IN ('open', 'done', 'waived', 'lapsed', 'ended')", name=op.f("ck_task_status")
        ),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_task_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "stream",
            "key",
            "visit",
            "period",
            "ref",
            "round",
            name=op.f("uq_task_stream_key_visit_period_ref_round"),
        ),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(
            "ix_task_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_task_status_due"), ["status", "due"], unique=False)

    op.create_table(
        "visit",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("entered_on", LocalDate(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=True),
        sa.Column("entered_person", sa.String(), nullable=True),
        sa.Column("left_on", LocalDate(), nullable=True),
        sa.Column("left_by", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("items", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_visit_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_visit")),
    )
    op.create_table(
        "waiver",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_person", sa.String(), nullable=False),
        sa.Column("proposed_on", LocalDate(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("confirmed_on", LocalDate(), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_waiver_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_waiver")),
    )
    op.create_table(
        "wave",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("opens_on", LocalDate(), nullable=True),
        sa.Column("dates", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["stream.id"], name=op.f("fk_wave_stream")),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_wave")),
    )
    _guard(guards.SQLITE, guards.POSTGRES)


def _guard(sqlite: tuple[str, ...], postgres: tuple[str, ...]) -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for statement in postgres if is_postgres else sqlite:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    """Go back to the revision before."""
    _guard(guards.DROP_SQLITE, guards.DROP_POSTGRES)
    op.drop_table("wave")
    op.drop_table("waiver")
    op.drop_table("visit")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_status_due"))
        batch_op.drop_index(
            "ix_task_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.drop_table("task")
    op.drop_table("target")
    op.drop_table("published")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_parent_stage"))

    op.drop_table("project")
    op.drop_table("programme")
    op.drop_table("post")
    op.drop_table("pause")
    op.drop_table("party")
    op.drop_table("part")
    op.drop_table("org")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_post_created_at"))

    op.drop_table("notice")
    op.drop_table("interval")
    op.drop_table("extension")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_recorded_at"))
        batch_op.drop_index(batch_op.f("ix_event_actor_recorded_at"))

    op.drop_table("event")
    op.drop_table("dated")
    op.drop_table("worker")
    with op.batch_alter_table("stream", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stream_kind"))

    op.drop_table("stream")
    op.drop_table("idempotency")
    op.drop_table("house")
