"""Complaints and suggestions.

Only a new table; the rows before it stay as they are.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage.columns import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "feedback",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_feedback")),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("feedback")
