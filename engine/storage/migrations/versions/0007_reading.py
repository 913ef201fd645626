"""How far the trail was checked, which notices a person has opened, and what a message is.

Messages from before are taken as suggestions, which promise no answer within days.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage.columns import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column(
        "feedback",
        sa.Column("kind", sa.String(), nullable=False, server_default="suggestion"),
    )
    with op.batch_alter_table("feedback") as batch:
        batch.alter_column("kind", server_default=None)
    op.create_table(
        "verification",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("done", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("streams", sa.Integer(), nullable=False),
        sa.Column("notices", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=True),
        sa.Column("breaks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_verification")),
    )
    op.create_table(
        "sight",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person", "stream", "n", name=op.f("pk_sight")),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("sight")
    op.drop_table("verification")
    with op.batch_alter_table("feedback") as batch:
        batch.drop_column("kind")
