"""Views of the register that a person keeps, and an index of who takes part in what.

No row that is there already changes.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage.columns import UTCDateTime

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "savedview",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("org", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savedview")),
    )
    op.create_index(op.f("ix_savedview_person"), "savedview", ["person"])
    op.create_index(op.f("ix_savedview_org"), "savedview", ["org"])
    op.create_table(
        "openingview",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["view"], ["savedview.id"], name=op.f("fk_openingview_view_savedview")
        ),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_openingview")),
    )
    op.create_index(op.f("ix_openingview_view"), "openingview", ["view"])
    op.create_index(op.f("ix_party_org"), "party", ["org"])


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_index(op.f("ix_party_org"), table_name="party")
    op.drop_table("openingview")
    op.drop_table("savedview")
